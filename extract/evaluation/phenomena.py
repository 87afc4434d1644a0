"""By what a text says a relation, so that what is missed and false can be told apart."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from ..structure import Block, BlockKind, Structure
from .count import Count
from .edges import Edge, edges, fold_edges, match_edges
from .gold import GoldDocument, GoldEntity
from .matching import stand_ins
from .reading import Reading

__all__ = ["PHENOMENA", "WRONG_PARTNER", "by_phenomenon", "phenomenon", "wrong_partners"]

PHENOMENA = (
    *("front matter", "table", "heading", "list", "name composition", "apposition"),
    *("coordination", "comparison", "negation", "plan", "zero subject", "section topic"),
    "one sentence",
)
"""In the order in which they are looked for; the first that fits a relation is its phenomenon."""

WRONG_PARTNER = "wrong partner"
"""Counts the false relations that have one end and the predicate of an annotated one."""

_BY_BLOCK = {
    BlockKind.FRONT_MATTER: "front matter",
    BlockKind.TABLE_HEADER: "table",
    BlockKind.TABLE_ROW: "table",
    BlockKind.HEADING: "heading",
    BlockKind.LIST_ITEM: "list",
}
_COMPOSED = frozenset(("variantOf", "derivedFrom", "succeeds"))
_SENTENCE_END = re.compile(r"[。！？!?\n]|\.(?=\s|$)|;|；")
_APPOSITION = re.compile(
    r"(?:\s|[,，(（:：—–\-“\"《*`\[\]])*(?:(?:an?|the|即|又称|名为) ?)?|(?:'s|’s|的)\s?"
)
_JOINT = re.compile(r"\s*(?:、|,|，|/|&|\band\b|\bor\b|和|与|及|以及|或)\s*")
_COMPARED = re.compile(
    r"\bthan\b|outperform|\bbeats?\b|surpass|comparable|on par|compet|versus|\bvs\b|超[过越]|优于"
    r"|媲美|相当|持平|接近|不如|相比|对比",
    re.IGNORECASE,
)
_NEGATED = re.compile(r"\bnot\b|\bno\b|n't\b|\bnever\b|\bwithout\b|没有|未|并非|不是|不再|无法|尚")
_PLANNED = re.compile(
    r"\bwill\b|\bplans?\b|\bsoon\b|\bupcoming\b|\bgoing to\b"
    r"|计划|即将|将[会要于在]|打算|预计|敬请期待"
)
_FEW = 60  # places of a name that are looked at
_LONGEST = 400  # characters that a sentence is looked for in, before and behind
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Ends:
    """The nearest places of both names, and how far apart: sentence, block, or further."""

    subject: Place
    object: Place
    apart: int


def by_phenomenon(document: GoldDocument, structure: Structure, found: Reading) -> dict[str, Count]:
    """Count the relations of a document by phenomenon.

    Parameters
    ----------
    document : GoldDocument
    structure : Structure
        Of its text.
    found : Reading
        What a system read in it.

    Returns
    -------
    dict
        For each of `PHENOMENA` that occurs its count, and `WRONG_PARTNER`.
    """
    meant = stand_ins(document.entities, found.entities)
    said, read = edges(document), fold_edges(edges(found), meant)
    matches = match_edges(said, read, meant)
    right = set(matches.values())
    counts: dict[str, Count] = {}

    def add(name: str, count: Count) -> None:
        counts[name] = counts.get(name, Count()) + count

    for index, edge in enumerate(said):
        name = _of_edge(document.text, structure, document.entities, edge)
        add(name, Count(right=1) if index in matches else Count(missed=1))
    false = [edge for index, edge in enumerate(read) if index not in right]
    for edge in false:
        add(_of_edge(document.text, structure, found.entities, edge), Count(false=1))
    partners = wrong_partners(said, false, meant)
    if partners:
        add(WRONG_PARTNER, Count(false=partners))
    return counts


def wrong_partners(
    said: Sequence[Edge], false: Iterable[Edge], meant: Sequence[Mapping[int, int]]
) -> int:
    """Count the false relations that have the predicate and one end of an annotated one.

    Parameters
    ----------
    said, false : iterables of Edge
        What was annotated; what was found and is false.
    meant : StandIns
        See `matching.stand_ins`.
    """
    subjects = {(edge.predicate, edge.subject) for edge in said}
    objects = {(edge.predicate, edge.object) for edge in said}

    def known(predicate: str, end: int | str, ends: set[tuple[str, int | str]]) -> bool:
        return not isinstance(end, str) and any((predicate, g) in ends for g in meant[end])

    return sum(
        known(edge.predicate, edge.subject, subjects) or known(edge.predicate, edge.object, objects)
        for edge in false
    )


def _of_edge(text: str, structure: Structure, entities: Sequence[GoldEntity], edge: Edge) -> str:
    if isinstance(edge.subject, str) or isinstance(edge.object, str):
        return "section topic"
    one, other = entities[edge.subject], entities[edge.object]
    names = [tuple(dict.fromkeys((e.name, *e.names))) for e in (one, other)]
    return phenomenon(text, structure, names[0], names[1], edge.predicate)


def phenomenon(
    text: str,
    structure: Structure,
    subject: Sequence[str],
    object: Sequence[str],
    predicate: str,
) -> str:
    """Give by what a text most likely says a relation, judged by where its names stand nearest.

    Parameters
    ----------
    text : str
    structure : Structure
        Of the same text.
    subject, object : sequences of str
        The names of both ends.
    predicate : str

    Returns
    -------
    str
        One of `PHENOMENA`.

    Examples
    --------
    >>> from ..markdown import parse_structure
    >>> text = "Koala, a chat-tuned LLaMA model.\\n\\n| model | maker |\\n|---|---|\\n| Mu | Nu |"
    >>> structure = parse_structure(text)
    >>> phenomenon(text, structure, ["Mu"], ["Nu"], "developedBy")
    'table'
    >>> phenomenon("Koala (LLaMA)", parse_structure("Koala (LLaMA)"), ["Koala"], ["LLaMA"], "x")
    'apposition'
    """
    ends = _nearest(text, structure.blocks, subject, object)
    if ends is None:
        return "section topic"
    kind = _BY_BLOCK.get(structure.blocks[_block_at(structure.blocks, ends.object[0])].kind, "")
    if kind:
        return kind
    if predicate in _COMPOSED and _composed(subject, object):
        return "name composition"
    if ends.apart > 1:
        return "section topic"
    if ends.apart == 1:
        return "zero subject"
    first, second = sorted((ends.subject, ends.object))
    start, stop = _sentence(text, first[0], second[1])
    words = text[start:stop]
    if _APPOSITION.fullmatch(text[first[1] : second[0]]):
        return "apposition"
    if _in_list(text, ends.subject, start, stop) or _in_list(text, ends.object, start, stop):
        return "coordination"
    for name, pattern in (("comparison", _COMPARED), ("negation", _NEGATED), ("plan", _PLANNED)):
        if pattern.search(words):
            return name
    return "one sentence"


def _nearest(
    text: str, blocks: Sequence[Block], subject: Sequence[str], object: Sequence[str]
) -> _Ends | None:
    best: tuple[int, int, _Ends] | None = None
    for one, other in product(_places(text, subject), _places(text, object)):
        if one[0] < other[1] and other[0] < one[1]:
            continue
        first, second = sorted((one, other))
        block = _block_at(blocks, first[0]) == _block_at(blocks, second[0])
        crossed = _SENTENCE_END.search(text, first[1], second[0])
        apart = 2 if not block else 1 if crossed else 0
        distance = second[0] - first[1]
        if best is None or (apart, distance) < best[:2]:
            best = (apart, distance, _Ends(one, other, apart))
    return best[2] if best else None


def _places(text: str, names: Sequence[str]) -> list[Place]:
    pattern = "|".join(re.escape(n) for n in sorted(names, key=lambda n: (-len(n), n)) if n)
    found = (match.span() for match in re.finditer(pattern or "(?!)", text))
    return [span for span, _ in zip(found, range(_FEW), strict=False)]


def _block_at(blocks: Sequence[Block], offset: int) -> int:
    return max(0, bisect_right(blocks, offset, key=lambda block: block.start) - 1)


def _composed(subject: Sequence[str], object: Sequence[str]) -> bool:
    return any(
        one != other and other in one
        for one, other in product(map(str.casefold, subject), map(str.casefold, object))
    )


def _sentence(text: str, start: int, end: int) -> Place:
    begin = max(0, start - _LONGEST)
    low = max((m.end() for m in _SENTENCE_END.finditer(text, begin, start)), default=begin)
    high = _SENTENCE_END.search(text, end, end + _LONGEST)
    return low, high.start() if high else min(len(text), end + _LONGEST)


def _in_list(text: str, place: Place, start: int, stop: int) -> bool:
    """Whether a name is joined to another word with a capital, a digit or a Chinese list mark."""
    behind = _JOINT.match(text, place[1], stop)
    if behind and re.match(r"[A-Z\u3400-\u9fff][^\s]*", text[behind.end() : stop]):
        return behind.group().strip() not in (",", "，") or "、" in text[start:stop]
    before = re.search(_JOINT.pattern + "$", text[max(start, place[0] - 12) : place[0]])
    return bool(before and before.group().strip() not in (",", "，"))
