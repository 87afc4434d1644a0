"""What the engine would answer wrongly is answered as Cypher means it, over a small store."""

from collections.abc import Iterator

import pytest
from small_stores import chinese, english, market, sqlite_store

from modelkin.graph.errors import QueryError, QueryRefusedError
from modelkin.graph.projections import cypher
from modelkin.graph.stores.sqlite import SqliteStore


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStore]:
    path = tmp_path_factory.mktemp("mended") / "graph.db"
    with sqlite_store(path, [english(), chinese(), market()]) as made:
        yield made


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("MATCH (d:Document) RETURN count(d.name), count(d.title)", [(0, 3)]),
        ("MATCH (n {name: '通义家族'}) RETURN n.id", []),
        ("MATCH ()-[r]->() WHERE r.start IS NOT NULL OR r.node_type IS NOT NULL RETURN r", []),
        ("MATCH (d:Document) WHERE 'title' IN keys(d) RETURN count(d)", [(3,)]),
        (
            "MATCH (m:Model {id: 'model/glm-4'}) OPTIONAL MATCH (m)-[:DERIVED_FROM]->(b) "
            "RETURN NOT (b:Model), b:Model:Entity, {c: b:Model}",
            [(None, None, {"c": None})],
        ),
        (
            "MATCH (m:Model) WHERE m.id IN ['model/llama', 'model/llama-2'] "
            "OPTIONAL MATCH (m)-[:DERIVED_FROM]->(b) WITH b, count(*) AS n "
            "RETURN b.id, n ORDER BY b.id",
            [("model/llama", 1), (None, 1)],
        ),
        (
            "MATCH (a)-[:DERIVED_FROM]-(b)-[:VARIANT_OF]->(c) "
            "WITH c AS d, count(*) AS n RETURN d.id, n",
            [("model/qwen", 3)],
        ),
        ("UNWIND [null, ['b']] AS x RETURN ['a'] + x + 'c'", [(None,), (["a", "b", "c"],)]),
        ("RETURN round(-1.5), round(2.5), round(-1.25, 1), stDev(1)", [(-1.0, 3.0, -1.3, 0.0)]),
        ("MATCH (m:Model {id: 'model/qwen'}) RETURN (COUNT { (m)-->(:Model) } + 1)", [(3,)]),
        ("MATCH (m:Model&Entity) WHERE m:Model&Entity RETURN count(*)", [(6,)]),
        ("WITH 1 AS 乙, 2 AS 甲 RETURN *, 3 AS a", [(1, 2, 3)]),
    ],
)
def test_rows(store: SqliteStore, text: str, rows: list[tuple[object, ...]]) -> None:
    assert list(cypher.run(store, text).rows) == rows


def test_values_in_detail(store: SqliteStore) -> None:
    def one(text: str, **parameters: object) -> tuple[object, ...]:
        [row] = cypher.run(store, text, parameters).rows
        return row

    title = "通义家族"
    assert one("MATCH (n {title: $t}) RETURN n['title'], n {.title}, n.label", t=title) == (
        title,
        {"title": title},
        None,
    )
    assert one("WITH {title: '甲', end: 1} AS m RETURN m.title, m['end'], m") == (
        "甲",
        1,
        {"title": "甲", "end": 1},
    )
    assert one("RETURN $m.title, $m['ti' + $k], [1, 2][$n]", m={"title": "乙"}, k="tle", n=1) == (
        "乙",
        "乙",
        2,
    )
    assert one(
        "RETURN 'b' IN ['a'] + ['b'] AS a, 1 IN [x IN [1] | x + 1] AS b, 2 IN [1, 2][1..] AS c"
    ) == (
        True,
        False,
        True,
    )


@pytest.mark.parametrize("text", ["RETURN 1 / 0.0", "RETURN 1.0 % 0", "RETURN toString(1e7)"])
def test_what_cannot_be_shown_is_an_error(store: SqliteStore, text: str) -> None:
    with pytest.raises(QueryError, match="cannot be answered"):
        cypher.run(store, text)


@pytest.mark.parametrize(
    "text",
    [
        "MATCH ()-[r]->() RETURN r.id",
        "MATCH (a)<-[r]-(b) MATCH (b)-[r]->(c) RETURN c",
        "MATCH ()-[r]->() RETURN r {.method}",
        "WITH {a: 1} AS m RETURN m {.a}",
        "RETURN percentileCont(1, 0.5)",
        "RETURN round(1.5, 1 - 1)",
    ],
)
def test_what_cannot_be_mended_is_refused(store: SqliteStore, text: str) -> None:
    with pytest.raises(QueryRefusedError) as caught:
        cypher.run(store, text)
    assert caught.value.hint


def test_names_used_twice_in_places_apart_are_no_reuse(store: SqliteStore) -> None:
    text = """
        MATCH (m:Model {id: 'model/qwen'})
        CALL (m) { MATCH (m)-[r]->(b:Model) RETURN count(r) AS up }
        CALL (m) { MATCH (m)<-[r]-(b:Model) RETURN count(r) AS down }
        RETURN up, down
        UNION
        MATCH (m:Model {id: 'model/qwen'})-[r]->() RETURN 0 AS up, count(r) AS down
    """
    assert len(cypher.run(store, text).rows) == 2
