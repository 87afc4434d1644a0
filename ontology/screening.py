"""What may go into a graph and what is kept out, with the reason."""

from collections.abc import Iterable
from dataclasses import replace

from .claim import Claim, Entity, Extraction, Refusal, Value
from .document import Document
from .errors import InvariantError
from .schema import check_claim
from .terms import EntityType

__all__ = ["admitted", "screened"]


def admitted(
    document: Document,
    entities: Iterable[Entity],
    claims: Iterable[Claim],
    refused: Iterable[Refusal] = (),
) -> Extraction:
    """Make an extraction of what can stand in it; the rest is refused.

    Parameters
    ----------
    document : Document
    entities : iterable of Entity
    claims : iterable of Claim
        A claim whose quote is not in the text, or that names what is not listed, is refused.
    refused : iterable of Refusal
        What was refused before.

    Examples
    --------
    >>> from modelkin.ontology.document import Span
    >>> document = Document.of("阿里云开源了Qwen-7B。", lang="zh")
    >>> entities = [Entity("model/qwen-7b", EntityType.MODEL, "Qwen-7B")]
    >>> span = Span(document.id, 0, 3, "百度云")
    >>> claim = Claim.of("model/qwen-7b", "openness", Value("open"), span,
    ...                  extractor="rule@1", confidence=0.9)
    >>> extraction = admitted(document, entities, [claim])
    >>> extraction.claims, extraction.refused[0].extractor
    ((), 'rule@1')
    """
    entities, claims, refused = list(entities), list(claims), list(refused)
    try:
        extraction = Extraction.of(document, entities, claims)
    except InvariantError:
        kept = []
        for claim in claims:
            try:
                Extraction.of(document, entities, [claim])
            except InvariantError as error:
                refused.append(Refusal.of(claim, error.message))
            else:
                kept.append(claim)
        extraction = Extraction.of(document, entities, kept)
    return replace(extraction, refused=tuple(sorted(refused))) if refused else extraction


def screened(extraction: Extraction) -> Extraction:
    """Give an extraction without the claims that the ontology does not allow.

    Where all is well it is the same one; what is taken out is among its `refused`.

    Examples
    --------
    >>> document = Document.of("Meta made Llama 2.", lang="en")
    >>> entities = [Entity("model/llama-2", EntityType.MODEL, "Llama 2")]
    >>> claim = Claim.of("model/llama-2", "openness", Value("ajar"), document.span(0, 18),
    ...                  extractor="rule@1", confidence=0.9)
    >>> extraction = screened(Extraction.of(document, entities, [claim]))
    >>> extraction.claims, [refusal.reason for refusal in extraction.refused]
    ((), ["openness cannot be 'ajar'"])
    """
    types = {entity.id: entity.type for entity in extraction.entities}
    refused = [
        Refusal.of(claim, reason)
        for claim in extraction.claims
        if (reason := _against(claim, types)) is not None
    ]
    if not refused:
        return extraction
    out = {refusal.claim for refusal in refused}
    return replace(
        extraction,
        claims=tuple(claim for claim in extraction.claims if claim.id not in out),
        refused=tuple(sorted((*extraction.refused, *refused))),
    )


def _against(claim: Claim, types: dict[str, EntityType]) -> str | None:
    """Give why the ontology does not allow a claim, None where it does."""
    object = None if isinstance(claim.object, Value) else types.get(claim.object)
    try:
        check_claim(claim, types[claim.subject], object)
    except InvariantError as error:
        return error.message
    return None
