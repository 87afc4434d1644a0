"""The buckets that words and marks around a pair are hashed into."""

from collections.abc import Iterable
from itertools import repeat
from zlib import crc32

__all__ = ["BUCKETS", "bucket", "buckets", "ended"]

BUCKETS = 1 << 18
_MASK = BUCKETS - 1


def bucket(feature: str) -> int:
    """Give the bucket that a feature falls into; the same in every process and version.

    Examples
    --------
    >>> bucket("lang=zhModeOrgani")
    52282
    """
    return crc32(feature.encode()) & _MASK


def buckets(checksums: Iterable[int]) -> list[int]:
    """Give the buckets of features whose checksums are known.

    Examples
    --------
    >>> from zlib import crc32
    >>> buckets([crc32(b"lang=zhModeOrgani")])
    [52282]
    """
    return [checksum & _MASK for checksum in checksums]


def ended(checksums: Iterable[int], end: bytes) -> list[int]:
    """Give the buckets of features that end alike.

    A checksum goes on where that of the beginning left off, so that a text's words are read once,
    and only the end of each feature again for every pair.

    Parameters
    ----------
    checksums : iterable of int
        Of the beginnings.
    end : bytes

    Examples
    --------
    >>> from zlib import crc32
    >>> ended([crc32(b"lang=zh")], b"ModeOrgani")
    [52282]
    """
    return [checksum & _MASK for checksum in map(crc32, repeat(end), checksums)]
