"""Cycles, what people decided about conflicts, and the time that finding them takes."""

import random
from pathlib import Path

import networkx as nx
import pytest
from contradictions import FINETUNE, NAMES, derived, developed, found
from cpu_time import grows_at_most
from hypothesis import given
from hypothesis import strategies as st
from memory_view import MemoryView, Row, article, derivations

from modelkin.graph.conflicts import ConflictKind, conflicts
from modelkin.graph.conflicts.cycles import cycles
from modelkin.graph.stores.sqlite import SqliteStore
from modelkin.graph.timed import TimedView
from modelkin.ontology.claim import Entity, Value, object_key
from modelkin.ontology.decision import Decision, DecisionKind
from modelkin.ontology.terms import EntityType


def test_cycles_are_shown_in_their_order() -> None:
    (conflict,) = conflicts(derivations([(1, 2), (2, 3), (3, 1), (3, 4), (0, 1)], 5))
    assert conflict.kind is ConflictKind.CYCLE
    assert [(s.statement.subject, s.statement.object) for s in conflict.sides] == [
        ("model/1", "model/2"),
        ("model/2", "model/3"),
        ("model/3", "model/1"),
    ]


@given(st.sets(st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda e: e[0] != e[1])))
def test_each_tangle_has_its_cycle(edges: set[tuple[int, int]]) -> None:
    graph: dict[str, list[str]] = {}
    for one, other in sorted(edges):
        graph.setdefault(str(one), []).append(str(other))
    ways = list(cycles(graph))
    expected = nx.DiGraph([(str(a), str(b)) for a, b in edges])
    tangles = sorted(sorted(c) for c in nx.strongly_connected_components(expected) if len(c) > 1)
    assert [way[0] for way in ways] == [tangle[0] for tangle in tangles]
    for way, tangle in zip(ways, tangles, strict=True):
        assert set(way) <= set(tangle)
        assert len(set(way)) == len(way)
        assert all(b in graph[a] for a, b in zip(way, [*way[1:], way[0]], strict=True))
        back = [nx.shortest_path_length(expected, n, way[0]) for n in graph[way[0]] if n in tangle]
        assert len(way) == min(back) + 1


def test_a_deep_cycle_is_found() -> None:
    length = 20_000
    graph = {str(n): [str((n + 1) % length)] for n in range(length)}
    assert [len(way) for way in cycles(graph)] == [length]


def decision(kind: DecisionKind, model: str, predicate: str, object: str) -> Decision:
    key = NAMES.get(object) or object_key(Value(object))
    said = {"subject": NAMES[model], "predicate": predicate, "object": key}
    return Decision.of(kind, author="ann", time="2026-11-24T17:05:00Z", **said)


def test_decisions_settle_conflicts() -> None:
    parts = [developed("Phi-2", by) for by in ("Microsoft", "Upstage", "Meta")]
    (whole,) = found(*parts)
    upheld = [decision(DecisionKind.UPHOLD, "Phi-2", "developedBy", "Microsoft")]
    rejected = [
        decision(DecisionKind.REJECT, "Phi-2", "developedBy", by) for by in ("Upstage", "Meta")
    ]
    for decisions in (upheld, rejected, upheld + rejected):
        assert found(*parts, decisions=decisions) == []
        (settled,) = found(*parts, decisions=decisions, settled=True)
        assert settled.settled
        assert settled.id == whole.id
    (left,) = found(*parts, decisions=rejected[:1])
    assert not left.settled
    assert [side.statement.object for side in left.sides] == [
        "organization/meta",
        "organization/microsoft",
    ]
    undo = Decision.of(
        DecisionKind.UNDO, author="ann", time="2026-11-25T00:00:00Z", decision=upheld[0].id
    )
    assert found(*parts, decisions=[*upheld, undo]) == [whole]
    other = [decision(DecisionKind.UPHOLD, "百川", "developedBy", "Microsoft")]
    assert found(*parts, decisions=other) == [whole]


def test_decisions_settle_cycles() -> None:
    edges = [(0, 1), (1, 0)]
    view = derivations(edges, 2)
    (whole,) = conflicts(view)

    def decided(kind: DecisionKind, one: int, other: int) -> Decision:
        said = {"subject": f"model/{one}", "object": f"model/{other}"}
        return Decision.of(
            kind, author="ann", time="2026-11-24T17:05:00Z", predicate="derivedFrom", **said
        )

    upheld = [decided(DecisionKind.UPHOLD, *edge) for edge in edges]
    assert list(conflicts(view, upheld[:1])) == [whole]
    for decisions in (upheld, [decided(DecisionKind.REJECT, 0, 1)]):
        assert list(conflicts(view, decisions)) == []
        (settled,) = conflicts(view, decisions, settled=True)
        assert (settled.settled, settled.id) == (True, whole.id)


def test_order_of_reading_and_of_claims_does_not_matter() -> None:
    parts = [developed("Phi-2", by) for by in ("Microsoft", "Upstage", "Meta", "百川智能")]
    parts += [derived("Vicuna", base, FINETUNE) for base in ("Falcon", "Llama 2", "DeepSeek-R1")]
    expected = found(*parts)
    assert len(expected) == 2
    for seed in range(4):
        assert found(*random.Random(seed).sample(parts, len(parts))) == expected


def test_ids_are_those_of_the_sides_alone() -> None:
    parts = [developed("Phi-2", "Microsoft"), developed("Phi-2", "Upstage")]
    more = developed("Phi-2", "Upstage", quote="Upstage 带来了 Phi-2。")
    assert [c.id for c in found(*parts)] == [c.id for c in found(*parts, more)]
    other = developed("Phi-2", "Meta")
    assert [c.id for c in found(*parts)] != [c.id for c in found(*parts, other)]


@pytest.mark.parametrize("predicate", ("developedBy", "derivedFrom", "releaseDate"))
def test_a_tangle_of_objects_takes_time_linear_in_it(predicate: str) -> None:
    def view(count: int) -> MemoryView:
        entities = [Entity.of("model/s", EntityType.MODEL, "S")]
        rows: list[Row] = []
        for n in range(count):
            if predicate == "releaseDate":
                object: str | Value = Value(f"{1000 + n}", "date")
            else:
                type = EntityType.MODEL if predicate == "derivedFrom" else EntityType.ORGANIZATION
                object = f"{type.value.lower()}/{n}"
                entities.append(Entity.of(object, type, f"Thing {n} of its own"))
            rows.append(("model/s", predicate, object, "t@1", FINETUNE))
        documents = [article(entities, [(f"{row}", [row])]) for row in rows]
        return MemoryView(documents)

    small, large = view(200), view(800)
    assert len(list(conflicts(large))) == 1
    grows_at_most(12, lambda: list(conflicts(small)), lambda: list(conflicts(large)))


def test_very_many_conflicts_take_time_linear_in_them(tmp_path: Path) -> None:
    def store(count: int) -> SqliteStore:
        models = [Entity.of(f"model/{n}", EntityType.MODEL, f"模型 {n}") for n in range(count)]
        makers = [
            Entity.of(f"organization/{name.lower()}", EntityType.ORGANIZATION, name)
            for name in ("Acme", "Quux")
        ]
        sentences: list[tuple[str, list[Row]]] = [
            (f"{maker.name} 研发了 {model.name}。", [(model.id, "developedBy", maker.id, "t", {})])
            for model in models
            for maker in makers
        ]
        made = SqliteStore.open(tmp_path / f"{count}.db")
        made.merge(article([*models, *makers], sentences, lang="zh", published="2023"))
        return made

    with store(200) as small, store(800) as large:
        assert len(list(conflicts(large))) == 800
        grows_at_most(8, lambda: list(conflicts(small)), lambda: list(conflicts(large)))
        grows_at_most(
            8,
            lambda: list(conflicts(TimedView(small, "2023", "2024"))),
            lambda: list(conflicts(TimedView(large, "2023", "2024"))),
        )
