"""SPARQL over any view, read-only, answered by Oxigraph.

The graph is that of the exports: entities, statements, documents and the provenance of claims in
the default graph, and the triple of every claim in a named graph of its own. `dataset` gives the
same through rdflib.
"""

import contextlib
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ..errors import QueryError
from ..protocols import GraphStore, View
from .answering import answer_of, started, started_anew, time_limit, too_much
from .process import Pool, Unreadable, Worker
from .rdf_answer import Answer, Term
from .rdf_fences import check, syntax_error
from .rdf_file import cached, opened, prepared, prepared_view, state_of
from .rdf_prefixes import BASE
from .worker import ROW_LIMIT

if TYPE_CHECKING:
    import rdflib

__all__ = ["dataset", "run", "run_on_view"]

_WAITING = 2
_POOL = Pool(_WAITING)
_MODULE, _ENGINE = "rdf_worker", "pyoxigraph"
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
            return started_anew(made, _MODULE, _ENGINE)

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
    timeout = time_limit(timeout)
    check(text, base)
    request = {"text": text, "rows": ROW_LIMIT, "base": base}
    answer = answer_of(start(), request, timeout, _POOL, _NARROW)
    if "failed" in answer:
        raise _failure(text, answer)
    rows = tuple(
        tuple(None if term is None else Term.of(term) for term in row) for row in answer["rows"]
    )
    return Answer(answer["form"], tuple(answer["variables"]), rows, answer.get("boolean"))


def _worker(store: GraphStore, base: str) -> Worker:
    """Give a process that has opened the store's present state."""
    state = state_of(store, base)
    waiting = _POOL.take(state) if state is not None else None
    if waiting is not None:
        return waiting
    file = cached(store, base)
    if file is not None:
        try:
            return started(file, _MODULE)
        except Unreadable:
            # Damaged, of another version of the engine, or taken away by who made a newer one.
            pass
    with prepared(store, base, keep=file is None) as made:
        return started_anew(made, _MODULE, _ENGINE)


def _failure(text: str, answer: Mapping[str, Any]) -> QueryError:
    if answer["kind"] == "syntax":
        return syntax_error(text, answer["failed"])
    return too_much(answer["kind"], _NARROW, ROW_LIMIT) or QueryError(
        f"the query cannot be answered: {answer['failed']}", hint="put it otherwise"
    )
