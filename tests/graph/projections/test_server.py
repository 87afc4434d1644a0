"""A query as a Neo4j server needs it: the bookkeeping is out of sight, and nothing else changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modelkin.graph.errors import QueryError, QueryRefusedError
from modelkin.graph.projections.server import for_server


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("MATCH (n) RETURN n", "MATCH (n:!Ledger) RETURN n"),
        ("MATCH () RETURN 1", "MATCH (:!Ledger) RETURN 1"),
        ("match(n{id: 'a'})return n", "match(n:!Ledger{id: 'a'})return n"),
        ("MATCH (模型 {name: '千问'}) RETURN 1", "MATCH (模型:!Ledger {name: '千问'}) RETURN 1"),
        ("MATCH (`a b` {x: 1}) RETURN 1", "MATCH (`a b`:!Ledger {x: 1}) RETURN 1"),
        ("MATCH (n WHERE n.x > (1)) RETURN 1", "MATCH (n:!Ledger WHERE n.x > (1)) RETURN 1"),
        ("MATCH (n$map) RETURN $map", "MATCH (n:!Ledger $map) RETURN $map"),
        ("MATCH (WHERE true) RETURN 1", "MATCH (:!Ledger WHERE true) RETURN 1"),
        ("MATCH (n), (m), (o)-->() RETURN 1", "MATCH (n:!Ledger), (m:!Ledger), (o)-->() RETURN 1"),
        ("MATCH p = (n) RETURN p", "MATCH p = (n:!Ledger) RETURN p"),
        ("MATCH (n:!Model) RETURN 1", "MATCH (n:(!Model)&!Ledger) RETURN 1"),
        ("MATCH (n:% {x: 1}) RETURN 1", "MATCH (n:(%)&!Ledger {x: 1}) RETURN 1"),
        ("MATCH (n IS A|!B) RETURN 1", "MATCH (n IS (A|!B)&!Ledger) RETURN 1"),
        ("MATCH (n:Ledger) RETURN 1", "MATCH (n:(Ledger)&!Ledger) RETURN 1"),
        (
            "MATCH (:A|`Ledger` WHERE 1=1) RETURN 1",
            "MATCH (:(A|`Ledger`)&!Ledger WHERE 1=1) RETURN 1",
        ),
        ("MATCH (n), (:A:B {x: 1}) RETURN 1", "MATCH (n:!Ledger), (:A&B {x: 1}) RETURN 1"),
        (
            "MATCH (n), (m:A:B:`C`) WHERE m:A:B RETURN {a: n:A:B, b: [n:A:B, 1]}, [n:A, n:A:B]",
            "MATCH (n:!Ledger), (m:A&B&`C`) WHERE m:A&B RETURN {a: n:A&B, b: [n:A&B, 1]}, "
            "[n:A, n:A&B]",
        ),
        ("OPTIONAL MATCH (n) RETURN n", "OPTIONAL MATCH (n:!Ledger) RETURN n"),
        ("MATCH (a)-[*0..]->(b) RETURN 1", "MATCH (a:!Ledger)-[*0..]->(b:!Ledger) RETURN 1"),
        ("MATCH (a)<-[r*0]-(b:X) RETURN 1", "MATCH (a:!Ledger)<-[r*0]-(b:X) RETURN 1"),
        ("MATCH (a)-[*0..1]-(b)-->(c) RETURN 1", "MATCH (a:!Ledger)-[*0..1]-(b)-->(c) RETURN 1"),
        ("MATCH (a)-->*(b) RETURN 1", "MATCH (a:!Ledger)-->*(b:!Ledger) RETURN 1"),
        ("MATCH (a)-[:R]->{0,2}(b) RETURN 1", "MATCH (a:!Ledger)-[:R]->{0,2}(b:!Ledger) RETURN 1"),
        (
            "MATCH (a) ((x)-->(y))* (b) RETURN 1",
            "MATCH (a:!Ledger) ((x)-->(y))* (b:!Ledger) RETURN 1",
        ),
        (
            "MATCH p = shortestPath((a)-[*0..3]-(b:M)) RETURN p",
            "MATCH p = shortestPath((a:!Ledger)-[*0..3]-(b:M)) RETURN p",
        ),
        ("RETURN EXISTS { (n) }", "RETURN EXISTS { (n:!Ledger) }"),
        ("RETURN COUNT { MATCH (n) WHERE n.x }", "RETURN COUNT { MATCH (n:!Ledger) WHERE n.x }"),
        (
            "RETURN COLLECT { MATCH (n) RETURN n.x ORDER BY (n.x) }",
            "RETURN COLLECT { MATCH (n:!Ledger) RETURN n.x ORDER BY (n.x) }",
        ),
        (
            "CALL () { MATCH (n) RETURN n } RETURN n",
            "CALL () { MATCH (n:!Ledger) RETURN n } RETURN n",
        ),
        (
            "MATCH (m:M) RETURN [(m)-[*0..]->(b) WHERE (b) IS NOT NULL | (b.x)]",
            "MATCH (m:M) RETURN [(m:!Ledger)-[*0..]->(b:!Ledger) WHERE (b) IS NOT NULL | (b.x)]",
        ),
        (
            "MATCH (n) WHERE (n)-->() MATCH (m) RETURN m",
            "MATCH (n:!Ledger) WHERE (n)-->() MATCH (m:!Ledger) RETURN m",
        ),
        (
            "MATCH (with) WITH (with) AS n RETURN (n)",
            "MATCH (with:!Ledger) WITH (with) AS n RETURN (n)",
        ),
        ("MATCH return = (a), (b) RETURN 1", "MATCH return = (a:!Ledger), (b:!Ledger) RETURN 1"),
        (r"RETURN 'a\u0027 AS x // MATCH (n)'", "RETURN $string_0"),
        ("RETURN 1 /* \\u002a/ MATCH (n) */ AS x", "RETURN 1" + " " * 25 + "AS x"),
        (
            "MATCH (n:Model) RETURN labels(n)",
            "MATCH (n:Model) RETURN reduce(labels_ = [], label_ IN labels(n) | CASE WHEN "
            "label_ = 'Entity' THEN labels_ + [label_] ELSE [label_] + labels_ END)",
        ),
    ],
)
def test_text(text: str, expected: str) -> None:
    assert for_server(text, {"map": {}}).text == expected


@pytest.mark.parametrize(
    "text",
    [
        "MATCH (n:Model) RETURN n",
        "MATCH (n:Model:Entity) RETURN (n), ((n)), [(n)], {n: (n)}",
        "MATCH (a)-->(b)<-[r:R {x: (1)}]-(c {y: (2)}) RETURN (a).x - (b).x, size((a)-->())",
        "MATCH (a)-[*]->(b)-[*1..]-(c), (d)-->+(e) RETURN a",
        "MATCH (n:A&B|C) USING SCAN n:A WHERE (n:!Ledger) RETURN n",
        "MATCH (n:Model) USING INDEX n:Model(id) WHERE n.id = 'x' RETURN n",
        "RETURN 'MATCH (n)', \"(m)\", `MATCH (n)`, (1), count((2))",
        "UNWIND [1] AS x WITH (x) WHERE (x) > 1 RETURN CASE (x) WHEN (1) THEN (2) END",
        "MATCH ANY SHORTEST (a)-->+(b) RETURN a",
        "RETURN date.truncate('year', date('2024-01-01')), point({x: 1, y: 2})",
        "CALL db.index.fulltext.queryNodes('names', '千问') YIELD node RETURN node.id",
    ],
)
def test_what_shows_no_bookkeeping_stays_as_it_is(text: str) -> None:
    assert for_server(text).text == text


@pytest.mark.parametrize(
    "text",
    [
        "MATCH (n) DELETE n",
        "CALL apoc.load.json('file:///etc/passwd')",
        "CALL db.labels()",
        "RETURN apoc.cypher.runFirstColumnSingle('CREATE (n)', {})",
        "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
        "CALL { MATCH (n) DELETE n } IN TRANSACTIONS",
        "USE system SHOW USERS",
        "SHOW USERS",
        "EXPLAIN MATCH (n) RETURN n",
        "PROFILE MATCH (n) RETURN n",
        "CYPHER runtime=slotted MATCH (n) RETURN n",
        "ALTER CURRENT USER SET PASSWORD FROM 'a' TO 'b'",
        "MATCH (n) RETURN elementId(n)",
        "RETURN file()",
        "RETURN `a\\u0060`",
        "RETURN $`a\\u0060`",
    ],
)
def test_reading_only(text: str) -> None:
    with pytest.raises(QueryRefusedError) as caught:
        for_server(text, {"a\\u0060": 1})
    assert caught.value.hint


def test_what_only_the_embedded_engine_cannot_do_is_let_through() -> None:
    text = "MATCH (n:Model)-[r]->() RETURN n.type, startNode(r)"
    assert for_server(text).text == text


def test_missing_parameters_are_named() -> None:
    with pytest.raises(QueryError, match=r"no value for \$b"):
        for_server("MATCH (n:Model {id: $a}) RETURN $b", {"a": 1})


def test_strings_and_the_users_parameters_stand_side_by_side() -> None:
    query = for_server(r"RETURN $string_0 AS x, '\\' AS y", {"string_0": "小"})
    assert query.text == "RETURN $string_0 AS x, $string_0_ AS y"
    assert query.parameters == {"string_0": "小", "string_0_": "\\"}


def test_columns_are_called_as_written() -> None:
    assert for_server("MATCH (n) RETURN COUNT { (n) }, labels(n)").columns == (
        "COUNT { (n) }",
        "labels(n)",
    )


def test_names_of_the_query_are_not_used_twice() -> None:
    text = for_server("MATCH (label_:Model)-->(LABELS_) RETURN labels(label_)").text
    assert "label__ IN labels(label_)" in text
    assert "labels__ = []" in text


@given(st.text(alphabet="MATCH()nm:-[]*0..{}!%|&, 'x$`\\/千\n", max_size=60))
def test_any_text_is_put_or_refused(text: str) -> None:
    try:
        query = for_server(f"MATCH {text} RETURN 1")
    except QueryError:
        return
    assert "\\" not in query.text
