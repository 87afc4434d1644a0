"""How large models are."""

import re
from collections.abc import Iterator

from ...ontology.terms import Attribute, EntityType
from ..discourse import Passage, Reading, View
from ..discourse.names import size_of
from ..discourse.view import placeholder
from ..mention import LONGEST_EVIDENCE
from ..relations.facts import is_fact
from ..structure import BlockKind
from .draft import Draft
from .owner import clause, following, preceding, topic
from .quantities import Quantity, find_sizes

__all__ = ["read_parameters"]

_UNIT = r"(?:个|级|级别|\+|多|余)?"
_BEHIND = re.compile(
    rf"{_UNIT}(?:[^,。;!?\ue000-\ue00f]{{0,6}})?(?:参数|规模的?模型|param)|"
    rf"[- ]?(?:\w+[- ]){{0,2}}?param"
)
_VERSION = re.compile(
    rf"{_UNIT}\)?(?:[- ]?(?:大小|规模|尺寸|量级|版本?|模型|基座|基础|大模型|开源|两款|三款|"
    rf"四款|等|sized?|models?|versions?|variants?|checkpoints?|base|chat|instruct|dense|moe))"
)
_BEFORE = re.compile(
    "(?:参数(?:量|规模|数量|数|总量|总数)?|parameters?(?: count| size)?|params?|model size|"
    r"尺寸|(?<!大)规模|sizes?)(?:[^。;!?\ue000-\ue00f]{0,16})$"
)
_NOT = re.compile(
    r"^[\s-]?(?:\+|多|余|个|条|枚|亿|万)?\s?(?:tokens?|token|美元|元|人民币|词元|用户|人|次|"
    "条|张|字|词|字符|数据|语料|下载|图像|图片|图文|样本|对|小时|年|倍|training|samples|"
    "users|people|images|downloads|dollars|words|characters|pages|documents|examples|"
    "monthly|in (?:funding|revenue)|valuation|usd|rows|pairs|gpu|hours|years|context|"
    r"pieces|instructions|messages|conversations|active|activated|激活|tb\b|gb\b|日活|月活|"
    "估值|融资|投资|营收|融资)"
)
_PARTIAL = re.compile(
    r"[- ]?(?:\w+ )?(?:learnable|trainable|additional|extra|new|visual|vision|embedding|"
    "non-embedding) "
)
_ACTIVE = re.compile(r"(?:激活|活跃|active|activated)[^,。;]{0,12}$")
_JOIN = re.compile(
    r"\s?(?:、|,|/|和|与|及|至|到|and|or|to|-|–|~|以及|,\s?and|&|参数(?:的?)?(?:和|、))\s?(?:the )?"
)
_OWNER_BEHIND = (
    r"(?:个|级)?(?:[- ]?(?:\w+ ){0,2}?param\w*)?(?:参数)?(?:量|规模|级别?)?(?:的|版|"
    r"版本)?(?:[^,。;!?\ue000-\ue00f]{0,14})"
)


def read_parameters(reading: Reading, passage: Passage) -> Iterator[Draft]:
    """Give the sizes that one passage of prose states."""
    if passage.block.kind in (BlockKind.TABLE_ROW, BlockKind.TABLE_HEADER):
        return
    view = passage.view
    for run in _runs(view.text):
        kind = _kind(view.text, run)
        if not kind or not is_fact(view.text, run[0].start, run[-1].end):
            continue
        yield from _owned(reading, passage, run, kind)


def _runs(text: str) -> list[list[Quantity]]:
    """Join sizes that stand in a list."""
    runs: list[list[Quantity]] = []
    for quantity in find_sizes(text):
        if runs and _JOIN.fullmatch(text, runs[-1][-1].end, quantity.start):
            runs[-1].append(quantity)
        else:
            runs.append([quantity])
    return runs


def _kind(text: str, run: list[Quantity]) -> str:
    """Whether a run of sizes counts parameters, and how that is known; empty if it does not."""
    first, last = run[0], run[-1]
    if _NOT.match(text, last.end) or re.match(_NOT.pattern[1:], text[last.end : last.end + 20]):
        return ""
    before = text[max(0, first.start - 24) : first.start]
    if _ACTIVE.search(before) or re.match(
        r"[^,。;]{0,14}(?:激活|active|activated)", text[last.end :]
    ):
        return ""
    if _PARTIAL.match(text, last.end):
        return ""
    if _BEHIND.match(text, last.end):
        return "counted"
    if _BEFORE.search(before):
        return "named"
    if _VERSION.match(text, last.end):
        return "version"
    if text[first.start - 1 : first.start] == "(" and text[last.end : last.end + 1] in (")", ","):
        return "bracket"
    if text[first.start - 1 : first.start] == "-" and len(run) > 1:
        return "suffix"
    if re.match(r"\s?[" + placeholder(EntityType.MODEL) + "]", text[last.end : last.end + 2]):
        return "prefix"
    return "list" if len(run) > 2 else ""


def _owned(reading: Reading, passage: Passage, run: list[Quantity], kind: str) -> Iterator[Draft]:
    view = passage.view
    first, last = run[0], run[-1]
    begin, _ = clause(view.text, first.start)
    owners: tuple[str, ...] = ()
    place = ""
    behind = following(view, last.end, _OWNER_BEHIND, EntityType.MODEL) if len(run) == 1 else None
    before = preceding(view, first.start, EntityType.MODEL, start=begin)
    if behind and (
        before is None
        or re.match(
            r"(?:个|级)?(?:参数|规模|大小)?(?:量|规模)?的|[- ](?:\w+[- ])?param\w*[- ](?!of|and|,)",
            view.text[last.end :],
        )
    ):
        owners, place = behind.entities, "behind"
    elif before is not None:
        owners, place = before.entities, "before"
    else:
        earlier = preceding(view, first.start, EntityType.MODEL)
        if earlier is not None:
            owners, place = earlier.entities, "earlier"
        elif behind is not None:
            owners, place = behind.entities, "behind"
        else:
            owners, place = topic(reading, passage, EntityType.MODEL), "topic"
    rule = f"parameters.{kind}-{place}"
    pairs = [(owner, q) for owner in owners for q in run]
    if len(owners) == len(run) > 1:
        pairs = list(zip(owners, run, strict=True))
    start, end = _evidence(view, first, last, passage)
    owner_group = next((g for g in view.groups.values() if g.entities == owners), None)
    if (
        owner_group
        and max(end, owner_group.end) - min(start, owner_group.start) <= LONGEST_EVIDENCE
    ):
        start, end = min(start, owner_group.start), max(end, owner_group.end)
    for owner, quantity in pairs:
        if reading.types.get(owner) is EntityType.MODEL:
            yield from _unless_named(reading, owner, quantity.value, start, end, rule)


def _unless_named(
    reading: Reading, owner: str, value: str, start: int, end: int, rule: str
) -> Iterator[Draft]:
    """Leave out sizes that another size in the name contradicts or the name repeats."""
    named = {size for name in reading.surfaces.get(owner, ()) if (size := size_of(name))}
    if named:
        known = {q.value for size in named for q in find_sizes(size)}
        if value.lstrip("~>") not in known and rule.startswith(
            ("parameters.version", "parameters.bracket")
        ):
            return
    yield Draft(owner, Attribute.PARAMETERS, value, start, end, rule)


def _evidence(view: View, first: Quantity, last: Quantity, passage: Passage) -> tuple[int, int]:
    begin, stop = clause(view.text, first.start)
    stop = max(stop, min(len(view.text), last.end + 4))
    return view.starts[begin] if begin < len(view.starts) else passage.start, view.ends[stop - 1]
