"""Names of organisations, by their endings and by what they do."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ..ontology.terms import EntityType
from .lexicon import alternatives, left_out, word_table
from .mention import Mention

__all__ = ["find_organisations"]

_CJK = "\u4e00-\u9fff"
_IS_CJK = re.compile(f"[{_CJK}]")
_LONGEST = 10  # characters of a Chinese name
_LONGEST_FIRM = 5
_NAME = r"(?P<name>[A-Z][A-Za-z0-9]{1,30}(?:[-.][A-Za-z0-9]{1,20})?(?: [A-Z][A-Za-z0-9]{1,20})?)"
_START = r"(?<![A-Za-z0-9.-])"


@dataclass(frozen=True, slots=True)
class _Patterns:
    """The word lists of ``organisations.toml``, compiled."""

    chinese: re.Pattern[str]
    before: re.Pattern[str]
    sure: re.Pattern[str]
    firm: re.Pattern[str]
    no_firm: re.Pattern[str]
    no_firm_after: re.Pattern[str]
    acts: re.Pattern[str]
    english: re.Pattern[str]
    ai: re.Pattern[str]
    named: tuple[tuple[re.Pattern[str], float], ...]
    common: frozenset[str]
    articles: frozenset[str]


@cache
def _patterns() -> _Patterns:
    table = word_table("organisations.toml")
    zh, en, roles = table["chinese"], table["english"], table["roles"]
    endings = alternatives(zh["sure_endings"] + zh["firm_endings"] + zh["cued_endings"])
    words = r"[A-Z][A-Za-z0-9&.'’-]{0,30}"
    return _Patterns(
        chinese=re.compile(rf"[{_CJK}]{{2,{_LONGEST}}}?{endings}"),
        before=re.compile(rf".*{alternatives(zh['before'])}"),
        sure=re.compile(rf"{alternatives(zh['sure_endings'])}$"),
        firm=re.compile(rf"{alternatives(zh['firm_endings'])}$"),
        no_firm=re.compile(alternatives(zh["no_firm"])),
        no_firm_after=re.compile(alternatives(zh["no_firm_after"])),
        acts=re.compile(alternatives(zh["acts"])),
        english=re.compile(
            rf"{_START}(?:{words},? ){{1,4}}?{alternatives(en['endings'])}"
            r"(?: of (?:[A-Z][a-z]{1,20} ?){1,3})?(?![A-Za-z0-9])"
            rf"|{_START}(?:University|Institute|Academy|College) of [A-Z][a-z]{{1,20}}"
            r"(?:(?: and| for|,)? [A-Z][a-z]{1,20}){0,3}(?![A-Za-z])"
        ),
        ai=re.compile(
            rf"{_START}(?P<name>[A-Z][A-Za-z0-9]{{1,30}}(?: [A-Z][A-Za-z]{{1,20}})?[ .]AI)"
            rf"(?![A-Za-z0-9-]| [A-Z][a-z]| {alternatives(en['no_firm_after'])}|[模平技芯产])"
        ),
        named=(
            (re.compile(rf"{alternatives(roles['before'])} [“\"「]?{_NAME}"), 0.45),
            (re.compile(rf"{_START}{_NAME}(?={alternatives(roles['after'])})"), 0.5),
            (
                re.compile(
                    rf"(?:^|[。！？.!?\n：:|]\s{{0,3}}){_NAME}"
                    rf"(?= ?{alternatives(roles['announces'])})",
                    re.MULTILINE,
                ),
                0.4,
            ),
        ),
        common=frozenset(zh["common"] + en["common"]),
        articles=frozenset(en["articles"]),
    )


def find_organisations(text: str) -> Iterator[Mention]:
    """Give names of organisations: with a telling ending, or where the text says that they act.

    Examples
    --------
    >>> text = "由临江大学和启明科技发布。Work by Northfield University and Quarry Labs."
    >>> [text[m.start : m.end] for m in find_organisations(text)]
    ['临江大学', '启明科技', 'Northfield University', 'Quarry Labs']
    """
    patterns = _patterns()
    yield from _chinese(text, patterns)
    yield from _english(text, patterns)
    for match in patterns.ai.finditer(text):
        words = match.group("name").split(" ")
        while len(words) > 2 and words[0] in patterns.common:
            words = words[1:]
        if words[0] not in patterns.common:
            end = match.end("name")
            yield _organisation(end - len(" ".join(words)), end, 0.6)
    for pattern, score in patterns.named:
        for match in pattern.finditer(text):
            name = match.group("name")
            if name.split(" ")[0] not in patterns.common and name.casefold() not in left_out():
                yield _organisation(*match.span("name"), score)


def _chinese(text: str, patterns: _Patterns) -> Iterator[Mention]:
    for match in patterns.chinese.finditer(text):
        # A name ends with two characters that are its kind: no need to look for a cut there.
        cut = patterns.before.match(match.group()[:-2])
        start, end = match.start() + (cut.end() if cut else 0), match.end()
        name = text[start:end]
        if not 4 <= len(name) <= _LONGEST or name in patterns.common or name.endswith("人工智能"):
            continue
        if not cut and _IS_CJK.match(text[start - 1 : start]):
            continue
        firm = patterns.firm.search(name)
        if firm and (len(name) > _LONGEST_FIRM or patterns.no_firm.match(name)):
            continue
        if patterns.no_firm_after.match(text, end):
            continue
        if patterns.sure.search(name):
            yield _organisation(start, end, 0.6)
        elif patterns.acts.match(text[end : end + 6].lstrip()):
            yield _organisation(start, end, 0.5)


def _english(text: str, patterns: _Patterns) -> Iterator[Mention]:
    for match in patterns.english.finditer(text):
        words = match.group().split(" ")
        while len(words) > 1 and (words[0] in patterns.articles or words[0].endswith(",")):
            words = words[1:]
        if len(words) > 1 and not words[-2].endswith(","):
            yield _organisation(match.end() - len(" ".join(words)), match.end(), 0.55)


def _organisation(start: int, end: int, score: float) -> Mention:
    return Mention(start, end, EntityType.ORGANIZATION, "", "shape", score)
