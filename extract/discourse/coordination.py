"""Lists of names ("A, B and C", "A、B和C") read as one."""

import itertools
import re
from array import array
from bisect import bisect_left

from ...ontology.terms import EntityType
from .view import Group, Slot, View, placeholder

__all__ = ["coordinate"]

_NAME = "\ue000-\ue00f"
_ASIDE = rf"(?:\s?\([^(){_NAME}]{{0,40}}\))?"
_NOUN = (
    r"(?:\s?(?:系列大模型|系列模型|系列|大模型|模型|数据集|models?|family|series|datasets?|team))?"
)
_OR = r"(?:and|or|as well as|along with|plus|和|与|及|以及|还有|跟|或者|或|以至)"
_LEAD = r"(?:\s?(?:the|its|our|even|also|both|then|其))?"
_STRONG = rf"\s?(?:、|/|&|\+|,?\s?{_OR}){_LEAD}\s?"
_WEAK = r",\s?"
_PAIR_KINDS = (EntityType.MODEL, EntityType.PRODUCT)
_LIST_CUE = re.compile(
    r"(?:such as|like|including|include|includes|e\.g\.,?|包括|包含|例如|比如|诸如|如|有|:|"
    r"are)\s?(?:了)?$"
)
_COMPARISON = re.compile(
    rf"[^{_NAME},。;]{{0,12}}?(?:相当|持平|媲美|不相上下|接近|相近|齐平|比肩|相比|对比|差距|"
    rf"同级|看齐|并列|一较高下)"
)
_WITH = re.compile(r"(?:和|与|跟)\s?$")


def _kinds() -> list[str]:
    others = [placeholder(kind) for kind in EntityType if kind not in _PAIR_KINDS]
    return ["[" + "".join(placeholder(kind) for kind in _PAIR_KINDS) + "]", *others]


_LISTS = [
    re.compile(rf"{kind}(?:{_ASIDE}{_NOUN}{_ASIDE}(?:{_STRONG}|{_WEAK}){kind})+")
    for kind in _kinds()
]


def coordinate(view: View) -> View:
    """Fold each list of names into one group.

    Two names that only a comma parts stay apart ("unlike A, B …"), as do the two ends of a
    comparison ("A 与 B 相当").

    Examples
    --------
    >>> from .view import build_view
    >>> text = "A、B和C"
    >>> slots = [Slot(i, i + 1, EntityType.MODEL, (text[i],)) for i in (0, 2, 4)]
    >>> [g.entities for g in coordinate(build_view(text, 0, 5, slots)).groups.values()]
    [('A', 'B', 'C')]
    """
    if len(view.groups) < 2:
        return view
    spans = sorted(
        (
            span
            for pattern in _LISTS
            for found in pattern.finditer(view.text)
            for span in _parts(view, found.start(), found.end())
        ),
    )
    if not spans:
        return view
    text: list[str] = []
    starts, ends = array("I"), array("I")
    groups: dict[int, Group] = {}
    places = sorted(view.groups)
    position = 0
    for begin, stop in [*spans, (len(view.text), len(view.text))]:
        shift = len(starts) - position
        for at in places[bisect_left(places, position) : bisect_left(places, begin)]:
            groups[at + shift] = view.groups[at]
        if position < begin:
            text.append(view.text[position:begin])
            starts.extend(view.starts[position:begin])
            ends.extend(view.ends[position:begin])
        if begin < stop:
            members = [view.groups[at] for at in range(begin, stop) if at in view.groups]
            slots = tuple(slot for group in members for slot in group.slots)
            kind = _kind(slots)
            groups[len(starts)] = Group(slots, kind)
            text.append(placeholder(kind))
            starts.append(view.starts[begin])
            ends.append(view.ends[stop - 1])
        position = max(position, stop)
    return View("".join(text), starts, ends, groups)


def _kind(slots: tuple[Slot, ...]) -> EntityType:
    kinds = [slot.type for slot in slots]
    return EntityType.MODEL if EntityType.MODEL in kinds else kinds[0]


def _parts(view: View, begin: int, stop: int) -> list[tuple[int, int]]:
    """Cut a run of names where two of them are no list; the parts of two names and more."""
    at = [index for index in range(begin, stop) if index in view.groups]
    gaps = [view.text[a + 1 : b] for a, b in itertools.pairwise(at)]
    weak = [gap.strip() == "," for gap in gaps]
    if len(at) == 2 and weak[0] and not _LIST_CUE.search(view.text[max(0, begin - 12) : begin]):
        return []
    cut = [0]
    for index, gap in enumerate(gaps):
        compared = _WITH.search(gap) and _COMPARISON.match(view.text, at[index + 1] + 1)
        if compared and view.groups[at[index]].type in _PAIR_KINDS:
            cut.append(index + 1)
    cut.append(len(at))
    return [
        (at[first], at[last - 1] + 1) for first, last in itertools.pairwise(cut) if last - first > 1
    ]
