"""What a driver gives, as plain values."""

from collections.abc import Iterable
from typing import Any

import pytest
from neo4j.graph import Graph, Node, Path, Relationship
from neo4j.spatial import CartesianPoint, WGS84Point
from neo4j.time import Date, DateTime, Duration, Time
from pytz import FixedOffset

from modelkin.graph.projections.driver_values import ENDS_QUERY, ends, plain, table
from modelkin.graph.projections.server import for_server


def node(graph: Graph, place: str, labels: Iterable[str], **properties: object) -> Node:
    return Node(graph, place, int(place[1:]), labels, properties)


def edge(graph: Graph, source: Node, target: Node, **properties: object) -> Relationship:
    made = graph.relationship_type("DERIVED_FROM")(graph, "r0", 0, properties)
    made._start_node, made._end_node = source, target
    return made


@pytest.fixture
def pair() -> tuple[Graph, Node, Node]:
    graph = Graph()
    one = node(graph, "n1", ["Entity", "Model"], name="千问", id="model/qwen", aliases=["Qwen"])
    other = node(graph, "n2", ["Entity", "Benchmark"], id="benchmark/mmlu")
    return graph, one, other


def test_nodes_have_sorted_keys_and_the_label_of_the_type_first(
    pair: tuple[Graph, Node, Node],
) -> None:
    _, one, other = pair
    shown = plain(one)
    assert shown == {
        "aliases": ["Qwen"],
        "id": "model/qwen",
        "name": "千问",
        "_labels": ["Model", "Entity"],
    }
    assert isinstance(shown, dict)
    assert list(shown) == ["aliases", "id", "name", "_labels"]
    assert plain(other) == {"id": "benchmark/mmlu", "_labels": ["Benchmark", "Entity"]}


def test_edges_name_their_ends(pair: tuple[Graph, Node, Node]) -> None:
    graph, one, other = pair
    assert plain(edge(graph, one, other, method="merge", claims=1)) == {
        "claims": 1,
        "method": "merge",
        "_type": "DERIVED_FROM",
        "_from": "model/qwen",
        "_to": "benchmark/mmlu",
    }


def test_ends_without_properties_are_asked_for_once() -> None:
    graph = Graph()
    bare = edge(graph, node(graph, "n1", []), node(graph, "n2", []))
    assert sorted(ends([[bare], {"x": [bare]}])) == ["n1", "n1", "n2", "n2"]
    asked: list[tuple[str, dict[str, object]]] = []

    def ask(text: str, parameters: dict[str, object]) -> list[list[Any]]:
        asked.append((text, parameters))
        return [["n1", "model/a"], ["n2", "model/b"]]

    query = for_server("MATCH ()-[r]->() RETURN r, [r] AS list")
    answer = table(query, ["r", "list"], [[bare, [bare]]], ask)
    shown = {"_type": "DERIVED_FROM", "_from": "model/a", "_to": "model/b"}
    assert (answer.columns, answer.rows) == (("r", "list"), ((shown, [shown]),))
    assert asked == [(ENDS_QUERY, {"places": ["n1", "n2"]})]


def test_nothing_is_asked_where_nothing_lacks(pair: tuple[Graph, Node, Node]) -> None:
    def ask(text: str, parameters: dict[str, object]) -> list[list[Any]]:
        raise AssertionError(text)

    _, one, _ = pair
    answer = table(for_server("MATCH (n:Model) RETURN *"), ["n"], [[one]], ask)
    assert answer.columns == ("n",)


def test_paths_go_from_node_to_edge_to_node(pair: tuple[Graph, Node, Node]) -> None:
    graph, one, other = pair
    path = plain(Path(one, edge(graph, one, other)))
    assert isinstance(path, list)
    assert [item.get("id", item.get("_type")) for item in path] == [
        "model/qwen",
        "DERIVED_FROM",
        "benchmark/mmlu",
    ]
    assert plain(Path(one)) == [plain(one)]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, None),
        (True, True),
        (2**62, 2**62),
        ("中", "中"),
        ([1, {"甲": Date(2024, 1, 31)}], [1, {"甲": "2024-01-31"}]),
        (DateTime(2024, 1, 31, 10, 0, 0), "2024-01-31T10:00:00"),
        (DateTime(2024, 1, 31, 10, 0, 0, 500_000_000), "2024-01-31T10:00:00.500000"),
        (DateTime(2024, 1, 31, 10, 0, 0, 1), "2024-01-31T10:00:00.000000001"),
        (
            DateTime(2024, 1, 31, 10, 0, 0, 0, FixedOffset(480)),
            "2024-01-31T10:00:00+08:00",
        ),
        (Time(10, 0, 0, 0), "10:00:00"),
        (Duration(months=14, days=1, seconds=5), {"months": 14, "days": 1, "seconds": 5}),
        (
            Duration(nanoseconds=7),
            {"months": 0, "days": 0, "seconds": 0, "nanoseconds": 7},
        ),
        (CartesianPoint((1.0, 2.0)), {"srid": 7203, "coordinates": [1.0, 2.0]}),
        (WGS84Point((116.4, 39.9)), {"srid": 4326, "coordinates": [116.4, 39.9]}),
        (b"\x00\xff", "AP8="),
    ],
)
def test_values(value: object, shown: object) -> None:
    assert plain(value) == shown
