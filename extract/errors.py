"""The errors of the extract wing; the whole tree is drawn in the root package's docstring."""

from .. import ModelKinError
from ..ontology.document import Document

__all__ = [
    "EmptyDocumentError",
    "ExtractionError",
    "FetchError",
    "GoldError",
    "InputError",
    "TooLargeError",
    "UnreadableError",
    "UnsupportedFormatError",
    "title_of",
]


class InputError(ModelKinError):
    """A location that cannot be read as a document."""

    exit_code = 3


class UnreadableError(InputError):
    """The location is missing, forbidden, not a text, or in an encoding nobody declared."""


class EmptyDocumentError(InputError):
    """The location holds no text."""


class TooLargeError(InputError):
    """The location holds more than the limit allows."""


class UnsupportedFormatError(InputError):
    """No source reads this kind of location."""


class FetchError(InputError):
    """A web address that fails, or that may not be asked."""


class GoldError(InputError):
    """Annotated documents that are missing or malformed."""


class ExtractionError(ModelKinError):
    """The extractor failed on one document, or cannot work at all."""


def title_of(document: Document) -> str:
    """Give what errors call a document.

    Examples
    --------
    >>> title_of(Document.of("Meta released Llama 2.", lang="en", title="news"))
    "document 'news' (bfbc2ab4b7b878d061cdf5d8e3a8828f)"
    """
    return f"document {document.title!r} ({document.id})" if document.title else document.id
