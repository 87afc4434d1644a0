"""Standard input, as the location ``-``."""

import sys
from collections.abc import Iterator
from typing import BinaryIO

from ...ontology.document import Document
from ..errors import UnreadableError
from ..protocols import Reading, ReadOptions
from .documents import attempt, make_document, sniff, too_large

__all__ = ["StandardInputSource"]


class StandardInputSource:
    """Reads one document from standard input: text, HTML or PDF, as it begins.

    Parameters
    ----------
    stream : binary stream, optional
        Instead of standard input.

    Examples
    --------
    >>> import io
    >>> source = StandardInputSource(io.BytesIO("智谱开源了 GLM-4。".encode()))
    >>> [reading.document.lang for reading in source.read("-", ReadOptions())]
    ['zh']
    """

    def __init__(self, stream: BinaryIO | None = None) -> None:
        self._stream = stream

    def accepts(self, location: str) -> bool:
        """Accept ``-``."""
        return location == "-"

    def read(self, location: str, options: ReadOptions) -> Iterator[Reading]:
        """Give the one reading."""
        yield attempt(location, lambda: self._read(options))

    def _read(self, options: ReadOptions) -> Document:
        name = "standard input"
        stream = self._stream if self._stream is not None else sys.stdin.buffer
        try:
            data = stream.read(options.limit + 1)
        except (OSError, ValueError) as error:
            raise UnreadableError(f"{name} cannot be read: {error}", hint="give a file") from error
        if len(data) > options.limit:
            raise too_large(name, options.limit)
        return make_document(data, sniff(data), options, name=name, title=name)
