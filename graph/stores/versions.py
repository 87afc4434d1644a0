"""Texts of one address: the one that was read last counts, the others wait behind it."""

# SQL is put together from constants alone; what users give is always a parameter.

import dataclasses

from ...ontology.document import Document
from .connection import Connection
from .rows import least

__all__ = ["at_the_same_addresses", "forget", "is_known", "note", "standing"]

# The latest reading of a text at an address stands for it; what was read at no address never ages.
_LATER = """
    SELECT 1 FROM readings AS later JOIN documents ON documents.number = later.document
    WHERE later.url = mine.url
      AND (later.latest, later.published, documents.id) > (mine.latest, mine.published, ?)
"""


def note(connection: Connection, number: int, document: Document) -> None:
    """Note where and when a text was read.

    The same text at the same address is one reading, the latest, under the least title.
    """
    key = (number, document.url or "")
    row = _reading(connection, key)
    given = _given(document)
    if row is None:
        connection.run(
            "INSERT INTO readings (document, url, lang, title, published, retrieved, latest)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (*key, *given),
        )
        return
    united = _united(key, row, given)
    if united != row:
        connection.run(
            "UPDATE readings SET lang = ?, title = ?, published = ?, retrieved = ?, latest = ?"
            " WHERE document = ? AND url = ?",
            (*united, *key),
        )


def is_known(connection: Connection, number: int, document: Document) -> bool:
    """Tell whether noting a reading would change nothing."""
    key = (number, document.url or "")
    row = _reading(connection, key)
    return row is not None and _united(key, row, _given(document)) == row


def forget(connection: Connection, number: int) -> None:
    """Forget where a text was read."""
    connection.run("DELETE FROM readings WHERE document = ?", (number,))


def at_the_same_addresses(connection: Connection, number: int) -> set[int]:
    """Give the documents that share an address with one, itself left out."""
    rows = connection.rows(
        """
        SELECT DISTINCT other.document FROM readings AS mine
        JOIN readings AS other ON other.url = mine.url
        WHERE mine.document = ? AND mine.url != '' AND other.document != mine.document
        """,
        (number,),
    )
    return {row[0] for row in rows}


def standing(connection: Connection, number: int, document: Document) -> Document | None:
    """Give a document as its readings that count tell of it; None when later texts stand for all.

    The same text from several places is one document: its title, address and dates are the least
    of those given, so that the order of reading does not matter.
    """
    rows = list(
        connection.rows(
            f"""
            SELECT url, lang, title, published, retrieved FROM readings AS mine
            WHERE document = ? AND (url = '' OR NOT EXISTS ({_LATER}))
            """,  # noqa: S608
            (number, document.id),
        )
    )
    if not rows:
        return None
    urls, langs, titles, published, retrieved = zip(*rows, strict=True)
    return dataclasses.replace(
        document,
        url=least(*urls) or None,
        lang=min(langs),
        title=least(*titles),
        published=least(*published) or None,
        retrieved=least(*retrieved) or None,
    )


_Key = tuple[int, str]
_Reading = tuple[str, str, str, str, str]


def _reading(connection: Connection, key: _Key) -> _Reading | None:
    row = connection.row(
        "SELECT lang, title, published, retrieved, latest FROM readings"
        " WHERE document = ? AND url = ?",
        key,
    )
    return None if row is None else (row[0], row[1], row[2], row[3], row[4])


def _given(document: Document) -> _Reading:
    retrieved = document.retrieved or ""
    return document.lang, document.title, document.published or "", retrieved, retrieved


def _united(key: _Key, one: _Reading, other: _Reading) -> _Reading:
    """Give one reading for two of one text at one address."""
    lang, title, published, retrieved = (
        least(*pair) for pair in zip(one[:4], other[:4], strict=True)
    )
    # When it was read last matters only where another text may be read.
    latest = max(one[4], other[4]) if key[1] else one[4]
    return lang, title, published, retrieved, latest
