"""The core types as plain data, the one shape that JSON and lines of JSON carry."""

from ..ontology.claim import Claim, Entity, Statement, Value
from ..ontology.document import Document

__all__ = [
    "Record",
    "claim_record",
    "document_record",
    "entity_record",
    "object_record",
    "statement_record",
]

Record = dict[str, object]
"""Strings, numbers, booleans, None, and lists and dicts of those; keys in one fixed order."""


def object_record(object: str | Value) -> str | Record:
    """Give the object of a claim: the id of an entity, or a value with its datatype.

    Examples
    --------
    >>> object_record("model/llama-2"), object_record(Value("7B"))
    ('model/llama-2', {'value': '7B', 'datatype': 'string'})
    """
    if isinstance(object, Value):
        return {"value": object.lexical, "datatype": object.datatype}
    return object


def entity_record(entity: Entity) -> Record:
    """Give an entity with all its names.

    Examples
    --------
    >>> from modelkin.ontology.terms import EntityType
    >>> entity_record(Entity("model/llama-2", EntityType.MODEL, "Llama 2", ("Llama2",)))
    {'id': 'model/llama-2', 'type': 'Model', 'name': 'Llama 2', 'aliases': ['Llama2']}
    """
    return {
        "id": entity.id,
        "type": entity.type.value,
        "name": entity.name,
        "aliases": list(entity.aliases),
    }


def document_record(document: Document, *, text: bool = True) -> Record:
    """Give a document, with its text or without; when it was read is never part of it.

    Examples
    --------
    >>> document = Document.of("Meta released Llama 2.", lang="en", title="news")
    >>> list(document_record(document, text=False))
    ['id', 'lang', 'title', 'url', 'published', 'kind']
    """
    record: Record = {
        "id": document.id,
        "lang": document.lang,
        "title": document.title,
        "url": document.url,
        "published": document.published,
        "kind": document.kind.value,
    }
    if text:
        record["text"] = document.text
    return record


def claim_record(claim: Claim) -> Record:
    """Give a claim with its quote and where that stands.

    Examples
    --------
    >>> document = Document.of("Meta released Llama 2.", lang="en")
    >>> span = document.span(0, 22)
    >>> claim = Claim.of("model/llama-2", "developedBy", "organization/meta", span,
    ...                  extractor="rule@1", confidence=0.9)
    >>> claim_record(claim)["quote"]
    'Meta released Llama 2.'
    """
    return {
        "id": claim.id,
        "subject": claim.subject,
        "predicate": claim.predicate,
        "object": object_record(claim.object),
        "qualifiers": dict(claim.qualifiers),
        "document": claim.evidence.document,
        "start": claim.evidence.start,
        "end": claim.evidence.end,
        "quote": claim.evidence.quote,
        "extractor": claim.extractor,
        "confidence": claim.confidence,
        "kind": claim.kind.value,
    }


def statement_record(statement: Statement) -> Record:
    """Give a statement: what its claims add up to; ``candidates`` only where there are some.

    Examples
    --------
    >>> record = statement_record(Statement("model/a", "derivedFrom", "model/b", ("merge",)))
    >>> record["methods"], record["claims"]
    (['merge'], 1)
    """
    record: Record = {
        "subject": statement.subject,
        "predicate": statement.predicate,
        "object": object_record(statement.object),
        "methods": list(statement.methods),
        "confidence": statement.confidence,
        "claims": statement.claims,
        "curated": statement.curated,
        "first_stated": statement.first_stated,
        "last_stated": statement.last_stated,
    }
    if statement.candidates:
        record["candidates"] = statement.candidates
    return record
