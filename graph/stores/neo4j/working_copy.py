"""The working copy of a Neo4j store: where a writer works out what a document changes.

It is an SQLite store that says what the server's ledger says, and notes every row that a write
touches. Losing it loses nothing: it is made anew from the ledger.
"""

import contextlib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, Self

from ..connection import Connection
from ..sqlite import SqliteStore
from .ledger import CHANGE, SEPARATOR

__all__ = ["START", "Position", "WorkingCopy"]

_POSITION = "position"
_TIMEOUT = 60.0
_MARK = f"char({ord(SEPARATOR)})"


class Position(NamedTuple):
    """How far a store has come.

    Parameters
    ----------
    writes : int
        The number of the last write; 0 before the first.
    token : str
        Made for that write: a server that was set back to an earlier day gives other tokens.
    """

    writes: int
    token: str


START = Position(0, "start")

# For each table, what a row of it is called in the ledger: labels and ids. A name is its
# entity's too, and what is counted beside a statement is the statement's.
_OF_DOCUMENT = "(SELECT id FROM documents WHERE number = {row}.document)"
_OF_ENTITY = "(SELECT id FROM entities WHERE number = {row}.entity)"
_STATEMENT = f"{{row}}.subject || {_MARK} || {{row}}.predicate || {_MARK} || {{row}}.object"
_WATCHED = {
    "documents": [("Source", "{row}.id")],
    "readings": [("Reading", f"{_OF_DOCUMENT} || {_MARK} || {{row}}.url")],
    "entities": [("Entity", "{row}.id")],
    "spellings": [("Name", f"{_OF_ENTITY} || {_MARK} || {{row}}.name"), ("Entity", _OF_ENTITY)],
    "statements": [("Statement", _STATEMENT)],
    "doubtful": [
        (
            "Statement",
            f"(SELECT {_STATEMENT.format(row='statements')} FROM statements"  # noqa: S608
            " WHERE number = {row}.statement)",
        )
    ],
    "claims": [("Assertion", "{row}.id")],
    "identities": [("Identity", "{row}.node")],
    "links": [("Link", f"{{row}}.one || {_MARK} || {{row}}.other")],
    "decisions": [("Decision", "{row}.id")],
    "log": [(CHANGE, "{row}.sequence")],
}
_EVENTS = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}


class WorkingCopy:
    """An SQLite store that follows a server. Make one with `WorkingCopy.open`."""

    def __init__(self, connection: Connection, path: Path) -> None:
        self.connection = connection
        self.store = SqliteStore(connection, str(path))
        self.path = path

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open the copy in a file, an empty one where there is none.

        Raises
        ------
        StoreError
            When the file cannot be read or made.
        """
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        connection = Connection.open(
            path, str(path), create=True, read_only=False, timeout=_TIMEOUT
        )
        self = cls(connection, path)
        # What is lost in a crash of the machine is made anew.
        connection.run("PRAGMA synchronous = OFF")
        self._watch()
        return self

    def _watch(self) -> None:
        self.connection.run("CREATE TEMP TABLE touched (label TEXT, id TEXT)")
        for table, names in _WATCHED.items():
            for event, rows in _EVENTS.items():
                inserts = " ".join(
                    f"INSERT INTO touched VALUES ('{label}', {id.format(row=row)});"  # noqa: S608
                    for label, id in names
                    for row in rows
                )
                self.connection.run(
                    f"CREATE TEMP TRIGGER {table}_{event.lower()} AFTER {event} ON main.{table}"
                    f" BEGIN {inserts} END"
                )

    @property
    def position(self) -> Position:
        """How far the copy has followed the server."""
        kept = self.store.metadata(_POSITION)
        if kept is None:
            return START
        writes, token = kept.split()
        return Position(int(writes), token)

    def keep(self, position: Position) -> None:
        """Note how far the copy has followed the server."""
        self.store.set_metadata(_POSITION, f"{position.writes} {position.token}")

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """Do all of the block or none of it, with nothing touched at its beginning."""
        with self.connection.transaction():
            self.connection.run("DELETE FROM touched")
            yield

    @property
    def touches(self) -> int:
        """How often rows were touched in this transaction."""
        row = self.connection.row("SELECT coalesce(max(rowid), 0) FROM touched")
        assert row is not None
        return int(row[0])

    def touched(self) -> dict[str, list[str]]:
        """Give the ids that were touched in this transaction, sorted, by label."""
        found: dict[str, list[str]] = defaultdict(list)
        rows = self.connection.rows(
            "SELECT DISTINCT label, id FROM touched WHERE id IS NOT NULL ORDER BY label, id"
        )
        for label, id in rows:
            found[label].append(id)
        return found

    def everything(self) -> dict[str, list[str]]:
        """Give the ids of all that the ledger should hold of documents and decisions, by label."""
        found: dict[str, set[str]] = defaultdict(set)
        for table, names in _WATCHED.items():
            for label, id in names:
                if label != CHANGE:
                    sql = f"SELECT {id.format(row=table)} FROM {table}"  # noqa: S608
                    found[label].update(row[0] for row in self.connection.rows(sql))
        return {label: sorted(ids) for label, ids in found.items()}

    def holds(self, document: str) -> bool:
        """Tell whether a document is there, shown by the graph or not."""
        sql = "SELECT 1 FROM documents WHERE id = ?"
        return self.connection.row(sql, (document,)) is not None

    def store_with(self, *, candidates: bool) -> SqliteStore:
        """Give the copy as a store that shows candidates, or not."""
        return SqliteStore(self.connection, self.store.location, candidates)

    def close(self) -> None:
        """Close the file; twice is once."""
        self.connection.close()

    def discard(self) -> None:
        """Close the file and delete it."""
        self.close()
        self.delete(self.path)

    @staticmethod
    def delete(path: Path) -> None:
        """Delete the file of a copy, with those that SQLite keeps beside it."""
        for suffix in ("", "-wal", "-shm", "-journal"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
