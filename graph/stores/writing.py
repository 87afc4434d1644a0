"""Merging documents into an SQLite store and removing them again, each in one transaction."""

# SQL is put together from constants alone; what users give is always a parameter.
# ruff: noqa: S608

import dataclasses
import hashlib
import json
from typing import NamedTuple

from ...ontology.claim import Claim, ClaimKind, Entity, Extraction
from ...ontology.document import Document, DocumentKind
from ...ontology.errors import InvariantError
from ..errors import StoreError
from ..protocols import MergeReport
from .connection import Connection
from .contents import known_entities, put_in, settle, take_out
from .reading import DOCUMENT, document_of

__all__ = ["merge", "remove"]

_Content = tuple[str, str, float, str]


class _Stored(NamedTuple):
    """A document that is in the store already."""

    number: int
    digest: str
    document: Document


def merge(connection: Connection, extraction: Extraction) -> MergeReport:
    """See `modelkin.graph.protocols.GraphStore.merge`."""
    extraction = _ordered(extraction)
    digest = _digest(extraction)
    # Most often asked of a document that is there already, which needs no wait for other writers.
    stored = _stored(connection, extraction.document.id)
    if stored is not None and _change(stored, extraction.document, digest) is None:
        return MergeReport()
    with connection.transaction():
        stored = _stored(connection, extraction.document.id)
        if stored is None:
            return _add(connection, extraction, digest)
        document = _change(stored, extraction.document, digest)
        if document is None:
            return MergeReport()
        changed = dataclasses.replace(extraction, document=document)
        return _replace(connection, stored, changed, digest)


def remove(connection: Connection, id: str) -> MergeReport:
    """See `modelkin.graph.protocols.GraphStore.remove`."""
    with connection.transaction():
        stored = _stored(connection, id)
        if stored is None:
            raise StoreError(
                f"no document {id} in the store", hint="list what is there: modelkin documents"
            )
        facts, candidates = _count(_contents(connection, stored.number))
        touched = take_out(connection, stored.number, _curated(stored.document))
        connection.run("DELETE FROM documents WHERE number = ?", (stored.number,))
        settle(connection, touched)
        _log(connection, "remove", id)
        return MergeReport(removed=facts, candidates_removed=candidates)


def _add(connection: Connection, extraction: Extraction, digest: str) -> MergeReport:
    known = known_entities(connection, extraction.entities)
    number = _add_document(connection, extraction.document, digest)
    put_in(connection, number, extraction, known)
    _log(connection, "add", extraction.document.id)
    candidates = sum(not claim.kind.is_fact for claim in extraction.claims)
    return MergeReport(
        1,
        len(extraction.entities) - len(known),
        len(extraction.claims) - candidates,
        candidates=candidates,
    )


def _replace(
    connection: Connection, stored: _Stored, extraction: Extraction, digest: str
) -> MergeReport:
    known = known_entities(connection, extraction.entities)
    before = _contents(connection, stored.number)
    touched = take_out(connection, stored.number, _curated(stored.document))
    _change_document(connection, stored.number, extraction.document, digest)
    put_in(connection, stored.number, extraction, known)
    settle(connection, touched)
    _log(connection, "remove", extraction.document.id)
    _log(connection, "add", extraction.document.id)
    after = {_content(claim) for claim in extraction.claims}
    facts, candidates = _count(after - before)
    facts_removed, candidates_removed = _count(before - after)
    return MergeReport(
        entities=len(extraction.entities) - len(known),
        claims=facts,
        removed=facts_removed,
        candidates=candidates,
        candidates_removed=candidates_removed,
    )


def _change(stored: _Stored, document: Document, digest: str) -> Document | None:
    """Give what the stored document becomes, or None when nothing changes."""
    if _outranks(stored.document, document):
        return None
    if not _outranks(document, stored.document):
        document = _united(stored.document, document)
    return None if (document, digest) == (stored.document, stored.digest) else document


def _ordered(extraction: Extraction) -> Extraction:
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


def _digest(extraction: Extraction) -> str:
    """Give a text that differs whenever the extraction says something else."""
    content = [
        [[entity.id, *entity.names] for entity in extraction.entities],
        [_content(claim) for claim in extraction.claims],
    ]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:32]


def _count(contents: set[_Content]) -> tuple[int, int]:
    """Give how many claims are facts, and how many are candidates."""
    candidates = sum(not ClaimKind(kind).is_fact for *_, kind in contents)
    return len(contents) - candidates, candidates


def _content(claim: Claim) -> _Content:
    return (claim.id, claim.extractor, float(claim.confidence), claim.kind.value)


def _contents(connection: Connection, document: int) -> set[_Content]:
    sql = """
        SELECT claims.id, extractor, confidence, kind
        FROM claims JOIN quotes ON quotes.number = claims.quote WHERE quotes.document = ?
    """
    return {(row[0], row[1], row[2], row[3]) for row in connection.rows(sql, (document,))}


def _stored(connection: Connection, id: str) -> _Stored | None:
    sql = f"SELECT {DOCUMENT}, number, digest FROM documents WHERE id = ?"
    row = connection.row(sql, (id,))
    return None if row is None else _Stored(row[-2], row[-1], document_of(row[:-2]))


def _outranks(one: Document, other: Document) -> bool:
    """Tell whether one is a curated record and the other an article of the same text.

    The record stays whichever comes first, so that no article can take its place.
    """
    return _curated(one) and not _curated(other)


def _curated(document: Document) -> bool:
    return document.kind is DocumentKind.CURATED


def _united(one: Document, other: Document) -> Document:
    """Give one document for the same text from two places, whichever came first."""

    def least(first: str | None, second: str | None) -> str | None:
        return min((value for value in (first, second) if value), default=None)

    return dataclasses.replace(
        one,
        lang=min(one.lang, other.lang),
        title=least(one.title, other.title) or "",
        url=least(one.url, other.url),
        published=least(one.published, other.published),
        retrieved=least(one.retrieved, other.retrieved),
    )


def _fields(document: Document, digest: str) -> tuple[object, ...]:
    return (
        document.id,
        document.text,
        document.lang,
        document.title,
        document.url,
        document.published,
        document.retrieved,
        document.kind.value,
        digest,
    )


def _add_document(connection: Connection, document: Document, digest: str) -> int:
    sql = f"INSERT INTO documents ({DOCUMENT}, digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
    return connection.run(sql, _fields(document, digest))


def _change_document(connection: Connection, number: int, document: Document, digest: str) -> None:
    sql = f"""
        UPDATE documents SET ({DOCUMENT}, digest) = (?, ?, ?, ?, ?, ?, ?, ?, ?) WHERE number = ?
    """
    connection.run(sql, (*_fields(document, digest), number))


def _log(connection: Connection, kind: str, document: str) -> None:
    connection.run("INSERT INTO log (kind, document) VALUES (?, ?)", (kind, document))
