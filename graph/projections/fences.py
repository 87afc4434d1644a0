"""What a query may not do, whoever answers it: change the graph, read files, ask about the engine.

A query that does is refused by its tokens, before an engine or a server sees it. What only the
embedded engine cannot be asked stands in `modelkin.graph.projections.gaps`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..errors import QueryError, QueryRefusedError, QuerySyntaxError
from .tokens import Kind, Token, closing

__all__ = [
    "EMBEDDED",
    "FUNCTIONS",
    "LONGEST",
    "PROCEDURES",
    "WORDS",
    "Allowed",
    "check",
    "check_length",
    "check_parameters",
    "enclosing",
    "is_clause",
    "is_name_of",
]

LONGEST = 100_000
"""The most characters that a query may have."""

# How deep brackets may stand in each other: none is looked into more often than that.
_DEEPEST = 100

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

PROCEDURES = frozenset(("db.relationshiptypes",))
"""The procedures that a query may call, in small letters."""

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
WORDS = frozenset(_WORD_LIST.split())
"""The words of Cypher that may stand before a bracket."""

# Where they begin a query, or a part of one, they ask another graph or about the server.
_ELSEWHERE = ("EXPLAIN", "PROFILE", "SHOW", "TERMINATE", "USE")
_WRITE_HINT = (
    "the graph changes by claims and decisions: add an article with 'modelkin ingest', "
    "take one out with 'modelkin remove'"
)


@dataclass(frozen=True, slots=True)
class Allowed:
    """What a query may call.

    Parameters
    ----------
    functions, procedures : frozenset of str
        Their names in small letters.
    words : frozenset of str
        Words, in capitals, that may stand before a bracket without being functions.
    """

    functions: frozenset[str]
    procedures: frozenset[str]
    words: frozenset[str]


EMBEDDED = Allowed(FUNCTIONS, PROCEDURES, WORDS)
"""What the embedded engine may be asked to call."""


def check_length(text: str) -> None:
    """Refuse a text that is too long to be looked at.

    Raises
    ------
    QueryRefusedError
    """
    if len(text) > LONGEST:
        raise QueryRefusedError(
            f"the query has {len(text):,} characters; {LONGEST:,} are allowed",
            hint="give long lists as parameters",
        )


def check(tokens: Sequence[Token], allowed: Allowed = EMBEDDED) -> None:
    """Refuse a query that may not be asked.

    Parameters
    ----------
    tokens : sequence of Token
        Without blanks.
    allowed : Allowed
        What whoever answers may be asked to call.

    Raises
    ------
    QuerySyntaxError
        When the query is empty or its brackets do not match.
    QueryRefusedError
        When it would change the graph, read a file or ask another, or call what is not allowed.

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
            _check_clause(tokens, place, allowed)
        if is_name_of(tokens, place, allowed.words):
            _check_function(tokens, place, allowed)
    _check_beginning(tokens[0])


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
    depth = 0
    for token in tokens:
        depth += token.is_sign("(", "[", "{") - token.is_sign(")", "]", "}")
        if depth > _DEEPEST:
            raise QueryRefusedError(
                f"the query has brackets more than {_DEEPEST} deep", hint="divide it by WITH"
            )
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


def _check_clause(tokens: Sequence[Token], place: int, allowed: Allowed) -> None:
    token = tokens[place]
    if token.is_word(*_WRITES):
        raise QueryRefusedError(f"a query only reads: {token.value} is refused", hint=_WRITE_HINT)
    if token.is_word("LOAD"):
        raise QueryRefusedError(
            "a query reads the graph and no files: LOAD is refused",
            hint="add files with 'modelkin ingest'",
        )
    if token.is_word("TRANSACTIONS"):
        raise QueryRefusedError("a query only reads: no transactions", hint=_WRITE_HINT)
    if token.is_word(*_ELSEWHERE) and _begins(tokens, place):
        raise QueryRefusedError(
            f"a query asks this graph and nothing else: {token.value} is refused",
            hint=f"begin with {', '.join(_BEGINNINGS)}",
        )
    if token.is_word("CALL"):
        _check_call(tokens, place, allowed)


def _begins(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a query, or a part of one, begins there: a word and what it is about."""
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    if after is None or not after.is_name:
        return False
    before = tokens[place - 1] if place else None
    if before is not None and before.is_word("ALL", "DISTINCT") and place >= 2:
        before = tokens[place - 2]
    return before is None or before.is_sign("{") or before.is_word("UNION", "NEXT")


def _check_call(tokens: Sequence[Token], place: int, allowed: Allowed) -> None:
    if place + 1 == len(tokens) or tokens[place + 1].is_sign("{", "("):
        return
    name = ""
    for token in tokens[place + 1 :]:
        if not (token.is_name or token.is_sign(".")):
            break
        name += token.value.lower()
    if name not in allowed.procedures:
        raise QueryRefusedError(
            f"the procedure {name} is not allowed",
            hint="allowed: db.relationshipTypes, and subqueries CALL (x) { … }",
        )


def is_name_of(tokens: Sequence[Token], place: int, words: frozenset[str] = WORDS) -> bool:
    """Tell whether what stands there is the last name of a function or procedure.

    Parameters
    ----------
    tokens : sequence of Token
        Without blanks.
    place : int
    words : frozenset of str
        What may stand before a bracket without being a function.
    """
    token = tokens[place]
    if not token.is_name or place + 1 == len(tokens) or not tokens[place + 1].is_sign("("):
        return False
    before = tokens[place - 1] if place else None
    if before is not None and before.is_sign(":", "|", "&", "!"):
        return False
    dotted = before is not None and before.is_sign(".")
    return dotted or token.kind is not Kind.NAME or token.value not in words


def _check_function(tokens: Sequence[Token], place: int, allowed: Allowed) -> None:
    start = place
    while start >= 2 and tokens[start - 1].is_sign(".") and tokens[start - 2].is_name:
        start -= 2
    if start and tokens[start - 1].is_word("CALL"):
        return
    name = "".join(token.value.lower() for token in tokens[start : place + 1])
    if name in ("id", "elementid"):
        raise QueryRefusedError(
            f"{tokens[place].text}() gives a number of the engine, which changes",
            hint="use the property: n.id",
        )
    if name not in allowed.functions or (start and tokens[start - 1].is_sign(".")):
        raise QueryRefusedError(
            f"the function {name}() is not allowed",
            hint="the functions of Cypher are; see the documentation of queries",
        )
