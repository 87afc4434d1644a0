"""Names of people, by their roles, their speech and their form."""

import re
from collections.abc import Iterator
from functools import cache

from ..ontology.terms import EntityType
from .lexicon import word_list
from .mention import Mention

__all__ = ["find_people"]

_CJK = "\u4e00-\u9fff"
_ROLE_ZH = (
    "创始人|创办人|首席执行官|首席技术官|首席科学家|首席财务官|首席运营官|首席产品官|首席[A-Z\u4e00-\u9fff]{2,4}官"
    "|CEO|CTO|COO|CFO|CMO|CPO|CIO|总裁|副总裁|董事长|总经理|总监|负责人|教授|院士|博士|院长|所长|主任|主席|科学家"
    "|研究员|工程师|合伙人|创投人|投资人|分析师|架构师|掌门人|发言人|经理|学者|研究人员|作者|老板|前员工|主管|秘书长|校长"
)
_SPEECH_ZH = (
    "表示|称|认为|指出|介绍|透露|告诉|强调|坦言|提到|谈到|宣布|解释|写道|补充|说|指|直言|回应|评论|预测|曾|在|从|离职"
    "|加入|创立|创办|担任|领导|带领|博士|教授|院士|先生|女士|等|的|与|和|对|也|则|是|就|还|将|发文|领衔|于|为|任"
)
_EDGE = rf"(?=$|[，。、；：！？（）()\[\]「」“”\"|\s,;:.…—\-/]|{_SPEECH_ZH})"
_CUE_ZH = re.compile(
    rf"(?:{_ROLE_ZH})(?:兼(?:任)?(?:{_ROLE_ZH}))?[\s]?(?:、|：|:|——)?\s?"
    rf"(?P<name>[{_CJK}]{{2,4}}?){_EDGE}"
)
_SPEAKER_ZH = re.compile(
    rf"(?:^|[，。、；：！？（）()\s“”「」])(?P<name>[{_CJK}]{{2,3}})"
    r"(?=表示|称[，：:“]|认为[，：:“]|指出|坦言|透露|告诉|说道|说[，：:“]|写道|强调|补充道|直言|（CEO|（CTO)",
    re.MULTILINE,
)
_WORD_EN = r"[A-Z][a-z\u00e0-\u024f]+(?:[A-Z][a-z]+)?(?:-[A-Z][a-z]+)?"
_NAME_EN = rf"{_WORD_EN}(?: [A-Z]\.)?(?: (?:van|von|de|der|den|al|bin|Le|La|El|Al))?(?: (?:O['’])?{_WORD_EN})"
_ROLE_EN = (
    r"CEO|CTO|COO|CFO|[Cc]o-?founders?|[Ff]ounders?|[Cc]hief [A-Z]?[a-z]+(?: [a-z]+)? [Oo]fficer|[Cc]hief [Ss]cientist"
    r"|[Pp]resident|[Pp]rofessor|[Pp]rof\.|Dr\.|Mr\.|Ms\.|[Rr]esearchers?|[Ss]cientist|[Dd]irector|[Ee]ngineer|[Aa]nalyst"
    r"|[Ii]nvestor|[Ss]pokesperson|[Mm]anager|[Ll]ead|[Hh]ead|[Cc]hair(?:man)?|[Aa]uthors?|[Aa]dvis[eo]r|[Bb]illionaire|VP"
)
_CUE_EN = re.compile(
    rf"(?:(?:{_ROLE_EN})(?:,| and {_ROLE_EN})? (?P<after>{_NAME_EN}))"
    rf"|(?P<before>{_NAME_EN})(?=,? (?:said|says|told|wrote|argues|argued|explained|noted|added|stated|announced"
    rf"|tweeted|posted|commented|claims|claimed|believes|who |co-?founded|founded|joined|left|left)"
    rf"|(?:, | \()(?:the |an? |its |[A-Z][A-Za-z]+(?:'s|’s)? )?(?:[a-z]+ ){{0,2}}(?:{_ROLE_EN})\b)"
    rf"|(?:trained by|created by|led by|founded by|developed by|said|says|work of|authored by|according to|by) "
    rf"(?P<by>{_NAME_EN})"
)
_NEXT_ZH = re.compile(rf"(?:、|和|与)(?P<name>[{_CJK}]{{2,4}}?){_EDGE}")
_NEXT_EN = re.compile(rf"(?:,? and |, | & |/)(?P<name>{_NAME_EN})(?![A-Za-z])")
_TWO_WORDS = re.compile(rf"(?<![A-Za-z\u00c0-\u024f.-]){_NAME_EN}(?![A-Za-z\u00c0-\u024f])")


@cache
def _surnames() -> frozenset[str]:
    return frozenset("".join(word_list("surnames_zh.txt")).replace(" ", "")) | frozenset(
        ["欧阳", "司马", "上官", "诸葛", "东方", "慕容"]
    )


@cache
def _first_names() -> frozenset[str]:
    return frozenset(word for line in word_list("first_names_en.txt") for word in line.split())


@cache
def _no_people() -> frozenset[str]:
    return frozenset(word for line in word_list("no_people.txt") for word in line.split())


def find_people(text: str) -> Iterator[Mention]:
    """Give names of people: after their role, before what they say, or by their form.

    Examples
    --------
    >>> text = "某公司CEO李思源表示满意。Its CEO Maria Lopez said so. 埃隆·马斯克离开了。"
    >>> sorted({text[m.start : m.end] for m in find_people(text)})
    ['Maria Lopez', '埃隆·马斯克', '李思源']
    """
    for pattern, score in ((_CUE_ZH, 0.75), (_SPEAKER_ZH, 0.6)):
        for match in pattern.finditer(text):
            if _chinese_name(match.group("name")):
                yield _person(*match.span("name"), score)
                yield from _listed(text, match.end("name"), _NEXT_ZH)
    for match in _dotted().finditer(text):
        yield _person(match.start(), match.end(), 0.8)
    for match in _CUE_EN.finditer(text):
        group = match.lastgroup or "after"
        name = match.group(group)
        words = name.split(" ")
        if any(word in _no_people() for word in words):
            continue
        known = words[0] in _first_names()
        score = 0.85 if known else {"after": 0.6, "before": 0.55}.get(group, 0.3)
        yield _person(*match.span(group), score)
        if score > 0.5:
            yield from _listed(text, match.end(group), _NEXT_EN)
    for match in _TWO_WORDS.finditer(text):
        words = match.group().split(" ")
        if words[0] in _first_names() and not any(word in _no_people() for word in words):
            yield _person(match.start(), match.end(), 0.6)
            yield from _listed(text, match.end(), _NEXT_EN)


def _person(start: int, end: int, score: float) -> Mention:
    return Mention(start, end, EntityType.PERSON, "", "shape", score)


def _chinese_name(name: str) -> bool:
    if name[:2] in _no_people() or name[-1] in "的了是在和与曾已日宣称多":
        return False
    if name[:2] in _surnames() and 3 <= len(name) <= 4:
        return True
    return name[0] in _surnames() and 2 <= len(name) <= 3 and name not in _no_people()


def _listed(text: str, end: int, pattern: re.Pattern[str]) -> Iterator[Mention]:
    """Give the people who are named in one list after one who is known."""
    while match := pattern.match(text, end):
        name = match.group("name")
        good = _chinese_name(name) if pattern is _NEXT_ZH else not _no_people() & {*name.split()}
        if not good:
            return
        yield _person(*match.span("name"), 0.55)
        end = match.end("name")


@cache
def _dotted() -> re.Pattern[str]:
    """A foreign name in Chinese: 埃隆·马斯克."""
    sounds = f"[{''.join(word_list('transliteration_zh.txt'))}]"
    return re.compile(
        rf"{sounds}{{1,6}}(?:[·•・‧](?:{sounds}{{1,8}}|[A-Z]\.?(?=[·•・‧])))+"
        rf"(?:-{sounds}{{1,6}})?(?!{sounds})"
    )
