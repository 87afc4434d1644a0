"""What a SPARQL query may not do, said before it is asked, and why the engine does not take one.

The engine only reads: it takes no update. What it would do is ask another server, for SERVICE;
so no query may hold that. Its parser and a second one here could read a text differently, so the
text is not parsed: a SERVICE that could be one in any reading is refused, in a comment or in a
text too. The process that answers can open no connection besides.
"""

import re

from ..errors import QueryError, QueryRefusedError, QuerySyntaxError
from .rdf_prefixes import BASE, PREFIXES

__all__ = ["LONGEST", "check", "syntax_error"]

LONGEST = 65_536
"""The most characters of a query."""

# The word opens a pattern: it follows no character that would make it a part of a name, an address
# or a path, unless a number or a truth value ends there. After it come a name and then a brace, or
# a comment, which may hide both.
_SERVICE = re.compile(
    r"(?:(?<![?$:@/#_=&%~+*|^!\w-])|(?<=[0-9])|(?<=true)|(?<=false))"
    r"SERVICE\s*(?:SILENT\s*)?",
    re.IGNORECASE,
)
_RUN = re.compile(r"[^\s{#]*")
_THEN = re.compile(r"\s*[#{]")
_FROM = re.compile(r"\bFROM\s+(?:NAMED\s+)?<([^<>\"{}|^`\\\s]*)>", re.IGNORECASE)
_ABSOLUTE = re.compile("[A-Za-z][A-Za-z0-9+.-]*:")
_PROLOGUE = re.compile(
    r"(?:\s+|#[^\n\r]*|(?:PREFIX\s+[^\s:]*:\s*|BASE\s*)<[^<>]*>)*", re.IGNORECASE
)
_UPDATE = re.compile(
    r"(?:INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY|WITH)\b", re.IGNORECASE
)
_PLACE = re.compile(r"error at (\d+):(\d+): ")
_PREFIXED = re.compile(r"(?<![\w.?$:@-])([\w.-]*):")
# Where a colon is no prefix's: addresses, texts, comments.
_APART = re.compile(r"<[^<>\s]*>|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|#[^\n]*|\b_:\w*")
_DECLARED = re.compile(r"\bPREFIX\s+([^\s:]*):", re.IGNORECASE)
_SHOWN = 40
_HINT = "see the SPARQL 1.1 query language for the grammar, 'modelkin sparql --help' for examples"


def check(text: str, base: str = BASE) -> None:
    """Refuse a query that would leave the store.

    Parameters
    ----------
    text : str
    base : str
        What the names of its graphs are under.

    Raises
    ------
    QueryRefusedError
        When it holds SERVICE, names a graph that would have to be fetched, or is too long.
    QueryError
        When it holds a character that cannot be sent.

    Examples
    --------
    >>> check("SELECT ?s { ?s a schema:Service ; schema:provider ?service }")
    """
    if len(text) > LONGEST:
        raise QueryRefusedError(
            f"the query has more than {LONGEST:,} characters", hint="ask in several queries"
        )
    if "\x00" in text or not _encodable(text):
        raise QueryError("the query holds a character that is none", hint="take it out")
    place = _service(text)
    if place is not None:
        raise QueryRefusedError(
            f"{_place(text, place)}: SERVICE would ask another server",
            hint="ask the store alone; take the word out of comments and texts too",
        )
    for graph in _FROM.finditer(text):
        if _ABSOLUTE.match(graph[1]) and not graph[1].startswith(base):
            raise QueryRefusedError(
                f"{_place(text, graph.start())}: the store has no graph <{graph[1]}>, and nothing "
                "is fetched",
                hint=f"leave FROM out, or name the graph of a claim: <{base}claim/…>",
            )


def syntax_error(text: str, message: str) -> QueryError:
    """Give the error for a query that the engine does not take.

    Parameters
    ----------
    text : str
        The query.
    message : str
        The engine's own, of which the place is kept: what it expects is a list of characters.

    Examples
    --------
    >>> print(syntax_error("SELECT * { ?s foo:p ?o }", "error at 1:20: expected '%'"))
    line 1, column 15: the prefix foo: is not known
      next: put a line before the query: PREFIX foo: <…>
    """
    start = _PROLOGUE.match(text)
    begin = start.end() if start else 0
    update = _UPDATE.match(text, begin)
    if update is not None:
        return QueryRefusedError(
            f"{_place(text, begin)}: {update[0].upper()} would change the graph; "
            "modelkin sparql only reads",
            hint="the graph is the sum of claims: change it with ingest, decide or remove",
        )
    place = _PLACE.match(message)
    if place is None:
        return QuerySyntaxError(f"not SPARQL: {message}", hint=_HINT)
    offset = _offset(text, int(place[1]), int(place[2]))
    known = {*PREFIXES, *_DECLARED.findall(text)}
    for name in _PREFIXED.finditer(_APART.sub(_blank, text[:offset])):
        if name[1] not in known:
            return QuerySyntaxError(
                f"{_place(text, name.start())}: the prefix {name[1]}: is not known",
                hint=f"put a line before the query: PREFIX {name[1]}: <…>",
            )
    rest = text[offset:].lstrip()
    near = f"before {rest[:_SHOWN].splitlines()[0]!r}" if rest else "at the end"
    return QuerySyntaxError(f"{_place(text, offset)}: not SPARQL {near}", hint=_HINT)


def _service(text: str) -> int | None:
    """Give the offset of the first SERVICE that could be one."""
    end, then = -1, False
    for word in _SERVICE.finditer(text):
        if word.end() > end:
            # A run of other characters is looked at once, however often the word is in it.
            run = _RUN.match(text, word.end())
            assert run is not None
            end, then = run.end(), _THEN.match(text, run.end()) is not None
        if text.startswith("#", word.end()) or (then and end > word.end()):
            return word.start()
    return None


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _offset(text: str, line: int, column: int) -> int:
    """Give the offset of a place that the engine names, which counts from one."""
    lines = text.split("\n")
    before = sum(len(each) + 1 for each in lines[: line - 1])
    return min(before + column - 1, len(text))


def _place(text: str, offset: int) -> str:
    line = text.count("\n", 0, offset) + 1
    column = offset - (text.rfind("\n", 0, offset) + 1) + 1
    return f"line {line}, column {column}"
