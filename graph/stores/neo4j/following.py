"""Bringing a working copy in line with the ledger of a Neo4j server."""

from collections.abc import Iterator, Sequence

from ....ontology.claim import Extraction
from ....ontology.decision import Decision
from ..decisions import decision_of
from ..encoding import decoded
from ..reading import document_of
from ..readings import as_read
from .ledger import THE_STORE, WRITE
from .server import Server
from .working_copy import START, Position, WorkingCopy
from .writing import position_of

__all__ = ["Diverged", "decisions", "follow", "position", "readings"]

_DOCUMENTS = 100
"""How many documents are fetched in one query."""

_COLUMNS = ("id", "text", "lang", "title", "url", "published", "retrieved", "kind")
_SOURCE = ", ".join(f"d.{column}" for column in _COLUMNS)


class Diverged(Exception):
    """The copy holds what the server never said, or does not say any more."""


def follow(copy: WorkingCopy, server: Server) -> Position:
    """Take in what others wrote since.

    Raises
    ------
    Diverged
        When the copy is not of this store's past.
    """
    there = position(server)
    if there == copy.position:
        return there
    with copy.transaction():
        # Another process of the same machine may have been faster; from here on it waits.
        there, here = position(server), copy.position
        if there == here:
            return there
        if here.writes >= there.writes or not _was_there(server, here):
            raise Diverged
        rows = server.all(
            f"MATCH (w:{WRITE}) WHERE w.id > $here AND w.id <= $there"
            " RETURN w.kind, w.subject ORDER BY w.id",
            here=here.writes,
            there=there.writes,
        )
        _take_in(copy, server, [(kind, subject) for kind, subject in rows])
        copy.keep(there)
    return there


def position(server: Server) -> Position:
    """Give how far a store has come."""
    rows = server.all(f"{THE_STORE} RETURN s.writes, s.token")
    return position_of(rows)


def _was_there(server: Server, position: Position) -> bool:
    if position == START:
        return True
    rows = server.all(f"MATCH (w:{WRITE} {{id: $id}}) RETURN w.token", id=position.writes)
    return rows == [(position.token,)]


def _take_in(copy: WorkingCopy, server: Server, writes: Sequence[tuple[str, str]]) -> None:
    """Make the copy say of some documents what the ledger says of them now."""
    removed = {subject for kind, subject in writes if kind == "remove"}
    for document in sorted(removed):
        if copy.holds(document):
            copy.store.remove(document)
    merged = sorted({subject for kind, subject in writes if kind == "merge"})
    for start in range(0, len(merged), _DOCUMENTS):
        for extraction in readings(server, merged[start : start + _DOCUMENTS]):
            copy.store.merge(extraction)
    decided = [subject for kind, subject in writes if kind == "decide"]
    if decided:
        known = {decision.id: decision for decision in decisions(server)}
        for id in decided:
            copy.store.decide(known[id])


def readings(server: Server, ids: Sequence[str] | None = None) -> Iterator[Extraction]:
    """Give what documents said whenever they were read; see `GraphStore.readings`."""
    which = "" if ids is None else "WHERE d.id IN $ids"
    rows = server.rows(
        f"MATCH (d:Source) {which} RETURN {_SOURCE}, d.content,"
        " COLLECT { MATCH (r:Reading {document: d.id})"
        " WITH r ORDER BY r.url"
        " RETURN [r.url, r.lang, r.title, r.published, r.retrieved, r.latest] }"
        " ORDER BY d.id",
        ids=ids,
    )
    for row in rows:
        document = document_of(row[: len(_COLUMNS)])
        yield from as_read(decoded(row[-2], document), row[-1])


def decisions(server: Server) -> list[Decision]:
    """Give all decisions, by time and id."""
    rows = server.all(
        "MATCH (d:Decision) RETURN d.id, d.kind, d.arguments, d.author, d.time, d.reason"
        " ORDER BY d.time, d.id"
    )
    return [decision_of(*row) for row in rows]
