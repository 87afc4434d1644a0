"""Pronouns and descriptions that stand for a model or an organisation."""

import re

from ...ontology.terms import EntityType

__all__ = ["ANAPHORS", "find_anaphors"]

_MODEL = re.compile(
    r"(?:这)?两(?:款|个)(?:新|开源|全新)?(?:大模型|模型)|\b(?:both|the two|"
    r"these two) (?:of (?:the|these) )?models\b|"
    "(?:该|本|此|这款|这一|这个|这些|该系列|本系列|我们的|新)(?:开源|大语言|语言|对话|基础|"
    "系列|全新|新|代码生成)?(?:大模型|模型)(?!厂商|公司|能力)"
    r"|(?<=[。！？；，,\n])\s?它(?!们)(?:的)?"
    r"|\b(?:this|the|our)\s(?:new\s|latest\s|resulting\s|final\s|released\s|base\s|chat\s|"
    r"full\s|open\s)?"
    r"(?:\w+-?\w*\s)?(?:model|models|checkpoint|LLM)\b(?!\s(?:card|family|weights? of|card|"
    "size|hub|page|zoo|architecture))"
    r"|(?:(?<=[.!?]\s)|(?<=\n)|^)It(?='s|\s)"
    r"|(?<=,\s)it(?=\s(?:is|was|has|beats?|outperforms?|uses?|supports?|scores?|achieves?|"
    r"comes?)\b)",
    re.IGNORECASE,
)
_ORGANIZATION = re.compile(
    r"(?:该|这家|本|此|这一)(?:公司|机构|实验室|研究院|团队|企业|初创公司|创企)"
    r"|(?<=[。！？；，,\n])\s?公司(?=[^\u7684]{0,4}(?:发布|推出|开源|宣布|表示))"
    r"|\b(?:the|this)\s(?:company|startup|lab|firm|start-up|AI lab|nonprofit|non-profit|"
    r"tech giant)\b(?!'s|’s)",
    re.IGNORECASE,
)
ANAPHORS = ((EntityType.MODEL, _MODEL), (EntityType.ORGANIZATION, _ORGANIZATION))


def find_anaphors(text: str, start: int, end: int) -> list[tuple[int, int, EntityType]]:
    """Find them in a stretch of text, in order.

    Examples
    --------
    >>> find_anaphors("该模型支持中英双语", 0, 9)
    [(0, 3, <EntityType.MODEL: 'Model'>)]
    """
    found = [
        (match.start() + len(match.group()) - len(match.group().lstrip()), match.end(), kind)
        for kind, pattern in ANAPHORS
        for match in pattern.finditer(text, start, end)
    ]
    return sorted(found)
