"""Writing a file whole or not at all."""

import codecs
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from ..errors import ExportError

__all__ = ["whole_file"]

_REPLACE = "modelkin.replacement-character"


def _replacement(error: UnicodeError) -> tuple[bytes, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "\ufffd".encode() * (error.end - error.start), error.end


# No UTF-8 file can hold a lone surrogate; Python's own "replace" would write a question mark.
codecs.register_error(_REPLACE, _replacement)


@contextmanager
def whole_file(target: Path) -> Iterator[TextIO]:
    r"""Open a text file that takes the target's place only when everything was written.

    It is UTF-8 with ``\n`` line ends; lone surrogates become U+FFFD. A link is followed; the
    permissions of a file that is replaced are kept.

    Parameters
    ----------
    target : Path
        The file to be written or replaced.

    Raises
    ------
    ExportError
        When the target is no ordinary file or cannot be written; what was there stays.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> with whole_file(folder / "names.txt") as file:
    ...     _ = file.write("百川\n")
    >>> (folder / "names.txt").read_text(encoding="utf-8"), len(list(folder.iterdir()))
    ('百川\n', 1)
    """
    place = Path(os.path.realpath(target))
    if place.exists() and not place.is_file():
        raise ExportError(f"cannot write {target}: it is no ordinary file", hint="name a file")
    partial = place.with_name(f".{secrets.token_hex(8)}.partial")
    try:
        with partial.open("x", encoding="utf-8", errors=_REPLACE, newline="\n") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if place.exists():
            shutil.copymode(place, partial)
        partial.replace(place)
    except OSError as error:
        raise ExportError(
            f"cannot write {target}: {error.strerror or error}",
            hint="check that the folder exists, may be written to and has room",
        ) from error
    finally:
        partial.unlink(missing_ok=True)
