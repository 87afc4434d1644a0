"""All that was ever read into an SQLite store, so that another store can be made of it."""

# SQL is put together from constants alone; what users give is always a parameter.
# ruff: noqa: S608

import dataclasses
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from ...ontology.claim import Extraction
from ...ontology.document import Document
from . import originals
from .connection import Connection

__all__ = ["readings"]


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
        for _, url, *fields in group:
            if url is None:
                # A curated record is not read anywhere.
                yield extraction
            else:
                for read in _documents(extraction.document, url, fields):
                    yield dataclasses.replace(extraction, document=read)


def _documents(document: Document, url: str, fields: list[Any]) -> Iterator[Document]:
    """Give a document as it was read at an address first and, if that counts, last."""
    lang, title, published, first, last = fields
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
