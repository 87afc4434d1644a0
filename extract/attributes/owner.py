"""Which entity a value or a cue in a sentence belongs to."""

import re

from ...ontology.terms import EntityType
from ..discourse import Group, Passage, Reading, View
from ..relations.oblique import is_oblique

__all__ = ["clause", "following", "preceding", "topic"]

_MARKS = ",;。!?"


def clause(text: str, at: int) -> tuple[int, int]:
    """Give the clause around a position of a view."""
    start = max(text.rfind(mark, 0, at) for mark in _MARKS) + 1
    ends = [end for mark in _MARKS if (end := text.find(mark, at)) >= 0]
    return start, min(ends, default=len(text))


def preceding(view: View, at: int, *kinds: EntityType, start: int = 0) -> Group | None:
    """Give the nearest group of these types before a position that may be a subject."""
    found = [
        where
        for where in view.positions(*kinds)
        if start <= where < at and not is_oblique(view.text, where)
    ]
    return view.groups[found[-1]] if found else None


def following(view: View, at: int, between: str, *kinds: EntityType) -> Group | None:
    """Give the group behind a position if only words like `between` stand before it."""
    for where in view.positions(*kinds):
        if where >= at:
            matched = re.fullmatch(between, view.text[at:where])
            return view.groups[where] if matched else None
    return None


def topic(reading: Reading, passage: Passage, kind: EntityType) -> tuple[str, ...]:
    """Give what the sentence is about when it does not say so."""
    return reading.topics.subject(passage.index, kind)
