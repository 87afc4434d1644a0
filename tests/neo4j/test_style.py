"""The style file for Neo4j Browser: legible, and told apart by the colour-blind too."""

import itertools
import re
from pathlib import Path

import pytest

from modelkin.graph.projections.shape import CLAIM, DOCUMENT
from modelkin.ontology.terms import EntityType

GRASS = (Path(__file__).parents[2] / "docs" / "neo4j.grass").read_text(encoding="utf-8")
RULES = {
    selector: dict(re.findall(r"([\w-]+): (.+);", body))
    for selector, body in re.findall(r"^([\w.]+) \{\n(.*?)^\}", GRASS, re.DOTALL | re.MULTILINE)
}
NODES = {selector[5:]: rule for selector, rule in RULES.items() if selector.startswith("node.")}

# Machado, Oliveira and Fernandes 2009, severity 1, on linear RGB.
SIGHTS = {
    "full": [(1, 0, 0), (0, 1, 0), (0, 0, 1)],
    "protanopia": [
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ],
    "deuteranopia": [
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ],
    "tritanopia": [
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ],
}


def linear(colour: str) -> list[float]:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    return [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]


def luminance(colour: str) -> float:
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear(colour), strict=True))


def lab(rgb: list[float]) -> tuple[float, float, float]:
    red, green, blue = (min(1.0, max(0.0, part)) for part in rgb)
    x, y, z = (
        t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116
        for t in (
            (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505,
            0.2126 * red + 0.7152 * green + 0.0722 * blue,
            (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089,
        )
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def test_every_label_has_a_style():
    assert set(NODES) == {*(type.value for type in EntityType), CLAIM, DOCUMENT}
    assert set(RULES) == {"node", "relationship", "relationship.DERIVED_FROM"} | {
        f"node.{label}" for label in NODES
    }


@pytest.mark.parametrize("label", NODES)
def test_captions_are_legible(label: str):
    one, other = luminance(NODES[label]["color"]), luminance(NODES[label]["text-color-internal"])
    assert (max(one, other) + 0.05) / (min(one, other) + 0.05) >= 4.5


@pytest.mark.parametrize("sight", SIGHTS)
def test_colours_are_told_apart(sight: str):
    seen = {
        label: lab(
            [
                sum(m * p for m, p in zip(row, linear(rule["color"]), strict=True))
                for row in SIGHTS[sight]
            ]
        )
        for label, rule in NODES.items()
    }
    for one, other in itertools.combinations(seen, 2):
        distance = sum((a - b) ** 2 for a, b in zip(seen[one], seen[other], strict=True)) ** 0.5
        assert distance >= 15, (one, other)
