"""Answers compared with a plain reading of Cypher, over random small graphs with cycles.

The reference walks every trail, step by step; no relationship is used twice in one pattern.
"""

from collections.abc import Iterator
from typing import Any

import kglite
from hypothesis import given, settings
from hypothesis import strategies as st
from memory_view import MemoryView
from small_stores import models

from modelkin.graph.projections.cache import build
from modelkin.graph.projections.fences import check
from modelkin.graph.projections.gaps import check_gaps
from modelkin.graph.projections.rewriting import rewrite
from modelkin.graph.projections.tokens import Kind, tokenize
from modelkin.graph.projections.worker import _answer

Edge = tuple[str, str, str]
Trail = tuple[tuple[str, ...], tuple[Edge, ...]]
TYPES = {"DERIVED_FROM": "derivedFrom", "VARIANT_OF": "variantOf"}
EITHER = tuple(TYPES)
ARROWS = {"-{}->": (True, False), "<-{}-": (False, True), "-{}-": (True, True)}
COUNT = 6


class Reference:
    """A graph as two tables."""

    def __init__(self, steps: frozenset[tuple[str, int, int]]) -> None:
        kinds = {predicate: type for type, predicate in TYPES.items()}
        self.nodes = [f"model/{n}" for n in range(COUNT)]
        self.edges = [(kinds[p], f"model/{a}", f"model/{b}") for p, a, b in sorted(steps)]

    def trails(
        self, start: str, types: tuple[str, ...], arrow: str, least: int, most: int
    ) -> Iterator[Trail]:
        """Give the trails from a node, longer than `least` and no longer than `most`."""
        forward, backward = ARROWS[arrow]
        waiting: list[Trail] = [((start,), ())]
        while waiting:
            nodes, edges = waiting.pop()
            if len(edges) >= least:
                yield nodes, edges
            if len(edges) == most:
                continue
            for edge in self.edges:
                type, source, target = edge
                if edge in edges or type not in types:
                    continue
                if forward and source == nodes[-1]:
                    waiting.append(((*nodes, target), (*edges, edge)))
                if backward and target == nodes[-1]:
                    waiting.append(((*nodes, source), (*edges, edge)))


graphs = st.frozensets(
    st.tuples(
        st.sampled_from(sorted(TYPES.values())),
        st.integers(0, COUNT - 1),
        st.integers(0, COUNT - 1),
    ).filter(lambda step: step[1] != step[2]),
    min_size=1,
    max_size=8,
)
arrows = st.sampled_from(sorted(ARROWS))
type_sets = st.sampled_from([("DERIVED_FROM",), ("VARIANT_OF",), EITHER])
kglite.set_query_warning_policy("silent")
plain = settings(max_examples=100, deadline=None)


def graph_of(steps: frozenset[tuple[str, int, int]]) -> Any:
    return build(MemoryView([models(steps, COUNT)]))


def ask(graph: Any, text: str, **parameters: object) -> list[str]:
    """Ask as a query is asked, in this process."""
    tokens = tokenize(text)
    words = [token for token in tokens if token.kind is not Kind.BLANK]
    check(words)
    check_gaps(words)
    plan = rewrite(tokens)
    answer = _answer(
        graph,
        {
            "text": plan.text(1_000),
            "parameters": {**parameters, **plan.parameters},
            "milliseconds": 20_000,
            "without": plan.without,
        },
    )
    assert "failed" not in answer, answer
    rows = answer["rows"]
    assert isinstance(rows, list)
    return sorted(map(repr, rows))


def expected(rows: Iterator[list[object]] | list[list[object]]) -> list[str]:
    return sorted(repr(row) for row in rows)


def pattern(arrow: str, types: tuple[str, ...], steps: str = "", name: str = "") -> str:
    return arrow.format(f"[{name}:{'|'.join(types)}{steps}]")


def shown(edges: tuple[Edge, ...]) -> list[object]:
    return [[type, source, target] for type, source, target in edges]


LIST = "[x IN r | [type(x), startNode(x).id, endNode(x).id]]"


@plain
@given(steps=graphs, types=type_sets, arrow=arrows, least=st.integers(0, 3), more=st.integers(0, 2))
def test_paths_of_bounded_length(
    steps: frozenset[tuple[str, int, int]],
    types: tuple[str, ...],
    arrow: str,
    least: int,
    more: int,
) -> None:
    reference, graph = Reference(steps), graph_of(steps)
    most = max(1, least + more)
    part = pattern(arrow, types, f"*{least}..{most}", "r")
    got = ask(
        graph,
        f"MATCH p = (a:Model){part}(b:Entity) "
        f"RETURN [n IN nodes(p) | n.id], {LIST}, {LIST.replace('IN r', 'IN relationships(p)')}",
    )
    assert got == expected(
        [list(nodes), shown(edges), shown(edges)]
        for start in reference.nodes
        for nodes, edges in reference.trails(start, types, arrow, least, most)
    )


@plain
@given(steps=graphs, types=type_sets, arrow=arrows, least=st.integers(1, 2))
def test_paths_without_bound(
    steps: frozenset[tuple[str, int, int]],
    types: tuple[str, ...],
    arrow: str,
    least: int,
) -> None:
    reference, graph = Reference(steps), graph_of(steps)
    star = "*" if least == 1 else f"*{least}.."
    # The other end is the one that is known: the engine walks from there.
    part = pattern(arrow, types, star, "r")
    got = ask(
        graph,
        f"MATCH (b:Model {{id: $end}}) MATCH (a:Model){part}(b) RETURN a.id, {LIST}",
        end="model/1",
    )
    assert got == expected(
        [nodes[0], shown(edges)]
        for start in reference.nodes
        for nodes, edges in reference.trails(start, types, arrow, least, 99)
        if nodes[-1] == "model/1"
    )


@plain
@given(steps=graphs, first=arrows, second=arrows, types=type_sets, negated=st.booleans())
def test_existence_over_two_steps(
    steps: frozenset[tuple[str, int, int]],
    first: str,
    second: str,
    types: tuple[str, ...],
    negated: bool,
) -> None:
    reference, graph = Reference(steps), graph_of(steps)
    part = f"(a){pattern(first, types)}(){pattern(second, EITHER)}()"
    wanted = []
    for start in reference.nodes:
        found = any(
            edges[0] != more[0]
            for nodes, edges in reference.trails(start, types, first, 1, 1)
            for _, more in reference.trails(nodes[-1], EITHER, second, 1, 1)
        )
        if found is not negated:
            wanted.append([start])
    word = "NOT " if negated else ""
    for form in (f"EXISTS {{ {part} }}", f"EXISTS {{ MATCH {part} }}", f"exists({part})", part):
        assert ask(graph, f"MATCH (a:Model) WHERE {word}{form} RETURN a.id") == expected(wanted)


@plain
@given(steps=graphs, arrow=arrows, name=st.sampled_from(["M0", "M1", "M2", "M9"]))
def test_a_node_found_by_id_that_must_fit(
    steps: frozenset[tuple[str, int, int]], arrow: str, name: str
) -> None:
    reference, graph = Reference(steps), graph_of(steps)
    wanted = expected(
        [nodes[-1]] for nodes, _ in reference.trails("model/1", EITHER, arrow, 1, 1) if name == "M1"
    )
    part = pattern(arrow, EITHER)
    for where in (
        f"MATCH (a:Model {{id: 'model/1'}}){part}(b:Model) WHERE",
        f"MATCH (a:Model){part}(b:Model) WHERE a.id = 'model/1' AND",
        f"MATCH (a:Model){part}(b:Model) WHERE a.id IN ['model/1'] AND",
    ):
        text = f"{where} a.name = $name AND size(b.name) > 0 RETURN b.id"
        assert ask(graph, text, name=name) == wanted


@plain
@given(steps=graphs, types=type_sets, arrow=arrows)
def test_optional_matches_and_sums(
    steps: frozenset[tuple[str, int, int]], types: tuple[str, ...], arrow: str
) -> None:
    reference, graph = Reference(steps), graph_of(steps)
    got = ask(
        graph,
        f"MATCH (a:Model) OPTIONAL MATCH (a){pattern(arrow, types, '', 'r')}(b:Model) "
        "WHERE b.name <> a.name WITH a, b, r ORDER BY b.id "
        "RETURN a.id, count(*), count(b), count(DISTINCT b), count(r.method), collect(b.id)",
    )
    wanted = []
    for start in reference.nodes:
        rows = [
            (nodes[-1], edges[0])
            for nodes, edges in reference.trails(start, types, arrow, 1, 1)
            if (int(nodes[-1][-1]) - int(start[-1])) % 3
        ]
        ends = sorted(end for end, _ in rows)
        methods = [
            edge
            for _, edge in rows
            if edge[0] == "DERIVED_FROM" and (int(edge[1][-1]) + int(edge[2][-1])) % 2
        ]
        wanted.append([start, max(1, len(rows)), len(rows), len(set(ends)), len(methods), ends])
    assert got == expected(wanted)
