"""What a query may not do is refused before the engine sees it."""

import pytest

from modelkin.graph.errors import QueryError, QueryRefusedError, QuerySyntaxError
from modelkin.graph.projections.fences import check, check_parameters
from modelkin.graph.projections.gaps import check_gaps
from modelkin.graph.projections.tokens import Kind, Token, tokenize


def words(text: str) -> list[Token]:
    return [token for token in tokenize(text) if token.kind is not Kind.BLANK]


@pytest.mark.parametrize(
    "text",
    [
        "CREATE (n:Model {id: 'x'})",
        "create (n)",
        "MATCH (n) SET n.name = 'x'",
        "MATCH (n) SET/**/n.name = 'x'",
        "MATCH (n) //\nDELETE n",
        "MATCH (n) DETACH DELETE n RETURN 1",
        "MATCH (n) REMOVE n.name",
        "MERGE (n:Model {id: 'x'})",
        "MATCH (n) WITH n CREATE (m)",
        "MATCH (n) FOREACH (x IN [1] | SET n.a = x)",
        "MATCH (n) CALL (n) { CREATE (m) RETURN m } RETURN m",
        "MATCH (n) WHERE n.name = 'a' MERGE (m)",
        "INSERT (n)",
        "DROP INDEX a",
        "CREATE INDEX FOR (n:Model) ON (n.name)",
        "RETURN 'a' CREATE (n)",
        'RETURN "a\\"" CREATE (n)',
        "RETURN `a` CREATE (n)",
        "UNWIND [1] AS x CREATE ({a: x})",
        "MATCH (n) CALL { WITH n DELETE n } IN TRANSACTIONS",
    ],
)
def test_writing_is_refused(text: str) -> None:
    with pytest.raises(QueryRefusedError, match="only reads") as caught:
        check(words(text))
    assert "claims and decisions" in caught.value.hint


@pytest.mark.parametrize(
    "text",
    [
        "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
        "load csv from $url AS l RETURN l",
        "MATCH (n) LOAD CSV WITH HEADERS FROM 'x' AS l RETURN l",
        "MATCH (n) CALL { LOAD CSV FROM 'x' AS l RETURN l } RETURN l",
    ],
)
def test_files_are_out_of_reach(text: str) -> None:
    with pytest.raises(QueryRefusedError, match="no files"):
        check(words(text))


@pytest.mark.parametrize(
    "text",
    [
        "CALL apoc.load.json('file:///etc/passwd')",
        "CALL `apoc`.`load`.`json`('x') YIELD value RETURN value",
        "CALL db.temporal.declare({})",
        "CALL pagerank() YIELD node RETURN node",
        "CALL db.labels()",
        "CALL dbms.procedures",
    ],
)
def test_procedures_are_refused(text: str) -> None:
    with pytest.raises(QueryRefusedError, match="procedure"):
        check(words(text))


@pytest.mark.parametrize(
    "text",
    [
        "RETURN apoc.load.json('x')",
        "RETURN `read_file`('x')",
        "MATCH (n) RETURN text_score(n, 'name', 'x')",
        "MATCH (n) WHERE valid_at(n, '2020') RETURN n",
        "RETURN db . `labels` ()",
    ],
)
def test_functions_outside_cypher_are_refused(text: str) -> None:
    with pytest.raises(QueryRefusedError, match="function"):
        check(words(text))


@pytest.mark.parametrize(
    "text",
    [
        "EXPLAIN MATCH (n) RETURN n",
        "PROFILE MATCH (n) RETURN n",
        "SHOW INDEXES",
        "USE other MATCH (n) RETURN n",
        "MATCH (n) RETURN n UNION ALL USE graph.byName('x') MATCH (n) RETURN n",
        "CALL () { USE `other` MATCH (n) RETURN n } RETURN n",
        "TERMINATE TRANSACTIONS 'x'",
        "FOR VALID_TIME ALL MATCH (n) RETURN n",
        "MATCH (n) RETURN 1; MATCH (n) RETURN 2",
        "MATCH (n) RETURN id(n)",
        "MATCH (n) RETURN elementId(n)",
    ],
)
def test_other_graphs_and_the_engine_are_no_answer(text: str) -> None:
    with pytest.raises(QueryRefusedError) as caught:
        check(words(text))
    assert caught.value.hint


@pytest.mark.parametrize(
    "text",
    [
        "MATCH (n) RETURN n FORMAT CSV",
        "MATCH (n) RETURN n.type",
        "MATCH (n) RETURN n.`type`",
        "MATCH (n) RETURN n['type']",
        "MATCH (n:Model {type: 'Model'}) RETURN n",
        "MATCH (n {name: 'x', type: 'Model'}) RETURN n",
        "MATCH (n) RETURN n {.type}",
        "MATCH ()-[r]->() RETURN startNode(r)",
        "MATCH ()-[r]->() RETURN [endNode(r)]",
        "MATCH ()-[r]->() RETURN collect(startNode(r))",
    ],
)
def test_what_the_engine_answers_wrongly_is_refused(text: str) -> None:
    check(words(text))
    with pytest.raises(QueryRefusedError) as caught:
        check_gaps(words(text))
    assert caught.value.hint


@pytest.mark.parametrize(
    "text",
    [
        "MATCH (n) RETURN n.set, n.delete, n.`create`",
        "MATCH (n:Delete|Create {set: 1}) RETURN {merge: 1, remove: 2} AS create",
        "MATCH ()-[r:CREATE]->() RETURN 'LOAD CSV', \"SET\" // DELETE",
        "MATCH (`create`) RETURN `create` /* DROP */",
        "MATCH (n) WHERE n.name = $create RETURN $set",
        "MATCH (n) RETURN {type: 1} AS t, n {.name, type: 'x'} AS u",
        "MATCH ()-[r]->() RETURN type(r), startNode(r).name, labels(endNode(r))",
        "MATCH (a)-[r]-(b) WHERE startNode(r) = a AND b <> endNode(r) RETURN a",
        "MATCH (n) CALL (n) { MATCH (n)-->(m) RETURN count(m) AS c } RETURN c",
        "CALL db.relationshipTypes() YIELD relationshipType RETURN relationshipType",
        "OPTIONAL MATCH (n) WITH DISTINCT (n) AS m WHERE NOT (m)-->() RETURN count(DISTINCT (m))",
        "RETURN CASE WHEN (1 = 1) THEN (2) ELSE (3) END, (1 IN (CASE WHEN true THEN [1] END))",
        "MATCH p = shortestPath((a)-[*]->(b)) RETURN p ORDER BY (length(p)) LIMIT (1)",
        "MATCH (use)-[show]->(profile) RETURN use {show, .name}, {use: show} AS explain, profile",
    ],
)
def test_reading_is_let_through(text: str) -> None:
    check(words(text))
    check_gaps(words(text))


@pytest.mark.parametrize("text", ["", "  // nothing", "RETURN (1", "RETURN 1)", "RETURN [1)"])
def test_malformed(text: str) -> None:
    with pytest.raises(QuerySyntaxError):
        check(words(text))


@pytest.mark.parametrize("pair", ["()", "[]", "{}"])
def test_brackets_are_not_too_deep(pair: str) -> None:
    check(words("RETURN " + "(" * 90 + "1" + ")" * 90))
    with pytest.raises(QueryRefusedError, match="deep"):
        check(words("RETURN " + pair[0] * 5_000 + "1" + pair[1] * 5_000))


def test_missing_parameters_are_named() -> None:
    with pytest.raises(QueryError, match=r"no value for \$b, \$c"):
        check_parameters(words("RETURN $a, $b, $c, $b, '$d' // $e"), {"a": None})
