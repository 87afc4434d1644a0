"""The errors of the extract wing; the whole tree is drawn in the root package's docstring."""

from .. import ModelKinError

__all__ = [
    "EmptyDocumentError",
    "ExtractionError",
    "FetchError",
    "InputError",
    "TooLargeError",
    "UnreadableError",
    "UnsupportedFormatError",
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


class ExtractionError(ModelKinError):
    """The pipeline failed on one document."""
