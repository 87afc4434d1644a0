"""What the store keeps for itself in a server's database is never seen by a query."""

from random import Random
from typing import Any

import pytest
from both_engines import ask_both, load
from grammar import Question
from neo4j import Session
from random_graphs import random_graph


@pytest.fixture(scope="module")
def graph(session: Session) -> Any:
    return load(session, random_graph(Random(5)))


def test_there_is_bookkeeping(session: Session, graph: Any) -> None:
    assert session.run("MATCH (n:Ledger) RETURN count(n) AS n").single(strict=True)["n"] == 3


@pytest.mark.parametrize(
    "text",
    [
        "MATCH (n) RETURN n",
        "MATCH () RETURN count(*) AS n",
        "MATCH (n {name: 'M0'}) RETURN n.id",
        "MATCH (a), (b) RETURN a.id, b.id",
        "MATCH (n:Model), (m:Model:Entity), (o) RETURN count(*) AS n",
        "OPTIONAL MATCH (n {id: 'ledger'}) RETURN n",
        "MATCH p = (n) RETURN p",
        "MATCH (a)-[*0..1]->(b) RETURN a.id, b.id",
        "MATCH (a)-[*0..1]-(b)-[*0..1]-(c) RETURN count(*) AS n",
        "RETURN EXISTS { (n {id: 'ledger'}) } AS x, COUNT { MATCH (n) } AS y",
        "MATCH (m:Model) RETURN size([(m)-[*0..2]->(b) | b.id]) AS x",
        "MATCH (m:Model) CALL (m) { MATCH (n) RETURN count(n) AS c } RETURN c",
        "MATCH (n) WHERE NOT n:Model RETURN n.id, labels(n) AS l",
        "UNWIND ['ledger'] AS id MATCH (n {id: id}) RETURN n",
        "MATCH (n) RETURN labels(n)[0] AS kind, count(*) AS c",
    ],
)
def test_queries_of_both(session: Session, graph: Any, text: str) -> None:
    outcome = ask_both(session, graph, Question(text, False))
    assert outcome.verdict == "agreed", (outcome.embedded, outcome.server)


@pytest.mark.parametrize(
    "text",
    [
        "MATCH (n:!Model&!Claim) RETURN n.id AS x",
        "MATCH (n:%) RETURN n.id AS x",
        "MATCH (n:Ledger) RETURN n.id AS x",
        "MATCH (n:Model|Ledger) RETURN n.id AS x",
        "MATCH (n IS !Model) RETURN n.id AS x",
        "MATCH (n WHERE n.name = 'M0') RETURN n.id AS x",
        "MATCH (WHERE true) RETURN 'it' AS x",
        "MATCH (a)-->*(b) RETURN b.id AS x",
        "MATCH (a) ((x)-->(y)){0,2} (b) RETURN a.id AS x",
        "RETURN COLLECT { MATCH (n) RETURN n.id } AS x",
        "MATCH (n) RETURN DISTINCT keys(n) AS x",
        "MATCH (n), (:Model:Entity {id: 'model/0'}) WHERE n:Model:Entity OR true RETURN n.id AS x",
    ],
)
def test_queries_of_the_server_alone(session: Session, graph: Any, text: str) -> None:
    outcome = ask_both(session, graph, Question(text, False))
    assert not isinstance(outcome.server, Exception), outcome.server
    assert "ledger" not in str(outcome.server)


def test_a_string_ends_where_it_is_seen_to_end(session: Session, graph: Any) -> None:
    # A server reads \\u0027 as a quotation mark before it reads strings.
    text = r"RETURN 'a\u0027 AS x, 1 AS y //' AS z"
    outcome = ask_both(session, graph, Question(text, False))
    assert outcome.verdict == "agreed"
    assert outcome.server == (("z",), [("a' AS x, 1 AS y //",)])
