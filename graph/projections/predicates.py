"""Where a query asks whether a pattern is there: ``WHERE (a)-[:DERIVED_FROM]->()``."""

from collections.abc import Iterator, Sequence

from .fences import is_clause
from .tokens import Kind, Token, closing

__all__ = ["pattern_predicates"]

_PATTERN_CLAUSES = ("MATCH", "OPTIONAL")
_EXPRESSION_CLAUSES = ("WHERE", "RETURN", "WITH", "UNWIND", "ORDER", "CALL", "WHEN", "IN")
_BODIES = ("EXISTS", "COUNT", "COLLECT")
_PATHS = ("SHORTESTPATH", "ALLSHORTESTPATHS", "EXISTS")
# The signs between two nodes: with a relationship in brackets, or without.
_LINKS = (("-", "["), ("<", "-", "["), ("-", "-"), ("<", "-", "-"))


def pattern_predicates(words: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Give the patterns that stand where a truth value is expected.

    Parameters
    ----------
    words : sequence of Token
        Without blanks.

    Yields
    ------
    (int, int)
        The places of a pattern's first and last token. What MATCH, EXISTS { … }, a pattern
        comprehension or shortestPath looks for is none of them.

    Examples
    --------
    >>> from .tokens import tokenize
    >>> text = "MATCH (a)-->(b) WHERE NOT (a)<--() RETURN a"
    >>> words = [token for token in tokenize(text) if token.kind is not Kind.BLANK]
    >>> [[words[place].start for place in pair] for pair in pattern_predicates(words)]
    [[26, 33]]
    """
    outer: list[bool] = []
    expression = False
    end = -1
    for place, word in enumerate(words):
        if word.is_sign("(", "[", "{"):
            if word.is_sign("(") and expression and place > end:
                last = _pattern_end(words, place)
                if last is not None:
                    end = last
                    yield place, last
            outer.append(expression)
            expression = _inside(words, place, expression)
        elif word.is_sign(")", "]", "}"):
            expression = outer.pop()
        elif word.is_sign("|") and outer and words[place - 1].text != ":":
            expression = True
        elif is_clause(words, place):
            if word.is_word(*_PATTERN_CLAUSES):
                expression = False
            elif word.is_word(*_EXPRESSION_CLAUSES):
                expression = True


def _inside(words: Sequence[Token], opening: int, expression: bool) -> bool:
    """Tell whether what a bracket opens is an expression, and not a pattern."""
    before = words[opening - 1] if opening else None
    if words[opening].is_sign("["):
        # [x IN …] becomes one at its IN, [(a)-->(b) | …] at its bar.
        return False
    if before is None or not before.is_name:
        return expression
    if words[opening].is_sign("{"):
        return expression and not before.is_word(*_BODIES)
    return expression and not before.is_word(*_PATHS)


def _pattern_end(words: Sequence[Token], place: int) -> int | None:
    """Give the last place of the pattern that begins there, None when none does."""
    end = _node_end(words, place)
    if end is None:
        return None
    last = None
    while end is not None:
        start = _link_end(words, end + 1)
        end = None if start is None else _node_end(words, start)
        last = end if end is not None else last
    return last


def _node_end(words: Sequence[Token], place: int) -> int | None:
    """Give the place where ``(name:Label {…})`` ends."""
    if place >= len(words) or not words[place].is_sign("("):
        return None
    end = closing(words, place)
    inner = place + 1
    while inner < end:
        word = words[inner]
        if word.is_sign("{"):
            inner = closing(words, inner)
        elif not (word.is_name or word.is_sign(":", "|", "&") or word.kind is Kind.PARAMETER):
            return None
        inner += 1
    return end


def _link_end(words: Sequence[Token], place: int) -> int | None:
    """Give the place after ``-[…]->``, ``--`` and their like."""
    for link in _LINKS:
        found = words[place : place + len(link)]
        if len(found) == len(link) and all(
            word.is_sign(sign) for word, sign in zip(found, link, strict=True)
        ):
            after = place + len(link)
            if link[-1] == "[":
                after = closing(words, after - 1) + 1
                if not words[after : after + 1] or not words[after].is_sign("-"):
                    return None
                after += 1
            if words[after : after + 1] and words[after].is_sign(">"):
                after += 1
            return after
    return None
