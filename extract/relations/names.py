"""Sizes and editions of a family, read off the names."""

import re
from collections.abc import Iterator

from ...ontology.terms import EntityType, Method, Predicate
from ..discourse import Passage, Reading
from ..discourse.names import fold
from .draft import Draft

__all__ = ["read_generations", "read_name_parts", "read_names"]


_INSIDE = (
    (EntityType.DOMAIN, Predicate.APPLIES_TO),
    (EntityType.ORGANIZATION, Predicate.DEVELOPED_BY),
)
_QUANTIZED = re.compile(
    r"int[348]|fp8|nf4|awq|gptq|gguf|ggml|exl2|mlx|[348]bits?|quantized|bnb|w[48]a\d+"
)


def read_names(reading: Reading) -> Iterator[Draft]:
    """Give each model whose name continues another's as its variant, or as its quantisation."""
    first: dict[str, tuple[int, int]] = {}
    for mention in reading.mentions:
        first.setdefault(mention.entity, (mention.start, mention.end))
    for entity, (start, end) in first.items():
        if reading.types[entity] is not EntityType.MODEL:
            continue
        for parent in reading.family.parents(entity):
            rest = reading.family.remainder(entity, parent)
            made = _making(reading, rest)
            if made is None:
                rule = "variant." + _kind(rest)
                yield Draft(entity, Predicate.VARIANT_OF, parent, start, end, rule)
            else:
                rule, method = made
                yield Draft(
                    entity,
                    Predicate.DERIVED_FROM,
                    parent,
                    start,
                    end,
                    rule,
                    (("method", method.value),),
                )


def read_name_parts(reading: Reading) -> Iterator[Draft]:
    """Give the domains and the makers that the names of models hold, where both are named."""
    for mention in reading.mentions:
        if mention.type not in (EntityType.MODEL, EntityType.PRODUCT):
            continue
        name = reading.text[mention.start : mention.end].casefold()
        for kind, predicate in _INSIDE:
            for entity, surface in reading.folded(kind):
                if kind is EntityType.ORGANIZATION:
                    held = re.match(re.escape(surface) + r"(?![a-z])", name)
                else:
                    held = re.search(rf"(?<![a-z]){re.escape(surface)}(?![a-z])", name)
                if held and len(surface) < len(name):
                    yield Draft(
                        mention.entity,
                        predicate,
                        entity,
                        mention.start,
                        mention.end,
                        f"{predicate}.name",
                    )


def read_generations(passage: Passage) -> Iterator[Draft]:
    """Give the second of "both generations of X" as the successor of the first."""
    for group in passage.view.groups.values():
        for slot in group.slots:
            if slot.named and len(slot.entities) == 2:
                older, newer = slot.entities
                yield Draft(
                    newer,
                    Predicate.SUCCEEDS,
                    older,
                    max(passage.start, slot.start - 8),
                    slot.end,
                    "succeeds.generations",
                    (),
                    passage.index,
                )


def _making(reading: Reading, rest: tuple[str, ...]) -> tuple[str, Method] | None:
    """Give the rule and the method of a derivation that the rest of a name tells, if it does."""
    if _domain(reading, rest) is not None:
        return "derived.name-domain", Method.UNSPECIFIED
    if _QUANTIZED.search("".join(rest)):
        return "derived.name-quantized", Method.QUANTIZATION
    if "lora" in rest:
        return "derived.name-adapter", Method.ADAPTER
    return None


def _domain(reading: Reading, rest: tuple[str, ...]) -> str | None:
    """Give the domain that the rest of a name is, as in "Llama2 医疗"."""
    words = fold("".join(rest))
    for entity, surface in reading.folded(EntityType.DOMAIN):
        if fold(surface) == words:
            return entity
    return None


def _is_large(part: str) -> bool:
    """Whether a number is too large for a generation: GLM-130."""
    return part.isdigit() and 30 <= int(part) < 1000


def _kind(rest: tuple[str, ...]) -> str:
    if rest and rest[0][0].isdigit() and (rest[0][-1] in "bm" or _is_large(rest[0])):
        return "name-size"
    if rest and rest[0][0].isdigit():
        return "name-generation" if len(rest) == 1 else "name-generation-edition"
    if rest and rest[0] in ("v", "version"):
        return "name-version"
    return "name-edition"
