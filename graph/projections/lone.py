"""Where a query looks for nodes that need no relationship: ``MATCH (n)``, ``-[*0..]->``."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .fences import WORDS, is_clause
from .tokens import Kind, Token, closing

__all__ = ["NodePattern", "lone_nodes", "pattern_nodes"]

_PATTERN_CLAUSES = ("MATCH", "OPTIONAL")
_OTHER_CLAUSES = (
    *("WHERE", "RETURN", "WITH", "UNWIND", "ORDER", "CALL", "UNION", "USING", "SKIP", "LIMIT"),
    *("FILTER", "LET", "FINISH"),
)
_BODIES = ("EXISTS", "COUNT")
_PATHS = ("SHORTESTPATH", "ALLSHORTESTPATHS")


@dataclass(frozen=True, slots=True)
class NodePattern:
    """What stands between the brackets of ``(name:Labels {…})``, by places of tokens.

    Parameters
    ----------
    opening : int
    named : int
        The place after which labels may stand: that of the name, or of the bracket.
    labels : tuple of int
        The first and last place of its labels, the sign before them left out; empty without.
    """

    opening: int
    named: int
    labels: tuple[int, ...]


def lone_nodes(words: Sequence[Token]) -> Iterator[NodePattern]:
    """Give the node patterns that a node without relationships may match.

    Parameters
    ----------
    words : sequence of Token
        Without blanks, their brackets matched.

    Examples
    --------
    >>> from .tokens import tokenize
    >>> text = "MATCH (a), (b:Model)-->(c) WHERE EXISTS { (b)-[*0..]-(d) } AND (a) IS NOT NULL"
    >>> words = [token for token in tokenize(text) if token.kind is not Kind.BLANK]
    >>> [words[node.opening + 1].text for node in lone_nodes(words)]
    ['a', 'b', 'd']
    """
    pairs = _pairs(words)
    candidates = set(pattern_nodes(words))
    tied: set[int] = set()
    for opening, end in pairs.items():
        link = _link(words, end + 1) if words[opening].is_sign("(") else None
        if link is not None:
            following, may_be_empty = link
            ends = {opening, following}
            if not may_be_empty:
                tied |= ends
            elif not _is_call(words, opening):
                candidates |= ends
    for opening in sorted(candidates - tied):
        yield _node(words, opening, pairs[opening])


def _pairs(words: Sequence[Token]) -> dict[int, int]:
    """Give for each opening bracket the place of the one that closes it."""
    waiting: list[int] = []
    pairs: dict[int, int] = {}
    for place, word in enumerate(words):
        if word.is_sign("(", "[", "{"):
            waiting.append(place)
        elif word.is_sign(")", "]", "}"):
            pairs[waiting.pop()] = place
    return pairs


def pattern_nodes(words: Sequence[Token]) -> Iterator[int]:
    """Give where the nodes begin that MATCH and its like look for, expressions left aside."""
    outer: list[bool] = []
    pattern = False
    for place, word in enumerate(words):
        if word.is_sign("(", "[", "{"):
            outer.append(pattern)
            before = words[place - 1] if place else None
            if word.is_sign("{"):
                pattern = before is not None and before.is_word(*_BODIES)
            elif word.is_sign("["):
                pattern = False
            elif pattern and not _holds_path(words, place):
                yield place
                pattern = False
        elif word.is_sign(")", "]", "}"):
            pattern = outer.pop()
        elif is_clause(words, place) and not _is_path_name(words, place):
            if word.is_word(*_PATTERN_CLAUSES):
                pattern = True
            elif word.is_word(*_OTHER_CLAUSES):
                pattern = False


def _holds_path(words: Sequence[Token], opening: int) -> bool:
    """Tell whether a bracket in a pattern holds a whole path, named or not, and not a node."""
    if opening and words[opening - 1].is_word(*_PATHS):
        return True
    after = words[opening + 1]
    named = after.is_name and words[opening + 2].is_sign("=")
    return after.is_sign("(") or named


def _is_call(words: Sequence[Token], opening: int) -> bool:
    before = words[opening - 1] if opening else None
    return before is not None and before.is_name and not before.is_word(*WORDS)


def _link(words: Sequence[Token], place: int) -> tuple[int, bool] | None:
    """Read what ties a node to the next: where that begins, and whether no step may do too."""

    def is_sign(*signs: str) -> bool:
        return place < len(words) and words[place].is_sign(*signs)

    may_be_empty = False
    if is_sign("<"):
        place += 1
    if not is_sign("-"):
        return None
    place += 1
    if is_sign("["):
        end = closing(words, place)
        may_be_empty = _may_be_empty(words, place, end)
        place = end + 1
    if not is_sign("-"):
        return None
    place += 1
    if is_sign(">"):
        place += 1
    if is_sign("*", "{"):
        may_be_empty = True
        place = place + 1 if is_sign("*") else closing(words, place) + 1
    elif is_sign("+"):
        place += 1
    return (place, may_be_empty) if is_sign("(") else None


def _may_be_empty(words: Sequence[Token], opening: int, end: int) -> bool:
    """Tell whether ``[:TYPE*0..]`` may stand for no step at all."""
    return any(
        word.is_sign("*") and words[place + 1].kind is Kind.NUMBER and not _counts(words[place + 1])
        for place, word in enumerate(words[opening:end], start=opening)
    )


def _counts(number: Token) -> bool:
    try:
        return int(number.text, 0) > 0
    except ValueError:
        return False


def _node(words: Sequence[Token], opening: int, end: int) -> NodePattern:
    named = opening
    first, second = words[opening + 1], words[min(opening + 2, end)]
    if first.is_name and (
        second.is_sign(")", ":", "{")
        or second.kind is Kind.PARAMETER
        or second.is_word("WHERE", "IS")
    ):
        named += 1
    if not (words[named + 1].is_sign(":") or words[named + 1].is_word("IS")):
        return NodePattern(opening, named, ())
    last = named + 1
    while not (
        words[last + 1].is_sign("{")
        or words[last + 1].kind is Kind.PARAMETER
        or words[last + 1].is_word("WHERE")
        or last + 1 == end
    ):
        last += 1
    return NodePattern(opening, named, (named + 2, last))


def _is_path_name(words: Sequence[Token], place: int) -> bool:
    return place + 1 < len(words) and words[place + 1].is_sign("=")
