"""The keys of YAML front matter."""

import re
from collections.abc import Iterator

from ...ontology.terms import EntityType, Method, Predicate
from ..discourse import Reading
from ..structure import BlockKind
from .draft import Draft

__all__ = ["card_model", "read_front_matter"]

_KEYS = {
    "license": (Predicate.RELEASED_UNDER, EntityType.LICENSE),
    "license_name": (Predicate.RELEASED_UNDER, EntityType.LICENSE),
    "datasets": (Predicate.TRAINED_ON, EntityType.DATASET),
    "dataset": (Predicate.TRAINED_ON, EntityType.DATASET),
    "base_model": (Predicate.DERIVED_FROM, EntityType.MODEL),
    "pipeline_tag": (Predicate.APPLIES_TO, EntityType.DOMAIN),
}
_RELATIONS = {
    "finetune": Method.FINETUNE,
    "quantized": Method.QUANTIZATION,
    "adapter": Method.ADAPTER,
    "merge": Method.MERGE,
}


def card_model(reading: Reading, exclude: frozenset[str] = frozenset()) -> str | None:
    """Give the model that a model card is about."""
    for entity in reading.topics.document(EntityType.MODEL):
        if entity not in exclude:
            return entity
    body = [
        m.entity
        for m in reading.mentions
        if m.type is EntityType.MODEL and not _in_front_matter(reading, m.start)
    ]
    for entity in body:
        if entity not in exclude:
            return entity
    return None


def _in_front_matter(reading: Reading, offset: int) -> bool:
    for block in reading.blocks:
        if block.kind is not BlockKind.FRONT_MATTER:
            return False
        if block.start <= offset < block.end:
            return True
    return False


def read_front_matter(reading: Reading) -> Iterator[Draft]:
    """Give what the front matter states of the card's model."""
    blocks = [block for block in reading.blocks if block.kind is BlockKind.FRONT_MATTER]
    keys = {block.key.lower(): block for block in blocks}
    bases: frozenset[str] = frozenset()
    if "base_model" in keys:
        base = keys["base_model"]
        bases = frozenset(m.entity for m in reading.mentions_between(base.start, base.end))
    subject = card_model(reading, bases)
    if subject is None:
        return
    stated = keys.get("base_model_relation")
    words = reading.text[stated.start : stated.end].lower() if stated else ""
    method = next((m for word, m in _RELATIONS.items() if re.search(word, words)), None)
    for block in blocks:
        if block.key.lower() not in _KEYS:
            continue
        predicate, kind = _KEYS[block.key.lower()]
        for mention in reading.mentions_between(block.start, block.end):
            if mention.type is not kind or mention.entity == subject:
                continue
            qualifiers: tuple[tuple[str, str], ...] = ()
            if predicate is Predicate.DERIVED_FROM:
                qualifiers = (("method", str(method or Method.UNSPECIFIED)),)
            yield Draft(
                subject,
                predicate,
                mention.entity,
                block.start,
                block.end,
                f"card.{block.key.lower()}",
                qualifiers,
                -1,
            )
