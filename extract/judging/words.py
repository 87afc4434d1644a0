"""The words of a text with names and values replaced by their kinds: what pairs are judged by."""

import re
from array import array
from bisect import bisect_left
from dataclasses import dataclass

from .scene import Scene, Spot

__all__ = ["Words", "words_of"]

_CJK = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7af"
_WORD = re.compile(rf"[{_CJK}]|[0-9]+|[^\W\d_{_CJK}]+|[^\s]")
_JOINS = frozenset((*",，、/;；&*`\"“”'_[]", "和", "与", "及", "以", "或", "and", "or"))
_MOST_JOINS = 8


@dataclass(frozen=True, slots=True)
class Words:
    """A text as words and types.

    Parameters
    ----------
    items : list of str
        Words in lower case; a list of names of one type ("A, B and C") is one ``<type>``.
    places : list of int
        For each spot the index of its item.
    starts : array of int
        For each item its offset in the text.
    """

    items: list[str]
    places: list[int]
    starts: "array[int]"

    def index(self, offset: int) -> int:
        """Give the index of the first item at or behind an offset."""
        return bisect_left(self.starts, offset)


def words_of(scene: Scene) -> Words:
    """Give the words of a text.

    Parameters
    ----------
    scene : Scene
    """
    reading = scene.reading
    text, hidden = reading.text, reading.analysis.structure.hidden
    items: list[str] = []
    starts = array("I")
    known: dict[str, str] = {}  # all places of a word share one text in memory
    places: list[int] = []
    at = position = 0
    last: Spot | None = None
    since = 0  # items since the last name

    def copy(stop: int) -> None:
        nonlocal position, at, since
        for match in _WORD.finditer(text, position, stop):
            start, end = match.span()
            while at < len(hidden) and hidden[at][1] <= start:
                at += 1
            if at < len(hidden) and hidden[at][0] < end:
                continue
            word = match.group()
            if word not in known:
                known[word] = word.lower()
            items.append(known[word])
            starts.append(start)
            since += 1
        position = max(position, stop)

    for spot in scene.spots:
        copy(spot.start)
        joined = (
            last is not None
            and last.kind == spot.kind
            and since <= _MOST_JOINS
            and "\n" not in text[last.end : spot.start]
            and all(word in _JOINS for word in items[len(items) - since :])
        )
        if joined:
            del items[len(items) - since :], starts[len(starts) - since :]
        else:
            items.append(f"<{spot.kind[:6]}>")
            starts.append(spot.start)
        places.append(len(items) - 1)
        position, last, since = spot.end, spot, 0
    copy(len(text))
    return Words(items, places, starts)
