"""How long the contexts of models are."""

import re
from collections.abc import Iterator

from ...ontology.terms import Attribute, EntityType
from ..discourse import Passage, Reading
from ..relations.facts import is_fact
from ..structure import BlockKind
from .draft import Draft
from .owner import clause, preceding, topic
from .quantities import context_length

__all__ = ["read_context_lengths"]

_LENGTH = r"(?P<length>\d+(?:,\d{3})*(?:\.\d+)?\s?(?:k|m|万|million|thousand)?)(?![a-z\d.%])"
_NOUN = (
    "(?:上下文|context|窗口|序列长度|文本长度|sequence length|"
    "seq(?:uence)?[ _]?len(?:gth)?|文本窗口|token window)"
)
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        (
            rf"(?<!\d){_LENGTH}\s?(?:个)?[- ]?(?:token|tokens|词元)?(?:的|级|长度的?|超长|"
            rf"长)?[- ]?(?:\w+[- ]){{0,2}}?{_NOUN}"
        ),
        (
            rf"{_NOUN}(?:窗口|长度|window|length|size)*[^。;!?\d\ue000-\ue00f]{{0,28}}?(?:\d+"
            rf"(?:\.\d+)?k?\s?(?:扩展|提升|扩大|增加|to|到|from)[^\d]{{0,8}})?{_LENGTH}"
        ),
    )
)
_FROM = re.compile(r"(?:由|从|from)[^,。;]{0,10}$")
_NOT = re.compile(
    r"^\s?(?:倍|篇|张|页|个(?!token)|times|x\b|billion|b\b|gb|fold|percent|layers|岁|年|月)"
)


def read_context_lengths(reading: Reading, passage: Passage) -> Iterator[Draft]:
    """Give the context lengths that one passage of prose states."""
    if passage.block.kind in (BlockKind.TABLE_ROW, BlockKind.TABLE_HEADER):
        return
    view = passage.view
    seen: set[int] = set()
    for pattern in _PATTERNS:
        for found in pattern.finditer(view.text):
            at = found.start("length")
            if at in seen or _NOT.match(view.text[found.end("length") :]):
                continue
            value = context_length(found["length"])
            if value is None or not is_fact(view.text, found.start(), found.end()):
                continue
            if _FROM.search(view.text[max(0, at - 14) : at]) and re.match(
                r"[^,。;]{0,12}(?:到|至|to\b)", view.text[found.end("length") :]
            ):
                continue
            if value in ("2022", "2023", "2024", "2025", "2026"):
                continue
            seen.add(at)
            yield from _owned(reading, passage, at, value)


def _owned(reading: Reading, passage: Passage, at: int, value: str) -> Iterator[Draft]:
    view = passage.view
    begin, stop = clause(view.text, at)
    group = preceding(view, at, EntityType.MODEL, start=begin)
    place = "before"
    if group is None:
        group, place = preceding(view, at, EntityType.MODEL), "earlier"
    if group is None:
        later = [where for where in view.positions(EntityType.MODEL) if at < where < stop]
        if later:
            group, place = view.groups[later[0]], "behind"
    entities = group.entities if group else topic(reading, passage, EntityType.MODEL)
    place = place if group else "topic"
    low, high = view.starts[min(begin, len(view.starts) - 1)], view.ends[stop - 1]
    if group is not None:
        low, high = min(low, group.start), max(high, group.end)
    for entity in entities:
        if reading.types.get(entity) is EntityType.MODEL:
            yield Draft(entity, Attribute.CONTEXT_LENGTH, value, low, high, f"context.{place}")
