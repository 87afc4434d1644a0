"""Writing to a Neo4j store: what a block does is worked out in a working copy, then sent."""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ...errors import StoreBusyError, StoreCorruptError, StoreVersionError
from ...protocols import GraphStore, MergeReport
from ..sqlite import SqliteStore
from ..writing import LINKS, LINKS_KEY
from .checking import compare, mend
from .difference import difference
from .following import Diverged, follow, position
from .ledger import metadata
from .server import Server
from .working_copy import WorkingCopy
from .writing import Overtaken, note_links, put_metadata, write

__all__ = ["Writer"]

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
    writes : list of (str, str)
        Kind and subject of those that changed something.
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


class Writer:
    """Writes to the store of a server.

    Parameters
    ----------
    server : Server
    folder : Path
        Where working copies lie.
    """

    def __init__(self, server: Server, folder: Path) -> None:
        self._server = server
        identity = metadata(server, "identity")
        self._path = folder / f"{identity}.db"
        self._copy: WorkingCopy | None = None
        self._block: _Block | None = None
        self._linked = False

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
            self._send_again(block)

    @contextlib.contextmanager
    def _inner_transaction(self, block: _Block) -> Iterator[None]:
        assert self._copy is not None
        done, written, told = len(block.operations), len(block.writes), len(block.reports)
        kept = dict(block.metadata)
        try:
            with self._copy.connection.transaction():
                yield
        except BaseException:
            del block.operations[done:], block.writes[written:], block.reports[told:]
            block.metadata = kept
            raise

    def _send_again(self, block: _Block) -> None:
        for _ in range(_ATTEMPTS):
            copy = self._copy_in_line()
            try:
                with copy.transaction():
                    block.again(copy)
                    self._send(copy, block)
            except Overtaken:
                continue
            return
        raise self._overtaken()

    def _send(self, copy: WorkingCopy, block: _Block) -> None:
        """Let the server have what the block changed."""
        touched = copy.touched()
        if not touched and not block.metadata:
            return
        found = difference(copy.connection, touched)
        writes = tuple(block.writes)
        copy.keep(self._server.write(write, copy.position, found, writes, block.metadata))

    def _copy_in_line(self) -> WorkingCopy:
        """Give the working copy, with all that the server knows."""
        try:
            copy = self._opened_copy()
            follow(copy, self._server)
        except (Diverged, StoreCorruptError, StoreVersionError):
            # Of another past, damaged, or by a newer modelkin.
            copy = self._copy_made_anew()
        if not self._linked:
            copy = self._linked_anew(copy)
            self._linked = True
        return copy

    def _copy_made_anew(self) -> WorkingCopy:
        self.discard()
        copy = self._opened_copy()
        follow(copy, self._server)
        return copy

    def _linked_anew(self, copy: WorkingCopy) -> WorkingCopy:
        """Make sure that names are linked by the rules of this package, as in a file."""
        rules = metadata(self._server, LINKS_KEY)
        if rules == LINKS:
            return copy
        if rules is not None and int(rules) > int(LINKS):
            raise StoreVersionError(
                f"a newer modelkin writes to {self._server.location}",
                hint="update modelkin: pip install --upgrade modelkin",
            )
        copy = self._copy_made_anew()
        with copy.transaction():
            mend(self._server, compare(copy, self._server))
        documents = [document.id for document in copy.store.documents()]
        self._server.write(note_links, documents, {LINKS_KEY: LINKS})
        return copy

    def _opened_copy(self) -> WorkingCopy:
        if self._copy is None:
            self._copy = WorkingCopy.open(self._path)
        return self._copy

    def discard(self) -> None:
        """Delete the working copy."""
        if self._copy is not None:
            self._copy.discard()
        else:
            WorkingCopy.delete(self._path)
        self._copy = None

    def do(self, kind: str, subject: str, operation: _Operation) -> MergeReport:
        """Do one thing, in a transaction of its own or in the one that is open.

        Parameters
        ----------
        kind : str
            ``merge``, ``remove`` or ``decide``.
        subject : str
            The id of the document or decision.
        operation : callable
            What to do to a store.
        """
        if self._block is None:
            with self.transaction():
                assert self._block is not None
                block = self._block
                self.do(kind, subject, operation)
            return block.reports[0]
        assert self._copy is not None
        report = self._block.do(self._copy, kind, subject, operation)
        self._block.operations.append((kind, subject, operation))
        return report

    def look_after(self, look: Callable[[Server], list[str]], *, repair: bool) -> list[str]:
        """Give what is wrong with the store, mended or not; `look` looks at the schema."""
        lacking = [f"index or constraint missing: {name}" for name in look(self._server)]
        for _ in range(_ATTEMPTS):
            copy = self._copy_in_line()
            with copy.transaction():
                found = compare(copy, self._server)
                # What others wrote meanwhile is nothing wrong.
                if position(self._server) == copy.position:
                    if repair:
                        mend(self._server, found)
                    return lacking + found.problems
        raise self._overtaken()

    def _overtaken(self) -> StoreBusyError:
        return StoreBusyError(
            f"others write to {self._server.location} all the time", hint="try again later"
        )

    def set_metadata(self, key: str, value: str) -> None:
        """Keep a small text under a key."""
        if self._block is not None:
            self._block.metadata[key] = value
        else:
            self._server.write(put_metadata, {key: value})

    def metadata(self, key: str) -> str | None:
        """Give what was kept under a key in the open transaction."""
        return None if self._block is None else self._block.metadata.get(key)

    def shown(self, candidates: bool) -> SqliteStore | None:
        """Give what the open transaction has made of the store, None where none is open."""
        if self._block is None or self._copy is None:
            return None
        return self._copy.store_with(candidates=candidates)

    def close(self) -> None:
        """Close the working copy."""
        if self._copy is not None:
            self._copy.close()
