"""Quads as Turtle and TriG: blocks of one subject, with prefixes."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from operator import attrgetter, itemgetter

from ...rdf.syntax import PREFIXES, RDF_TYPE, Quad

__all__ = ["blocks", "prefixes", "shortened"]

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_BARE = {"xsd:integer": re.compile(r"[+-]?[0-9]+"), "xsd:decimal": re.compile(r"[0-9]+\.[0-9]+")}


def prefixes() -> Iterator[str]:
    """Give the lines that say what the prefixes stand for."""
    for prefix, namespace in PREFIXES.items():
        yield f"@prefix {prefix}: <{namespace}> .\n"
    yield "\n"


def blocks(quads: Iterable[Quad]) -> Iterator[str]:
    r"""Give quads as blocks; those of one graph and subject that come together are one.

    Examples
    --------
    >>> from modelkin.ontology.claim import Entity
    >>> from modelkin.ontology.terms import EntityType
    >>> from modelkin.graph.rdf.quads import Quads
    >>> entity = Entity("license/mit", EntityType.LICENSE, "MIT", ("MIT 许可证",))
    >>> print("".join(blocks(Quads().entity(entity))), end="")
    <https://w3id.org/modelkin/license/mit> a mk:License ;
        rdfs:label "MIT" ;
        skos:altLabel "MIT 许可证" .
    <BLANKLINE>
    """
    for (graph, subject), group in groupby(quads, key=attrgetter("graph", "subject")):
        pairs = [
            (predicate, " , ".join(shortened(quad.object) for quad in same))
            for predicate, same in groupby(group, key=itemgetter(1))
        ]
        said = " ;\n    ".join(f"{_verb(predicate)} {objects}" for predicate, objects in pairs)
        block = f"{shortened(subject)} {said} ."
        end = "\n" if len(pairs) == 1 else "\n\n"
        yield f"{shortened(graph)} {{ {block} }}{end}" if graph else block + end


def _verb(predicate: str) -> str:
    return "a" if predicate == RDF_TYPE else shortened(predicate)


def shortened(term: str) -> str:
    """Give a term of N-Quads as Turtle can write it.

    Examples
    --------
    >>> shortened("<http://www.w3.org/2004/02/skos/core#altLabel>"), shortened('"a"')
    ('skos:altLabel', '"a"')
    >>> shortened('"4096"^^<http://www.w3.org/2001/XMLSchema#integer>')
    '4096'
    """
    if term[0] == "<":
        return _name(term) if term[1] != "<" else term
    if term[-1] != ">":
        return term
    text, _, datatype = term.rpartition("^^")
    name = _name(datatype)
    if name in _BARE and _BARE[name].fullmatch(text, 1, len(text) - 1):
        return text[1:-1]
    return f"{text}^^{name}"


@lru_cache(maxsize=4096)
def _name(term: str) -> str:
    for prefix, namespace in PREFIXES.items():
        if term.startswith(namespace, 1) and _NAME.fullmatch(
            term, 1 + len(namespace), len(term) - 1
        ):
            return f"{prefix}:{term[1 + len(namespace) : -1]}"
    return term
