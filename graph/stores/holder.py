"""Who is writing: a note beside the store, so that whoever waits can be told.

SQLite's own lock decides who may write; the note only names the holder. It is held by an advisory
lock of the operating system, which ends with its process: the note of a killed one names nobody.
"""

import contextlib
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

__all__ = ["holder", "holding", "note_beside"]

_LONGEST = 400


@contextlib.contextmanager
def holding(store: Path) -> Iterator[None]:
    """Name this process as the holder; to be used only under the store's write lock."""
    # Only writers need it.
    from socket import gethostname

    note = note_beside(store)
    descriptor = None
    # The note is a courtesy to others: no reason to fail a write that could succeed.
    with contextlib.suppress(OSError):
        descriptor = os.open(note, os.O_RDWR | os.O_CREAT, 0o644)
        if fcntl is not None:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        since = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
        text = f"process {os.getpid()} on {gethostname()} since {since}"
        os.ftruncate(descriptor, 0)
        os.write(descriptor, text.encode())
    try:
        yield
    finally:
        if descriptor is not None:
            with contextlib.suppress(OSError):
                note.unlink()
            os.close(descriptor)


def holder(store: Path) -> str:
    """Give words for the process that writes to the store now.

    Examples
    --------
    >>> holder(Path("no-such-store.db"))
    'another process'
    """
    unknown = "another process"
    if fcntl is None:
        return unknown
    try:
        with note_beside(store).open("rb") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return file.read(_LONGEST).decode(errors="replace") or unknown
            # Nobody holds the note: it is left over from a killed process.
            return unknown
    except OSError:
        return unknown


def note_beside(store: Path) -> Path:
    """Give the path of the note beside a store."""
    return store.with_name(store.name + "-writer")
