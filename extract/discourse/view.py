"""A sentence seen by the rules: names folded to one character each, marks and blanks evened out."""

import re
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from ...ontology.terms import EntityType

__all__ = ["Group", "Slot", "View", "build_view", "placeholder"]

_FIRST = 0xE000
_PLACEHOLDERS = {kind: chr(_FIRST + index) for index, kind in enumerate(EntityType)}

_EVEN = {
    **dict(zip("，（）：；！？　’‘％｜－–−", ",():;!? ''%|---", strict=True)),
    **dict.fromkeys('“”"「」『』《》〈〉【】[]*`\\\u200b\ufeff', ""),
    **{chr(code): " " for code in range(_FIRST, _FIRST + 0x100)},
}
_CJK = r"\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_LOOSE = re.compile(rf"(?<![^ (/{_CJK}]) | (?![^ ),/{_CJK}])")


class _Evened(dict[str, str]):
    """What a view shows of each character, nothing for some; filled as characters are met."""

    def __missing__(self, character: str) -> str:
        even = _EVEN.get(character, character)
        if even.isspace():
            even = " "
        elif len(small := even.lower()) == 1:
            even = small
        self[character] = even
        return even


_EVENED = _Evened()


def placeholder(kind: EntityType) -> str:
    """Give the one character that stands for a name of that type in a view."""
    return _PLACEHOLDERS[kind]


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a text that stands for one or more entities.

    Parameters
    ----------
    start, end : int
        Offsets into the text.
    type : EntityType
    entities : tuple of str
        Entity ids; several for "both models".
    named : bool
        False for a pronoun or description whose entities were worked out.
    """

    start: int
    end: int
    type: EntityType
    entities: tuple[str, ...]
    named: bool = True


@dataclass(frozen=True, slots=True)
class Group:
    """Slots of one type in a row: "A, B and C".

    Parameters
    ----------
    slots : tuple of Slot
        In the order of the text.
    type : EntityType
        What the group counts as; a model for a list of models and products.
    """

    slots: tuple[Slot, ...]
    type: EntityType

    @property
    def start(self) -> int:
        """Where the first slot starts in the text."""
        return self.slots[0].start

    @property
    def end(self) -> int:
        """Where the last slot ends in the text."""
        return self.slots[-1].end

    @property
    def entities(self) -> tuple[str, ...]:
        """The ids of all, in order, each once."""
        return tuple(dict.fromkeys(id for slot in self.slots for id in slot.entities))


@dataclass(frozen=True, slots=True)
class View:
    """A stretch of text with one placeholder character a group.

    Parameters
    ----------
    text : str
        Lower case; quotes, emphasis and link targets are gone, blanks beside Chinese too.
    starts, ends : array of int
        For each character the offsets of what it stands for.
    groups : dict of int to Group
        By the position of the placeholder in `text`.
    """

    text: str
    starts: "array[int]"
    ends: "array[int]"
    groups: dict[int, Group]

    def without(self, spans: Sequence[tuple[int, int]]) -> "View":
        """Give the view without some stretches of it.

        Parameters
        ----------
        spans : sequence of (int, int)
            Sorted positions in `text`.
        """
        text: list[str] = []
        starts, ends = array("I"), array("I")
        groups: dict[int, Group] = {}
        places = sorted(self.groups)
        position = 0
        for start, end in [*spans, (len(self.text), len(self.text))]:
            if position < start:
                shift = len(starts) - position
                text.append(self.text[position:start])
                starts.extend(self.starts[position:start])
                ends.extend(self.ends[position:start])
                for at in places[bisect_left(places, position) : bisect_left(places, start)]:
                    groups[at + shift] = self.groups[at]
            position = max(position, end)
        return View("".join(text), starts, ends, groups)

    def positions(self, *kinds: EntityType) -> list[int]:
        """Give where groups of these types stand, in order."""
        return [at for at, group in self.groups.items() if group.type in kinds]


def build_view(
    text: str,
    start: int,
    end: int,
    slots: Sequence[Slot],
    hidden: Sequence[tuple[int, int]] = (),
) -> View:
    """Make the view of a stretch of text; takes linear time.

    Parameters
    ----------
    text : str
    start, end : int
        The stretch.
    slots : sequence of Slot
        Sorted; one that overlaps an earlier one is left out.
    hidden : sequence of (int, int)
        Sorted spans that are left out unless a slot covers them.

    Examples
    --------
    >>> text = "**Baichuan-7B** 由“百川智能”开源"
    >>> view = build_view(text, 0, len(text), [
    ...     Slot(2, 13, EntityType.MODEL, ("m",)),
    ...     Slot(18, 22, EntityType.ORGANIZATION, ("o",)),
    ... ])
    >>> view.text.replace(placeholder(EntityType.MODEL), "<model>")
    '<model>由\ue005开源'
    >>> [group.entities for group in view.groups.values()]
    [('m',), ('o',)]
    """
    characters: list[str] = []
    starts, ends = array("I"), array("I")
    groups: dict[int, Group] = {}
    skip = 0
    position = start
    pending = list(slots)
    index = 0
    while position < end:
        while index < len(pending) and pending[index].start < position:
            index += 1
        if index < len(pending) and pending[index].start == position:
            slot = pending[index]
            index += 1
            if slot.end <= end and slot.end > slot.start:
                groups[len(characters)] = Group((slot,), slot.type)
                characters.append(_PLACEHOLDERS[slot.type])
                starts.append(slot.start)
                ends.append(slot.end)
                position = slot.end
                continue
        following = pending[index].start if index < len(pending) else end
        while skip < len(hidden) and hidden[skip][1] <= position:
            skip += 1
        if skip < len(hidden) and hidden[skip][0] <= position:
            position = min(hidden[skip][1], end, max(following, position))
            continue
        stop = min(following, end)
        if skip < len(hidden):
            stop = min(stop, hidden[skip][0])
        stop = max(stop, position + 1)
        for at in range(position, stop):
            even = _EVENED[text[at]]
            if even and not (even == " " and (not characters or characters[-1] == " ")):
                characters.append(even)
                starts.append(at)
                ends.append(at + 1)
        position = stop
    return _tighten("".join(characters), starts, ends, groups)


def _tighten(text: str, starts: "array[int]", ends: "array[int]", groups: dict[int, Group]) -> View:
    """Drop blanks beside Chinese characters and brackets."""
    view = View(text, starts, ends, groups)
    loose = [found.span() for found in _LOOSE.finditer(text)]
    return view.without(loose) if loose else view
