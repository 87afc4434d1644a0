"""Queries of a store: values, errors, limits."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from small_stores import ForeignStore, chinese, curated, english, sqlite_store

from modelkin.graph.errors import (
    QueryError,
    QueryRefusedError,
    QuerySyntaxError,
    QueryTimeoutError,
)
from modelkin.graph.projections import cypher, process
from modelkin.graph.protocols import Table
from modelkin.graph.stores.sqlite import SqliteStore


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStore]:
    path = tmp_path_factory.mktemp("store") / "graph.db"
    with sqlite_store(path, [english(), chinese(), curated()]) as made:
        yield made


def ask(store: SqliteStore, text: str, **parameters: object) -> list[list[object]]:
    return [list(row) for row in cypher.run(store, text, parameters).rows]


def test_nodes(store: SqliteStore) -> None:
    table = cypher.run(store, "MATCH (n:Organization:Entity {name: '智谱AI'}) RETURN n")
    assert table == Table(
        ("n",),
        (
            (
                {
                    "id": "organization/智谱-ai",
                    "name": "智谱AI",
                    "aliases": ["Zhipu AI"],
                    "_labels": ["Organization", "Entity"],
                },
            ),
        ),
    )


def test_edges(store: SqliteStore) -> None:
    [[edge, kind]] = ask(
        store, "MATCH (:Model {name: $n})-[r:DERIVED_FROM]->() RETURN r, type(r)", n="Llama 2"
    )
    assert isinstance(edge, dict)
    assert kind == edge["_type"] == "DERIVED_FROM"
    assert (edge["_from"], edge["_to"]) == ("model/llama-2", "model/llama")
    assert (edge["method"], edge["methods"], edge["claims"]) == ("scaling", ["scaling"], 1)


def test_paths_go_from_node_to_edge_to_node(store: SqliteStore) -> None:
    [[path]] = ask(store, "MATCH p = ({name: 'Stable Beluga 2'})-[:DERIVED_FROM*2..]->() RETURN p")
    assert isinstance(path, list)
    assert [item.get("id", item.get("_type")) for item in path] == [
        "model/stable-beluga-2",
        "DERIVED_FROM",
        "model/llama-2",
        "DERIVED_FROM",
        "model/llama",
    ]


def test_documents_have_titles_and_nothing_else_has(store: SqliteStore) -> None:
    rows = ask(store, "MATCH (n) WHERE n.title IS NOT NULL RETURN DISTINCT labels(n)")
    assert rows == [[["Document"]]]
    [[node, keys]] = ask(store, "MATCH (n:Document {title: '国产大模型'}) RETURN n, keys(n)")
    assert isinstance(node, dict)
    assert node["title"] == "国产大模型"
    assert sorted(map(str, [*keys, "_labels"])) == sorted(node)  # type: ignore[misc]


def test_the_shape_is_that_of_the_records(store: SqliteStore) -> None:
    from modelkin.graph.projections.shape import edges, nodes

    shown = {row[0]["id"]: row[0] for row in ask(store, "MATCH (n) RETURN n")}  # type: ignore[index]
    assert shown == {
        n.id: {"id": n.id, **n.properties, "_labels": list(n.labels)} for n in nodes(store)
    }
    tied = [row[0] for row in ask(store, "MATCH ()-[r]->() RETURN r")]
    expected = [
        {**e.properties, "_type": e.type, "_from": e.source, "_to": e.target} for e in edges(store)
    ]
    assert sorted(tied, key=str) == sorted(({**e} for e in expected), key=lambda e: str(_sorted(e)))


def _sorted(edge: dict[str, object]) -> dict[str, object]:
    own = {key: edge[key] for key in sorted(edge) if not key.startswith("_")}
    return {**own, **{key: edge[key] for key in ("_type", "_from", "_to")}}


@pytest.mark.parametrize(
    "value", [None, True, -1, 2**62, 1.5, "it's \"`\\ 中 \n", [], [1, None, "a"], {"a": {"b": [1]}}]
)
def test_values_pass_unchanged(store: SqliteStore, value: object) -> None:
    assert ask(store, "RETURN $value", value=value) == [[value]]


def test_text_of_queries_is_unicode(store: SqliteStore) -> None:
    text = "MATCH (模型:Model)-->(公司 {name: '智谱AI'}) RETURN 模型.name, 1 AS 数"
    table = cypher.run(store, text)
    assert table == Table(("模型.name", "数"), (("GLM-4", 1),))
    assert cypher.run(store, "UNWIND [1] AS 数 RETURN *").columns == ("数",)


@pytest.mark.parametrize(
    "text",
    [
        "MATCH (n:Person) RETURN n",
        "MATCH (n:Model {openness: 'open'}) RETURN n",
        "MATCH (n:Claim {role: 'x'}) RETURN n",
        "MATCH (n:Nothing)-[:NOTHING]->() RETURN n",
    ],
)
def test_what_is_not_there_is_not_found(store: SqliteStore, text: str) -> None:
    assert ask(store, text) == []


def test_keys_may_be_words_of_the_language(store: SqliteStore) -> None:
    text = "MATCH (c:Claim {end: $end}) WHERE c.end > c.start RETURN c.end AS end, {in: 1} AS map"
    assert ask(store, text, end=42) == [[42, {"in": 1}]]


def test_missing_parameters_are_named(store: SqliteStore) -> None:
    with pytest.raises(QueryError, match=r"no value for \$name"):
        cypher.run(store, "MATCH (n {name: $name}) RETURN n", {"other": 1})


@pytest.mark.parametrize("value", [object(), {1, 2}, b"x", {(1, 2): 3}, 2**70])
def test_parameters_that_are_no_values(store: SqliteStore, value: object) -> None:
    with pytest.raises(QueryError):
        cypher.run(store, "RETURN $value", {"value": value})


def test_syntax_errors_say_where(store: SqliteStore) -> None:
    with pytest.raises(QuerySyntaxError, match="line 2, col 7") as caught:
        cypher.run(store, "MATCH (n)\nWHERE RETURN n")
    assert "Traceback" not in str(caught.value)


def test_refusals_reach_the_user(store: SqliteStore) -> None:
    with pytest.raises(QueryRefusedError, match="CREATE"):
        cypher.run(store, "CREATE (n)")
    with pytest.raises(QueryRefusedError, match="characters"):
        cypher.run(store, "RETURN 1 //" + "x" * 200_000)


@pytest.mark.parametrize(
    "text",
    [
        # The engine stops by itself …
        "UNWIND range(1, 3000) AS a UNWIND range(1, 3000) AS b RETURN count(DISTINCT a * b + b)",
        # … or does not, and is stopped.
        "RETURN size(reduce(s = 'a', x IN range(1, 40) | s + s))",
    ],
)
def test_time_is_limited(store: SqliteStore, text: str) -> None:
    start = time.monotonic()
    with pytest.raises(QueryTimeoutError, match=r"more than 0\.3 s"):
        cypher.run(store, text, timeout=0.3)
    assert time.monotonic() - start < 1.3
    assert ask(store, "RETURN 1") == [[1]]


def test_a_timeout_leaves_some_time(store: SqliteStore) -> None:
    with pytest.raises(QueryError, match="no time"):
        cypher.run(store, "RETURN 1", timeout=0)


def test_memory_is_limited(store: SqliteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    text = """
        WITH reduce(s = 'ab', x IN range(1, 25) | s + s) AS s
        RETURN size(replace(replace(s, 'a', '12345678901234567890'), '1', '12345678901234567890'))
    """
    cypher._POOL.close()
    monkeypatch.setattr(process, "MEMORY_LIMIT", 2**30)
    with pytest.raises(QueryError, match="memory"):
        cypher.run(store, text)
    assert ask(store, "RETURN 1") == [[1]]


def test_an_answer_is_refused_and_not_shortened(store: SqliteStore) -> None:
    with pytest.raises(QueryRefusedError, match="not shortened"):
        cypher.run(store, "UNWIND range(1, 1000001) AS x RETURN x")


def test_a_store_that_is_no_file() -> None:
    store = ForeignStore([english()])
    table = cypher.run(store, "MATCH (n:Model) RETURN n.name ORDER BY n.name")  # type: ignore[arg-type]
    assert table.rows == (("LLaMA",), ("Llama 2",), ("Stable Beluga 2",))


def test_an_empty_store(tmp_path: Path) -> None:
    with SqliteStore.open(tmp_path / "empty.db") as store:
        assert ask(store, "MATCH (n) RETURN count(n)") == [[0]]
        assert ask(store, "MATCH (n:Model)-[*]->(m) RETURN n") == []
