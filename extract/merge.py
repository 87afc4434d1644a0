"""Brings the names of one document together: one entity for each thing that it names."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ..ontology.identifiers import entity_id, name_key
from ..ontology.terms import EntityType
from ..seeds import KnownName, resolve
from .gazetteer import Gazetteer
from .mention import Mention
from .short_forms import is_short_for, short_forms

__all__ = ["merge_mentions", "repeat_mentions"]

_CJK = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_ALSO_ZH = "简称|又称|又名|即|也称|以下简称|原名|前身[是为]?|曾用名|英文名"
_ALSO_EN = r"aka|a\.k\.a\.|or|formerly(?: known as| called)?|also known as|hereafter|called"
_BETWEEN = re.compile(
    rf"[\s*`\"”」]*[（(]\s*(?:{_ALSO_ZH}|{_ALSO_EN})?[\s：:\"“「*`]*"
    r"|\s*[,，]?\s*(?:又称|又名|简称|原名|also known as|formerly(?: known as| called)?|aka)"
    r"\s*[\"“「]?"
)
_CLOSED = re.compile(r"[\s*`\"”」]*[）),，、]")
_SUFFIXES = {
    EntityType.MODEL: ("大语言模型", "大模型", "模型", "model", "models", "llm", "系列", "family"),
    EntityType.LICENSE: (
        "license",
        "licence",
        "许可证",
        "许可协议",
        "协议",
        "开源协议",
        "agreement",
    ),
    EntityType.DATASET: ("dataset", "datasets", "数据集", "corpus", "data"),
    EntityType.BENCHMARK: ("benchmark", "benchmarks", "基准", "评测", "榜单", "排行榜"),
    EntityType.PLATFORM: ("hub", "平台", "社区"),
    EntityType.ORGANIZATION: ("公司", "团队", "集团", "inc", "inc.", "team", "corporation"),
}
_FIRM_WORDS = ("ai", "lab", "labs", "computer", "technologies", "technology", "科技", "智能")
# "V3" and "Opus 4" are what is left when the name of the family is dropped.
_WITHOUT_FAMILY = re.compile(
    r"[A-Z]\d{1,2}(?:\.\d)?(?![\dA-Za-z])|(?:Opus|Sonnet|Haiku|Large|Medium|Small)\b.*\d"
)


class _Groups:
    """Names that stand for one thing (union-find over keys)."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def find(self, key: str) -> str:
        while self._parent.setdefault(key, key) != key:
            self._parent[key] = self._parent[self._parent[key]]
            key = self._parent[key]
        return key

    def join(self, one: str, other: str) -> None:
        self._parent[self.find(other)] = self.find(one)


def merge_mentions(text: str, mentions: Sequence[Mention]) -> tuple[list[Mention], dict[str, str]]:
    """Give each mention the id of its entity.

    One name (see `name_key`) is one entity. Names also meet where the seeds know them as one
    thing, where the text defines one by the other ("智谱AI（Zhipu AI）"), where one is the other
    with its owner ("Owner/Name"), a general word or a given name more; but never when their
    numbers differ.

    Parameters
    ----------
    text : str
    mentions : sequence of Mention
        Sorted; each name has one type.

    Returns
    -------
    list of Mention, dict of str to str
        The mentions, and the name of each entity by id.

    Examples
    --------
    >>> text = "Quarry Labs (QL) released Foo-7B. QL says foo 7B is good."
    >>> spans = [(0, 11), (13, 15), (26, 32), (34, 36), (42, 48)]
    >>> types = [EntityType.ORGANIZATION, EntityType.ORGANIZATION, EntityType.MODEL]
    >>> mentions = [Mention(*s, t, "") for s, t in zip(spans, types + types[1:], strict=True)]
    >>> merge_mentions(text, mentions)[1]
    {'organization/quarry-labs': 'Quarry Labs', 'model/foo-7b': 'Foo-7B'}
    """
    types: dict[str, EntityType] = {}
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    keys: list[str] = []
    for mention in mentions:
        name = " ".join(text[mention.start : mention.end].split())
        key = f"{mention.type}:{name_key(name)}"
        keys.append(key)
        types[key] = mention.type
        forms[key][name] += 1
    groups = _Groups()
    for one, other in (
        *_by_curation(types, forms),
        *_by_form(types, forms),
        *short_forms(types, forms),
        *_by_definition(text, mentions, keys),
    ):
        if _numbers(one) == _numbers(other):
            groups.join(one, other)
    return _assign(mentions, keys, types, forms, groups)


def _numbers(key: str) -> list[str]:
    return sorted(_NUMBER.findall(key))


def _assign(
    mentions: Sequence[Mention],
    keys: list[str],
    types: dict[str, EntityType],
    forms: dict[str, Counter[str]],
    groups: _Groups,
) -> tuple[list[Mention], dict[str, str]]:
    together: dict[str, Counter[str]] = defaultdict(Counter)
    for key in types:
        together[groups.find(key)].update(forms[key])
    shown: dict[str, str] = {}
    ids: dict[str, str] = {}
    for group, names in together.items():
        type = types[group]
        known = next((e for e in (resolve(n, type) for n in names) if e), None)
        name = _shown(names, type)
        identifier = known.id if known else entity_id(type, name)
        if identifier in shown and known:
            identifier = entity_id(type, name)
        ids[group] = identifier
        shown.setdefault(identifier, name)
    merged = [
        replace(mention, entity=ids[groups.find(key)])
        for mention, key in zip(mentions, keys, strict=True)
    ]
    return merged, shown


def _shown(names: Counter[str], type: EntityType) -> str:
    """The name for people: a full one rather than an acronym or surname, then the commonest."""
    longest = max(map(len, names))

    def rank(name: str) -> tuple[bool, bool, int]:
        short = name.isupper() and len(name) <= 5 and longest >= 2 * len(name)
        full = type is EntityType.PERSON and len(name) == longest
        return full, not short, names[name]

    # The first of equals: they are counted in the order of the text.
    return max(names, key=rank)


def _by_curation(
    types: dict[str, EntityType], forms: dict[str, Counter[str]]
) -> Iterator[tuple[str, str]]:
    """Names that the seeds know as one thing."""
    first: dict[str, list[str]] = defaultdict(list)
    for key, type in types.items():
        known = next((e for e in (resolve(name, type) for name in forms[key]) if e), None)
        if known is None:
            continue
        for other in first[known.id]:
            if _numbers(other) == _numbers(key):
                yield other, key
                break
        first[known.id].append(key)


def _by_form(
    types: dict[str, EntityType], forms: dict[str, Counter[str]]
) -> Iterator[tuple[str, str]]:
    """Names that are another name with its owner, a general word or a given name more."""
    people = [key for key, type in types.items() if type is EntityType.PERSON]
    surnames: dict[str, str] = {}
    for key in people:
        name = next(iter(forms[key]))
        parts = re.split(r"[·•・‧ ]", name)
        if len(parts) > 1:
            surnames.setdefault(f"{EntityType.PERSON}:{name_key(parts[-1])}", key)
    for key in people:
        if key in surnames and surnames[key] != key:
            yield surnames[key], key
    for key, type in types.items():
        bare = key.rsplit("/", 1)[1] if "/" in key else ""
        if bare and f"{type}:{bare}" in types:
            yield f"{type}:{bare}", key
        if type is EntityType.MODEL and any(_WITHOUT_FAMILY.match(n) for n in forms[key]):
            yield from _with_family(key, types, forms)
        if type is EntityType.ORGANIZATION:
            for word in _FIRM_WORDS:
                if key + word in types:
                    yield key + word, key
        for suffix in _SUFFIXES.get(type, ()):
            shorter = key.removesuffix(name_key(suffix))
            if shorter != key and shorter in types:
                yield shorter, key


def _with_family(
    key: str, types: dict[str, EntityType], forms: dict[str, Counter[str]]
) -> Iterator[tuple[str, str]]:
    """The only name that is this one with the name of a family before it."""
    bare = key.split(":", 1)[1]
    longer = [
        other
        for other in types
        if other != key
        and other.startswith(f"{EntityType.MODEL}:")
        and other.endswith(bare)
        and any(
            re.search(rf"(?<![A-Za-z0-9]){re.escape(n)}$", f, re.IGNORECASE)
            for n in forms[key]
            for f in forms[other]
        )
    ]
    if len(longer) == 1:
        yield longer[0], key


def _by_definition(
    text: str, mentions: Sequence[Mention], keys: list[str]
) -> Iterator[tuple[str, str]]:
    """Names that the text explains by each other: "智谱AI（Zhipu AI）"."""
    for index in range(len(mentions) - 1):
        one, other = mentions[index], mentions[index + 1]
        if one.type is not other.type or other.start - one.end > 24:
            continue
        if not _BETWEEN.fullmatch(text, one.end, other.start):
            continue
        if not _CLOSED.match(text, other.end):
            continue
        first, second = text[one.start : one.end], text[other.start : other.end]
        if (
            bool(_CJK.search(first)) != bool(_CJK.search(second))
            or _is_acronym(first, second)
            or is_short_for(second, first)
            or is_short_for(first, second)
        ):
            yield keys[index], keys[index + 1]


def _is_acronym(name: str, short: str) -> bool:
    initials = "".join(word[0] for word in re.findall(r"[A-Za-z]+", name)).casefold()
    return len(initials) > 1 and initials.startswith(name_key(short)[:2])


def repeat_mentions(text: str, mentions: Iterable[Mention]) -> list[Mention]:
    """Give every other place where the text uses an accepted name.

    Parameters
    ----------
    text : str
    mentions : iterable of Mention
        Sorted, never overlapping.

    Returns
    -------
    list of Mention
        The same and the new ones, sorted, never overlapping.

    Examples
    --------
    >>> text = "Foo-7B is new. We like foo-7b."
    >>> found = repeat_mentions(text, [Mention(0, 6, EntityType.MODEL, "", "shape", 0.9)])
    >>> [text[m.start : m.end] for m in found]
    ['Foo-7B', 'foo-7b']
    """
    kept = list(mentions)
    best: dict[tuple[str, EntityType], float] = {}
    for mention in kept:
        if mention.type is not EntityType.DOMAIN:
            name = (" ".join(text[mention.start : mention.end].split()), mention.type)
            best[name] = max(best.get(name, 0.0), mention.score)
    if not best:
        return kept
    finder = Gazetteer(KnownName(name, type, name, 0) for name, type in sorted(best))
    scores = {(name_key(name), type): score for (name, type), score in sorted(best.items())}
    starts = [(m.start, m.end) for m in kept]
    position = 0
    for hit in finder.find(text):
        while position < len(starts) and starts[position][1] <= hit.start:
            position += 1
        if position < len(starts) and starts[position][0] < hit.end:
            continue
        if hit.whole:
            type = hit.types[0].type
            key = (name_key(text[hit.start : hit.end]), type)
            score = scores.get(key, 0.5)
            kept.append(Mention(hit.start, hit.end, type, "", "repeat", score))
    return sorted(kept, key=lambda m: (m.start, m.end))
