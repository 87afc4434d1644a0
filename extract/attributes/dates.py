"""When models were released."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from ...ontology.terms import Attribute, EntityType
from ..dates import MONTH
from ..discourse import Group, Passage, Reading
from ..discourse.view import placeholder
from ..relations.facts import is_fact
from ..relations.oblique import is_oblique
from ..structure import BlockKind
from .draft import Draft
from .owner import topic

__all__ = ["Moment", "find_dates", "read_release_dates"]

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = rf"(?P<name>{MONTH})\.?"
_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        (
            r"(?<![\d.])(?P<year>20[12]\d)\s?(?:年|[-/.])\s?(?P<month>1[0-2]|0?[1-9])\s?(?:月|"
            r"[-/.])\s?(?P<day>3[01]|[12]\d|0?[1-9])(?:日|号)?(?![\d.])"
        ),
        (
            r"(?<![\d.])(?P<year>20[12]\d)\s?(?:年|[-/.])\s?(?P<month>1[0-2]|"
            r"0?[1-9])(?:月(?:份)?)?(?![\d./-]|月?\d)"
        ),
        (
            r"(?<![\d/])(?P<month>1[0-2]|0?[1-9])/(?P<day>3[01]|[12]\d|"
            r"0?[1-9])/(?P<year>20[12]\d)(?!\d)"
        ),
        rf"\b{_MONTH} (?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?:,? (?P<year>20[12]\d))\b",
        rf"\b(?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)? (?:of )?{_MONTH},? (?P<year>20[12]\d)\b",
        rf"\b{_MONTH},? (?:of )?(?P<year>20[12]\d)\b",
        rf"\b{_MONTH} (?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?\b(?!\d|%|,\d)",
        rf"\b(?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)? (?:of )?{_MONTH}\b",
        r"(?<![\d年.])(?P<month>1[0-2]|0?[1-9])月(?P<day>3[01]|[12]\d|0?[1-9])(?:日|号)",
        r"(?<![\d年.])(?P<month>1[0-2]|0?[1-9])月(?:份|初|底|中旬|上旬|下旬|末)?(?!\d)",
        r"(?:今年|去年)(?P<month>1[0-2]|0?[1-9])月",
        rf"\b(?:in|since|of|early|late|mid-?) ?{_MONTH}\b(?! \d)",
    )
)
_TODAY = re.compile(
    r"今天|今日|刚刚|今早|\b(?:today|just (?:released|launched|announced)|this morning)\b"
)
_NOW = re.compile(
    r"我们(?:正式)?(?:发布|推出|开源)|正式(?:发布|推出|开源)|\bwe(?:'re|"
    r" are)? (?:\w+ )?(?:introduc\w+|releas\w+|announc\w+|launch\w*|open-sourc\w+|"
    "excited to|thrilled to|pleased to|proud to)"
)
_FIRST = 14
_CUE = re.compile(
    "发布|推出|开源|上线|公布|问世|亮相|面世|发表|公开|诞生|升级|更新了|正式开放|放出|提供|"
    r"首次|初始版本|initial release|\b(?:releas\w*|launch\w*|announc\w*|introduc\w*|"
    r"unveil\w*|open[- ]sourc\w*|came out|debut\w*|available|publish\w*|presents?|shipped|"
    r"dropped|rolled out|previewed|present)\b"
)
_NOT = re.compile(
    "论文|报告|数据集|榜|融资|训练数据|截止|知识|截至|估值|cutoff|knowledge|paper|blog|"
    "report|dataset|pricing|deprecat|updated? (?:the )?(?:readme|code)|fix|support|支持|"
    "代码|修复|教程|weekly|funding|raised"
)


_PART_BEHIND = re.compile(
    r"[- ]?based|(?:模型|大模型)?的?\s?(?:gguf|gptq|awq|fp8|int[48]|量化|代码|论文|数据|"
    "技术报告|评测|推理|微调代码|训练代码|demo|版本?权重)|(?:'s)? (?:code|paper|dataset|"
    "demo|technical report|training|evaluation|api|blog)"
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A date in a text.

    Parameters
    ----------
    start, end : int
        Positions in the text that was searched.
    year : str
        Empty where the text leaves it out.
    month, day : str
    """

    start: int
    end: int
    year: str
    month: str
    day: str = ""

    def iso(self, year: str | None) -> str:
        """Write the date with this year where it has none."""
        known = self.year or year or ""
        tail = f"{self.month}-{self.day}" if self.day else self.month
        return f"{known}-{tail}" if known else f"--{tail}"


def find_dates(text: str) -> list[Moment]:
    """Find the dates in a lower case text, in order.

    Examples
    --------
    >>> [m.iso("2023") for m in find_dates("7月19日, aug 25, 2024年3月, may 2022, 2023-10-07")]
    ['2023-07-19', '2023-08-25', '2024-03', '2022-05', '2023-10-07']
    """
    found: list[Moment] = []  # sorted, never overlapping
    for pattern in _DATES:
        for match in pattern.finditer(text):
            at = bisect_left(found, match.end(), key=_start)
            if at and found[at - 1].end > match.start():
                continue
            groups = match.groupdict()
            name = groups.get("name")
            month = _MONTHS.index(name[:3]) + 1 if name else int(groups["month"])
            day = groups.get("day")
            found.insert(
                at,
                Moment(
                    match.start(),
                    match.end(),
                    groups.get("year") or "",
                    f"{month:02}",
                    f"{int(day):02}" if day else "",
                ),
            )
    return found


def _start(moment: Moment) -> int:
    return moment.start


def document_year(reading: Reading) -> str | None:
    """Give the year that dates without one belong to: of the document, or the one in its text."""
    published = reading.analysis.published or reading.analysis.structure.published
    if published:
        return published[:4]
    head = reading.text[:1500]
    years = re.findall(r"(?<!\d)(20[12]\d)(?=\s?[-年/.]\s?\d)", head)
    if years:
        return str(years[0])
    spoken = re.findall(r"(?<![\d-])(20[12]\d)(?![\d-])", reading.text[:20_000])
    return str(spoken[0]) if spoken and len(set(spoken)) == 1 else None


def read_release_dates(reading: Reading, passage: Passage, year: str | None) -> Iterator[Draft]:
    """Give the releases that one passage dates."""
    if passage.block.kind in (
        BlockKind.TABLE_ROW,
        BlockKind.TABLE_HEADER,
        BlockKind.FRONT_MATTER,
    ):
        return
    view = passage.view
    moments = find_dates(view.text)
    published = reading.analysis.published or reading.analysis.structure.published
    for index, moment in enumerate(moments):
        limit = moments[index + 1].start if index + 1 < len(moments) else len(view.text)
        lead = index == 0 and not re.search(r"\w\w", view.text[: moment.start].strip(" -([*#"))
        yield from _dated(reading, passage, moment, limit, year, lead)
    if (
        published
        and len(published) >= 10
        and (
            today := _TODAY.search(view.text)
            or (_NOW.search(view.text) if passage.index < _FIRST and not moments else None)
        )
    ):
        stand_in = Moment(
            today.start(), today.end(), published[:4], published[5:7], published[8:10]
        )
        yield from _dated(reading, passage, stand_in, len(view.text), year, False, "today")


def _dated(
    reading: Reading,
    passage: Passage,
    moment: Moment,
    limit: int,
    year: str | None,
    lead: bool,
    how: str = "date",
) -> Iterator[Draft]:
    view = passage.view
    low = max(view.text.rfind(mark, 0, moment.start) for mark in "。;!?") + 1
    high = min(
        (end for mark in "。;!?" if (end := view.text.find(mark, moment.end)) >= 0),
        default=len(view.text),
    )
    high = min(high, max(limit, moment.end + 1), moment.end + 120)
    model = placeholder(EntityType.MODEL)
    if (
        re.search(rf"{model}\s?\($", view.text[max(0, moment.start - 3) : moment.start])
        and how == "date"
    ):
        bracketed = view.groups[view.text.rindex(model, 0, moment.start)]
        for entity in bracketed.entities:
            yield Draft(
                entity,
                Attribute.RELEASE_DATE,
                moment.iso(year),
                bracketed.start,
                view.ends[moment.end - 1],
                "released.bracket",
            )
        return
    cue = _CUE.search(view.text, max(low, moment.start) if how == "today" else moment.end, high)
    place = "then"
    if cue is None:
        before = list(_CUE.finditer(view.text, max(low, moment.start - 60), moment.start))
        if not before:
            return
        cue, place = before[-1], "upon"
    if not is_fact(view.text, cue.start(), cue.end()):
        return
    if _NOT.search(view.text[cue.end() : cue.end() + 14]):
        return
    group = _released(passage, cue.start(), cue.end(), low, high)
    how = "lead" if lead else how
    if group is None:
        if not lead and how != "today":
            return
        entities = topic(reading, passage, EntityType.MODEL)
        place += "-topic"
    else:
        entities = group.entities
    value = moment.iso(year)
    begin, stop = min(moment.start, cue.start()), max(moment.end, cue.end())
    start, end = view.starts[begin], view.ends[stop - 1]
    if group is not None:
        start, end = min(start, group.start), max(end, group.end)
    for entity in entities:
        if reading.types.get(entity) is EntityType.MODEL:
            yield Draft(
                entity, Attribute.RELEASE_DATE, value, start, end, f"released.{how}-{place}"
            )


def _released(passage: Passage, start: int, end: int, low: int, high: int) -> Group | None:
    """Give what was released: the model behind the verb in its clause, else the one before."""
    view = passage.view
    models = [
        at
        for at in view.positions(EntityType.MODEL)
        if low <= at < high and not is_oblique(view.text, at) and not _is_part(view.text, at)
    ]
    behind = [at for at in models if at >= end]
    before = [at for at in models if at < start]
    stop = next((p for p in range(end, high) if view.text[p] in ",;。"), high)
    if behind and (behind[0] < stop or not before):
        return view.groups[behind[0]]
    return view.groups[before[-1]] if before else None


def _is_part(text: str, at: int) -> bool:
    """Whether the name at a position only describes what was released: its code, a base."""
    return bool(
        _PART_BEHIND.match(text, at + 1)
        or re.search(
            r"(?:基于|based on|built on|fine-?tuned from|for)\s?\S{0,8}\s?$",
            text[max(0, at - 20) : at],
        )
    )
