"""Lineage over a property path, over Cypher and over NetworkX: one answer, cycles or not."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import networkx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from memory_view import Row, article
from small_stores import sqlite_store

from modelkin.graph.lineage import Direction, lineage
from modelkin.graph.projections import cypher, rdf
from modelkin.graph.projections.network import network
from modelkin.graph.projections.rdf_prefixes import BASE
from modelkin.graph.protocols import View
from modelkin.graph.stores import open_store
from modelkin.ontology.claim import Claim, ClaimKind, Entity, Extraction
from modelkin.ontology.terms import EntityType

# So unlike each other that nobody takes two of them for one.
NAMES = ("Alder", "松树", "Birch", "竹子", "Maple", "Willow", "Oak")
MODELS = len(NAMES)
PATH = "SELECT ?a ?b { ?a mk:derivedFrom+ ?b }"
MATCH = (
    "MATCH (a:Model)-[:DERIVED_FROM*1..%d]->(b:Model) RETURN DISTINCT a.id, b.id" % MODELS  # noqa: UP031
)

Pairs = set[tuple[str, str]]
steps = st.lists(
    st.tuples(
        st.sampled_from(["derivedFrom", "derivedFrom", "comparableTo"]),
        st.integers(0, MODELS - 1),
        st.integers(0, MODELS - 1),
    ).filter(lambda step: step[1] != step[2]),
    max_size=14,
)


@pytest.fixture(scope="module", autouse=True)
def _no_process_is_left() -> Iterator[None]:
    yield
    rdf._POOL.close()


def models(chosen: list[tuple[str, int, int]]) -> Extraction:
    entities = [Entity.of(f"model/{n}", EntityType.MODEL, name) for n, name in enumerate(NAMES)]
    rows: list[Row] = [
        (f"model/{a}", predicate, f"model/{b}", "r@1", {})
        for predicate, a, b in sorted(set(chosen))
    ]
    return article(entities, [("They all come from each other.", rows)])


def by_path(answer: rdf.Answer) -> Pairs:
    pairs = [tuple(term.value.removeprefix(BASE) for term in row if term) for row in answer.rows]
    assert len(pairs) == len(set(pairs))
    return {(one, other) for one, other in pairs}


def by_network(view: View) -> Pairs:
    graph = networkx.DiGraph(network(view, ["derivedFrom"]))
    closure = networkx.transitive_closure(graph, reflexive=False)
    return set(closure.edges)


def doubtful(extraction: Extraction) -> Extraction:
    """Make every second claim a candidate."""

    def kind(claim: Claim, number: int) -> Claim:
        return replace(claim, kind=ClaimKind.CANDIDATE) if number % 2 else claim

    claims = [kind(claim, number) for number, claim in enumerate(extraction.claims)]
    return replace(extraction, claims=tuple(claims))


@settings(max_examples=12)
@given(chosen=steps, candidates=st.booleans())
def test_three_engines_and_the_walk_agree(
    tmp_path_factory: pytest.TempPathFactory, chosen: list[tuple[str, int, int]], candidates: bool
) -> None:
    path = tmp_path_factory.mktemp("store") / "graph.db"
    with sqlite_store(path, [doubtful(models(chosen))]):
        pass
    with open_store(path, candidates=candidates) as store:
        assert len(list(store.entities())) == MODELS
        expected = by_network(store)
        assert by_path(rdf.run(store, PATH)) == expected
        assert {tuple(row) for row in cypher.run(store, MATCH).rows} == expected
        for root in (f"model/{number}" for number in range(MODELS)):
            found = lineage(store, root, direction=Direction.UP)
            above = {other for one, other in expected if one == root}
            assert set(found.entities) - {root} == above - {root}


def test_a_cycle_that_nobody_can_leave(tmp_path: Path) -> None:
    ring = [("derivedFrom", n, (n + 1) % MODELS) for n in range(MODELS)]
    with sqlite_store(tmp_path / "ring.db", [models(ring)]) as store:
        answer = by_path(rdf.run(store, PATH))
        assert len(answer) == MODELS * MODELS
        assert answer == by_network(store)
        assert rdf.run(store, "ASK { ?m mk:derivedFrom+ ?m }").boolean is True
