"""Fields that a model serves: industries, tasks, modalities."""

import csv
import re
from collections.abc import Iterator
from functools import cache
from importlib import resources

from ..ontology.terms import EntityType
from ..seeds import KnownName
from .gazetteer import Gazetteer
from .mention import Mention

__all__ = ["find_domains"]

_CJK = "\u4e00-\u9fff"
_CLOSE = r"[\"”’)）》」\s]*"
_AFTER = re.compile(
    rf"{_CLOSE}(?:(?:推理|对话|问答|垂直|专用|增强|大|小|基座|预训练|生成|指令|微调|知识)*(?:大?模型|大?语言模型|领域|行业|垂类|助手)"
    r"|指令|知识库|知识图谱|数据集|(?:large |small |foundation |language |specialized |reasoning |chat |base )*"
    r"(?:models?\b|LLMs?\b|domains?\b|industr|applications\b|assistants?\b|agents?\b|use cases|systems\b)"
    r"|-(?:focused|specific|specialized|oriented|tuned))"
)
_AFTER_STRICT = re.compile(
    rf"{_CLOSE}(?:大?模型|大?语言模型|(?:language )?models?\b|LLMs?\b|-focused|-specific)"
)
_BEFORE = re.compile(
    r"(?:针对|专注于?|面向|专门用于|用于|擅长|聚焦于?|服务于?|深耕|适用于|specializ(?:ed|es|ing) in|focus(?:ed|es|ing)? on"
    r"|designed for|built for|optimized for|tailored (?:for|to)|models? for|model for|LLMs? for|aimed at|excels? (?:at|in)"
    r"|trained for|dedicated to|purpose-built for|geared toward|targeting|用来)[\s\"“「*]*$"
)
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
def _lexicon() -> tuple[Gazetteer, dict[str, str]]:
    text = resources.files(__package__).joinpath("data", "domains.csv").read_text("utf-8")
    strengths = {row["name"]: row["strength"] for row in csv.DictReader(text.splitlines())}
    names = (KnownName(name, EntityType.DOMAIN, name, 1) for name in sorted(strengths))
    return Gazetteer(names), strengths


def find_domains(text: str) -> Iterator[Mention]:
    """Give the fields that the text speaks of as fields.

    Words that hardly mean anything else always count, others only beside a cue: "a medical
    model", "针对教育", or in a list that ends in "等行业".

    Examples
    --------
    >>> text = "覆盖零售、物流、保险等行业。文生图很强。A model for legal questions and other support."
    >>> [text[m.start : m.end] for m in find_domains(text)]
    ['文生图', 'legal', '零售', '物流', '保险']
    """
    gazetteer, strengths = _lexicon()
    for hit in gazetteer.find(text):
        if not hit.whole:
            continue
        strength = strengths[hit.types[0].canonical]
        if text.startswith("法规", hit.end) or text.startswith("时报", hit.end):
            continue
        before, after = text[max(0, hit.start - 24) : hit.start], text[hit.end : hit.end + 40]
        if strength == "sure":
            score = _SURE
        elif strength == "cue" and (_AFTER.match(after) or _BEFORE.search(before)):
            score = _CUED
        elif strength == "strict" and _AFTER_STRICT.match(after) and _BEFORE.search(before):
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
