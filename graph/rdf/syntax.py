"""Terms of RDF as N-Quads writes them, so that no library is needed to write a graph."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

__all__ = [
    "PREFIXES",
    "RDF_TYPE",
    "Quad",
    "count",
    "decimal",
    "integer",
    "lines",
    "literal",
    "node",
    "term",
    "typed",
    "web_address",
]

PREFIXES = {
    "dcterms": "http://purl.org/dc/terms/",
    "mk": "https://w3id.org/modelkin/ontology#",
    "oa": "http://www.w3.org/ns/oa#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

# Two brackets begin a triple term: where no text has them, a reader need not watch for depth.
_ESCAPED = re.compile('["\\\\\x00-\x1f\x7f\ud800-\udfff]|(?<=<)<')
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
# The characters of RFC 3987; a percent sign has two digits after it, a host is a plain name.
_BEYOND = "\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef" + "".join(
    f"{chr(plane)}-{chr(plane + 0xFFFD)}" for plane in range(0x10000, 0xE0000, 0x10000)
)
_IN_PATH = rf"(?:[A-Za-z0-9._~!$&'()*+,;=:@/\-{_BEYOND}]|%[0-9A-Fa-f]{{2}})"
_WEB = re.compile(
    rf"https?://[A-Za-z0-9.\-{_BEYOND}]+(?::[0-9]{{1,5}})?"
    rf"(?:/{_IN_PATH}*)?(?:\?(?:{_IN_PATH}|\?)*)?(?:#(?:{_IN_PATH}|\?)*)?",
    re.IGNORECASE,
)


class Quad(NamedTuple):
    """A statement of RDF; every part as N-Quads writes it, the graph empty for the default one."""

    subject: str
    predicate: str
    object: str
    graph: str = ""


def lines(quads: Iterable[Quad]) -> Iterator[str]:
    r"""Give quads as lines of N-Quads.

    Examples
    --------
    >>> list(lines([Quad(node("https://example.org/a"), term("rdfs:label"), literal("百川"))]))
    ['<https://example.org/a> <http://www.w3.org/2000/01/rdf-schema#label> "百川" .\n']
    """
    for quad in quads:
        graph = f" {quad.graph}" if quad.graph else ""
        yield f"{quad.subject} {quad.predicate} {quad.object}{graph} .\n"


def node(address: str) -> str:
    """Give an address as a term.

    Examples
    --------
    >>> node("https://example.org/a")
    '<https://example.org/a>'
    """
    return f"<{address}>"


def term(name: str) -> str:
    """Give the term that a prefixed name stands for.

    Examples
    --------
    >>> term("skos:altLabel")
    '<http://www.w3.org/2004/02/skos/core#altLabel>'
    """
    prefix, _, local = name.partition(":")
    return f"<{PREFIXES[prefix]}{local}>"


RDF_TYPE = term("rdf:type")


def literal(text: str) -> str:
    r"""Give a text as a literal; lone surrogates, which UTF-8 cannot hold, become U+FFFD.

    Examples
    --------
    >>> print(literal('a "b"\n\x00百川'))
    "a \"b\"\n\u0000百川"
    """
    return f'"{_ESCAPED.sub(_escape, text)}"'


def _escape(found: re.Match[str]) -> str:
    character = found.group()
    if character >= "\ud800":
        return "\ufffd"
    return _SHORT.get(character) or f"\\u{ord(character):04X}"


def typed(text: str, datatype: str) -> str:
    """Give a text as a literal of the datatype that a prefixed name stands for.

    Examples
    --------
    >>> typed("2023", "xsd:gYear")
    '"2023"^^<http://www.w3.org/2001/XMLSchema#gYear>'
    """
    return f"{literal(text)}^^{term(datatype)}"


def count(number: int) -> str:
    """Give a whole number that is not negative: a count or an offset.

    Examples
    --------
    >>> count(3)
    '"3"^^<http://www.w3.org/2001/XMLSchema#nonNegativeInteger>'
    """
    return typed(str(number), "xsd:nonNegativeInteger")


def integer(number: int) -> str:
    """Give a whole number.

    Examples
    --------
    >>> integer(-3)
    '"-3"^^<http://www.w3.org/2001/XMLSchema#integer>'
    """
    return typed(str(number), "xsd:integer")


def decimal(number: float) -> str:
    """Give a number, exact to the last digit, without an exponent.

    Examples
    --------
    >>> [decimal(n).partition("^^")[0] for n in (1.0, 0.9, 1e-7)]
    ['"1"', '"0.9"', '"0.0000001"']
    """
    text = format(Decimal(repr(number)), "f")
    return typed(text.rstrip("0").removesuffix(".") if "." in text else text, "xsd:decimal")


def web_address(text: str) -> bool:
    """Tell whether a text is a web address that may stand as an IRI (RFC 3987).

    Examples
    --------
    >>> web_address("https://example.org/文章?a=1#b"), web_address("https://example.org/a b")
    (True, False)
    >>> web_address("news/2023.html"), web_address("https://example.org/100%")
    (False, False)
    """
    return _WEB.fullmatch(text) is not None
