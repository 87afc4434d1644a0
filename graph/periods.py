"""Dates as precise as they are known, and the time that each of them covers."""

import re
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple, Self

from ..ontology.terms import Qualifier
from .errors import DateError

__all__ = ["ALWAYS", "UNTIL", "VALID_FROM", "Period", "checked_period", "period_of", "validity"]

VALID_FROM = Qualifier.VALID_FROM.value
"""The qualifier that says from when on a claim holds."""
UNTIL = Qualifier.VALID_UNTIL.value
"""The qualifier that says up to when it holds."""

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_BEGINNING, _END = "", "~"
_ANY_MONTH, _ANY_DAY = 1, 1


class Period(NamedTuple):
    """A stretch of time, both ends included.

    Texts compare as the days do; no day comes before an empty text, and none after ``~``.

    Parameters
    ----------
    first, last : str
        ISO days; a month's last day is its 31st, whichever month it is.
    """

    first: str
    last: str

    def meets(self, other: Self) -> bool:
        """Tell whether a day belongs to both.

        Examples
        --------
        >>> period_of("2023-10").meets(period_of("2023")), period_of("2023").meets(ALWAYS)
        (True, True)
        """
        return self.first <= other.last and other.first <= self.last


ALWAYS = Period(_BEGINNING, _END)
"""All time."""


def period_of(text: str | None) -> Period | None:
    """Give the days that a date may mean; None for what is no date, or one without its year.

    Examples
    --------
    >>> period_of("2023-10"), period_of("2023-10-07").first, period_of("--07-18")
    (Period(first='2023-10-01', last='2023-10-31'), '2023-10-07', None)
    """
    match = _DATE.fullmatch(text) if text is not None else None
    if text is None or match is None:
        return None
    year, month, day = match.groups()
    try:
        date(int(year), int(month or _ANY_MONTH), int(day or _ANY_DAY))
    except ValueError:
        return None
    return Period(f"{year}-{month or '01'}-{day or '01'}", f"{year}-{month or '12'}-{day or '31'}")


def checked_period(text: str) -> Period:
    """Give the days of a date that a person typed.

    Raises
    ------
    DateError
        When it is no date.

    Examples
    --------
    >>> checked_period("2023").last
    '2023-12-31'
    """
    period = period_of(text)
    if period is None:
        raise DateError(f"{text!r} is no date", hint="write 2023, 2023-10 or 2023-10-07")
    return period


def validity(qualifiers: Mapping[str, str]) -> Period:
    """Give the time in which a claim with these qualifiers holds.

    An end that is not given, or is no date, is open.

    Examples
    --------
    >>> validity({"validFrom": "2023-09"})
    Period(first='2023-09-01', last='~')
    """
    first, last = period_of(qualifiers.get(VALID_FROM)), period_of(qualifiers.get(UNTIL))
    return Period(first.first if first else _BEGINNING, last.last if last else _END)
