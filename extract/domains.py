"""Fields that a model serves: industries, tasks, modalities."""

import csv
import re
from collections.abc import Iterator
from functools import cache

from ..ontology.terms import EntityType
from ..seeds import KnownName
from .gazetteer import Gazetteer
from .lexicon import alternatives, data_text, word_table
from .mention import Mention

__all__ = ["find_domains"]

_CJK = "\u4e00-\u9fff"
_CLOSE = r"[\"”’)）》」\s]*"
_LIST = re.compile(
    rf"(?P<items>(?:[{_CJK}]{{2,6}}、){{2,20}}[{_CJK}]{{2,5}}?)(?:和[{_CJK}]{{2,6}}?)?等"
    r"(?:[0-9一二三四五六七八九十多几余数]+[个大余]*)?(?:垂直)?(?:行业|领域|场景)(?!能力)"
)
_ITEM = re.compile(rf"[{_CJK}]{{2,6}}")
_STOP_ITEM = re.compile(
    r".*(?:[在了的是与向对及于入]|覆盖|涉及|包括|涵盖|赋能|聚焦|面向|支持|深入|来自|服务|解决|提供)"
)
_LONGEST_ITEM = 4
_SURE, _CUED, _STRICT = 0.7, 0.65, 0.6


@cache
def _cues() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    table = word_table("domains.toml")["cues"]
    return (
        re.compile(alternatives(table["before"]) + r"[\s\"“「*]*$"),
        re.compile(_CLOSE + alternatives(table["after"])),
        re.compile(_CLOSE + alternatives(table["after_strict"])),
    )


@cache
def _lexicon() -> tuple[Gazetteer, dict[str, str]]:
    rows = csv.DictReader(data_text("domains.csv").splitlines())
    strengths = {row["name"]: row["strength"] for row in rows}
    names = (KnownName(name, EntityType.DOMAIN, name, 1) for name in sorted(strengths))
    return Gazetteer(names), strengths


def find_domains(text: str) -> Iterator[Mention]:
    """Give the fields that the text speaks of as fields.

    Words that hardly mean anything else always count, others only beside a cue: "a medical
    model", "针对教育", or in a list that ends in "等行业".

    Examples
    --------
    >>> text = "覆盖零售、物流、保险等行业。文生图很强。A model for legal questions."
    >>> [text[m.start : m.end] for m in find_domains(text)]
    ['文生图', 'legal', '零售', '物流', '保险']
    """
    gazetteer, strengths = _lexicon()
    cue_before, cue_after, strict_after = _cues()
    for hit in gazetteer.find(text):
        if not hit.whole:
            continue
        strength = strengths[hit.types[0].canonical]
        if text.startswith("法规", hit.end) or text.startswith("时报", hit.end):
            continue
        before, after = text[max(0, hit.start - 24) : hit.start], text[hit.end : hit.end + 40]
        if strength == "sure":
            score = _SURE
        elif strength == "cue" and (cue_after.match(after) or cue_before.search(before)):
            score = _CUED
        elif strength == "strict" and strict_after.match(after) and cue_before.search(before):
            score = _STRICT
        else:
            continue
        yield Mention(hit.start, hit.end, EntityType.DOMAIN, "", "lexicon", score)
    for match in _LIST.finditer(text):
        for item in _ITEM.finditer(text, *match.span("items")):
            cut = _STOP_ITEM.match(item.group())
            start = item.start() + (cut.end() if cut else 0)
            if 2 <= item.end() - start <= _LONGEST_ITEM:
                yield Mention(start, item.end(), EntityType.DOMAIN, "", "list", 0.6)
