"""What a query may not do: change the graph, read files, ask what the engine answers wrongly.

The embedded engine reads files when a query says so, and its answers to some shapes differ from
what Cypher means. A query that holds one is refused by its tokens, before the engine sees it.
"""

from collections.abc import Mapping, Sequence

from ..errors import QueryError, QueryRefusedError, QuerySyntaxError
from .tokens import Kind, Token, closing

__all__ = ["FUNCTIONS", "LONGEST", "check", "check_parameters", "enclosing", "is_clause"]

LONGEST = 100_000
"""The most characters that a query may have."""

_FUNCTION_NAMES = (
    "abs acos all allshortestpaths any asin atan atan2 avg ceil char_length character_length "
    "coalesce collect cos cot count date datetime degrees duration e endnode exists exp floor "
    "head haversin isempty isnan keys labels last left length localdatetime localtime log "
    "log10 lower ltrim max min nodes none nullif percentilecont percentiledisc pi properties "
    "radians rand range reduce relationships replace reverse right round rtrim shortestpath "
    "sign sin single size split sqrt startnode stdev stdevp substring sum tail tan time "
    "toboolean tobooleanornull tofloat tofloatornull tointeger tointegerornull tolower "
    "tostring tostringornull toupper trim type upper"
)
FUNCTIONS = frozenset(_FUNCTION_NAMES.split())
"""The functions of Cypher that a query may call; the engine has more, some of its own."""

_PROCEDURES = frozenset(("DB.RELATIONSHIPTYPES",))
_BEGINNINGS = ("MATCH", "OPTIONAL", "WITH", "UNWIND", "RETURN", "CALL")
_WRITES = (
    "ALTER",
    "CREATE",
    "DELETE",
    "DENY",
    "DETACH",
    "DROP",
    "FOREACH",
    "GRANT",
    "INSERT",
    "MERGE",
    "NODETACH",
    "REMOVE",
    "REVOKE",
    "SET",
)
# Words that stand before a bracket without being functions.
_WORD_LIST = (
    "ALL AND AS ASC ASCENDING BY CALL CASE COUNT DESC DESCENDING DISTINCT ELSE EXISTS IN IS "
    "LIMIT MATCH NOT ON OPTIONAL OR ORDER RETURN SKIP THEN UNION UNWIND WHEN WHERE WITH XOR "
    "YIELD"
)
_WORDS = frozenset(_WORD_LIST.split())
_WRITE_HINT = (
    "the graph changes by claims and decisions: add an article with 'modelkin ingest', "
    "take one out with 'modelkin remove'"
)
_NEO4J = "a Neo4j server answers it: keep the graph in a store bolt://…"


def check(tokens: Sequence[Token]) -> None:
    """Refuse a query that may not be asked.

    Parameters
    ----------
    tokens : sequence of Token
        Without blanks.

    Raises
    ------
    QuerySyntaxError
        When the query is empty or its brackets do not match.
    QueryRefusedError
        When it would change the graph, read a file, call what is not allowed, or holds a shape
        that the engine answers wrongly.

    Examples
    --------
    >>> from .tokens import tokenize
    >>> try:
    ...     check([t for t in tokenize("CREATE (n)") if t.kind is not Kind.BLANK])
    ... except QueryRefusedError as error:
    ...     print(error.message)
    a query only reads: CREATE is refused
    """
    if not tokens:
        raise QuerySyntaxError("the query is empty", hint="try: MATCH (n:Model) RETURN n.name")
    _check_brackets(tokens)
    for place, token in enumerate(tokens):
        if token.is_sign(";"):
            raise QueryRefusedError("more than one query at once", hint="ask them one by one")
        if is_clause(tokens, place):
            _check_clause(tokens, place)
        _check_function(tokens, place)
        _check_key(tokens, place)
    _check_beginning(tokens[0])
    if len(tokens) > 1 and tokens[-2].is_word("FORMAT") and not tokens[-3:-2][0].is_sign("."):
        raise QueryRefusedError(
            "FORMAT is no part of Cypher", hint="choose a format with the option --format"
        )


def check_parameters(tokens: Sequence[Token], parameters: Mapping[str, object]) -> None:
    """Refuse a query whose parameters are not all given.

    Raises
    ------
    QueryError
        Naming the missing ones.
    """
    asked = dict.fromkeys(t.value for t in tokens if t.kind is Kind.PARAMETER)
    missing = [name for name in asked if name not in parameters]
    if missing:
        names = ", ".join(f"${name}" for name in missing)
        raise QueryError(f"no value for {names}", hint=f"give one: -P {missing[0]}=VALUE")


def is_clause(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a word can be a clause there, and not a label, key, property or alias."""
    token = tokens[place]
    if token.kind is not Kind.NAME:
        return False
    before = tokens[place - 1] if place else None
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    if before is not None:
        if before.is_sign(".", ":", "|", "&", "!") or before.is_word("AS"):
            return False
        if before.is_sign("{", ",") and after is not None and after.is_sign(":"):
            return False
    return after is None or not after.is_sign(".")


def enclosing(tokens: Sequence[Token], place: int) -> int | None:
    """Give the place of the innermost bracket that is open there, None outside all."""
    depth = 0
    for earlier in range(place - 1, -1, -1):
        if tokens[earlier].is_sign(")", "]", "}"):
            depth += 1
        elif tokens[earlier].is_sign("(", "[", "{"):
            if depth == 0:
                return earlier
            depth -= 1
    return None


def _check_brackets(tokens: Sequence[Token]) -> None:
    place = 0
    while place < len(tokens):
        if tokens[place].is_sign("(", "[", "{"):
            place = closing(tokens, place)
        elif tokens[place].is_sign(")", "]", "}"):
            raise QuerySyntaxError(
                f"the bracket {tokens[place].text} at character {tokens[place].start + 1} "
                "of the query closes nothing",
                hint="take it out, or open it",
            )
        place += 1


def _check_beginning(first: Token) -> None:
    if not first.is_word(*_BEGINNINGS):
        raise QueryRefusedError(
            f"a query cannot begin with {first.text}",
            hint=f"begin with {', '.join(_BEGINNINGS)}",
        )


def _check_clause(tokens: Sequence[Token], place: int) -> None:
    token = tokens[place]
    rest = tokens[place + 1 :]
    if token.is_word(*_WRITES):
        raise QueryRefusedError(f"a query only reads: {token.value} is refused", hint=_WRITE_HINT)
    if token.is_word("LOAD"):
        raise QueryRefusedError(
            "a query reads the graph and no files: LOAD is refused",
            hint="add files with 'modelkin ingest'",
        )
    if token.is_word("TRANSACTIONS"):
        raise QueryRefusedError("a query only reads: no transactions", hint=_WRITE_HINT)
    if token.is_word("CALL") and rest:
        _check_call(rest)


def _check_call(rest: Sequence[Token]) -> None:
    if rest[0].is_sign("{", "("):
        return
    name: list[str] = []
    for token in rest:
        if not (token.is_name or token.is_sign(".")):
            break
        name.append(token.value if token.kind is Kind.NAME else token.value.upper())
    if "".join(name) not in _PROCEDURES:
        raise QueryRefusedError(
            f"the procedure {''.join(name).lower()} is not allowed",
            hint="allowed: db.relationshipTypes, and subqueries CALL (x) { … }",
        )


def _check_function(tokens: Sequence[Token], place: int) -> None:
    """Let a name before a bracket be a word of Cypher or a function that may be called."""
    token = tokens[place]
    if not token.is_name or not tokens[place + 1 : place + 2]:
        return
    if not tokens[place + 1].is_sign("("):
        return
    before = tokens[place - 1] if place else None
    if before is not None and before.is_sign(":", "|", "&", "!"):
        return
    dotted = before is not None and before.is_sign(".")
    if token.kind is Kind.NAME and token.value in _WORDS and not dotted:
        return
    name = token.value.lower()
    if dotted:
        if tokens[place - 2 : place - 1] and _is_procedure(tokens, place):
            return
        name = f"….{name}"
    if name in ("id", "elementid"):
        raise QueryRefusedError(
            f"{token.text}() gives a number of the engine, which changes",
            hint="use the property: n.id",
        )
    if name not in FUNCTIONS:
        raise QueryRefusedError(
            f"the function {name}() is not allowed",
            hint="the functions of Cypher are; see the documentation of queries",
        )
    if name in ("startnode", "endnode"):
        _check_end(tokens, place)


def _is_procedure(tokens: Sequence[Token], place: int) -> bool:
    start = place
    while start >= 2 and tokens[start - 1].is_sign(".") and tokens[start - 2].is_name:
        start -= 2
    return start > 0 and tokens[start - 1].is_word("CALL")


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
