"""Pages of the web."""

from collections.abc import Iterator

from ...ontology.document import Document
from ..errors import UnsupportedFormatError
from ..protocols import Reading, ReadOptions
from .documents import Form, attempt, make_document, sniff

__all__ = ["WebSource"]

_FORMS = {
    "text/html": Form.HTML,
    "application/xhtml+xml": Form.HTML,
    "application/pdf": Form.PDF,
    "application/x-pdf": Form.PDF,
    "text/plain": Form.TEXT,
    "text/markdown": Form.TEXT,
    "text/x-markdown": Form.TEXT,
}
_UNTOLD = frozenset(("", "application/octet-stream", "binary/octet-stream"))


class WebSource:
    """Reads the page or file at an ``http`` or ``https`` address.

    Examples
    --------
    >>> WebSource().accepts("https://example.org/news"), WebSource().accepts("news.md")
    (True, False)
    """

    def accepts(self, location: str) -> bool:
        """Accept addresses that begin with ``http://`` or ``https://``."""
        return location[:8].lower().startswith(("http://", "https://"))

    def read(self, location: str, options: ReadOptions) -> Iterator[Reading]:
        """Give the one reading."""
        yield attempt(location, lambda: _read(location, options))


def _read(location: str, options: ReadOptions) -> Document:
    from .fetch import fetch

    answer = fetch(
        location,
        limit=options.limit,
        timeout=options.timeout,
        allow_private=options.allow_private,
    )
    form = _FORMS.get(answer.content_type)
    if form is None and answer.content_type in _UNTOLD:
        form = sniff(answer.data)
    if form is None:
        raise UnsupportedFormatError(
            f"{location} holds {answer.content_type}, which is not read",
            hint="give the address of a text, HTML or PDF document",
        )
    return make_document(
        answer.data,
        form,
        options,
        name=location,
        title=_name(answer.url),
        url=answer.url,
        declared=answer.charset,
    )


def _name(url: str) -> str:
    from urllib.parse import unquote, urlsplit

    parts = urlsplit(url)
    return unquote(parts.path.rstrip("/").rpartition("/")[2]) or parts.hostname or url
