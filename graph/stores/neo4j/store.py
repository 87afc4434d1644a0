"""The store in a Neo4j server: see the package."""

import contextlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from ....ontology.claim import Claim, Entity, Extraction, Statement, Value
from ....ontology.decision import Decision
from ....ontology.document import Document
from ....ontology.terms import EntityType
from ...errors import StoreBusyError, StoreCorruptError, StoreError
from ...protocols import Change, GraphStore, Hit, Link, MergeReport, Table
from ..login import Login, is_address
from . import schema
from .difference import difference
from .following import Diverged, follow
from .ledger import CHANGE, METADATA, STORE
from .reader import Contents, LedgerReader
from .server import Server
from .working_copy import WorkingCopy
from .writing import Overtaken, put_metadata, write

__all__ = ["Neo4jStore"]

_ATTEMPTS = 100
"""How often a block is done again because others were faster."""

_Operation = Callable[[GraphStore], MergeReport]


@dataclass(slots=True)
class _Block:
    """What a transaction does, so that it can be done again.

    Parameters
    ----------
    operations : list of (str, str, callable)
        Kind, subject and deed.
    metadata : dict of str to str
        What is to be kept.
    reports : list of MergeReport
        Of the operations.
    """

    operations: list[tuple[str, str, _Operation]] = field(default_factory=list)
    metadata: dict[str, str] = field(default_factory=dict)
    reports: list[MergeReport] = field(default_factory=list)
    writes: list[tuple[str, str]] = field(default_factory=list)

    def do(self, copy: WorkingCopy, kind: str, subject: str, operation: _Operation) -> MergeReport:
        """Do one thing in the working copy, and note whether it changed anything."""
        before = copy.touches
        report = operation(copy.store)
        if copy.touches > before:
            self.writes.append((kind, subject))
        self.reports.append(report)
        return report

    def again(self, copy: WorkingCopy) -> None:
        """Do everything again."""
        self.reports.clear()
        self.writes.clear()
        for operation in self.operations:
            self.do(copy, *operation)


class Neo4jStore:
    """Keeps claims in a Neo4j server; see `modelkin.graph.protocols.GraphStore`.

    Make one with `Neo4jStore.open`. Within a transaction it shows what the block has written so
    far; what others write meanwhile shows at once outside of one.
    """

    def __init__(
        self, server: Server, *, folder: Path, read_only: bool = False, candidates: bool = False
    ) -> None:
        self._server = server
        self._folder = folder
        self._read_only = read_only
        self._candidates = candidates
        self._ledger = LedgerReader(server, candidates)
        self._copy: WorkingCopy | None = None
        self._block: _Block | None = None

    @staticmethod
    def accepts(location: str | os.PathLike[str]) -> bool:
        """Tell whether a location is the address of a Neo4j server.

        Examples
        --------
        >>> Neo4jStore.accepts("neo4j+s://host"), Neo4jStore.accepts("modelkin.db")
        (True, False)
        """
        return is_address(location)

    @classmethod
    def open(
        cls,
        location: str | os.PathLike[str],
        *,
        create: bool = True,
        read_only: bool = False,
        candidates: bool = False,
        login: Login | None = None,
        folder: Path | None = None,
    ) -> Self:
        """Open the store in the database of a server.

        Parameters
        ----------
        location : str
            ``bolt://host:7687``, ``neo4j://host``, ``neo4j+s://host`` …
        create : bool
            Whether an empty database becomes a store; never when `read_only`.
        read_only : bool
            Whether to refuse every write.
        candidates : bool
            Whether to show candidates too; they are kept either way.
        login : Login, optional
            Who asks, and for which database.
        folder : Path, optional
            Where working copies lie; by default the user's cache folder.

        Raises
        ------
        StoreError
            When the server cannot be reached or refuses, or the database is no store.
        """
        server = Server.open(os.fspath(location), login or Login())
        try:
            schema.prepare(server, create=create, write=not read_only)
        except BaseException:
            server.close()
            raise
        return cls(
            server,
            folder=folder or _default_folder(),
            read_only=read_only,
            candidates=candidates,
        )

    @property
    def location(self) -> str:
        """Where the store lies, as the user gave it."""
        return self._server.location

    @property
    def candidates(self) -> bool:
        """Whether it shows candidates too: claims that are too doubtful to count as facts."""
        return self._candidates

    @property
    def sequence(self) -> int:
        """The sequence number of the last change; 0 in a store that never changed."""
        rows = self._server.all(f"MATCH (s:{STORE} {{id: 'store'}}) RETURN s.sequence")
        return int(rows[0][0]) if rows else 0

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """Make all writes of a block one: all of them, or none when the block raises.

        Raises
        ------
        StoreBusyError
            When others write all the time.
        """
        if self._block is not None:
            with self._inner_transaction(self._block):
                yield
            return
        copy = self._copy_in_line()
        block = _Block()
        try:
            with copy.transaction():
                self._block = block
                try:
                    yield
                finally:
                    self._block = None
                self._send(copy, block)
        except Overtaken:
            self._send_again(copy, block)

    @contextlib.contextmanager
    def _inner_transaction(self, block: _Block) -> Iterator[None]:
        assert self._copy is not None
        done, written, told = len(block.operations), len(block.writes), len(block.reports)
        metadata = dict(block.metadata)
        try:
            with self._copy.connection.transaction():
                yield
        except BaseException:
            del block.operations[done:], block.writes[written:], block.reports[told:]
            block.metadata = metadata
            raise

    def _send_again(self, copy: WorkingCopy, block: _Block) -> None:
        for _ in range(_ATTEMPTS):
            copy = self._copy_in_line()
            try:
                with copy.transaction():
                    block.again(copy)
                    self._send(copy, block)
            except Overtaken:
                continue
            return
        raise StoreBusyError(
            f"others write to {self.location} all the time", hint="try again later"
        )

    def _send(self, copy: WorkingCopy, block: _Block) -> None:
        """Let the server have what the block changed."""
        touched = copy.touched()
        if not touched and not block.metadata:
            return
        found = difference(copy.connection, touched)
        position = self._server.write(
            write, copy.position, found, tuple(block.writes), block.metadata
        )
        copy.keep(position)

    def _copy_in_line(self) -> WorkingCopy:
        """Give the working copy, with all that the server knows."""
        if self._read_only:
            raise StoreError(
                f"{self.location} was opened for reading only", hint="open it for writing"
            )
        try:
            copy = self._opened_copy()
            follow(copy, self._server)
        except (Diverged, StoreCorruptError):
            # Of another past, or damaged: made anew.
            self._discard_copy()
            copy = self._opened_copy()
            follow(copy, self._server)
        return copy

    def _opened_copy(self) -> WorkingCopy:
        if self._copy is None:
            self._copy = WorkingCopy.open(self._path)
        return self._copy

    def _discard_copy(self) -> None:
        if self._copy is not None:
            self._copy.discard()
        else:
            WorkingCopy.delete(self._path)
        self._copy = None

    @property
    def _path(self) -> Path:
        return self._folder / f"{self.metadata('identity')}.db"

    def _do(self, kind: str, subject: str, operation: _Operation) -> MergeReport:
        if self._block is None:
            with self.transaction():
                assert self._block is not None
                block = self._block
                self._do(kind, subject, operation)
            return block.reports[0]
        assert self._copy is not None
        report = self._block.do(self._copy, kind, subject, operation)
        self._block.operations.append((kind, subject, operation))
        return report

    def merge(self, extraction: Extraction) -> MergeReport:
        """Take in all that one document says, or nothing."""
        return self._do("merge", extraction.document.id, lambda store: store.merge(extraction))

    def remove(self, document: str) -> MergeReport:
        """Take a document and all it says out again."""
        return self._do("remove", document, lambda store: store.remove(document))

    def decide(self, decision: Decision) -> MergeReport:
        """Take in what a person decided; see `modelkin.graph.protocols.GraphStore.decide`."""
        return self._do("decide", decision.id, lambda store: store.decide(decision))

    @property
    def _shown(self) -> Contents:
        """Give what is shown: the ledger, and in a block what it has written so far."""
        if self._block is None or self._copy is None:
            return self._ledger
        return self._copy.store_with(candidates=self._candidates)

    def original(self, document: str) -> Extraction | None:
        """Give what a document says as it was read, of the names that it uses itself."""
        return self._shown.original(document)

    def readings(self, document: str | None = None) -> Iterator[Extraction]:
        """Give what documents said whenever they were read, superseded texts too."""
        return self._shown.readings(document)

    def decisions(self) -> Iterator[Decision]:
        """Give all decisions, those that were taken back too, by time and id."""
        return self._shown.decisions()

    def links(self, id: str) -> Sequence[Link]:
        """Give why the names of an entity are taken for one thing, the surest link first."""
        return self._shown.links(id)

    def entities(self) -> Iterator[Entity]:
        """Give all entities, sorted by id."""
        return self._shown.entities()

    def statements(
        self,
        subject: str | None = None,
        predicate: str | None = None,
        object: str | Value | None = None,
    ) -> Iterator[Statement]:
        """Give statements, sorted by subject, predicate, object key; what is given is equal."""
        return self._shown.statements(subject, predicate, object)

    def claims(
        self,
        subject: str | None = None,
        predicate: str | None = None,
        object: str | Value | None = None,
    ) -> Iterator[Claim]:
        """Give claims, sorted by id; what is given is equal."""
        return self._shown.claims(subject, predicate, object)

    def documents(self) -> Iterator[Document]:
        """Give all documents, sorted by id."""
        return self._shown.documents()

    def entity(self, id: str) -> Entity | None:
        """Give the entity of that id, with its names from every document."""
        return self._shown.entity(id)

    def document(self, id: str) -> Document | None:
        """Give the document of that id."""
        return self._shown.document(id)

    def find(self, name: str, type: EntityType | None = None) -> list[Entity]:
        """Give the entities that carry this name, best first."""
        return self._shown.find(name, type)

    def search(self, text: str, limit: int = 20) -> list[Hit]:
        """Give names, then quotes, that hold the text, ignoring case; each at most once."""
        return self._shown.search(text, limit)

    def changes(self, since: int = 0) -> Iterator[Change]:
        """Give the log from the change after `since` on; in a block, as it was before."""
        rows = self._server.rows(
            f"MATCH (c:{CHANGE}) WHERE c.id > $since RETURN c.id, c.kind, c.document ORDER BY c.id",
            since=since,
        )
        return (Change(*row) for row in rows)

    def metadata(self, key: str) -> str | None:
        """Give what was kept under the key, None when nothing was."""
        if self._block is not None and key in self._block.metadata:
            return self._block.metadata[key]
        rows = self._server.all(f"MATCH (m:{METADATA} {{id: $key}}) RETURN m.value", key=key)
        return str(rows[0][0]) if rows else None

    def set_metadata(self, key: str, value: str) -> None:
        """Keep a small text under a key; the sequence stays."""
        if self._block is not None:
            self._block.metadata[key] = value
        elif self._read_only:
            self._copy_in_line()
        else:
            self._server.write(put_metadata, {key: value})

    def query(
        self,
        text: str,
        parameters: Mapping[str, object] | None = None,
        *,
        timeout: float = 30.0,
    ) -> Table:
        """Answer a Cypher query; reads only.

        The server answers it, from the graph of the facts. The graph that counts candidates too
        is made for the one query, and answered as for a file.
        """
        if self._candidates:
            from ...projections.cypher import run

            return run(self, text, parameters, timeout=timeout)
        from .asking import ask

        return ask(self._server, text, parameters, timeout=timeout)

    def close(self) -> None:
        """Close the store; it cannot be used afterwards."""
        if self._copy is not None:
            self._copy.close()
        self._server.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()


def _default_folder() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("modelkin") / "neo4j"
