"""Reading terms that `modelkin.graph.rdf.syntax` wrote."""

import re
from typing import NamedTuple

__all__ = ["Literal", "parsed"]

_ESCAPE = re.compile(r"\\(?:u([0-9A-F]{4})|(.))")
_LONG = {"n": "\n", "r": "\r", "t": "\t"}


class Literal(NamedTuple):
    """A literal: its text and the address of its datatype, empty for a plain text."""

    text: str
    datatype: str = ""


def parsed(term: str) -> str | Literal:
    r"""Give the address of a node, or the literal.

    Examples
    --------
    >>> parsed("<https://example.org/a>")
    'https://example.org/a'
    >>> parsed('"2023"^^<http://www.w3.org/2001/XMLSchema#gYear>')
    Literal(text='2023', datatype='http://www.w3.org/2001/XMLSchema#gYear')
    >>> parsed('"a \\"b\\"\\u0000"').text == 'a "b"\x00'
    True
    """
    if term[0] == "<":
        return term[1:-1]
    end = term.rindex('"')
    text = term[1:end]
    if "\\" in text:
        text = _ESCAPE.sub(_plain, text)
    return Literal(text, term[end + 4 : -1])


def _plain(found: re.Match[str]) -> str:
    code, short = found.groups()
    return chr(int(code, 16)) if code else _LONG.get(short, short)
