"""What names and the words around them say of their kinds."""

import random
from zlib import crc32

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from modelkin.extract.markdown import parse_structure
from modelkin.extract.tagging.decision import Candidate, candidates
from modelkin.extract.tagging.kinds import BUCKETS, TYPES, Kinds, buckets_of, kind_columns
from modelkin.extract.tagging.tagger import Proposal
from modelkin.ontology.terms import EntityType

M, ORG = EntityType.MODEL, EntityType.ORGANIZATION

TEXT = """# 开源模型 Amber

青石-7B由远山实验室发布。Fernhill released Amber-7B last week; Amber-7B is open.

| 模型 | 机构 |
|---|---|
| Amber-7B | Fernhill |
"""
NAMES = {"青石-7B": M, "远山实验室": ORG, "Fernhill": ORG, "Amber-7B": M, "Amber": M}


def proposals(text: str = TEXT) -> list[Proposal]:
    """Propose each name wherever it stands; short ones lie in long ones."""
    return [
        Proposal(at, at + len(name), type, 0.9, name != "Amber")
        for name, type in NAMES.items()
        for at in range(len(text))
        if text.startswith(name, at)
    ]


def marked(text: str, lang: str, found: list[Candidate]) -> dict[str, list[int]]:
    return dict(buckets_of(text, lang, parse_structure(text), found))


def has(row: list[int], feature: str) -> bool:
    return crc32(feature.encode()) % BUCKETS in row


@pytest.mark.parametrize(
    ("name", "feature"),
    [
        ("青石-7b", ">1由"),
        ("远山实验室", "<>由|发"),
        ("远山实验室", "<b<Mode>由"),
        ("fernhill", ">breleased<Mode>"),
        ("amber-7b", "<2<Orga>_released"),
        ("amber-7b", "colname=模型"),
        ("fernhill", "colname=机构"),
        ("青石-7b", "begins=p"),
        ("青石-7b", "shape=C-9A"),
    ],
)
def test_a_name_is_known_by_its_company(name: str, feature: str) -> None:
    rows = marked(TEXT, "zh", candidates(TEXT, proposals(), []))
    key = next(k for k in rows if k.replace("-", "") == name.replace("-", ""))
    assert has(rows[key], feature)
    others = [row for other, row in rows.items() if other != key]
    assert not all(has(row, feature) for row in others)


def test_the_heading_above_a_name_is_heard() -> None:
    rows = marked(TEXT, "zh", candidates(TEXT, proposals(), []))
    assert has(rows["fernhill"], "head=开")
    apart = TEXT.replace("# 开源", "开源")
    assert not has(
        marked(apart, "zh", candidates(apart, proposals(apart), []))["fernhill"], "head=开"
    )


@given(st.randoms(use_true_random=False))
def test_the_order_of_proposals_changes_nothing(mixed: random.Random) -> None:
    given = proposals()
    expected = marked(TEXT, "zh", candidates(TEXT, given, []))
    mixed.shuffle(given)
    assert marked(TEXT, "zh", candidates(TEXT, given, [])) == expected


def test_an_unlikely_place_counts_only_where_there_is_no_better() -> None:
    text = "Amber was new. He painted it in amber."
    surely = Candidate("amber", M, [(0, 5, 0.9, True)])
    also = Candidate("amber", M, [(0, 5, 0.9, True), (32, 37, 0.01, False)])
    doubtful = Candidate("amber", M, [(32, 37, 0.01, False)])
    assert marked(text, "en", [also]) == marked(text, "en", [surely])
    assert has(marked(text, "en", [doubtful])["amber"], "<1in")


def test_a_text_without_blocks_or_names() -> None:
    assert marked("", "en", []) == {}
    assert marked("\n", "zh", []) == {}


@given(st.lists(st.lists(st.integers(0, BUCKETS - 1), min_size=1, max_size=6), max_size=150))
def test_odds_are_the_sums_of_weights(rows: list[list[int]]) -> None:
    weights = np.random.default_rng(0).normal(size=(BUCKETS, len(TYPES)))
    kinds = Kinds.of_weights(weights, np.linspace(-2, 2, len(TYPES)))
    odds = kinds.odds((str(number), row) for number, row in enumerate(rows))
    assert len(odds) == len(rows)
    for number, row in enumerate(rows):
        sums = kinds.weights[row].astype(int).sum(axis=0)
        np.testing.assert_allclose(odds[str(number)], sums * kinds.scales + kinds.biases)


def test_weights_of_8_bits_are_near_those_trained() -> None:
    weights = np.random.default_rng(1).normal(size=(BUCKETS, len(TYPES)))
    kinds = Kinds.of_weights(weights, np.zeros(len(TYPES)))
    assert kinds.weights.dtype == np.int8
    assert np.abs(kinds.weights * kinds.scales - weights).max() <= kinds.scales.max() / 2
    again = Kinds.of(kinds.arrays("k"), "k")
    assert again.weights.tolist() == kinds.weights.tolist()
    assert again.biases.tolist() == kinds.biases.tolist()


def test_a_candidate_is_told_of_its_own_type_and_of_the_likeliest_other() -> None:
    values = [float(number) for number in range(len(TYPES))]
    found = [Candidate("x", EntityType(TYPES[0])), Candidate("x", EntityType(TYPES[-1]))]
    last = len(TYPES) - 1
    assert kind_columns(found, {"x": values}) == [[0.0, last], [last, last - 1.0]]
