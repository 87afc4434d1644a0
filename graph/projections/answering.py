"""What all query engines share: limits of time and length, and the processes that answer."""

import contextlib
from collections.abc import Mapping
from typing import Any

from ..errors import QueryError, QueryRefusedError, QueryTimeoutError
from .cache import GraphFile
from .process import Died, Pool, Unreadable, Worker
from .worker import ANSWER_LIMIT, MEMORY_LIMIT, ROW_LIMIT

__all__ = [
    "answer_of",
    "out_of_memory",
    "started",
    "started_anew",
    "time_limit",
    "timed_out",
    "too_long",
    "too_much",
]

_LONGEST_TIMEOUT = 24 * 60 * 60.0


def time_limit(timeout: float) -> float:
    """Give the seconds that a query may take.

    Raises
    ------
    QueryError
        When that leaves no time.

    Examples
    --------
    >>> time_limit(30.0), time_limit(float("inf"))
    (30.0, 86400.0)
    """
    if not timeout > 0:
        raise QueryError(f"a timeout of {timeout:g} s leaves no time", hint="give more seconds")
    return min(timeout, _LONGEST_TIMEOUT)


def timed_out(timeout: float, narrow: str) -> QueryTimeoutError:
    """Give the error of a query that took too long; `narrow` says how to ask for less."""
    return QueryTimeoutError(
        f"the query took more than {timeout:g} s", hint=f"{narrow}; or give it a longer timeout"
    )


def too_long(limit: str, narrow: str) -> QueryRefusedError:
    """Give the error of an answer that is longer than a limit, such as ``10 rows``."""
    return QueryRefusedError(f"the answer has more than {limit}, and is not shortened", hint=narrow)


def out_of_memory(narrow: str) -> QueryError:
    """Give the error of a query whose process needed more memory than it may have."""
    return QueryError(
        f"the query needed more than {MEMORY_LIMIT // 2**30} GiB of memory, or more than is left",
        hint=narrow,
    )


def too_much(kind: str, narrow: str, rows: int = ROW_LIMIT) -> QueryError | None:
    """Give the error that a worker reports as ``memory``, ``rows`` or ``bytes``; else None.

    Examples
    --------
    >>> print(too_much("rows", "add LIMIT").message)
    the answer has more than 1,000,000 rows, and is not shortened
    """
    match kind:
        case "memory":
            return out_of_memory(narrow)
        case "rows":
            return too_long(f"{rows:,} rows", narrow)
        case "bytes":
            return too_long(f"{ANSWER_LIMIT // 2**20} MiB", narrow)
        case _:
            return None


def started(file: GraphFile, module: str) -> Worker:
    """Start a process on a graph that may be damaged.

    Raises
    ------
    Unreadable
        When it is.
    QueryError
        When the process does not start.
    """
    try:
        return Worker(file, module)
    except (Died, TimeoutError) as error:
        raise QueryError(
            "the query engine does not start",
            hint="check that there is memory left, then install modelkin anew",
        ) from error


def started_anew(file: GraphFile, module: str, engine: str) -> Worker:
    """Start a process on a graph that was made a moment ago by the engine of that package.

    Raises
    ------
    QueryError
        When the process does not start, or cannot read it.
    """
    try:
        return started(file, module)
    except Unreadable as error:
        raise QueryError(
            f"the query engine cannot read its own graph: {error}",
            hint=f"install modelkin anew; its version of {engine} may be damaged",
        ) from error


def answer_of(
    worker: Worker, request: Mapping[str, object], timeout: float, pool: Pool, narrow: str
) -> dict[str, Any]:
    """Ask a worker; let it wait in the pool for the next query if it is still good.

    Raises
    ------
    QueryError
        When it takes more than `timeout` seconds, or the process ends.
    """
    with contextlib.ExitStack() as ending:
        ending.callback(worker.close)
        try:
            answer = worker.ask(request, timeout)
        except TimeoutError:
            raise timed_out(timeout, narrow) from None
        except Died:
            raise out_of_memory(narrow) from None
        if worker.key:
            ending.pop_all()
            pool.put(worker)
    return answer
