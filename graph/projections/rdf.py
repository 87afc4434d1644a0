"""SPARQL over any view, read-only, answered by Oxigraph.

The graph is that of the exports: entities, statements, documents and the provenance of claims in
the default graph, and the triple of every claim in a named graph of its own. `dataset` gives the
same through rdflib.
"""

import contextlib
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ..errors import QueryError, QueryRefusedError, QueryTimeoutError
from ..protocols import GraphStore, View
from .cache import GraphFile
from .process import Died, Pool, Unreadable, Worker
from .rdf_answer import Answer, Term
from .rdf_fences import check, syntax_error
from .rdf_file import cached, opened, prepared, prepared_view, state_of
from .rdf_prefixes import BASE
from .worker import ANSWER_LIMIT, MEMORY_LIMIT, ROW_LIMIT

if TYPE_CHECKING:
    import rdflib

__all__ = ["dataset", "run", "run_on_view"]

_WAITING = 2
_POOL = Pool(_WAITING)
_MODULE = "rdf_worker"
_LONGEST_TIMEOUT = 24 * 60 * 60.0
_NARROW = "narrow it: name a subject or a predicate, aggregate, or add LIMIT"


def run(store: GraphStore, text: str, *, timeout: float = 30.0, base: str = BASE) -> Answer:
    """Answer a query.

    Parameters
    ----------
    store : GraphStore
        What to ask. A folder is kept beside a store that is a file; any other store is read anew
        for each query.
    text : str
        A query of SPARQL 1.1: SELECT, ASK, CONSTRUCT or DESCRIBE. The prefixes of
        `modelkin.graph.projections.rdf_prefixes` need not be declared.
    timeout : float
        Seconds that answering may take, the making of the folder left aside.
    base : str
        What the addresses of entities, claims and documents are under.

    Returns
    -------
    Answer

    Raises
    ------
    QuerySyntaxError
        When the query is not SPARQL.
    QueryRefusedError
        When it would change the graph or ask another server, or its answer is too long.
    QueryTimeoutError
        When it takes more than `timeout` seconds.
    QueryError
        When the engine fails.
    """
    return _run(lambda: _worker(store, base), text, timeout, base)


def run_on_view(view: View, text: str, *, timeout: float = 30.0, base: str = BASE) -> Answer:
    """Answer a query over any view, whose graph is made for this one query; else as `run`.

    Parameters
    ----------
    view : View
        It is read once, after the query was checked.
    text, timeout, base
        As in `run`.

    Raises
    ------
    QueryError
        As `run` does.
    """

    def start() -> Worker:
        with prepared_view(view, base) as made:
            return _start_anew(made)

    return _run(start, text, timeout, base)


@contextlib.contextmanager
def dataset(view: View, base: str = BASE) -> Iterator["rdflib.Dataset"]:
    """Give a view through rdflib, to read, for as long as the block.

    Parameters
    ----------
    view : View
    base : str
        What the addresses of entities, claims and documents are under.

    Returns
    -------
    rdflib.Dataset
        Of Oxigraph, so that queries run there. Its default graph is not the union of the graphs.
    """
    from oxrdflib import OxigraphStore
    from rdflib import Dataset

    with opened(view, base) as store:
        yield Dataset(store=OxigraphStore(store=store))


def _run(start: Callable[[], Worker], text: str, timeout: float, base: str) -> Answer:
    """Check a query, then start a process that answers it."""
    if not timeout > 0:
        raise QueryError(f"a timeout of {timeout:g} s leaves no time", hint="give more seconds")
    timeout = min(timeout, _LONGEST_TIMEOUT)
    check(text, base)
    request = {"text": text, "rows": ROW_LIMIT, "base": base}
    answer = _answer(start(), request, timeout)
    if "failed" in answer:
        raise _failure(text, answer)
    rows = tuple(
        tuple(None if term is None else Term.of(term) for term in row) for row in answer["rows"]
    )
    return Answer(answer["form"], tuple(answer["variables"]), rows, answer.get("boolean"))


def _answer(worker: Worker, request: Mapping[str, object], timeout: float) -> dict[str, Any]:
    """Ask a worker; let it wait for the next query if it is still good."""
    with contextlib.ExitStack() as ending:
        ending.callback(worker.close)
        try:
            answer = worker.ask(request, timeout)
        except TimeoutError:
            raise QueryTimeoutError(
                f"the query took more than {timeout:g} s",
                hint=f"{_NARROW}; or give it a longer timeout",
            ) from None
        except Died:
            raise _too_much_memory() from None
        if worker.key:
            ending.pop_all()
            _POOL.put(worker)
    return answer


def _worker(store: GraphStore, base: str) -> Worker:
    """Give a process that has opened the store's present state."""
    state = state_of(store, base)
    waiting = _POOL.take(state) if state is not None else None
    if waiting is not None:
        return waiting
    file = cached(store, base)
    if file is not None:
        try:
            return _start(file)
        except Unreadable:
            # Damaged, of another version of the engine, or taken away by who made a newer one.
            pass
    with prepared(store, base, keep=file is None) as made:
        return _start_anew(made)


def _start_anew(made: GraphFile) -> Worker:
    """Start a process on a folder that was made a moment ago."""
    try:
        return _start(made)
    except Unreadable as error:
        raise QueryError(
            f"the query engine cannot read its own graph: {error}",
            hint="install modelkin anew; its version of pyoxigraph may be damaged",
        ) from error


def _start(file: GraphFile) -> Worker:
    try:
        return Worker(file, _MODULE)
    except (Died, TimeoutError) as error:
        raise QueryError(
            "the query engine does not start",
            hint="check that there is memory left, then install modelkin anew",
        ) from error


def _failure(text: str, answer: Mapping[str, Any]) -> QueryError:
    match answer["kind"]:
        case "syntax":
            return syntax_error(text, answer["failed"])
        case "memory":
            return _too_much_memory()
        case "rows":
            return QueryRefusedError(
                f"the answer has more than {ROW_LIMIT:,} rows, and is not shortened", hint=_NARROW
            )
        case "bytes":
            return QueryRefusedError(
                f"the answer has more than {ANSWER_LIMIT // 2**20} MiB, and is not shortened",
                hint=_NARROW,
            )
        case _:
            return QueryError(
                f"the query cannot be answered: {answer['failed']}", hint="put it otherwise"
            )


def _too_much_memory() -> QueryError:
    return QueryError(
        f"the query needed more than {MEMORY_LIMIT // 2**30} GiB of memory, or more than is left",
        hint=_NARROW,
    )
