"""Each difference that random queries found, as a small query that both engines now agree on."""

from random import Random
from typing import Any

import pytest
from both_engines import ask_both, load
from grammar import Question
from neo4j import Session
from random_graphs import random_graph

from modelkin.graph.errors import QueryRefusedError

PARAMETERS: dict[str, object] = {"id": "model/1", "key": "title", "names": ["M0", "通义千问"]}

SAME = [
    # A document's title is no name, and labels, ends of edges and types are no properties.
    "MATCH (n:Document) RETURN n.name AS x, n.title AS y, n AS z, count(*) AS c",
    "MATCH (n) RETURN n.label AS x, n.node_type AS y, n.connection_type AS z",
    "MATCH (n:Document {name: '通义千问'}) RETURN n.id",
    "MATCH (n {title: '通义千问'}) RETURN n.id, n['title'] AS t, n {.title, .id} AS m",
    "MATCH (n:Document) RETURN n[$key] AS a, n['ti' + 'tle'] AS b, properties(n).title AS c",
    "MATCH (n) WHERE 'title' IN keys(n) RETURN n.id",
    "MATCH (n:Document) WITH n, n.title AS title RETURN n {title} AS a, {title: title} AS b, title",
    "MATCH (n:Claim) RETURN n.start, n.end, n {.start, .end} AS m",
    "MATCH (:Model)-[r]->() RETURN r.start AS a, r.end AS b, properties(r) AS c",
    "MATCH p = (:Model)-[*1..2]->() RETURN [x IN relationships(p) | x.start] AS a",
    # What an optional pattern found is a group of its own.
    "MATCH (n:Model) OPTIONAL MATCH (n)-[:DERIVED_FROM]->(m) RETURN m AS m, count(*) AS c",
    "MATCH (n:Model) OPTIONAL MATCH p = (n)-[r:DERIVED_FROM*1..2]->() RETURN p, r, count(*) AS c",
    # Groups of what is reached over several steps, or either way.
    "MATCH (a)-[r:DERIVED_FROM]-(b)-[s:VARIANT_OF]->(c) RETURN c AS d, count(a) AS n",
    "MATCH (a)-[:DERIVED_FROM]->(b)-[:DERIVED_FROM]-(c) WITH c, count(*) AS n RETURN c.id, n",
    # A node that is not there has no labels, rather than other ones.
    "MATCH (n:Model) OPTIONAL MATCH (n)-[:VARIANT_OF]->(m) RETURN n.id, NOT (m:Model) AS a",
    "MATCH (n:Model) OPTIONAL MATCH (n)-[:VARIANT_OF]->(m) WITH m WHERE NOT m:Entity RETURN m",
    "UNWIND [null] AS n RETURN n:Model AS a, {b: n:Model:Entity} AS c",
    "MATCH p = (:Model)-->() RETURN [n IN nodes(p) WHERE n:Model | n.name] AS names",
    # A list and nothing add up to nothing.
    "MATCH (n:Model) RETURN n.openness + n.parameters AS a, [] + n.openness AS b",
    "MATCH (n:Model) RETURN n.openness + ['x'] + n.aliases AS a, n.openness + n.id AS b",
    "MATCH (n:Model) RETURN CASE n.name + n.id WHEN 'a' THEN 1 ELSE n.openness + [1] END AS x",
    "UNWIND [1, null] AS a RETURN a + 1 AS b, [a] + a AS c, 'it\\'s' + a AS d, 3 - a + 1 AS e",
    "MATCH (n:Model) RETURN collect(n.name)[0..0] + head(collect(n.openness)) AS x, count(*) AS y",
    # Lists after IN that are more than literals, and counts in brackets.
    "MATCH (n:Model) RETURN n.name IN [v IN n.aliases | v] AS x, n.id IN [] + [n.id] AS y",
    "MATCH (n:Model) RETURN n.id IN [(n)-->(m) | m.id] AS x, n.id IN ['a', n.id][1..2] AS y",
    "MATCH (n:Model) RETURN (COUNT { MATCH (n)-->(m) WHERE m.id > 'a' } + 1) AS x",
    "MATCH (n:Model&Entity) WHERE n:Model&Entity RETURN n.id",
    # Functions, and the columns of RETURN *.
    "RETURN round(-1.5) AS a, round(-2.5, 0) AS b, round(0.5) AS c, round(-1.25, 1) AS d",
    "MATCH (n:Model) RETURN stDev(n.start) AS a, stDev(size(n.aliases)) AS b",
    "MATCH (n:Model) RETURN n.name AS n, stDev(1) AS a, sum(1) / count(*) AS b, 7 % -2 AS c",
    "RETURN upper('a') AS a, lower('A') AS b, char_length('通义') AS c, toString(1.5) AS d",
    "MATCH (n:Model)-[r]->(m) RETURN *",
    "MATCH (模型:Model) RETURN DISTINCT *, 1 AS 数",
]
REFUSED = [
    "MATCH ()-[r]->() RETURN r.id AS x",
    "MATCH ()-[r]->() WITH r AS e RETURN e.id AS x",
    "MATCH p = ()-[*1..2]->() RETURN [x IN relationships(p) | x.id] AS x",
    "MATCH ()-[r*1..2]->() RETURN r[0].id AS x, head(r).id AS y",
    "MATCH ()-[r]->() RETURN r {.method} AS x",
    "MATCH (a)<-[r:DERIVED_FROM]-(b) OPTIONAL MATCH (b)-[r]->(c) RETURN c.id AS x",
    "MATCH p = (a)-[*1..2]->(b) UNWIND relationships(p) AS r MATCH (c)-[r]->(d) RETURN c.id AS x",
    "MATCH (a)-[r]->(b) WHERE EXISTS { (c)-[r]->(b) } RETURN a.id AS x",
    "WITH {a: 1} AS m RETURN m {.a} AS x",
    "MATCH (n:Model) CALL (n) { MATCH (n)-->(m) RETURN m AS k } RETURN k {.id} AS x",
    "MATCH (n:Model) CALL (n) { MATCH (n)-->(m) RETURN m } RETURN {a: m {.id}} AS x",
    "MATCH (n:Model) RETURN n.name AS x, percentileCont(size(n.aliases), 0.5) AS y",
    "RETURN nullIf(1, 2) AS x",
    "RETURN round(1.25, size(['a'])) AS x",
]
ERRORS_HERE = [
    "RETURN toString(1e7) AS x",
    "RETURN 1 / 0.0 AS x",
    "WITH 0.0 AS n RETURN 5 % n AS x",
]


@pytest.fixture(scope="module")
def graph(session: Session) -> Any:
    return load(session, random_graph(Random(5)))


@pytest.mark.parametrize("text", SAME)
def test_the_same_rows(session: Session, graph: Any, text: str) -> None:
    outcome = ask_both(session, graph, Question(text, False, PARAMETERS))
    assert outcome.verdict == "agreed", (outcome.embedded, outcome.server)


@pytest.mark.parametrize("text", REFUSED)
def test_refused_with_a_reason(session: Session, graph: Any, text: str) -> None:
    outcome = ask_both(session, graph, Question(text, False, PARAMETERS))
    assert outcome.verdict == "refused"
    assert isinstance(outcome.embedded, QueryRefusedError)
    assert outcome.embedded.hint


@pytest.mark.parametrize("text", ERRORS_HERE)
def test_values_that_cannot_be_shown_are_errors(session: Session, graph: Any, text: str) -> None:
    assert ask_both(session, graph, Question(text, False, PARAMETERS)).verdict == "refused"
