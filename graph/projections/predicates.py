"""Where a query asks what is true or not: is a pattern there, has a node a label."""

from collections.abc import Iterator, Sequence

from .fences import is_clause
from .tokens import Kind, Token, closing, openings

__all__ = ["label_predicates", "pattern_predicates"]

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
    in_expression = _in_expressions(words)
    end = -1
    for place, word in enumerate(words):
        if place > end and word.is_sign("(") and in_expression[place]:
            last = _pattern_end(words, place)
            if last is not None:
                end = last
                yield place, last


def label_predicates(words: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Give where the query asks for labels of a variable.

    Yields
    ------
    (int, int)
        The places of the variable and of the last label.

    Examples
    --------
    >>> from .tokens import tokenize
    >>> text = "MATCH (a:Model) WHERE NOT (a:Entity) RETURN {b: a:Model:Entity}"
    >>> words = [token for token in tokenize(text) if token.kind is not Kind.BLANK]
    >>> [[words[place].text for place in pair] for pair in label_predicates(words)]
    [['a', 'Entity'], ['a', 'Entity']]
    """
    patterns = {
        place for first, last in pattern_predicates(words) for place in range(first, last + 1)
    }
    in_expression, around = _in_expressions(words), openings(words)
    last = -1
    for place, word in enumerate(words[:-2]):
        if place <= last or place in patterns or not in_expression[place] or not word.is_name:
            continue
        if not (words[place + 1].is_sign(":") and words[place + 2].is_name):
            continue
        if place and words[place - 1].is_sign("{", ","):
            opening = around[place]
            if opening is not None and words[opening].is_sign("{"):
                # A key of a map.
                continue
        last = place + 2
        while words[last + 1 : last + 2] and _joins_labels(words, last + 1, around[last + 1]):
            last += 2
        yield place, last


def _joins_labels(words: Sequence[Token], place: int, opening: int | None) -> bool:
    """Tell whether another label follows; in [n IN list WHERE n:Model | n.id] the bar ends them."""
    if words[place].is_sign("|"):
        return opening is None or not words[opening].is_sign("[")
    return words[place].is_sign(":", "&")


def _in_expressions(words: Sequence[Token]) -> list[bool]:
    """Tell of each place whether it is inside an expression, and not inside a pattern."""
    outer: list[bool] = []
    expression = False
    found = []
    for place, word in enumerate(words):
        found.append(expression)
        if word.is_sign("(", "[", "{"):
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
    return found


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
