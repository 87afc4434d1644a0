"""Extractions as plain records, in the shape of annotated corpora."""

from typing import Any

from ..ontology.claim import Claim, ClaimKind, Entity, Extraction, Value

__all__ = ["gold_shape"]

_LONGEST_QUOTE = 120


def gold_shape(extraction: Extraction, id: str, *, candidates: bool = False) -> dict[str, Any]:
    """Give an extraction as one JSON object.

    Parameters
    ----------
    extraction : Extraction
    id : str
        What the record calls the document.
    candidates : bool
        Whether candidates are given beside the facts. Each relation and attribute then says in
        ``kind`` which it is.

    Returns
    -------
    dict
        ``id``, ``lang``, ``entities`` (``id``, ``type``, ``name``, ``names``), ``relations``
        (``subject``, ``predicate``, ``object``, ``evidence``, ``start``, ``end``,
        ``qualifiers``, ``confidence``, ``rule``) and ``attributes`` (with ``attribute`` and
        ``value``). ``evidence`` is the text between ``start`` and ``end``, where possible no
        longer than 120 characters.

    Examples
    --------
    >>> from modelkin.ontology.document import Document
    >>> document = Document.of("Meta released Llama 2.", lang="en")
    >>> gold_shape(Extraction.of(document, [], []), "news")
    {'id': 'news', 'lang': 'en', 'entities': [], 'relations': [], 'attributes': []}
    """
    by_id = {entity.id: entity for entity in extraction.entities}
    relations: list[dict[str, Any]] = []
    attributes: list[dict[str, Any]] = []
    for claim in sorted(extraction.claims, key=lambda c: (c.evidence.start, c.evidence.end, c.id)):
        if claim.kind is ClaimKind.CANDIDATE and not candidates:
            continue
        record: dict[str, Any] = {"subject": claim.subject}
        if isinstance(claim.object, Value):
            record |= {"attribute": claim.predicate, "value": claim.object.lexical}
            attributes.append(record)
        else:
            record |= {"predicate": claim.predicate, "object": claim.object}
            relations.append(record)
        start, end = _short_evidence(claim, by_id)
        record |= {
            "evidence": extraction.document.text[start:end],
            "start": start,
            "end": end,
            "qualifiers": dict(claim.qualifiers),
            "confidence": claim.confidence,
            "rule": claim.extractor,
        }
        if candidates:
            record["kind"] = claim.kind.value
    return {
        "id": id,
        "lang": extraction.document.lang,
        "entities": [
            {
                "id": entity.id,
                "type": entity.type.value,
                "name": entity.name,
                "names": list(entity.names),
            }
            for entity in extraction.entities
        ],
        "relations": relations,
        "attributes": attributes,
    }


def _short_evidence(claim: Claim, entities: dict[str, Entity]) -> tuple[int, int]:
    """Cut long evidence to a window that still names both ends, if there is one."""
    quote, start, end = claim.evidence.quote, claim.evidence.start, claim.evidence.end
    if len(quote) <= _LONGEST_QUOTE:
        return start, end
    ends = [claim.subject]
    ends.append(claim.object.lexical if isinstance(claim.object, Value) else claim.object)
    places = [_places(quote, entities[e].names if e in entities else (e,)) for e in ends]
    windows = [
        (min(a[0], b[0]), max(a[1], b[1]))
        for a in places[0] or places[1]
        for b in places[1] or places[0]
    ]
    first, last = min(windows, key=lambda w: (w[1] - w[0], w), default=(0, _LONGEST_QUOTE))
    if last - first > _LONGEST_QUOTE:
        last = first + _LONGEST_QUOTE
    room = _LONGEST_QUOTE - (last - first)
    first = max(0, first - room // 2)
    last = min(len(quote), first + _LONGEST_QUOTE)
    piece = quote[first:last]
    first += len(piece) - len(piece.lstrip())
    return start + first, start + first + len(piece.strip())


def _places(quote: str, names: tuple[str, ...]) -> list[tuple[int, int]]:
    places: list[tuple[int, int]] = []
    for name in names:
        at = quote.find(name)
        while at >= 0 and len(places) < 20:
            places.append((at, at + len(name)))
            at = quote.find(name, at + len(name))
    return places
