"""Queries that users write, answered by a Neo4j server."""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import neo4j
from neo4j.exceptions import ClientError, CypherSyntaxError, DriverError, Neo4jError

from ...errors import QueryError, QueryRefusedError, QuerySyntaxError
from ...projections.answering import time_limit, timed_out, too_long
from ...projections.cypher import NARROW
from ...projections.driver_values import table
from ...projections.server import for_server
from ...projections.worker import ROW_LIMIT
from ...protocols import Table
from .server import Server, explained

__all__ = ["ask"]

_TIMED_OUT = ("TransactionTimedOut", "LockClientStopped", "Transaction.Terminated")


def ask(
    server: Server,
    text: str,
    parameters: Mapping[str, object] | None = None,
    *,
    timeout: float = 30.0,
) -> Table:
    """Answer a query; see `modelkin.graph.protocols.GraphStore.query`.

    Raises
    ------
    QuerySyntaxError
        When the query is not Cypher.
    QueryRefusedError
        When it would change the graph, read a file, or gives more than a million rows.
    QueryTimeoutError
        When it takes more than `timeout` seconds.
    QueryError
        When a parameter is missing or cannot be given, or the server fails at it.
    StoreError
        When the server cannot be reached.
    """
    limit = time_limit(timeout)
    query = for_server(text, parameters)
    try:
        with server.asking(query.text, query.parameters, limit) as asked:
            transaction, result = asked
            rows = [record.values() for record in itertools.islice(result, ROW_LIMIT + 1)]
            if len(rows) > ROW_LIMIT:
                raise too_long(f"{ROW_LIMIT:,} rows", NARROW)
            return table(query, result.keys(), rows, lambda t, p: _rows(transaction, t, p))
    except Neo4jError as error:
        raise _failure(error, server, timeout) from error
    except (OverflowError, TypeError, ValueError) as error:
        # What the driver cannot send: a whole number of more than 64 bits.
        raise QueryError(
            f"a parameter cannot be given to the server: {error}",
            hint="give null, a truth value, a number, a text, or lists and maps of those",
        ) from error
    except DriverError as error:
        raise explained(error, server.location) from error


def _rows(
    transaction: neo4j.Transaction, text: str, parameters: Mapping[str, object]
) -> Iterable[Sequence[Any]]:
    return transaction.run(text, dict(parameters)).values()


def _failure(error: Neo4jError, server: Server, timeout: float) -> Exception:
    code = error.code or ""
    message = " ".join((error.message or code).split())
    if any(name in code for name in _TIMED_OUT):
        return timed_out(timeout, NARROW)
    if "AccessMode" in code or "ReadOnly" in code:
        return QueryRefusedError(
            f"the query would change the graph: {message}",
            hint="the graph changes by claims and decisions: add an article with 'modelkin ingest'",
        )
    if isinstance(error, CypherSyntaxError):
        return QuerySyntaxError(message, hint="see Neo4j's Cypher manual for the grammar")
    if isinstance(error, ClientError) and ".Statement." in code:
        return QueryError(f"the query cannot be answered: {message}", hint="put it otherwise")
    if "MemoryPool" in code or "OutOfMemory" in code:
        return QueryError(f"the query needed too much memory: {message}", hint=NARROW)
    return explained(error, server.location)
