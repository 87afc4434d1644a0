"""What Cypher can ask and the embedded engine answers wrongly: refused, and nothing but that.

What can be put otherwise is (`modelkin.graph.projections.rewriting`); the rest is refused with an
error that names a Neo4j server as the way out. Each was found by comparing answers.
"""

from collections.abc import Sequence, Set

from ..errors import QueryRefusedError
from .fences import enclosing, is_name_of
from .lone import pattern_nodes
from .tokens import Kind, Token, closing

__all__ = ["check_gaps"]

# Functions of Cypher that the engine lacks.
_UNKNOWN = (
    *("e", "isempty", "isnan", "nullif", "percentilecont", "percentiledisc", "stdevp"),
    *("tobooleanornull", "tofloatornull", "tointegerornull", "tostringornull"),
)
# Words before a brace that open something other than the map of a variable.
_BEFORE_BRACES = (
    *("AND", "AS", "BY", "CALL", "CASE", "COLLECT", "CONTAINS", "COUNT", "DISTINCT", "ELSE"),
    *("EXISTS", "IN", "NOT", "OR", "RETURN", "THEN", "UNWIND", "WHEN", "WHERE", "WITH", "XOR"),
)
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
    _check_bound_edges(tokens)
    edges, nodes = edge_names(tokens), node_names(tokens)
    for place, token in enumerate(tokens):
        if is_name_of(tokens, place):
            _check_function(tokens, place)
        _check_projection(tokens, place, edges, nodes)
        _check_edge(tokens, place, edges)
        _check_key(tokens, place)
        if token.value.lower() in ("startnode", "endnode") and is_name_of(tokens, place):
            _check_end(tokens, place)
    if len(tokens) > 1 and tokens[-2].is_word("FORMAT") and not tokens[-3:-2][0].is_sign("."):
        raise QueryRefusedError(
            "FORMAT is no part of Cypher", hint="choose a format with the option --format"
        )


def _check_edge(tokens: Sequence[Token], place: int, edges: Set[str]) -> None:
    """Refuse the key ``id`` of a relationship, and the map ``r {.method}``: both come out wrong."""
    token = tokens[place]
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    if after is None or not (token.text in edges or token.is_sign(")", "]")):
        return
    if after.is_sign(".") and tokens[place + 2 : place + 3]:
        key = tokens[place + 2]
        if key.is_name and key.text.strip("`") == "id" and _gives_edge(tokens, place, edges):
            raise QueryRefusedError(
                "relationships have no property 'id'",
                hint="use type(r), startNode(r).id and endNode(r).id",
            )


def _check_bound_edges(tokens: Sequence[Token]) -> None:
    """Refuse a relationship that a pattern names and that was found before: some are missed."""
    known: dict[str, int] = {}
    for place in range(1, len(tokens)):
        token = tokens[place]
        if token.is_word("UNION"):
            known.clear()
        if not token.is_name:
            continue
        if tokens[place - 1].is_word("AS"):
            known[token.text] = place
        elif tokens[place - 1].is_sign("[") and place >= 2 and tokens[place - 2].is_sign("-"):
            first = known.setdefault(token.text, place)
            if first != place and _sees(tokens, first, place):
                raise QueryRefusedError(
                    f"the relationship {token.text} stands in two patterns, of which the second "
                    "is not answered rightly here",
                    hint=f"use startNode({token.text}) and endNode({token.text}); {_NEO4J}",
                )
            known[token.text] = place


def _sees(tokens: Sequence[Token], first: int, place: int) -> bool:
    """Tell whether a name in one place is in scope in another: it is not in subqueries apart."""
    around: list[int] = []
    for earlier in range(place):
        if tokens[earlier].is_sign("(", "[", "{"):
            around.append(earlier)
        elif tokens[earlier].is_sign(")", "]", "}"):
            around.pop()
    opening = enclosing(tokens, first)
    while opening is not None and not tokens[opening].is_sign("{"):
        opening = enclosing(tokens, opening)
    return opening is None or opening in around


def _check_projection(
    tokens: Sequence[Token], place: int, edges: Set[str], nodes: Set[str]
) -> None:
    """Refuse the map ``x {.key}`` of what is no node: it comes out null."""
    token = tokens[place]
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    if after is None or not after.is_sign("{") or not is_variable(tokens, place):
        return
    if token.text in edges or token.text not in nodes:
        raise QueryRefusedError(
            f"{token.text} {{…}} of what is no node is not answered rightly here",
            hint=f"name each: {{key: {token.text}.key}}; {_NEO4J}",
        )


def is_variable(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a name before a brace is a variable in an expression."""
    token = tokens[place]
    if not token.is_name or token.is_word(*_BEFORE_BRACES):
        return False
    before = tokens[place - 1] if place else None
    if before is not None and before.is_sign(":"):
        # The value of a map's key, or else a label.
        opening = enclosing(tokens, place)
        return opening is not None and tokens[opening].is_sign("{")
    if before is None or before.is_sign("|", "&", "!", "."):
        return False
    if before.is_sign("["):
        # -[r {…}]- is a pattern.
        return place < 2 or not tokens[place - 2].is_sign("-")
    if before.is_sign("("):
        paths = ("SHORTESTPATH", "ALLSHORTESTPATHS")
        called = place >= 2 and is_name_of(tokens, place - 2)
        return called and not tokens[place - 2].is_word(*paths)
    return True


def _check_function(tokens: Sequence[Token], place: int) -> None:
    """Refuse a function that the engine lacks: where no rows are, it does not tell."""
    name = tokens[place].value.lower()
    if name in _UNKNOWN:
        raise QueryRefusedError(
            f"the function {tokens[place].text}() is not known here", hint=_NEO4J
        )
    if name == "round":
        end = closing(tokens, place + 1)
        inside = tokens[place + 2 : end]
        last = inside[-1] if len(inside) > 2 else None
        if last is not None and inside[-2].is_sign(",") and last.kind is Kind.NUMBER:
            return
        depth = 0
        for token in inside:
            depth += token.is_sign("(", "[", "{") - token.is_sign(")", "]", "}")
            if depth == 0 and token.is_sign(","):
                raise QueryRefusedError(
                    "round() to a computed precision is not answered rightly here",
                    hint=f"write the precision as a number; {_NEO4J}",
                )


def _gives_edge(tokens: Sequence[Token], place: int, edges: Set[str]) -> bool:
    """Tell whether what ends there may be a relationship: ``r``, ``r[0]``, ``head(r)``."""
    token = tokens[place]
    if token.is_name:
        return token.text in edges
    if not token.is_sign(")", "]"):
        return False
    opening = _opening(tokens, place)
    before = tokens[opening - 1] if opening else None
    if token.is_sign("]"):
        return opening > 0 and _gives_edges(tokens, opening - 1, edges)
    takes_one = before is not None and before.is_word("HEAD", "LAST", "COALESCE")
    inside = range(opening + 1, place)
    return takes_one and any(_gives_edges(tokens, p, edges) for p in inside)


def _gives_edges(tokens: Sequence[Token], place: int, edges: Set[str]) -> bool:
    """Tell whether what ends there may be a list of relationships: ``r``, ``relationships(p)``."""
    if tokens[place].is_sign(")"):
        opening = _opening(tokens, place)
        return opening > 0 and tokens[opening - 1].is_word("RELATIONSHIPS")
    return tokens[place].is_name and tokens[place].text in edges


def _opening(tokens: Sequence[Token], place: int) -> int:
    """Give the place of the bracket that the one there closes."""
    opening = enclosing(tokens, place)
    assert opening is not None
    return opening


def edge_names(tokens: Sequence[Token]) -> frozenset[str]:
    """Give the variables that may stand for relationships or lists of them.

    Examples
    --------
    >>> from .tokens import tokenize
    >>> text = "MATCH p = ()-[r]->() WITH r AS s, p UNWIND relationships(p) AS t RETURN s, t"
    >>> sorted(edge_names([t for t in tokenize(text) if t.kind is not Kind.BLANK]))
    ['r', 's', 't']
    """
    names = {
        tokens[place].text
        for place in range(2, len(tokens))
        if tokens[place].is_name
        and tokens[place - 1].is_sign("[")
        and tokens[place - 2].is_sign("-")
    }
    while True:
        known = len(names)
        _add_renamed(tokens, names)
        if len(names) == known:
            return frozenset(names)


def node_names(tokens: Sequence[Token]) -> frozenset[str]:
    """Give the variables that stand for nodes found by the query itself, in no subquery.

    Examples
    --------
    >>> from .tokens import tokenize
    >>> text = "MATCH p = (a)-->() WITH a AS b, p RETURN [c IN nodes(p) | c.id], b"
    >>> sorted(node_names([t for t in tokenize(text) if t.kind is not Kind.BLANK]))
    ['a', 'b', 'c']
    """
    within = _within_subqueries(tokens)
    names = {
        tokens[opening + 1].text
        for opening in pattern_nodes(tokens)
        if tokens[opening + 1].is_name and not within[opening]
    }
    for place in range(2, len(tokens)):
        if tokens[place].is_word("NODES") and tokens[place - 1].is_word("IN"):
            names.add(tokens[place - 2].text)
    for place in range(2, len(tokens) - 1):
        plain = not tokens[place - 2].is_sign(".") and not within[place]
        if plain and tokens[place].is_word("AS") and tokens[place - 1].text in names:
            names.add(tokens[place + 1].text)
    return frozenset(names)


def _within_subqueries(tokens: Sequence[Token]) -> list[bool]:
    """Tell of each place whether it is inside CALL { … } or its like."""
    outer: list[bool] = []
    within = False
    found = []
    for place, token in enumerate(tokens):
        found.append(within)
        if token.is_sign("(", "[", "{"):
            outer.append(within)
            before = tokens[place - 1] if place else None
            if token.is_sign("{") and before is not None:
                words = before.is_word("CALL", "EXISTS", "COUNT", "COLLECT")
                within = within or words or before.is_sign(")")
        elif token.is_sign(")", "]", "}"):
            within = outer.pop()
    return found


def _add_renamed(tokens: Sequence[Token], names: set[str]) -> None:
    for place in range(1, len(tokens) - 1):
        if tokens[place].is_word("AS"):
            if _gives_edges(tokens, place - 1, names) or _gives_edge(tokens, place - 1, names):
                names.add(tokens[place + 1].text)
        elif tokens[place].is_word("IN") and tokens[place - 1].is_name:
            source = tokens[place + 1]
            if source.is_word("RELATIONSHIPS") or (source.is_name and source.text in names):
                names.add(tokens[place - 1].text)


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
