"""What a document says, as bytes."""

import json
import zlib

from ...ontology.claim import Claim, ClaimKind, Entity, Extraction, Value
from ...ontology.document import Document
from ...ontology.identifiers import entity_type

__all__ = ["decoded", "encoded"]


def encoded(extraction: Extraction) -> bytes:
    """Write entities and claims; the document is kept beside them.

    Examples
    --------
    >>> document = Document.of("Llama 2 is open.", lang="en")
    >>> decoded(encoded(Extraction.of(document, [], [])), document).claims
    ()
    """
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


def decoded(content: bytes, document: Document) -> Extraction:
    """Read what a document says: the inverse of `encoded`."""
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
