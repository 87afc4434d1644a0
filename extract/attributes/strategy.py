"""Whether organisations go the open or the closed way."""

import re
from collections.abc import Iterator

from ...ontology.terms import Attribute, EntityType
from ..discourse import Passage, Reading
from .draft import Draft

__all__ = ["read_strategies"]

_CUES = (
    (
        "closed-then-open",
        re.compile(
            "先闭源[再后]?[^,。;]{0,6}开源|从闭源(?:走?向|转向|到)开源|闭源转(?:为|向)?开源|"
            r"(?:switch|shift|pivot|move)\w* (?:from closed[- ]source )?to open[- ](?:source|"
            "weight)|now open[- ]sourc"
        ),
    ),
    (
        "open-then-closed",
        re.compile(
            "先开源[再后]?[^,。;]{0,6}闭源|从开源(?:走?向|转向|到)闭源|开源转(?:为|向)?闭源|"
            r"(?:switch|shift|pivot|move|retreat)\w* (?:from open[- ](?:source|"
            r"weights?) )?to(?:wards?)? (?:closed|proprietary)|放弃开源|abandon\w* open"
        ),
    ),
    (
        "closed",
        re.compile(
            "(?:完全|坚持|坚定|选择|走|坚守|坚决|主张|支持|一直)(?:了|的是)?闭源|"
            "闭源(?:路线|模式|"
            "策略|派|阵营|战略|思路|公司|厂商|模型主导|的?代表)|"
            r"\bclosed[- ]source (?:approach|"
            "strategy|company|companies|model|labs?|camp|route)|"
            r"\bproprietary (?:approach|strategy|"
            r"labs?|companies)|\bkeeps? (?:its|their) models? (?:closed|proprietary|secret)|"
            r"\bclosed (?:labs?|approach|strategy)"
        ),
    ),
    (
        "open",
        re.compile(
            "(?:坚持|坚定|选择|走|拥抱|主张|支持|切入|一直|全面|致力于|坚持走|引领|押注|all in|"
            "投身|加入)(?:了|的是|自研模型|自研大模型)?(?:的)?开源(?!社区$)|开源(?:路线|"
            "模式|策略|"
            "派|阵营|战略|思路|浪潮|为切入|的?旗手|先锋|领袖|的?代表|厂商)|"
            r"\bopen[- ](?:source|"
            "weights?) (?:approach|strategy|champion|company|companies|labs?|camp|route|leader|"
            r"advocate|commitment|philosophy|ethos|release strategy|bet)|\b(?:commit\w*|"
            r"dedicat\w*|"
            r"doubl\w* down|embrac\w*|champion\w*|bet\w*|believ\w*|push\w*|advocat\w*|"
            r"support\w*) (?:\w+ ){0,4}?open[- ](?:source|weights?|science|models?|ai)|"
            r"\bgiving (?:their|its) work away"
        ),
    ),
)
_NOT = re.compile(
    r"(?:没有|并未|不|未|不再|放弃)\S{0,6}$|\b(?:not|n't|never|no longer)\b[^,.;]{0,16}$"
)
_WIDE = 80
_CLOSE = 24


def read_strategies(reading: Reading, passage: Passage) -> Iterator[Draft]:
    """Give the strategies that one passage of prose states."""
    view = passage.view
    taken: list[tuple[int, int]] = []
    for value, pattern in _CUES:
        for found in pattern.finditer(view.text):
            if any(a < found.end() and found.start() < b for a, b in taken):
                continue
            taken.append(found.span())
            if _NOT.search(view.text[max(0, found.start() - 22) : found.start()]):
                continue
            yield from _of(reading, passage, value, found.start(), found.end())


def _of(reading: Reading, passage: Passage, value: str, start: int, end: int) -> Iterator[Draft]:
    view = passage.view
    at = view.positions(EntityType.ORGANIZATION)
    before = [p for p in at if p < start and start - p <= _WIDE]
    behind = [p for p in at if p >= end and p - end <= _WIDE]
    listing = re.search(r"代表|包括|如|有|像|such as|like|including|:", view.text[end : end + 30])
    lead = re.match(
        r"(?:的|为|切入|路线|模式|策略|大模型|赛道|了)*(?:的)", view.text[end : end + 16]
    )
    if behind and (lead or (listing and not before)):
        chosen = behind if listing else behind[:1]
        place = "listed" if listing else "behind"
    elif before:
        chosen, place = before[-1:], "close" if start - before[-1] <= _CLOSE else "before"
    else:
        entities = reading.topics.previous(passage.index, EntityType.ORGANIZATION)
        chosen, place = [], "topic"
    groups = [view.groups[p] for p in chosen]
    low, high = view.starts[start], view.ends[end - 1]
    if groups:
        entities = tuple(dict.fromkeys(id for group in groups for id in group.entities))
        low, high = min(low, groups[0].start), max(high, groups[-1].end)
    for entity in entities:
        if reading.types.get(entity) is EntityType.ORGANIZATION:
            yield Draft(
                entity,
                Attribute.OPEN_STRATEGY,
                value,
                low,
                min(high, low + 390),
                f"strategy.{value}-{place}",
            )
