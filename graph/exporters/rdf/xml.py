"""Quads of the default graph as RDF/XML."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from xml.sax.saxutils import escape, quoteattr

from ...errors import ExportError
from ...rdf.syntax import PREFIXES, Quad
from ...rdf.terms import Literal, parsed

__all__ = ["END", "descriptions", "start"]

END = "</rdf:RDF>\n"

_LOCAL = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*$")
# What XML 1.0 has no way to write.
_UNSAID = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ENTITIES = {"\r": "&#13;", "\n": "&#10;", "\t": "&#9;"}


def start() -> Iterator[str]:
    """Give the first lines."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF'
    for prefix, namespace in PREFIXES.items():
        yield f"\n    xmlns:{prefix}={quoteattr(namespace)}"
    yield ">\n"


def descriptions(quads: Iterable[Quad]) -> Iterator[str]:
    """Give quads as descriptions; those of one subject that come together are one.

    Characters that XML cannot hold become U+FFFD.

    Raises
    ------
    ExportError
        When a predicate has no name that XML allows.
    """
    for subject, group in groupby(quads, key=attrgetter("subject")):
        lines = [f"  <rdf:Description rdf:about={quoteattr(subject[1:-1])}>\n"]
        lines += [_property(quad) for quad in group]
        lines.append("  </rdf:Description>\n")
        yield "".join(lines)


def _property(quad: Quad) -> str:
    name, declared = _qualified(quad.predicate[1:-1])
    object = parsed(quad.object)
    if not isinstance(object, Literal):
        return f"    <{name}{declared} rdf:resource={quoteattr(object)}/>\n"
    datatype = f" rdf:datatype={quoteattr(object.datatype)}" if object.datatype else ""
    text = escape(_UNSAID.sub("\ufffd", object.text), _ENTITIES)
    return f"    <{name}{declared}{datatype}>{text}</{name}>\n"


def _qualified(address: str) -> tuple[str, str]:
    """Give the name of a predicate, and the declaration that it needs."""
    for prefix, namespace in PREFIXES.items():
        if address.startswith(namespace) and _LOCAL.match(address, len(namespace)):
            return f"{prefix}:{address.removeprefix(namespace)}", ""
    found = _LOCAL.search(address)
    if found is None:
        raise ExportError(
            f"RDF/XML has no name for the predicate {address}",
            hint="write Turtle or N-Quads, which have",
        )
    return f"p:{found.group()}", f" xmlns:p={quoteattr(address[: found.start()])}"
