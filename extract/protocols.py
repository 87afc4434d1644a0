"""The seams of the extract wing: where documents come from, and what reads them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from ..ontology.claim import Extraction
from ..ontology.document import Document
from .errors import InputError

__all__ = ["Extractor", "ReadOptions", "Reading", "Source"]


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the user says of a location beside its text; None leaves it to the source.

    Parameters
    ----------
    lang : str or None
        ``zh`` or ``en``; None decides by the share of CJK script.
    published : str or None
        ISO date, as precise as known.
    url : str or None
        The address that the text was published at.
    title : str or None
        A title for people.
    encoding : str or None
        Of text files; None tries UTF-8, then GB18030.
    limit : int
        The most bytes that one location may hold.
    timeout : float
        Seconds that one web address may take.
    allow_private : bool
        Whether addresses of private networks may be asked.
    """

    lang: str | None = None
    published: str | None = None
    url: str | None = None
    title: str | None = None
    encoding: str | None = None
    limit: int = 20_000_000
    timeout: float = 30.0
    allow_private: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of one location: a document or the error that says why not.

    Parameters
    ----------
    location : str
        A file, ``-`` or an address; a folder gives one reading a file.
    document : Document or None
    error : InputError or None
        Exactly one of the two is there.
    """

    location: str
    document: Document | None = None
    error: InputError | None = None


@runtime_checkable
class Source(Protocol):
    """Reads one kind of location. Plugins join through the entry point ``modelkin.sources``."""

    def accepts(self, location: str) -> bool:
        """Whether this source reads that kind of location; looks at the name, reads nothing."""
        ...

    def read(self, location: str, options: ReadOptions) -> Iterator[Reading]:
        """Read the location. What fails is a reading with an error; nothing is left out."""
        ...


@runtime_checkable
class Extractor(Protocol):
    """Reads claims out of documents."""

    @property
    def version(self) -> str:
        """Changes whenever the same document may give other claims."""
        ...

    def pipe(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        """Give one extraction a document, in order."""
        ...
