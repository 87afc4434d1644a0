"""Dates as people write them, in ISO form and no more precise than they were."""

import datetime
import re

__all__ = ["MONTH", "as_iso_date", "is_iso_date"]

MONTH = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
"""A regular expression of the names of months, in lower case."""

_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_NUMERIC = re.compile(
    r"(?<!\d)(\d{4})(?:\s*[-/.年]\s*(\d{1,2})(?!\d)(?:\s*[-/.月]\s*(\d{1,2})(?!\d))?)?(?!\d)"
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MONTH_FIRST = re.compile(
    r"\b([A-Z][a-z]{2,8})\.?\s+(?:(\d{1,2})(?:st|nd|rd|th)?\s*,?\s+)?(\d{4})\b"
)
_DAY_FIRST = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?\s+([A-Z][a-z]{2,8})\.?,?\s+(\d{4})\b")
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_LONGEST = 100


def is_iso_date(text: str) -> bool:
    """Tell whether the text is a date of the form YYYY, YYYY-MM or YYYY-MM-DD.

    Examples
    --------
    >>> [is_iso_date(text) for text in ("2023", "2023-10", "2023-10-07", "2023-13", "7.10.2023")]
    [True, True, True, False, False]
    """
    found = _ISO.fullmatch(text)
    return found is not None and text.isascii() and _assemble(*found.groups()) == text


def as_iso_date(text: str) -> str | None:
    """Read a date as Chinese and English pages write it; None when it is no date.

    Examples
    --------
    >>> as_iso_date("2023-10-07 13:55"), as_iso_date("2023年10月7日"), as_iso_date("Mar 2023")
    ('2023-10-07', '2023-10-07', '2023-03')
    >>> as_iso_date("March 30, 2023"), as_iso_date("30 March 2023"), as_iso_date("soon")
    ('2023-03-30', '2023-03-30', None)
    """
    text = text.strip()[:_LONGEST]
    if found := _COMPACT.fullmatch(text):
        return _assemble(*found.groups())
    if found := _DAY_FIRST.search(text):
        day, month, year = found.groups()
        return _assemble(year, _month(month), day)
    if found := _MONTH_FIRST.search(text):
        month, day, year = found.groups()
        return _assemble(year, _month(month), day)
    if found := _NUMERIC.match(text):
        return _assemble(*found.groups())
    return None


def _month(name: str) -> str:
    return str(_MONTHS.get(name[:3].lower(), 0))


def _assemble(year: str, month: str | None, day: str | None) -> str | None:
    try:
        date = datetime.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    form = "%m-%d" if day else "%m" if month else ""
    return f"{date.year:04d}-{date.strftime(form)}" if form else f"{date.year:04d}"
