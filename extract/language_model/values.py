"""Whether the words of a quote hold the value that somebody reads in them."""

import re

from ...ontology.terms import Attribute
from ..attributes.dates import find_dates
from ..attributes.quantities import context_length, find_sizes

__all__ = ["stands"]

_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_LISTED = re.compile(r"\s*(?:[、,，/~–—-]|和|与|及|至|到|and|or|to)\s*\d")
_LENGTH = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?\s?(?:k|m|万|million|thousand)?")
_DATE = re.compile(r"(\d{4})?-{0,2}(\d{2})?-?(\d{2})?")
_TOLERANCE = 0.05  # 32K is read as 32000 and as 32768


def stands(value: str, attribute: Attribute, quote: str, text: str, published: str | None) -> bool:
    """Tell whether a number, a size or a date stands in a quote, in any form.

    Parameters
    ----------
    value : str
        In the normal form of the ontology.
    attribute : Attribute
        Values that are a choice (``openness``) always stand: words do not spell them.
    quote : str
        The words that say it.
    text : str
        The whole text, which may hold the year of a date.
    published : str or None
        ISO date of the document, the day that "today" means.

    Examples
    --------
    >>> stands("7B", Attribute.PARAMETERS, "含70亿参数", "", None)
    True
    >>> stands("70B", Attribute.PARAMETERS, "含70亿参数", "", None)
    False
    >>> stands("2023-07-18", Attribute.RELEASE_DATE, "7月18日发布", "", "2023-09-01")
    True
    """
    if attribute is Attribute.PARAMETERS:
        return _is_size(value, quote)
    if attribute is Attribute.CONTEXT_LENGTH:
        return value.isdecimal() and _is_length(int(value), quote)
    if attribute is Attribute.RELEASE_DATE:
        return _is_date(value, quote, text, published)
    return True


def _is_size(value: str, quote: str) -> bool:
    lower = quote.lower()
    if any(_figure(size.value) == _figure(value) for size in find_sizes(lower)):
        return True
    # "7、13 and 70B": the sizes of a list may share their unit.
    spelled = re.escape(value.lstrip("~<>").rstrip("MBT").lower())
    return re.search(rf"(?<![\d.]){spelled}{_LISTED.pattern}", lower) is not None


def _figure(size: str) -> tuple[str, float]:
    """Give a size as a number, experts apart: 1.5T and 1500B are one."""
    times, _, number = size.lstrip("~<>").rpartition("x")
    unit = {"M": 1e6, "B": 1e9, "T": 1e12}.get(number[-1:], 1.0)
    found = _FIGURE.match(number)
    return times, float(found.group()) * unit if found else 0.0


def _is_length(value: int, quote: str) -> bool:
    lengths = (context_length(match.group()) for match in _LENGTH.finditer(quote.lower()))
    return any(length and abs(int(length) - value) <= _TOLERANCE * value for length in lengths)


def _is_date(value: str, quote: str, text: str, published: str | None) -> bool:
    match = _DATE.fullmatch(value)
    if match is None:
        return False
    year, month, day = (part or "" for part in match.groups())
    if not month:
        return re.search(rf"(?<!\d){year}(?!\d)", quote) is not None
    moments = find_dates(quote.lower())
    if not moments:  # "today", "we are happy to release"
        return (published or "").startswith(value)
    known = not year or (published or "").startswith(year) or year in text
    return known and any(
        moment.month == month and day in ("", moment.day) and moment.year in (year, "")
        for moment in moments
    )
