"""From the rows of an SQLite store to entities, statements, claims and documents."""

# SQL is put together from constants alone; what users give is always a parameter.
# ruff: noqa: S608

import json
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Any

from ...ontology.claim import (
    Claim,
    ClaimKind,
    Entity,
    Qualifiers,
    Statement,
    Value,
    object_key,
)
from ...ontology.document import Document, DocumentKind, Span
from ...ontology.terms import EntityType
from .connection import Connection
from .statements import object_of, statement_of

__all__ = [
    "CLAIM",
    "DOCUMENT",
    "FACT",
    "claim_of",
    "claims",
    "document",
    "document_of",
    "documents",
    "entities",
    "entity",
    "first_claim",
    "qualifiers_of_text",
    "statements",
    "text_of_qualifiers",
]

DOCUMENT = "id, text, lang, title, url, published, retrieved, kind"
"""The columns that `document_of` reads."""

# The shown name comes first: a curated one, else the one that most documents use.
_BEST_NAME = "spellings.curated DESC, spellings.shown DESC, length(spellings.name), spellings.name"

CLAIM = """
    SELECT claims.id, subject, predicate, object, datatype, claims.qualifiers,
           documents.id, quotes.start, quotes.end, quotes.text,
           claims.extractor, claims.confidence, claims.kind
    FROM claims
    JOIN statements ON statements.number = claims.statement
    JOIN quotes ON quotes.number = claims.quote
    JOIN documents ON documents.number = quotes.document
"""
"""The columns that `claim_of` reads."""

FACT = "claims.kind IN ('extracted', 'curated')"
"""Tells facts from candidates, in SQL."""

_STATEMENT = """
    SELECT subject, predicate, object, datatype,
           claims, curated, doubt, methods, first_stated, last_stated
    FROM statements
"""

_WITH_CANDIDATES = """
    SELECT subject, predicate, object, datatype,
           coalesce(doubtful.claims, statements.claims),
           coalesce(doubtful.curated, statements.curated),
           coalesce(doubtful.doubt, statements.doubt),
           coalesce(doubtful.methods, statements.methods),
           coalesce(doubtful.first_stated, statements.first_stated),
           coalesce(doubtful.last_stated, statements.last_stated),
           candidates
    FROM statements LEFT JOIN doubtful ON doubtful.statement = statements.number
"""


def entities(connection: Connection) -> Iterator[Entity]:
    """Give all entities, sorted by id."""
    rows = connection.rows(
        f"""
        SELECT entities.id, type, name FROM entities
        JOIN spellings ON spellings.entity = entities.number
        ORDER BY entities.id, {_BEST_NAME}
        """
    )
    for (id, type), group in groupby(rows, key=lambda row: (row[0], row[1])):
        names = [row[2] for row in group]
        yield Entity.of(id, EntityType(type), names[0], names)


def entity(connection: Connection, id: str) -> Entity | None:
    """Give the entity of that id."""
    rows = list(
        connection.rows(
            f"""
            SELECT type, name FROM entities
            JOIN spellings ON spellings.entity = entities.number
            WHERE entities.id = ? ORDER BY {_BEST_NAME}
            """,
            (id,),
        )
    )
    if not rows:
        return None
    return Entity.of(id, EntityType(rows[0][0]), rows[0][1], [row[1] for row in rows])


def statements(
    connection: Connection,
    subject: str | None,
    predicate: str | None,
    object: str | Value | None,
    candidates: bool,
) -> Iterator[Statement]:
    """Give statements, sorted by subject, predicate, object key; with candidates or without."""
    facts = "" if candidates else "statements.claims > 0"
    where, parameters = _where(subject, predicate, object, facts)
    rows = connection.rows(
        f"""
        {_WITH_CANDIDATES if candidates else _STATEMENT}
        {where} ORDER BY subject, predicate, object
        """,
        parameters,
    )
    for row in rows:
        yield statement_of(row)


def claims(
    connection: Connection,
    subject: str | None,
    predicate: str | None,
    object: str | Value | None,
    candidates: bool,
) -> Iterator[Claim]:
    """Give claims, sorted by id; with candidates or without."""
    where, parameters = _where(subject, predicate, object, "" if candidates else FACT)
    for row in connection.rows(f"{CLAIM} {where} ORDER BY claims.id", parameters):
        yield claim_of(row)


def first_claim(connection: Connection, quote: int, candidates: bool) -> Claim:
    """Give the claim with the least id among those that rest on a quote."""
    facts = "" if candidates else f"AND {FACT}"
    sql = f"{CLAIM} WHERE claims.quote = ? {facts} ORDER BY claims.id LIMIT 1"
    return next(claim_of(row) for row in connection.rows(sql, (quote,)))


def documents(connection: Connection) -> Iterator[Document]:
    """Give all documents, sorted by id."""
    for row in connection.rows(f"SELECT {DOCUMENT} FROM documents WHERE current ORDER BY id"):
        yield document_of(row)


def document(connection: Connection, id: str) -> Document | None:
    """Give the document of that id."""
    row = connection.row(f"SELECT {DOCUMENT} FROM documents WHERE id = ? AND current", (id,))
    return None if row is None else document_of(row)


def document_of(row: Sequence[Any]) -> Document:
    """Make a document of the columns `DOCUMENT`."""
    id, text, lang, title, url, published, retrieved, kind = row
    return Document(id, text, lang, title, url, published, retrieved, DocumentKind(kind))


@lru_cache(maxsize=1000)
def qualifiers_of_text(text: str) -> Qualifiers:
    """Read qualifiers from their column.

    Examples
    --------
    >>> qualifiers_of_text(text_of_qualifiers((("method", "finetune"),)))
    (('method', 'finetune'),)
    """
    return tuple((key, value) for key, value in json.loads(text))


@lru_cache(maxsize=1000)
def text_of_qualifiers(qualifiers: Qualifiers) -> str:
    """Write qualifiers for their column."""
    return json.dumps(qualifiers, ensure_ascii=False)


def claim_of(row: Sequence[Any]) -> Claim:
    """Make a claim of the columns `CLAIM`."""
    return Claim(
        id=row[0],
        subject=row[1],
        predicate=row[2],
        object=object_of(row[3], row[4]),
        qualifiers=qualifiers_of_text(row[5]),
        evidence=Span(row[6], row[7], row[8], row[9]),
        extractor=row[10],
        confidence=row[11],
        kind=ClaimKind(row[12]),
    )


def _where(
    subject: str | None, predicate: str | None, object: str | Value | None, besides: str
) -> tuple[str, list[str]]:
    given = {
        "subject": subject,
        "predicate": predicate,
        "object": None if object is None else object_key(object),
    }
    conditions = {column: value for column, value in given.items() if value is not None}
    tests = [f"statements.{column} = ?" for column in conditions] + [besides] * bool(besides)
    return f"WHERE {' AND '.join(tests)}" if tests else "", list(conditions.values())
