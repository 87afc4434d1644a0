"""What Cypher can ask and the embedded engine answers wrongly: refused, and nothing but that.

What can be put otherwise is (`modelkin.graph.projections.rewriting`); the rest is refused with an
error that names a Neo4j server as the way out. Each was found by comparing answers.
"""

from collections.abc import Sequence

from ..errors import QueryRefusedError
from .fences import enclosing, is_name_of
from .tokens import Kind, Token, closing

__all__ = ["check_gaps"]

_NEO4J = "a Neo4j server answers it: keep the graph in a store bolt://…"


def check_gaps(tokens: Sequence[Token]) -> None:
    """Refuse a query that the embedded engine would answer wrongly.

    Parameters
    ----------
    tokens : sequence of Token
        Without blanks; the fences let them pass.

    Raises
    ------
    QueryRefusedError

    Examples
    --------
    >>> from .tokens import tokenize
    >>> text = "MATCH (n) RETURN n.type"
    >>> try:
    ...     check_gaps([t for t in tokenize(text) if t.kind is not Kind.BLANK])
    ... except QueryRefusedError as error:
    ...     print(error.message)
    nodes and relationships have no property 'type'
    """
    for place, token in enumerate(tokens):
        _check_key(tokens, place)
        if token.value.lower() in ("startnode", "endnode") and is_name_of(tokens, place):
            _check_end(tokens, place)
    if len(tokens) > 1 and tokens[-2].is_word("FORMAT") and not tokens[-3:-2][0].is_sign("."):
        raise QueryRefusedError(
            "FORMAT is no part of Cypher", hint="choose a format with the option --format"
        )


def _check_end(tokens: Sequence[Token], place: int) -> None:
    """Refuse startNode(r) as a value: the engine gives a text for the node."""
    end = closing(tokens, place + 1)
    before = tokens[place - 1] if place else None
    after = tokens[end + 1] if end + 1 < len(tokens) else None
    if after is not None and after.is_sign(".", "=", "<>"):
        return
    if before is not None and before.is_sign("=", "<>"):
        return
    opening = enclosing(tokens, place)
    if opening and tokens[opening - 1].is_word("LABELS", "PROPERTIES", "KEYS"):
        return
    raise QueryRefusedError(
        f"{tokens[place].text}() as a whole node is not answered rightly here",
        hint=f"name the node in the pattern, or take a property; {_NEO4J}",
    )


def _check_key(tokens: Sequence[Token], place: int) -> None:
    """Refuse the key ``type``: the engine adds one to nodes that is not there in Cypher."""
    token = tokens[place]
    before = tokens[place - 1] if place else None
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    if before is None or (after is None and not before.is_sign(".")):
        return
    if token.is_name and token.text.strip("`") == "type":
        wrong = before.is_sign(".")
        if before.is_sign("{", ",") and after is not None and after.is_sign(":"):
            wrong = _in_node_pattern(tokens, place)
    else:
        subscript = before.is_sign("[") and after is not None and after.is_sign("]")
        wrong = token.kind is Kind.STRING and token.value == "type" and subscript
    if wrong:
        raise QueryRefusedError(
            "nodes and relationships have no property 'type'",
            hint="use labels(n) or type(r); name the key of a map otherwise",
        )


def _in_node_pattern(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a key stands in ``(n:Label {key: …})``."""
    brace = enclosing(tokens, place)
    if brace is None or not tokens[brace].is_sign("{"):
        return False
    opening = enclosing(tokens, brace)
    if opening is None or not tokens[opening].is_sign("("):
        return False
    between = tokens[opening + 1 : brace]
    if not all(t.is_name or t.is_sign(":", "|", "&") for t in between):
        return False
    before = tokens[opening - 1] if opening else None
    return before is None or not before.is_name or before.is_word("MATCH", "WHERE")
