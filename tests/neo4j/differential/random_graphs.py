"""Random small graphs in the shape of the store's: cycles, self-loops, parallel edges, gaps."""

from dataclasses import dataclass
from random import Random

from modelkin.graph.projections.shape import EdgeRecord, NodeRecord, Property

__all__ = ["IDS", "NAMES", "Graph", "random_graph"]

NAMES = ("M0", "M1", "Llama 2", "通义千问", "智谱AI", 'it\'s \\ "x"')
IDS = tuple(f"model/{n}" for n in range(6))
_VALUES = ("7B", "70B", "开源", "open", "2023-07")
_METHODS = ("finetune", "merge", "distillation")
_DATES = ("2023", "2023-07-21", "2024-01")


@dataclass(frozen=True)
class Graph:
    """A graph as records.

    Parameters
    ----------
    nodes : tuple of NodeRecord
    edges : tuple of EdgeRecord
    """

    nodes: tuple[NodeRecord, ...]
    edges: tuple[EdgeRecord, ...]


def random_graph(random: Random) -> Graph:
    """Make a graph of some models, owners, licences, claims and a document."""
    models = IDS[: random.randint(2, 6)]
    owners = [f"organization/{n}" for n in range(random.randint(0, 2))]
    licences = [f"license/{n}" for n in range(random.randint(0, 1))]
    claims = [f"claim-{n}" for n in range(random.randint(0, 3))]
    nodes = [
        *(_entity(random, id, "Model") for id in models),
        *(_entity(random, id, "Organization") for id in owners),
        *(_entity(random, id, "License") for id in licences),
        NodeRecord(
            "document-0", ("Document",), {"title": NAMES[3], "lang": "zh", "kind": "article"}
        ),
        *(_claim(random, id) for id in claims),
    ]
    edges: dict[tuple[str, str, str], EdgeRecord] = {}
    for _ in range(random.randint(2, 10)):
        type = random.choice(("DERIVED_FROM", "DERIVED_FROM", "VARIANT_OF"))
        _join(
            edges, random, type, (random.choice(models), "Model"), (random.choice(models), "Model")
        )
    for model in models:
        if owners and random.random() < 0.5:
            owner = (random.choice(owners), "Organization")
            _join(edges, random, "DEVELOPED_BY", (model, "Model"), owner)
        if licences and random.random() < 0.4:
            _join(edges, random, "RELEASED_UNDER", (model, "Model"), (licences[0], "License"))
    for claim in claims:
        _tie(edges, "SUBJECT", claim, (random.choice(models), "Model"))
        if random.random() < 0.6:
            _tie(edges, "OBJECT", claim, (random.choice(models), "Model"))
        _tie(edges, "STATED_IN", claim, ("document-0", "Document"))
    return Graph(tuple(nodes), tuple(edges[key] for key in sorted(edges)))


def _entity(random: Random, id: str, type: str) -> NodeRecord:
    names = random.sample(NAMES, random.randint(1, 3))
    properties: dict[str, Property] = {"name": names[0], "aliases": sorted(names[1:])}
    if type == "Model":
        properties |= _some(
            random,
            parameters=random.sample(_VALUES, random.randint(1, 2)),
            openness=["open"],
            releaseDate=[random.choice(_DATES)],
        )
    return NodeRecord(id, (type, "Entity"), properties)


def _claim(random: Random, id: str) -> NodeRecord:
    start = random.randint(0, 40)
    properties: dict[str, Property] = {
        "predicate": "derivedFrom",
        "quote": random.choice(NAMES),
        "start": start,
        "end": start + random.randint(1, 20),
        "confidence": random.choice((0.25, 0.5, 1.0)),
        "kind": random.choice(("extracted", "curated")),
        "extractor": "rules@1",
    }
    return NodeRecord(
        id, ("Claim",), properties | _some(random, value="7B", published="2024", method="merge")
    )


def _join(
    edges: dict[tuple[str, str, str], EdgeRecord],
    random: Random,
    type: str,
    source: tuple[str, str],
    target: tuple[str, str],
) -> None:
    method = random.choice(_METHODS)
    has_method = type == "DERIVED_FROM" and random.random() < 0.7
    properties: dict[str, Property] = {
        "methods": [method] if has_method else [],
        "confidence": random.choice((0.25, 0.5, 0.75)),
        "claims": random.randint(1, 3),
        "curated": random.randint(0, 1),
        **({"method": method} if has_method else {}),
        **_some(random, first_stated=random.choice(_DATES), last_stated="2024-01"),
    }
    edges[type, source[0], target[0]] = EdgeRecord(
        type, source[0], target[0], source[1], target[1], properties
    )


def _tie(
    edges: dict[tuple[str, str, str], EdgeRecord], type: str, claim: str, target: tuple[str, str]
) -> None:
    edges[type, claim, target[0]] = EdgeRecord(type, claim, target[0], "Claim", target[1], {})


def _some(random: Random, **properties: Property) -> dict[str, Property]:
    return {key: value for key, value in properties.items() if random.random() < 0.6}
