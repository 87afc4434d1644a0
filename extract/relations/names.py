"""Sizes and editions of a family, read off the names."""

import re
from collections.abc import Iterator

from ...ontology.terms import EntityType, Method, Predicate
from ..discourse import Reading
from .draft import Draft

__all__ = ["read_names"]


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
            if _QUANTIZED.search("".join(rest)):
                qualifiers = (("method", str(Method.QUANTIZATION)),)
                yield Draft(
                    entity,
                    Predicate.DERIVED_FROM,
                    parent,
                    start,
                    end,
                    "derived.name-quantized",
                    qualifiers,
                )
            elif "lora" in rest:
                qualifiers = (("method", str(Method.ADAPTER)),)
                yield Draft(
                    entity,
                    Predicate.DERIVED_FROM,
                    parent,
                    start,
                    end,
                    "derived.name-adapter",
                    qualifiers,
                )
            else:
                yield Draft(
                    entity, Predicate.VARIANT_OF, parent, start, end, "variant." + _kind(rest)
                )


def _kind(rest: tuple[str, ...]) -> str:
    if rest and rest[0][-1] in "bm" and rest[0][0].isdigit():
        return "name-size"
    if rest and rest[0][0].isdigit():
        return "name-generation" if len(rest) == 1 else "name-generation-edition"
    if rest and rest[0] in ("v", "version"):
        return "name-version"
    return "name-edition"
