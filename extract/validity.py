"""From when and until when a claim holds, where the words that make it say so.

The sentence is folded to a line in which names, cues and periods are one sign each; patterns say
which signs belong together. A date that stands near a claim and only dates an event gives no
period: "released in July 2023" says nothing about today.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache

from ..ontology.claim import Value
from ..ontology.terms import OBJECT_TYPES, SUBJECT_TYPES, EntityType, Qualifier
from .discourse.coordination import coordinate
from .discourse.view import Slot, View, build_view
from .mention import Analysis
from .periods import Calendar, Period, PeriodKind, find_periods, hints_at_period
from .validity_patterns import (
    CUES,
    OTHER_CUES,
    SIGNS,
    VETO,
    Effect,
    Pattern,
    is_dated,
    patterns_of,
)

__all__ = ["validity"]

_LONGEST = 400  # characters of a sentence that are read
_EARLIER = 300  # characters before a sentence in which its year may stand
_YEAR = re.compile(r"(?<![\d.])(?:20[0-3]\d)(?=年|[-/.]\d|(?![\d.]))")
_PAST = re.compile(
    "一直|仍|都|还|曾|采用|使用|担任|任职|工作|就职|托管|闭源|不开源|未开源|不可商用|原"
    r"|\b(?:was|were|had been|used to|used|served|worked|remained|stayed)\b"
)
_STILL = re.compile(r"仍|依然|尚|还(?=是|在|未|没)|\b(?:still|remains?|not yet)\b")
# Where another is spoken of, a name behind is not the one that is meant: "She joined …, Bo said".
_NAMED_BEHIND = re.compile(
    rf"(?:[^,;。!?a-z]{{0,12}}的?|[,)] ?|[^,;。!?a-z]{{0,8}}(?:之前|之后|以来|后|前),){SIGNS['S']}"
)
_PRONOUN = re.compile(r"[他她其]|\b(?:she|he|they|who)\b")


def validity(
    analysis: Analysis, subject: str, predicate: str, object: str | Value, start: int, end: int
) -> dict[str, str]:
    """Give the qualifiers that say when a claim holds; most have none.

    What depends on time is read: licences, openness, commercial use, posts, hosts, operators and
    what products run on. Where two readings differ there is none.

    Parameters
    ----------
    analysis : Analysis
        With its mentions.
    subject, predicate, object
        The claim.
    start, end : int
        Offsets of its evidence.

    Examples
    --------
    >>> from modelkin.extract.mention import Mention, Sentence
    >>> from modelkin.extract.structure import Structure
    >>> text = "Foo-7B has been open source since August 2023."
    >>> analysis = Analysis(text, "en", Structure(()), sentences=[Sentence(0, len(text), 0)],
    ...     mentions=[Mention(0, 6, EntityType.MODEL, "model/foo-7b")])
    >>> validity(analysis, "model/foo-7b", "openness", Value("open"), 0, len(text))
    {'validFrom': '2023-08'}
    """
    value = object.lexical if isinstance(object, Value) else None
    if not is_dated(predicate, value) or not hints_at_period(analysis.text[start:end]):
        return {}
    since: set[str] = set()
    until: set[str] = set()
    low = max(0, bisect_right(analysis.sentences, start, key=lambda s: s.start) - 1)
    high = bisect_left(analysis.sentences, end, key=lambda s: s.start)
    for sentence in analysis.sentences[low:high]:
        left, right = max(sentence.start, start), min(sentence.end, end)
        if not 0 < right - left <= _LONGEST or not hints_at_period(analysis.text[left:right]):
            continue
        line = _Line(analysis, subject, predicate, object, left, right)
        for first, last in line.periods():
            since.update([first] if first else [])
            until.update([last] if last else [])
    if len(since) > 1 or len(until) > 1:
        return {}
    found = {
        Qualifier.VALID_FROM: min(since, default=""),
        Qualifier.VALID_UNTIL: min(until, default=""),
    }
    first, last = found.values()
    if first and last and first[: len(last)] > last[: len(first)]:
        return {}
    return {str(key): date for key, date in found.items() if date}


class _Line:
    """A stretch of text, folded for one claim."""

    def __init__(
        self,
        analysis: Analysis,
        subject: str,
        predicate: str,
        object: str | Value,
        start: int,
        end: int,
    ) -> None:
        value = object.lexical if isinstance(object, Value) else None
        self._patterns = patterns_of(predicate, value)
        view = _view(analysis, start, end)
        calendar = Calendar(analysis.published, _stated(analysis.text, start))
        signs: list[tuple[int, int, str, Period | None]] = [
            (at, at + 1, sign, None)
            for at, group in view.groups.items()
            if (sign := _sign(group.entities, group.type, subject, predicate, object))
        ]
        signs += [(p.start, p.end, SIGNS[p.kind], p) for p in find_periods(view.text, calendar)]
        if value is not None:
            signs += [(*s, SIGNS["V"], None) for s in _spans(CUES[predicate, value], view.text)]
            signs += [
                (*s, SIGNS["W"], None) for s in _spans(OTHER_CUES[predicate, value], view.text)
            ]
        self.text, self._periods = _folded(view.text, signs)

    def periods(self) -> Iterator[tuple[str | None, str | None]]:
        """Give since when and until when each pattern that fits says that the claim holds."""
        for pattern in self._patterns:
            for match in pattern.form.finditer(self.text):
                period = self._periods.get(match.start("p"))
                if period is None or not self._is_meant(pattern, match, period):
                    continue
                if pattern.effect is Effect.STARTS:
                    yield period.since, None
                elif pattern.effect is Effect.ENDS:
                    yield None, period.since
                else:
                    yield period.since, period.until

    def _is_meant(self, pattern: Pattern, match: re.Match[str], period: Period) -> bool:
        start, end = match.span()
        low = max(self.text.rfind(mark, 0, start) for mark in ";。!?:") + 1
        high = min(
            (h for m in ",;。!?" if (h := self.text.find(m, end)) >= 0), default=len(self.text)
        )
        around = self.text[low:high]
        if VETO.search(around) or not self._has_subject(start, end):
            return False
        if period.kind is PeriodKind.BEFORE:
            return bool(_PAST.search(around))
        if period.kind is PeriodKind.STILL:
            return bool(_STILL.search(around))
        if period.kind is PeriodKind.NOT_UNTIL:
            return pattern.denied
        return period.kind is not PeriodKind.OPENED or pattern.opened

    def _has_subject(self, start: int, end: int) -> bool:
        """Whether the matched words are said of the subject, not of another of its kind."""
        subject, other = SIGNS["S"], SIGNS["D"]
        inside = self.text[start:end]
        if other in inside:
            return False
        if subject in inside:
            return True
        before = max(self.text.rfind(subject, 0, start), self.text.rfind(other, 0, start))
        if before >= 0:
            return self.text[before] == subject
        # Where no name stands before, a pronoun does, or the name comes right behind.
        behind = self.text[end:]
        if not {subject, other} & set(behind):
            return True
        if _PRONOUN.search(self.text[:end]):
            return False
        return _NAMED_BEHIND.match(behind) is not None


def _view(analysis: Analysis, start: int, end: int) -> View:
    mentions, hidden = analysis.mentions, analysis.structure.hidden
    low = bisect_left(mentions, start, key=lambda m: m.start)
    high = bisect_left(mentions, end, key=lambda m: m.start)
    slots = [Slot(m.start, m.end, m.type, (m.entity,)) for m in mentions[low:high] if m.end <= end]
    first = max(0, bisect_left(hidden, (start, start)) - 1)
    last = bisect_left(hidden, (end, end))
    covered = [(max(a, start), min(b, end)) for a, b in hidden[first:last] if b > start]
    return coordinate(build_view(analysis.text, start, end, slots, covered))


def _stated(text: str, start: int) -> str | None:
    years = _YEAR.findall(text, max(0, start - _EARLIER), start)
    return str(years[-1]) if years else None


def _sign(
    entities: tuple[str, ...],
    type: EntityType,
    subject: str,
    predicate: str,
    object: str | Value,
) -> str:
    if subject in entities:
        return SIGNS["S"]
    if object in entities:
        return SIGNS["O"]
    if type in OBJECT_TYPES.get(predicate, ()):
        return SIGNS["C"]
    return SIGNS["D"] if type in SUBJECT_TYPES[predicate] else SIGNS["M"]


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _spans(pattern: str, text: str) -> Iterator[tuple[int, int]]:
    for match in _compiled(pattern).finditer(text):
        yield match.span()


def _folded(
    text: str, signs: list[tuple[int, int, str, Period | None]]
) -> tuple[str, dict[int, Period]]:
    """Put a sign for each stretch; of those that overlap the first stays, the longest before."""
    parts: list[str] = []
    periods: dict[int, Period] = {}
    position = length = 0
    for start, end, sign, period in sorted(signs, key=lambda s: (s[0], -s[1], s[2])):
        if start < position:
            continue
        parts += [text[position:start], sign]
        length += start - position
        if period is not None:
            periods[length] = period
        length += 1
        position = end
    parts.append(text[position:])
    return "".join(parts), periods
