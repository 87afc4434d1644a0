"""Documents and the spans of text that carry evidence."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from .errors import InvariantError

__all__ = ["Document", "DocumentKind", "Span", "normalise_text"]

_SURROGATES = re.compile("[\ud800-\udfff]")


class DocumentKind(StrEnum):
    """Who speaks in a document."""

    ARTICLE = "article"
    CURATED = "curated"


def normalise_text(text: str) -> str:
    r"""Give the one form in which text is stored: NFC, ``\n`` line ends, no byte order mark.

    Parameters
    ----------
    text : str
        Text as it was read.

    Returns
    -------
    str
        The same text; lone surrogates, which no UTF-8 file can hold, become U+FFFD.

    Examples
    --------
    >>> normalise_text("\ufeffCafe\u0301\r\n")
    'Café\n'
    """
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _SURROGATES.sub("\ufffd", text))


@dataclass(frozen=True, slots=True)
class Document:
    """A text that makes claims. Make one with `Document.of`.

    Parameters
    ----------
    id : str
        32 hexadecimal digits, a hash of the text: the same text is the same document.
    text : str
        The stored text (see `normalise_text`); every offset points into it.
    lang : str
        ``zh`` or ``en``.
    title : str
        A title for people; a file's stem when nothing better is known.
    url : str or None
        The address that the text was published at.
    published : str or None
        ISO date, as precise as known (``2023``, ``2023-10`` or ``2023-10-07``).
    retrieved : str or None
        ISO time at which the text was read. Only what makes a store again carries it.
    kind : DocumentKind
        An article, or a record of the package's curated seeds.
    """

    id: str
    text: str
    lang: str
    title: str
    url: str | None = None
    published: str | None = None
    retrieved: str | None = None
    kind: DocumentKind = DocumentKind.ARTICLE

    @classmethod
    def of(
        cls,
        text: str,
        *,
        lang: str,
        title: str = "",
        url: str | None = None,
        published: str | None = None,
        retrieved: str | None = None,
        kind: DocumentKind = DocumentKind.ARTICLE,
    ) -> Self:
        """Make a document from text as it was read.

        Examples
        --------
        >>> document = Document.of("Meta released Llama 2.", lang="en", title="news")
        >>> document.id == Document.of("Meta released Llama 2.", lang="en").id
        True
        """
        text = normalise_text(text)
        return cls(
            id=hashlib.sha256(text.encode()).hexdigest()[:32],
            text=text,
            lang=lang,
            title=normalise_text(title),
            url=url,
            published=published,
            retrieved=retrieved,
            kind=kind,
        )

    def span(self, start: int, end: int) -> "Span":
        """Give the span from character `start` up to character `end`.

        Raises
        ------
        InvariantError
            When the offsets lie outside the text or hold nothing.

        Examples
        --------
        >>> Document.of("Meta released Llama 2.", lang="en").span(0, 4).quote
        'Meta'
        """
        if not 0 <= start < end <= len(self.text):
            raise InvariantError(
                f"no span [{start}, {end}) in document {self.id} of {len(self.text)} characters"
            )
        return Span(self.id, start, end, self.text[start:end])


@dataclass(frozen=True, slots=True)
class Span:
    """A quote and where it stands: ``document.text[start:end] == quote``, always.

    Parameters
    ----------
    document : str
        The id of the document.
    start, end : int
        Character offsets into the document's text, end exclusive.
    quote : str
        The text between them.
    """

    document: str
    start: int
    end: int
    quote: str

    def __post_init__(self) -> None:
        if self.end - self.start != len(self.quote) or self.start < 0 or not self.quote:
            raise InvariantError(
                f"span [{self.start}, {self.end}) of document {self.document} does not fit "
                f"its quote of {len(self.quote)} characters: {self.quote[:40]!r}"
            )

    def check(self, document: Document) -> None:
        """Check the quote against the document.

        Raises
        ------
        InvariantError
            When the document is another one or says something else there.
        """
        if document.id != self.document or document.text[self.start : self.end] != self.quote:
            raise InvariantError(
                f"document {document.id} does not say {self.quote[:40]!r} "
                f"at [{self.start}, {self.end})"
            )
