"""Files, and folders of them."""

import stat
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from ...ontology.document import Document
from ..errors import EmptyDocumentError, InputError, UnreadableError, UnsupportedFormatError
from ..protocols import Reading, ReadOptions
from .documents import Form, attempt, make_document, too_large

__all__ = ["SUFFIXES", "FileSource"]

SUFFIXES = {
    ".md": Form.TEXT,
    ".markdown": Form.TEXT,
    ".txt": Form.TEXT,
    ".html": Form.HTML,
    ".htm": Form.HTML,
    ".pdf": Form.PDF,
}
"""The suffixes of the files that are read; capitals are alike."""


class FileSource:
    """Reads files, and folders with all that lies in them.

    In a folder, hidden files and those with other suffixes are passed over, links are followed
    once, and files come in the order of their names.

    Examples
    --------
    >>> FileSource().accepts("articles/news.md"), FileSource().accepts("https://example.org/")
    (True, False)
    """

    def accepts(self, location: str) -> bool:
        """Accept everything but ``-`` and addresses."""
        return location != "-" and "://" not in location

    def read(self, location: str, options: ReadOptions) -> Iterator[Reading]:
        """Give one reading a file."""
        if not location:
            error = UnreadableError("a location is empty", hint="give the path of a file or folder")
            yield Reading(location, error=error)
            return
        try:
            is_folder = Path(location).is_dir()
        except (OSError, ValueError):
            # No folder has such a name; opening it as a file says why.
            is_folder = False
        if not is_folder:
            yield attempt(location, partial(_read, Path(location), options))
            return
        empty = True
        for found in _walk(Path(location)):
            empty = False
            if isinstance(found, Reading):
                yield found
            else:
                yield attempt(str(found), partial(_read, found, options))
        if empty:
            yield Reading(
                location,
                error=EmptyDocumentError(
                    f"no documents in the folder {location}",
                    hint=f"files that are read end in {', '.join(SUFFIXES)}",
                ),
            )


def _walk(folder: Path) -> Iterator[Path | Reading]:
    """Give the files below a folder, each folder before the next, every folder once."""
    visited: set[tuple[int, int]] = set()
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        try:
            status = path.stat()
            if not stat.S_ISDIR(status.st_mode):
                if path.suffix.lower() in SUFFIXES:
                    yield path
                continue
            if (status.st_dev, status.st_ino) in visited:
                continue
            visited.add((status.st_dev, status.st_ino))
            inside = sorted(path.iterdir(), reverse=True)
        except OSError as error:
            if path.suffix.lower() in SUFFIXES or not path.is_symlink():
                yield Reading(str(path), error=_unreadable(path, error))
            continue
        waiting += [entry for entry in inside if not entry.name.startswith(".")]


def _read(path: Path, options: ReadOptions) -> Document:
    name = str(path)
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableError(f"{name} is no regular file", hint="give a file or a folder")
        form = SUFFIXES.get(path.suffix.lower())
        if form is None:
            raise UnsupportedFormatError(
                f"{name}: files with the suffix {path.suffix or '(none)'!r} are not read",
                hint=f"files that are read end in {', '.join(SUFFIXES)}",
            )
        if status.st_size > options.limit:
            raise too_large(name, options.limit, status.st_size)
        with path.open("rb") as file:
            data = file.read(options.limit + 1)
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error
    if len(data) > options.limit:
        raise too_large(name, options.limit)
    return make_document(data, form, options, name=name, title=path.stem)


def _unreadable(path: Path, error: OSError | ValueError) -> InputError:
    if isinstance(error, FileNotFoundError):
        return UnreadableError(f"no such file or folder: {path}", hint="check the path")
    if isinstance(error, PermissionError):
        return UnreadableError(f"{path} may not be read", hint="check its permissions")
    reason = getattr(error, "strerror", None) or str(error)
    return UnreadableError(f"{path} cannot be read: {reason}", hint="check the path")
