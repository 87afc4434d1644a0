"""What a document said when it was read, kept where the graph holds something else."""

# SQL is put together from constants alone; what users give is always a parameter.
# ruff: noqa: S608

import json
import zlib
from collections import defaultdict

from ...ontology.claim import Claim, ClaimKind, Entity, Extraction, Value
from ...ontology.document import Document
from ...ontology.identifiers import entity_type
from .connection import Connection
from .reading import CLAIM, DOCUMENT, claim_of, document_of

__all__ = ["forget", "keep", "original", "said"]


def said(connection: Connection, number: int) -> Extraction:
    """Give what the graph holds of a document: of what it was found to speak."""
    document = _document(connection, number)
    names: dict[str, list[tuple[bool, str]]] = defaultdict(list)
    rows = connection.rows(
        """
        SELECT entities.id, spellings.name, uses.shown
        FROM uses
        JOIN spellings ON spellings.number = uses.spelling
        JOIN entities ON entities.number = spellings.entity
        WHERE uses.document = ?
        """,
        (number,),
    )
    for id, name, shown in rows:
        names[id].append((not shown, name))
    entities = []
    for id, spelled in names.items():
        ordered = [name for _, name in sorted(spelled)]
        entities.append(Entity.of(id, entity_type(id), ordered[0], ordered))
    claims = connection.rows(f"{CLAIM} WHERE quotes.document = ?", (number,))
    return Extraction.of(document, entities, (claim_of(row) for row in claims))


def original(connection: Connection, number: int) -> Extraction:
    """Give what a document says as it was read."""
    row = connection.row("SELECT content FROM originals WHERE document = ?", (number,))
    if row is None:
        return said(connection, number)
    return _decoded(row[0], _document(connection, number))


def keep(connection: Connection, number: int, extraction: Extraction) -> None:
    """Keep what a document says as it was read."""
    connection.run(
        "INSERT OR REPLACE INTO originals (document, content) VALUES (?, ?)",
        (number, _encoded(extraction)),
    )


def forget(connection: Connection, number: int) -> None:
    """Keep nothing besides the graph: the graph holds what was read, or the document goes."""
    connection.run("DELETE FROM originals WHERE document = ?", (number,))


def _document(connection: Connection, number: int) -> Document:
    row = connection.row(f"SELECT {DOCUMENT} FROM documents WHERE number = ?", (number,))
    assert row is not None
    return document_of(row)


def _encoded(extraction: Extraction) -> bytes:
    content = {
        "entities": [[e.id, e.name, *e.aliases] for e in extraction.entities],
        "claims": [
            [
                claim.subject,
                claim.predicate,
                [claim.object.lexical, claim.object.datatype]
                if isinstance(claim.object, Value)
                else claim.object,
                claim.qualifiers,
                claim.evidence.start,
                claim.evidence.end,
                claim.extractor,
                claim.confidence,
                claim.kind.value,
            ]
            for claim in extraction.claims
        ],
    }
    return zlib.compress(json.dumps(content, ensure_ascii=False).encode())


def _decoded(content: bytes, document: Document) -> Extraction:
    record = json.loads(zlib.decompress(content))
    entities = [
        Entity.of(id, entity_type(id), name, aliases) for id, name, *aliases in record["entities"]
    ]
    claims = [
        Claim.of(
            subject,
            predicate,
            object if isinstance(object, str) else Value(*object),
            document.span(start, end),
            qualifiers=dict(qualifiers),
            extractor=extractor,
            confidence=confidence,
            kind=ClaimKind(kind),
        )
        for subject, predicate, object, qualifiers, start, end, extractor, confidence, kind in (
            record["claims"]
        )
    ]
    return Extraction.of(document, entities, claims)
