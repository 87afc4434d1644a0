"""Names of people, by their roles, their speech and their form."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ..ontology.terms import EntityType
from .lexicon import alternatives, word_list, word_table
from .mention import Mention

__all__ = ["find_people"]

_CJK = "\u4e00-\u9fff"
_IS_CJK = re.compile(f"[{_CJK}]")
_BLANK_OR_MARK = r"$|[，。、；：！？（）()\[\]「」“”\"|\s,;:.…—\-/]"
_WORD_EN = r"[A-Z][a-z\u00e0-\u024f]{1,20}(?:[A-Z][a-z]{1,20})?(?:-[A-Z][a-z]{1,20})?"
_NAME_EN = (
    rf"{_WORD_EN}(?: [A-Z]\.)?(?: (?:van|von|de|der|den|al|bin|Le|La|El|Al))?"
    rf" (?:O['’])?{_WORD_EN}"
)
_NEXT_EN = re.compile(rf"(?:,? and |, | & |/)(?P<name>{_NAME_EN})(?![A-Za-z])")
_TWO_WORDS = re.compile(rf"(?<![A-Za-z\u00c0-\u024f.-]){_NAME_EN}(?![A-Za-z\u00c0-\u024f])")


@dataclass(frozen=True, slots=True)
class _Patterns:
    """The word lists of ``people.toml``, compiled."""

    chinese: tuple[tuple[re.Pattern[str], float], ...]
    chinese_next: re.Pattern[str]
    english: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    table = word_table("people.toml")
    zh, en = table["chinese"], table["english"]
    roles = alternatives(zh["roles"])
    edge = rf"(?={_BLANK_OR_MARK}|{alternatives(zh['after'])})"
    name = rf"(?P<name>[{_CJK}]{{2,4}}?){edge}"
    roles_en = alternatives(en["roles"])
    return _Patterns(
        chinese=(
            (re.compile(rf"{roles}(?:兼任?{roles})?\s?(?:、|：|:|——)?\s?{name}"), 0.75),
            (
                re.compile(
                    rf"(?:^|[，。、；：！？（）()\s“”「」])(?P<name>[{_CJK}]{{2,3}})"
                    rf"(?={alternatives(zh['speech'])})",
                    re.MULTILINE,
                ),
                0.6,
            ),
        ),
        chinese_next=re.compile(rf"(?:、|和|与){name}"),
        english=re.compile(
            rf"{roles_en}(?:,| and {roles_en})? (?P<after>{_NAME_EN})"
            rf"|(?P<before>{_NAME_EN})(?=,? {alternatives(en['after'])}"
            r"|(?:, | \()(?:the |an? |its |[A-Z][A-Za-z]{1,30}(?:'s|’s)? )?(?:[a-z]{1,20} ){0,2}"
            rf"{roles_en}\b)"
            rf"|{alternatives(en['before'])} (?P<by>{_NAME_EN})"
        ),
    )


@cache
def _surnames() -> frozenset[str]:
    single, *double = word_list("surnames_zh.txt")
    return frozenset((*single, *double))


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
    patterns = _patterns()
    for pattern, score in patterns.chinese:
        for match in pattern.finditer(text):
            if _chinese_name(match.group("name")):
                yield _person(*match.span("name"), score)
                yield from _listed(text, match.end("name"), patterns.chinese_next)
    for match in _dotted().finditer(text):
        yield _person(match.start(), match.end(), 0.8)
    for match in patterns.english.finditer(text):
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
        good = _chinese_name(name) if _IS_CJK.match(name) else not _no_people() & {*name.split()}
        if not good:
            return
        yield _person(*match.span("name"), 0.55)
        end = match.end("name")


@cache
def _dotted() -> re.Pattern[str]:
    """A foreign name in Chinese: 埃隆·马斯克."""
    sounds = f"[{''.join(word_list('transliteration_zh.txt'))}]"
    return re.compile(
        rf"{sounds}{{1,6}}(?:[·•・‧](?:{sounds}{{1,8}}|[A-Z]\.?(?=[·•・‧]))){{1,4}}"
        rf"(?:-{sounds}{{1,6}})?(?!{sounds})"
    )
