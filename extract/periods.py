"""Stretches of time as people write them: since when, until when, from when to when."""

import re
from dataclasses import dataclass
from enum import StrEnum

from ..ontology.schema import ends_first
from .dates import MONTH, as_iso_date

__all__ = ["Calendar", "Period", "PeriodKind", "find_periods", "hints_at_period"]

_YEAR = r"(?<![\d.])(?:19[89]\d|20[0-3]\d)"
_MONTH = r"(?:1[0-2]|0?[1-9])"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_NAMED = rf"(?:{MONTH})\b\.?"
_PART_ZH = (
    "(?:年?(?:初|底|末|中)|中旬|上旬|下旬|年?[上下]半年|年?[春夏秋冬][季天]?|年?第?[一二三四]季度)?"
)
_PART_EN = (
    r"(?:(?:early|late|mid|(?:the )?(?:start|end|beginning|middle) of|spring|summer|autumn|fall|"
    r"winter|q[1-4])[- ](?:of )?)?"
)
_NUMERIC = rf"{_YEAR}[-/.]{_MONTH}(?:[-/.]{_DAY})?(?![\d.]?\d)"
_ZH = (
    rf"(?:{_YEAR}年(?:{_MONTH}月(?:份|{_DAY}[日号])?)?"
    rf"|(?:今年|去年|前年|(?<![\d年.个])){_MONTH}月(?!\d)(?:份|{_DAY}[日号])?|[今去前]年){_PART_ZH}"
    rf"|{_NUMERIC}"
)
# A bare number is a year where no unit follows: "since 2000 tokens" is none.
_BARE = (
    rf"{_YEAR}(?![\d年]|[.,:]\d|[-/]\d|'s|%|"
    r"\s?(?:tokens?|words|gpus?|images|k|m|b|万|亿|个|名|种|人)\b)"
)
_EN = (
    rf"{_PART_EN}(?:{_NAMED},? (?:{_DAY}(?:st|nd|rd|th)?,? )?(?:of )?{_YEAR}\b"
    rf"|{_DAY}(?:st|nd|rd|th)? (?:of )?{_NAMED},? {_YEAR}\b|{_NUMERIC}|{_BARE}"
    rf"|(?!may){_NAMED}(?: {_DAY}(?:st|nd|rd|th)?)?(?!,? ?\d)|may {_DAY}\b)"
)
_ABOUT = "(?:about |around |at least |as early as |as late as )?"
_PRESENT = r"(?:(?:the )?present|now|date|today|至今)\b"
_NEGATED = re.compile(r"(?:\bnot|n't|\bnever)\b[^,;]{0,40}$")


class PeriodKind(StrEnum):
    """What words say about the time around a date."""

    SINCE = "since"
    UNTIL = "until"
    BOTH = "both"
    BEFORE = "before"
    """Something held before the date, or has to happen before it."""
    STILL = "still"
    """Something held on the date, and may go on."""
    NOT_UNTIL = "not-until"
    OPENED = "opened"
    """Since something was opened on the date."""
    DATE = "date"
    """A date alone."""


@dataclass(frozen=True, slots=True)
class Period:
    """Words that give a time.

    Parameters
    ----------
    start, end : int
        Positions in the text that was searched.
    kind : PeriodKind
    since, until : str or None
        ISO dates. A date alone is in both.
    """

    start: int
    end: int
    kind: PeriodKind
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Calendar:
    """What dates without a year are read by.

    Parameters
    ----------
    published : str or None
        ISO date of the document.
    stated : str or None
        The year that the text states last before the sentence.
    """

    published: str | None = None
    stated: str | None = None

    def year(self, month: int) -> str | None:
        """Give the year of a month; None where it is in doubt.

        Examples
        --------
        >>> Calendar("2023-11-02").year(9), Calendar("2023-11").year(12), Calendar().year(9)
        ('2023', None, None)
        >>> Calendar("2023-11", "2022").year(9), Calendar(stated="2022").year(9)
        (None, '2022')
        """
        if self.published is None:
            return self.stated
        later = len(self.published) >= 7 and month > int(self.published[5:7])
        if later or self.stated not in (None, self.published[:4]):
            return None
        return self.published[:4]


def _form(kind: PeriodKind, pattern: str) -> tuple[PeriodKind, re.Pattern[str]]:
    for name, date in (("zh", _ZH), ("en", _EN), ("any", rf"{_ZH}|{_EN}")):
        for group in ("a", "b"):
            pattern = pattern.replace(f"<{group}:{name}>", f"(?P<{group}>{date})")
    return kind, re.compile(pattern)


# In this order: a longer form takes the words of a shorter one.
_FORMS = (
    _form(
        PeriodKind.BOTH,
        rf"(?:自从?|从|于|在)?(?P<a>{_ZH}|{_YEAR}(?=[-~至到]))[-~至到](?!今)<b:zh>(?:期间|之间|间|为止|止)?",
    ),
    _form(PeriodKind.SINCE, r"(?:自从?|从)?<a:zh>(?:至今|到现在|-至今)"),
    _form(PeriodKind.SINCE, rf"\bfrom <a:en> (?:to|until|-) {_PRESENT}"),
    _form(PeriodKind.BOTH, r"\b(?:from|between) <a:en> ?(?:to|until|till|through|and|-) ?<b:en>"),
    _form(PeriodKind.SINCE, rf"(?<=\()<a:any> ?(?:-|to) ?{_PRESENT}"),
    _form(PeriodKind.BOTH, rf"(?<=\()(?P<a>{_ZH}|{_EN}|{_YEAR}) ?(?:-|to|至) ?<b:any>(?=[),])"),
    _form(PeriodKind.SINCE, r"\b(?:was not|wasn't|not) until <a:en>(?:,? (?:that|when|did)\b)"),
    _form(PeriodKind.SINCE, r"(?:直到|到)<a:zh>(?:,?[^,;。]{0,10}?)(?=才)"),
    _form(PeriodKind.OPENED, r"自从?<a:zh>(?:正式|对外|宣布|首次)*开源以来"),
    _form(PeriodKind.SINCE, r"(?:自从?|从)?<a:zh>(?:起|开始|以来|以后|之后)(?!才|不久)"),
    _form(
        PeriodKind.SINCE, r"自从?<a:zh>(?![^,;。]{0,14}(?:以来|以后|之后|后|至今|期间|时起|之日))"
    ),
    _form(PeriodKind.SINCE, rf"\b(?:ever )?since {_ABOUT}<a:en>(?!'s)"),
    _form(PeriodKind.SINCE, r"\bfrom <a:en> (?:on|onwards?|forwards?)\b"),
    _form(PeriodKind.SINCE, r"\b(?:starting|beginning|effective)(?: from| in| on| as of)? <a:en>"),
    _form(PeriodKind.UNTIL, r"(?:一直)?(?:直到|直至)<b:zh>(?:为止|止|之前|以前|前)?"),
    _form(PeriodKind.UNTIL, r"(?:一直)?(?:到|至)<b:zh>(?:为止|止)"),
    _form(PeriodKind.UNTIL, rf"\b(?:up )?(?:until|till) {_ABOUT}<b:en>(?!'s)"),
    _form(PeriodKind.STILL, r"截[至止]到?<b:zh>(?:为止|止)?"),
    _form(PeriodKind.STILL, r"\bas of <b:en>"),
    _form(PeriodKind.BEFORE, r"在?<b:zh>(?:之前|以前)"),
    _form(PeriodKind.BEFORE, r"\b(?:before|prior to) <b:en>(?!'s)"),
    _form(PeriodKind.DATE, r"[于在]?<a:zh>"),
    _form(PeriodKind.DATE, r"(?:\b(?:in|on) )?\b<a:en>"),
)
_DATED = re.compile(rf"(?:19[89]|20[0-3])\d|\d ?月|[今去前]年|\b{_NAMED}", re.IGNORECASE)
_WORDS = re.compile(
    "自|从|起|开始|以来|至|到|之前|以前|以后|之后|截|改|换|转|加入|加盟|入职|离|辞|任"
    r"|\b(?:since|until|till|from|between|before|prior|onwards?|starting|beginning|effective"
    r"|as of|switch|mov|chang|migrat|transition|relicen|join|left|quit|depart|resign|becam|went"
    r"|turn|appoint|named|stepp)|\d ?[-–—] ?(?:\d|[a-z])",
    re.IGNORECASE,
)


def hints_at_period(text: str) -> bool:
    """Tell whether a text may hold a period at all, which most do not; takes no time.

    Examples
    --------
    >>> hints_at_period("open since August 2023"), hints_at_period("open, and good since ever")
    (True, False)
    """
    return _DATED.search(text) is not None and _WORDS.search(text) is not None


def find_periods(text: str, calendar: Calendar) -> list[Period]:
    """Find the periods, and the dates that are none, in a lower case text, in order.

    Examples
    --------
    >>> for text in ("自2023年8月起", "from 2021 to may 2023", "until 7 march 2024", "9月之前"):
    ...     [period] = find_periods(text, Calendar("2023-11-02"))
    ...     print(period.kind, period.since, period.until)
    since 2023-08 None
    both 2021 2023-05
    until None 2024-03-07
    before None 2023-09
    """
    found: list[Period] = []
    taken: list[tuple[int, int]] = []
    for kind, pattern in _FORMS:
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(a < end and start < b for a, b in taken):
                continue
            taken.append((start, end))
            period = _read(text, match, kind, calendar)
            if period is not None:
                found.append(period)
    return sorted(found, key=lambda period: period.start)


def _read(text: str, match: re.Match[str], kind: PeriodKind, calendar: Calendar) -> Period | None:
    groups = match.groupdict()
    since = until = None
    nearest = re.findall(_YEAR, text[: match.start()])
    if nearest:
        calendar = Calendar(stated=nearest[-1])
    if groups.get("a"):
        since = _iso(groups["a"], calendar)
        if since is None:
            return None
        calendar = Calendar(stated=since[:4])
    if groups.get("b"):
        until = _iso(groups["b"], calendar)
        if until is None:
            return None
    if kind is PeriodKind.UNTIL and _NEGATED.search(text[: match.start()]):
        kind = PeriodKind.NOT_UNTIL
    if kind is PeriodKind.DATE:
        until = since
    if since and until and ends_first(since, until):
        return None
    return Period(match.start(), match.end(), kind, since, until)


def _iso(words: str, calendar: Calendar) -> str | None:
    published = calendar.published
    if words[0] in "今去前" and words[1] == "年":
        if published is None:
            return None
        words = f"{int(published[:4]) - '今去前'.index(words[0])}年{words[2:]}"
    elif not re.search(_YEAR, words):
        if found := re.match(_MONTH, words):
            year = calendar.year(int(found.group()))
            words = f"{year}年{words}"
        else:
            year = calendar.year(_number_of_month(words))
            words = f"{words}, {year}" if re.search(r"\d", words) else f"{words} {year}"
        if year is None:
            return None
    words = re.sub(rf"^{_PART_EN}(?=.)", "", words).replace(" of ", " ")
    return as_iso_date(re.sub(_NAMED, lambda name: name.group().capitalize(), words))


def _number_of_month(words: str) -> int:
    iso = as_iso_date(f"{words[:3].capitalize()} 2000")
    return int(iso[5:7]) if iso else 12
