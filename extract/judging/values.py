"""What may be the value of an attribute: sizes, dates, lengths, and words of openness and use."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ...ontology.terms import Attribute
from ..attributes.dates import document_year, find_dates
from ..attributes.openness import CUES
from ..attributes.quantities import context_length, find_sizes
from ..discourse import Reading

__all__ = ["ValueSpot", "find_values"]

_CONTEXT_WORDS = re.compile(
    r"context|上下文|窗口|长度|tokens?\b|sequence|length|长文本|\bctx", re.IGNORECASE
)
_LENGTH = re.compile(
    r"(?<![A-Za-z0-9_.,$¥-])(?:\d+(?:\.\d+)?\s?(?:k|m|万|million)(?![a-z\d])"
    r"|\d{1,3}(?:,\d{3})+(?!\d)|(?:1024|2048|4096|8192|16384|32768|65536|131072|262144|1048576)(?!\d))"
)
_OPEN = re.compile(
    r"开源|开放(?=了?权重)|open[- ]?sourc(?:e|ed|ing)\b|\bopen[- ]weights?\b|\bopen\b"
)
_CLOSED = re.compile(r"闭源|closed[- ]?source|proprietary|专有")
_COMMERCIAL = re.compile(r"(?:可|免费)?商用|商业用途|commercial(?:ly)?\b")
_NOT_SIZES = re.compile(r"\s?(?:个)?\s?(?:tokens?\b|美元|元\b|dollars|人民币)")


@dataclass(frozen=True, slots=True)
class ValueSpot:
    """A place that may give the value of an attribute.

    Parameters
    ----------
    start, end : int
        Offsets into the text.
    attribute : Attribute
    value : str
        In its normal form.
    """

    start: int
    end: int
    attribute: Attribute
    value: str


def find_values(reading: Reading) -> list[ValueSpot]:
    """Give the places of a text that may give a value, in order, never overlapping.

    Whose value each is, and whether it is one at all, is for the judge to say.

    Parameters
    ----------
    reading : Reading
    """
    text = _lower(reading.text)
    covered = bytearray(len(text))
    for start, end in reading.analysis.structure.hidden:
        covered[start:end] = b"\1" * (end - start)
    for mention in reading.mentions:
        covered[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
    found: list[ValueSpot] = []
    for spot in _candidates(reading, text):
        if spot.end > spot.start and not any(covered[spot.start : spot.end]):
            covered[spot.start : spot.end] = b"\1" * (spot.end - spot.start)
            found.append(spot)
    return sorted(found, key=lambda spot: spot.start)


def _lower(text: str) -> str:
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _candidates(reading: Reading, text: str) -> Iterator[ValueSpot]:
    year = document_year(reading)
    for moment in find_dates(text):
        yield ValueSpot(moment.start, moment.end, Attribute.RELEASE_DATE, moment.iso(year))
    for block in reading.blocks:
        if _CONTEXT_WORDS.search(text, block.start, block.end):
            for match in _LENGTH.finditer(text, block.start, block.end):
                value = context_length(match.group())
                if value:
                    yield ValueSpot(*match.span(), Attribute.CONTEXT_LENGTH, value)
    for quantity in find_sizes(text):
        if not _NOT_SIZES.match(text, quantity.end):
            yield ValueSpot(quantity.start, quantity.end, Attribute.PARAMETERS, quantity.value)
    for cue in CUES:
        for match in cue.pattern.finditer(text):
            if match.end() - match.start() <= 80:
                yield ValueSpot(*match.span(), cue.attribute, cue.value)
    for pattern, attribute, value in (
        (_CLOSED, Attribute.OPENNESS, "closed"),
        (_OPEN, Attribute.OPENNESS, "open"),
        (_COMMERCIAL, Attribute.COMMERCIAL_USE, "yes"),
    ):
        for match in pattern.finditer(text):
            yield ValueSpot(*match.span(), attribute, value)
