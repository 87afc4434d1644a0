"""What a document said when it was read, kept where the graph holds something else."""

# SQL is put together from constants alone; what users give is always a parameter.
# ruff: noqa: S608

from collections import defaultdict

from ...ontology.claim import Entity, Extraction
from ...ontology.document import Document
from ...ontology.identifiers import entity_type
from .connection import Connection
from .encoding import decoded, encoded
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
    return decoded(row[0], _document(connection, number))


def keep(connection: Connection, number: int, extraction: Extraction) -> None:
    """Keep what a document says as it was read."""
    connection.run(
        "INSERT OR REPLACE INTO originals (document, content) VALUES (?, ?)",
        (number, encoded(extraction)),
    )


def forget(connection: Connection, number: int) -> None:
    """Keep nothing besides the graph: the graph holds what was read, or the document goes."""
    connection.run("DELETE FROM originals WHERE document = ?", (number,))


def _document(connection: Connection, number: int) -> Document:
    row = connection.row(f"SELECT {DOCUMENT} FROM documents WHERE number = ?", (number,))
    assert row is not None
    return document_of(row)
