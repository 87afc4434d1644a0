"""Queries that users write, answered by a Neo4j server."""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import neo4j
from neo4j.exceptions import ClientError, CypherSyntaxError, DriverError, Neo4jError

from ...errors import QueryError, QueryRefusedError, QuerySyntaxError, QueryTimeoutError
from ...projections.driver_values import table
from ...projections.server import for_server
from ...projections.worker import ROW_LIMIT
from ...protocols import Table
from .server import Server, explained

__all__ = ["ask"]

_LONGEST = 24 * 60 * 60.0
_NARROW = "narrow it: name where it starts, bound its steps, aggregate, or add LIMIT"
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
    if not timeout > 0:
        raise QueryError(f"a timeout of {timeout:g} s leaves no time", hint="give more seconds")
    query = for_server(text, parameters)
    try:
        with server.asking(query.text, query.parameters, min(timeout, _LONGEST)) as asked:
            transaction, result = asked
            rows = [record.values() for record in itertools.islice(result, ROW_LIMIT + 1)]
            if len(rows) > ROW_LIMIT:
                raise QueryRefusedError(
                    f"the answer has more than {ROW_LIMIT:,} rows, and is not shortened",
                    hint=_NARROW,
                )
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
        return QueryTimeoutError(
            f"the query took more than {timeout:g} s",
            hint=f"{_NARROW}; or give it a longer timeout",
        )
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
        return QueryError(f"the query needed too much memory: {message}", hint=_NARROW)
    return explained(error, server.location)
