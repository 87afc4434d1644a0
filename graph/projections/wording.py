"""What a query's text needs, whoever answers it: its end, its strings, the names of its columns."""

from collections.abc import Sequence

from .fences import check_length
from .tokens import Kind, Token, tokenize

__all__ = ["after_star", "columns", "lift_strings", "read", "without_comments"]


def read(text: str) -> list[Token]:
    """Split a query, which may not be too long, into its tokens, without the semicolon at its end.

    Raises
    ------
    QueryRefusedError
        When it is too long.
    QuerySyntaxError
        As `modelkin.graph.projections.tokens.tokenize` does.

    Examples
    --------
    >>> [token.text for token in read("RETURN 1; ")]
    ['RETURN', ' ', '1']
    """
    check_length(text)
    tokens = tokenize(text)
    last = max((p for p, t in enumerate(tokens) if t.kind is not Kind.BLANK), default=-1)
    return tokens[:last] if last >= 0 and tokens[last].is_sign(";") else tokens


def without_comments(blank: Token) -> str:
    """Give a blank's text with comments, and blanks of other scripts, made plain blanks.

    What follows keeps its line and column, and nobody reads what a comment holds.
    """
    return "".join(char if char in "\r\n\t" else " " for char in blank.text)


def lift_strings(tokens: Sequence[Token]) -> tuple[dict[int, str], dict[str, str]]:
    """Make parameters of the strings with escapes, so that nobody reads them twice.

    Returns
    -------
    dict of int to str
        The text to put in the place of a token.
    dict of str to str
        The parameters.
    """
    taken = {token.value for token in tokens if token.kind is Kind.PARAMETER}
    parameters: dict[str, str] = {}
    texts: dict[int, str] = {}
    for place, token in enumerate(tokens):
        if token.kind is Kind.STRING and "\\" in token.text:
            name = f"string_{len(parameters)}"
            while name in taken:
                name += "_"
            parameters[name] = token.value
            texts[place] = f"${name}"
    return texts, parameters


def columns(tokens: Sequence[Token]) -> tuple[str, ...]:
    """Give the names of the answer's columns as the query writes them; none for RETURN *.

    Examples
    --------
    >>> columns(read("MATCH (n) RETURN n.name, count( * ) AS number"))
    ('n.name', 'number')
    """
    items = _items(tokens)
    return () if items and _is_star(items[0]) else tuple(_column(item) for item in items)


def after_star(tokens: Sequence[Token]) -> tuple[str, ...]:
    """Give the names of the columns that RETURN * names beside all variables.

    Examples
    --------
    >>> after_star(read("MATCH (n) RETURN *, n.name AS name"))
    ('name',)
    """
    items = _items(tokens)
    return tuple(_column(item) for item in items[1:]) if items and _is_star(items[0]) else ()


def _items(tokens: Sequence[Token]) -> list[list[Token]]:
    """Give what RETURN lists, each by its tokens."""
    items: list[list[Token]] = []
    depth = 0
    collecting = False
    for token in tokens:
        depth += token.is_sign("(", "[", "{") - token.is_sign(")", "]", "}")
        outside = depth == 0
        if outside and token.is_word("RETURN") and not collecting:
            collecting, items = True, [[]]
        elif outside and token.is_word("ORDER", "SKIP", "LIMIT", "UNION"):
            collecting = False
        elif collecting and outside and token.is_sign(","):
            items.append([])
        elif collecting:
            items[-1].append(token)
    return items


def _is_star(item: Sequence[Token]) -> bool:
    words = [token for token in item if token.kind is not Kind.BLANK]
    if words and words[0].is_word("DISTINCT"):
        words = words[1:]
    return len(words) == 1 and words[0].is_sign("*")


def _column(item: Sequence[Token]) -> str:
    words = [token for token in item if token.kind is not Kind.BLANK]
    if len(words) > 2 and words[-2].is_word("AS"):
        return words[-1].value if words[-1].kind is Kind.QUOTED else words[-1].text
    if words and words[0].is_word("DISTINCT"):
        item = item[item.index(words[0]) + 1 :]
    if len(words) == 1 and words[0].kind is Kind.QUOTED:
        return words[0].value
    return "".join(token.text for token in item).strip()
