"""All that was ever read into an SQLite store, so that another store can be made of it."""

# SQL is put together from constants alone; what users give is always a parameter.
# ruff: noqa: S608

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from ...ontology.claim import Extraction
from ...ontology.document import Document
from . import originals
from .connection import Connection

__all__ = ["as_read", "readings"]


def readings(connection: Connection, document: str | None) -> Iterator[Extraction]:
    """See `modelkin.graph.protocols.GraphStore.readings`."""
    where, parameters = ("", ()) if document is None else ("WHERE id = ?", (document,))
    rows = connection.rows(
        f"""
        SELECT documents.number, readings.url, readings.lang, readings.title,
               readings.published, readings.retrieved, readings.latest
        FROM documents LEFT JOIN readings ON readings.document = documents.number
        {where} ORDER BY documents.id, readings.url
        """,
        parameters,
    )
    for number, group in groupby(rows, key=itemgetter(0)):
        extraction = originals.original(connection, number)
        # A curated record is not read anywhere.
        yield from as_read(extraction, [row[1:] for row in group if row[1] is not None])


def as_read(extraction: Extraction, rows: Iterable[Sequence[Any]]) -> Iterator[Extraction]:
    """Give what a document says, once for each reading; a curated record, which has none, once.

    Parameters
    ----------
    extraction : Extraction
    rows : iterable of sequences
        The columns of the table ``readings`` save for the document, by address.

    Examples
    --------
    >>> said = Extraction.of(Document.of("Llama 2 is open.", lang="en", title="news"), [], [])
    >>> row = ("https://example.org", "en", "", "", "2024-01", "2024-03")
    >>> [reading.document.retrieved for reading in as_read(said, [row])]
    ['2024-01', '2024-03']
    >>> list(as_read(said, [])) == [said]
    True
    """
    curated = True
    for row in rows:
        curated = False
        for document in _documents(extraction.document, row):
            yield dataclasses.replace(extraction, document=document)
    if curated:
        yield extraction


def _documents(document: Document, row: Sequence[Any]) -> Iterator[Document]:
    """Give a document as it was read at an address first and, if that counts, last."""
    url, lang, title, published, first, last = row
    # Where there is no address no later text can take its place.
    for retrieved in dict.fromkeys((first, last) if url else (first,)):
        yield dataclasses.replace(
            document,
            lang=lang,
            title=title,
            url=url or None,
            published=published or None,
            retrieved=retrieved or None,
        )
