"""Putting what documents say into the tables of an SQLite store, and taking it out again.

`merge` and `remove` run inside a transaction of their caller.
"""

# SQL is put together from constants alone; what users give is always a parameter.
# ruff: noqa: S608

import dataclasses
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from ...ontology.claim import Claim, Entity, Extraction, Value, object_key
from ...ontology.document import Document, DocumentKind
from ...ontology.errors import InvariantError
from ...ontology.identifiers import name_key
from ..errors import StoreError
from ..protocols import MergeReport
from .connection import Connection
from .reading import DOCUMENT, document_of, qualifiers_of_text
from .statements import Support, Tally

__all__ = ["merge", "remove"]


class _Stored(NamedTuple):
    """A document that is in the store already."""

    number: int
    digest: str
    document: Document


class _Touched(NamedTuple):
    """The rows whose sums changed when a document was taken out."""

    spellings: set[int]
    statements: set[int]


def merge(connection: Connection, extraction: Extraction) -> MergeReport:
    """See `modelkin.graph.protocols.GraphStore.merge`."""
    extraction = _ordered(extraction)
    digest = _digest(extraction)
    document = extraction.document
    stored = _stored(connection, document.id)
    known = _known(connection, extraction.entities)
    if stored is None:
        _put_in(connection, _add_document(connection, document, digest), extraction, known)
        _log(connection, "add", document.id)
        return MergeReport(1, len(extraction.entities) - len(known), len(extraction.claims))
    if _outranks(stored.document, document):
        return MergeReport()
    if not _outranks(document, stored.document):
        document = _united(stored.document, document)
    if (document, digest) == (stored.document, stored.digest):
        return MergeReport()
    before = _contents(connection, stored.number)
    touched = _take_out(connection, stored)
    _change_document(connection, stored.number, document, digest)
    _put_in(connection, stored.number, dataclasses.replace(extraction, document=document), known)
    _settle(connection, touched)
    _log(connection, "remove", document.id)
    _log(connection, "add", document.id)
    after = {_content(claim) for claim in extraction.claims}
    return MergeReport(
        entities=len(extraction.entities) - len(known),
        claims=len(after - before),
        removed=len(before - after),
    )


def remove(connection: Connection, id: str) -> MergeReport:
    """See `modelkin.graph.protocols.GraphStore.remove`."""
    stored = _stored(connection, id)
    if stored is None:
        raise StoreError(
            f"no document {id} in the store", hint="list what is there: modelkin documents"
        )
    removed = len(_contents(connection, stored.number))
    touched = _take_out(connection, stored)
    connection.run("DELETE FROM documents WHERE number = ?", (stored.number,))
    _settle(connection, touched)
    _log(connection, "remove", id)
    return MergeReport(removed=removed)


# Documents


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


def _content(claim: Claim) -> tuple[str, str, float, str]:
    return (claim.id, claim.extractor, float(claim.confidence), claim.kind.value)


def _contents(connection: Connection, document: int) -> set[tuple[str, str, float, str]]:
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
    return one.kind is DocumentKind.CURATED and other.kind is not DocumentKind.CURATED


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


# What a document says


def _known(connection: Connection, entities: Iterable[Entity]) -> dict[str, int]:
    """Give the numbers of the entities that the store has already."""
    known = {}
    for entity in entities:
        row = connection.row("SELECT number FROM entities WHERE id = ?", (entity.id,))
        if row is not None:
            known[entity.id] = row[0]
    return known


def _put_in(
    connection: Connection, number: int, extraction: Extraction, known: dict[str, int]
) -> None:
    curated = extraction.document.kind is DocumentKind.CURATED
    for entity in extraction.entities:
        _put_in_names(connection, number, entity, known.get(entity.id), curated)
    quotes = _put_in_quotes(connection, number, extraction.claims)
    groups: dict[tuple[str, str, str], list[Claim]] = defaultdict(list)
    for claim in extraction.claims:
        groups[claim.subject, claim.predicate, object_key(claim.object)].append(claim)
    rows = []
    for key, claims in groups.items():
        statement = _support(connection, key, claims, extraction.document.published)
        rows += [
            (
                claim.id,
                statement,
                quotes[claim.evidence.start, claim.evidence.end],
                json.dumps(claim.qualifiers, ensure_ascii=False) if claim.qualifiers else "[]",
                claim.extractor,
                claim.confidence,
                claim.kind.value,
            )
            for claim in claims
        ]
    connection.run_all(
        """
        INSERT INTO claims (id, statement, quote, qualifiers, extractor, confidence, kind)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
        rows,
    )


def _put_in_names(
    connection: Connection, document: int, entity: Entity, number: int | None, curated: bool
) -> None:
    spellings: dict[str, int] = {}
    if number is None:
        number = connection.run(
            "INSERT INTO entities (id, type) VALUES (?, ?)", (entity.id, entity.type.value)
        )
    else:
        sql = "SELECT name, number FROM spellings WHERE entity = ?"
        spellings.update(connection.rows(sql, (number,)))
    for name in entity.names:
        spelling = spellings.get(name)
        if spelling is None:
            spelling = _add_spelling(connection, number, name)
        shown = name == entity.name
        connection.run(
            """
            UPDATE spellings
            SET documents = documents + 1, shown = shown + ?, curated = curated + ?
            WHERE number = ?
            """,
            (shown, shown and curated, spelling),
        )
        connection.run(
            "INSERT INTO uses (document, spelling, shown) VALUES (?, ?, ?)",
            (document, spelling, shown),
        )


def _add_spelling(connection: Connection, entity: int, name: str) -> int:
    spelling = connection.run(
        """
        INSERT INTO spellings (entity, name, folded, key, documents, shown, curated)
        VALUES (?, ?, ?, ?, 0, 0, 0)
        """,
        (entity, name, name.casefold(), name_key(name)),
    )
    connection.run("INSERT INTO spelling_search (rowid, name) VALUES (?, ?)", (spelling, name))
    return spelling


def _put_in_quotes(
    connection: Connection, document: int, claims: Iterable[Claim]
) -> dict[tuple[int, int], int]:
    """Add each quote once; give their numbers."""
    spans = {(c.evidence.start, c.evidence.end): c.evidence.quote for c in claims}
    last = connection.row("SELECT coalesce(max(number), 0) FROM quotes")
    first = 1 + (last[0] if last else 0)
    numbers = {span: first + place for place, span in enumerate(sorted(spans))}
    connection.run_all(
        "INSERT INTO quotes (number, document, start, end, text) VALUES (?, ?, ?, ?, ?)",
        ((number, document, *span, spans[span]) for span, number in numbers.items()),
    )
    connection.run_all(
        "INSERT INTO quote_search (rowid, text) VALUES (?, ?)",
        ((number, spans[span]) for span, number in numbers.items()),
    )
    return numbers


def _support(
    connection: Connection,
    key: tuple[str, str, str],
    claims: list[Claim],
    published: str | None,
) -> int:
    """Add what one document says to its statement; give the statement's number."""
    row = connection.row(
        """
        SELECT number, claims, curated, doubt, methods, first_stated, last_stated
        FROM statements WHERE subject = ? AND predicate = ? AND object = ?
        """,
        key,
    )
    before = Tally() if row is None else Tally.of_row(row[1:])
    supports = [Support(c.qualifiers, c.confidence, c.kind.value) for c in claims]
    tally = before.plus(supports, published)
    if row is not None:
        _change_tally(connection, row[0], tally)
        number: int = row[0]
        return number
    object = claims[0].object
    datatype = object.datatype if isinstance(object, Value) else None
    return connection.run(
        """
        INSERT INTO statements (
            subject, predicate, object, datatype,
            claims, curated, doubt, methods, first_stated, last_stated
        )
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        (*key, datatype, *tally.row()),
    )


def _change_tally(connection: Connection, statement: int, tally: Tally) -> None:
    connection.run(
        """
        UPDATE statements
        SET claims = ?, curated = ?, doubt = ?, methods = ?, first_stated = ?, last_stated = ?
        WHERE number = ?
        """,
        (*tally.row(), statement),
    )


def _take_out(connection: Connection, stored: _Stored) -> _Touched:
    """Take out all that a document says; sums over claims and names without use stay behind."""
    document = (stored.number,)
    uses = list(connection.rows("SELECT spelling, shown FROM uses WHERE document = ?", document))
    curated = stored.document.kind is DocumentKind.CURATED
    connection.run_all(
        """
        UPDATE spellings
        SET documents = documents - 1, shown = shown - ?, curated = curated - ?
        WHERE number = ?
        """,
        ((shown, shown and curated, spelling) for spelling, shown in uses),
    )
    connection.run("DELETE FROM uses WHERE document = ?", document)
    of_document = "FROM claims WHERE quote IN (SELECT number FROM quotes WHERE document = ?)"
    statements = {
        row[0] for row in connection.rows(f"SELECT DISTINCT statement {of_document}", document)
    }
    connection.run(f"DELETE {of_document}", document)
    connection.run(
        """
        INSERT INTO quote_search (quote_search, rowid, text)
        SELECT 'delete', number, text FROM quotes WHERE document = ?
        """,
        document,
    )
    connection.run("DELETE FROM quotes WHERE document = ?", document)
    return _Touched({spelling for spelling, _ in uses}, statements)


def _settle(connection: Connection, touched: _Touched) -> None:
    """Drop names that no document uses, and sum the touched statements anew."""
    for spelling in sorted(touched.spellings):
        row = connection.row(
            "SELECT entity, name FROM spellings WHERE number = ? AND documents = 0", (spelling,)
        )
        if row is None:
            continue
        connection.run(
            "INSERT INTO spelling_search (spelling_search, rowid, name) VALUES ('delete', ?, ?)",
            (spelling, row[1]),
        )
        connection.run("DELETE FROM spellings WHERE number = ?", (spelling,))
        connection.run(
            """
            DELETE FROM entities WHERE number = ?
            AND NOT EXISTS (SELECT 1 FROM spellings WHERE entity = entities.number)
            """,
            (row[0],),
        )
    for statement in sorted(touched.statements):
        tally = _tally(connection, statement)
        if tally.claims:
            _change_tally(connection, statement, tally)
        else:
            connection.run("DELETE FROM statements WHERE number = ?", (statement,))


def _tally(connection: Connection, statement: int) -> Tally:
    rows = connection.rows(
        """
        SELECT documents.number, documents.published, claims.qualifiers, confidence, claims.kind
        FROM claims
        JOIN quotes ON quotes.number = claims.quote
        JOIN documents ON documents.number = quotes.document
        WHERE claims.statement = ? ORDER BY documents.number
        """,
        (statement,),
    )
    tally = Tally()
    for (_, published), group in groupby(rows, key=lambda row: (row[0], row[1])):
        supports = [Support(qualifiers_of_text(row[2]), row[3], row[4]) for row in group]
        tally = tally.plus(supports, published)
    return tally
