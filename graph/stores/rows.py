"""The rows of documents, and what tells whether a document says something new."""

# SQL is put together from constants alone; what users give is always a parameter.
# ruff: noqa: S608

import dataclasses
import hashlib
import json
from typing import NamedTuple

from ...ontology.claim import Claim, ClaimKind, Entity, Extraction
from ...ontology.document import Document, DocumentKind
from ...ontology.errors import InvariantError
from ..protocols import MergeReport
from .connection import Connection
from .reading import DOCUMENT, document_of

__all__ = [
    "Content",
    "Stored",
    "add_document",
    "change_document",
    "contents_of",
    "curated",
    "difference",
    "digest_of",
    "least",
    "log",
    "ordered",
    "outranks",
    "show",
    "stored",
    "united",
]

Content = tuple[str, str, float, str]
"""What makes a claim another one than it was: id, extractor, confidence, kind."""


class Stored(NamedTuple):
    """A document that is in the store already.

    Parameters
    ----------
    number : int
        Of its row.
    digest : str
        Of what it says, as it was read.
    current : bool
        Whether the graph shows it; no later text has taken its place.
    document : Document
    """

    number: int
    digest: str
    current: bool
    document: Document


def difference(before: set[Content], after: set[Content]) -> MergeReport:
    """Give what a document says more and less than before."""
    facts, candidates = _count(after - before)
    facts_removed, candidates_removed = _count(before - after)
    return MergeReport(
        claims=facts,
        removed=facts_removed,
        candidates=candidates,
        candidates_removed=candidates_removed,
    )


def ordered(extraction: Extraction) -> Extraction:
    """Give the extraction in its one order, with its invariants checked again."""
    for entity in extraction.entities:
        if not entity.id.startswith(f"{entity.type.value.lower()}/"):
            raise InvariantError(
                f"the entity {entity.id!r} is not of type {entity.type}",
                hint="make ids with modelkin.ontology.identifiers.entity_id",
            )
    return Extraction.of(
        extraction.document,
        (Entity.of(e.id, e.type, e.name, e.aliases) for e in extraction.entities),
        extraction.claims,
    )


def digest_of(extraction: Extraction) -> str:
    """Give a text that differs whenever the extraction says something else."""
    content = [
        [[entity.id, *entity.names] for entity in extraction.entities],
        [_content(claim) for claim in extraction.claims],
    ]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:32]


def _count(contents: set[Content]) -> tuple[int, int]:
    """Give how many claims are facts, and how many are not."""
    candidates = sum(not ClaimKind(kind).is_fact for *_, kind in contents)
    return len(contents) - candidates, candidates


def _content(claim: Claim) -> Content:
    return (claim.id, claim.extractor, float(claim.confidence), claim.kind.value)


def contents_of(extraction: Extraction) -> set[Content]:
    """Give what a document says, as far as it counts whether it said so before."""
    return {_content(claim) for claim in extraction.claims}


def stored(connection: Connection, id: str) -> Stored | None:
    """Give the document of that id, whether the graph shows it or not."""
    sql = f"SELECT {DOCUMENT}, number, digest, current FROM documents WHERE id = ?"
    row = connection.row(sql, (id,))
    if row is None:
        return None
    return Stored(row[-3], row[-2], bool(row[-1]), document_of(row[:-3]))


def outranks(one: Document, other: Document) -> bool:
    """Tell whether one is a curated record and the other an article of the same text.

    The record stays whichever comes first, so that no article can take its place.
    """
    return curated(one) and not curated(other)


def least(*values: str | None) -> str:
    """Give the least of what is given at all, an empty text where nothing is."""
    return min((value for value in values if value), default="")


def united(one: Document, other: Document) -> Document:
    """Give what becomes of a document when a curated record of the same text comes.

    Two records are one: its title, address and dates are the least of those given, so that the
    order of reading does not matter. An article makes room for a record.
    """
    if not curated(one):
        return other
    return dataclasses.replace(
        one,
        lang=min(one.lang, other.lang),
        title=least(one.title, other.title),
        url=least(one.url, other.url) or None,
        published=least(one.published, other.published) or None,
        retrieved=least(one.retrieved, other.retrieved) or None,
    )


def curated(document: Document) -> bool:
    """Tell whether a document is a curated record."""
    return document.kind is DocumentKind.CURATED


def _fields(document: Document) -> tuple[object, ...]:
    return (
        document.id,
        document.text,
        document.lang,
        document.title,
        document.url,
        document.published,
        document.retrieved,
        document.kind.value,
    )


def add_document(connection: Connection, document: Document, digest: str) -> int:
    """Add a document that the graph does not show yet; give its number."""
    sql = f"""
        INSERT INTO documents ({DOCUMENT}, digest, current) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0)
    """
    return connection.run(sql, (*_fields(document), digest))


def change_document(connection: Connection, number: int, document: Document) -> None:
    """Write the fields of a document anew."""
    sql = f"UPDATE documents SET ({DOCUMENT}) = (?, ?, ?, ?, ?, ?, ?, ?) WHERE number = ?"
    connection.run(sql, (*_fields(document), number))


def show(connection: Connection, number: int, current: bool) -> None:
    """Note whether the graph shows a document."""
    connection.run("UPDATE documents SET current = ? WHERE number = ?", (current, number))


def log(connection: Connection, kind: str, document: str) -> None:
    """Note a change."""
    connection.run("INSERT INTO log (kind, document) VALUES (?, ?)", (kind, document))
