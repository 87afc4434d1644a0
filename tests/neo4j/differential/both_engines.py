"""One query, two engines, one graph."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import kglite
from grammar import Question
from neo4j import Session
from neo4j.exceptions import Neo4jError
from random_graphs import Graph

from modelkin.graph.errors import QueryError
from modelkin.graph.projections.cache import build_from
from modelkin.graph.projections.driver_values import table
from modelkin.graph.projections.fences import check
from modelkin.graph.projections.gaps import check_gaps
from modelkin.graph.projections.kept_keys import as_kept
from modelkin.graph.projections.rewriting import rewrite
from modelkin.graph.projections.server import LEDGER, for_server
from modelkin.graph.projections.tokens import Kind
from modelkin.graph.projections.wording import read
from modelkin.graph.projections.worker import _answer

__all__ = ["Outcome", "ask_both", "load", "same"]

kglite.set_query_warning_policy("silent")
# The same text is asked of several graphs; making a plan is most of the work.
_PLANNED_ONCE = "CYPHER replan=skip "
Rows = list[tuple[object, ...]]


@dataclass(frozen=True)
class Outcome:
    """What both said.

    Parameters
    ----------
    verdict : str
        ``agreed``, ``refused`` (by the embedded engine, with a reason), ``errors`` (both),
        ``different``, or ``lenient`` (only the server calls it an error).
    embedded, server : object
        Rows or the error.
    """

    verdict: str
    embedded: object
    server: object

    @property
    def has_rows(self) -> bool:
        """Whether the server found any row."""
        return isinstance(self.server, tuple) and bool(self.server[1])


def load(session: Session, graph: Graph) -> Any:
    """Write a graph to both; the server's has bookkeeping too. Gives the embedded one."""
    session.run("MATCH (n) DETACH DELETE n").consume()
    session.run(f"UNWIND range(1, 3) AS n CREATE (:{LEDGER} {{id: 'ledger', name: 'M0', n: n}})")
    for node in graph.nodes:
        labels = ":".join(node.labels)
        session.run(f"CREATE (n:{labels}) SET n = $p", p={"id": node.id, **node.properties})
    for edge in graph.edges:
        session.run(
            f"MATCH (a {{id: $a}}), (b {{id: $b}}) CREATE (a)-[r:{edge.type}]->(b) SET r = $p",
            a=edge.source,
            b=edge.target,
            p=edge.properties,
        ).consume()
    return build_from(graph.nodes, graph.edges)


def ask_both(session: Session, graph: Any, asked: Question) -> Outcome:
    """Ask both and compare: as multisets, or in order."""
    text, parameters = asked.text, asked.parameters
    try:
        expected: object = ask_server(session, text, parameters)
    except (Neo4jError, QueryError) as error:
        expected = error
    try:
        found: object = ask_embedded(graph, text, parameters)
    except QueryError as error:
        found = error
    if isinstance(expected, Exception):
        return Outcome("errors" if isinstance(found, Exception) else "lenient", found, expected)
    if isinstance(found, Exception):
        return Outcome("refused", found, expected)
    assert isinstance(found, tuple)
    assert isinstance(expected, tuple)
    agree = found[0] == expected[0] and same(found[1], expected[1], ordered=asked.ordered)
    return Outcome("agreed" if agree else "different", found, expected)


def ask_server(
    session: Session, text: str, parameters: Mapping[str, object]
) -> tuple[tuple[str, ...], Rows]:
    """Ask the server as the store does."""
    query = for_server(text, parameters)
    with session.begin_transaction() as transaction:

        def ask(text: str, given: dict[str, object]) -> Iterable[list[Any]]:
            return [record.values() for record in transaction.run(text, given)]

        result = transaction.run(_PLANNED_ONCE + query.text, query.parameters)
        keys = result.keys()
        answer = table(query, keys, [record.values() for record in result], ask)
    return answer.columns, list(answer.rows)


def ask_embedded(
    graph: Any, text: str, parameters: Mapping[str, object]
) -> tuple[tuple[str, ...], Rows]:
    """Ask the embedded engine as the store does, in this process."""
    tokens = read(text)
    words = [token for token in tokens if token.kind is not Kind.BLANK]
    check(words)
    check_gaps(words)
    plan = rewrite(tokens)
    answer: dict[str, Any] = _answer(
        graph,
        {
            "text": plan.text(100),
            "parameters": {k: as_kept(v) for k, v in parameters.items()} | plan.parameters,
            "milliseconds": 20_000,
            "without": plan.without,
        },
    )
    if "failed" in answer:
        raise QueryError(str(answer["failed"]), hint="")
    shown = plan.table(answer["columns"], answer["rows"])
    return shown.columns, list(shown.rows)


def same(found: Rows, expected: Rows, *, ordered: bool) -> bool:
    """Compare rows; numbers may differ in what adding in another order makes of them."""
    left, right = [_key(row) for row in found], [_key(row) for row in expected]
    return left == right if ordered else Counter(left) == Counter(right)


def _key(value: object) -> object:
    match value:
        case bool() | None:
            return repr(value)
        case float():
            return f"float {value:.9g}"
        case list() | tuple():
            return tuple(_key(item) for item in value)
        case dict():
            return tuple((key, _key(item)) for key, item in sorted(value.items()))
        case _:
            return (type(value).__name__, value)
