"""Whether a graph of RDF is well-formed: the shapes of the ontology, checked node by node.

pyshacl checks some hundred nodes at a time, each with what is said of it and with the types of
what it points at. Of nodes that are alike in all that the shapes look at it checks one; where that
one is wrong, all of them. What a shape asks in SPARQL is asked once of the whole graph in Oxigraph,
and not once a node. The answers are those that pyshacl gives to the whole graph; a test compares
them.
"""

import logging
import re
import warnings
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from typing import Any

import pyoxigraph as ox

from .errors import ImportFileError
from .protocols import View
from .rdf.quads import Quads
from .rdf.syntax import PREFIXES, lines
from .validation_report import BLANK, Found, Report, Violation
from .validation_shapes import SHACL, TYPE, Constraint, Shapes, shapes

__all__ = ["Report", "Violation", "validate", "view_quads"]

_MOST_QUADS = 5_000_000
_MOST_TEXT = 500_000_000
_CHUNK = 500
_CHUNK_QUADS = 20_000
# So many values of one thing are looked at; nobody has more names than that.
_MOST_VALUES = 1000
# What has more values where one is allowed is not asked about any further: the product of them
# would be.
_FEW = 8
_QUADS_AT_A_TIME = 10_000
_LONGEST_STORED = 10_000_000
_MK, _RDF = PREFIXES["mk"], PREFIXES["rdf"]
_TEXT, _QUOTE = ox.NamedNode(f"{_MK}text"), ox.NamedNode(f"{_MK}quote")
_START, _END = ox.NamedNode(f"{_MK}start"), ox.NamedNode(f"{_MK}end")
_EVIDENCE, _STATED_IN = ox.NamedNode(f"{_MK}evidence"), ox.NamedNode(f"{_MK}statedIn")
_REIFIED = tuple(ox.NamedNode(_RDF + part) for part in ("subject", "predicate", "object"))
_STRING = f"{PREFIXES['xsd']}string"
_REIFIES = f"{_RDF}reifies"
_POSITIVE = re.compile(rf'"[1-9][0-9]{{0,8}}"\^\^<{PREFIXES["xsd"]}(?:integer|nonNegativeInteger)>')


def view_quads(view: View) -> Iterator[ox.Quad]:
    """Give a view as quads, with the texts of its documents.

    Parameters
    ----------
    view : View
        A store, with candidates or without.
    """
    quads = Quads()
    text: list[str] = []
    for line in lines(quads.view(view)):
        text.append(line)
        if len(text) == _QUADS_AT_A_TIME:
            yield from ox.parse("".join(text), ox.RdfFormat.N_QUADS)
            text.clear()
    yield from ox.parse("".join(text), ox.RdfFormat.N_QUADS)
    for document in view.documents():
        if len(document.text) <= _LONGEST_STORED:
            address = ox.NamedNode(quads.document_address(document.id)[1:-1])
            yield ox.Quad(address, _TEXT, ox.Literal(document.text))


def validate(quads: Iterable[ox.Quad]) -> Report:
    """Check a graph.

    Parameters
    ----------
    quads : iterable of pyoxigraph.Quad
        In any order; named graphs count as one with the default graph, but for those that hold
        documents as they were read. What the graph says of the ontology's own terms is ignored.

    Raises
    ------
    ImportFileError
        When there are too many.

    Examples
    --------
    >>> model = ox.NamedNode("https://w3id.org/modelkin/model/qwen")
    >>> quads = [ox.Quad(model, TYPE, ox.NamedNode("https://w3id.org/modelkin/ontology#Model"))]
    >>> [violation.messages["en"] for violation in validate(quads).violations]
    ['an entity has one name, as written']
    """
    known = shapes()
    store = ox.Store()
    store.bulk_extend(_kept(quads, known))
    targets = _targets(store, known)
    found = Found(known)
    nodes = sorted(set().union(*targets.values()), key=str)
    for address, shape in known.named.items():
        for node in targets.get(address, ()):
            if shape and node.value.startswith(BLANK):
                found.add(node.value, "", "", address)
    groups = _alike(store, nodes, known)
    with _quiet():
        wrong = set()
        for some in _chunks(store, (group[0] for group in groups.values()), known):
            wrong |= _check(some, known, found)
        others = (n for group in groups.values() if group[0].value in wrong for n in group[1:])
        for some in _chunks(store, others, known):
            _check(some, known, found)
    _thin_out(store, nodes, known)
    for quad in known.ontology:
        store.add(quad)
    for constraint in known.constraints:
        _ask(store, constraint, targets, found)
    _quoted(store, targets.get(f"{known.namespace}Evidence", set()), found, known)
    return found.report(len(nodes))


def _kept(quads: Iterable[ox.Quad], known: Shapes) -> Iterator[ox.Quad]:
    """Give what any shape asks about, in one graph."""
    number = size = 0
    for quad in quads:
        predicate, graph = quad.predicate, quad.graph_name
        if isinstance(graph, ox.NamedNode) and graph.value.endswith("original"):
            if predicate != _TEXT:
                continue
        elif predicate.value == _REIFIES and isinstance(quad.object, ox.Triple):
            triple = quad.object
            for part, value in zip(_REIFIED, triple, strict=True):
                if not isinstance(value, ox.Triple):
                    yield ox.Quad(_named(quad.subject), part, _named(value))
            continue
        if predicate.value not in known.predicates or isinstance(quad.object, ox.Triple):
            continue
        subject, object = _named(quad.subject), _named(quad.object)
        if not isinstance(subject, ox.NamedNode) or subject.value.startswith(_MK):
            continue
        number += 1
        size += len(object.value) if isinstance(object, ox.Literal) else 0
        if number > _MOST_QUADS or size > _MOST_TEXT:
            raise ImportFileError(
                f"more than {_MOST_QUADS:,} triples or {_MOST_TEXT // 1_000_000} MB of text",
                hint="validate it in parts",
            )
        yield ox.Quad(subject, predicate, object)


def _named(node: Any) -> Any:
    """Give a blank node a name: pyshacl cannot be asked about one that has none."""
    return ox.NamedNode(BLANK + node.value) if isinstance(node, ox.BlankNode) else node


def _targets(store: ox.Store, known: Shapes) -> dict[str, set[ox.NamedNode]]:
    """Give the nodes that each shape is about."""
    found: dict[str, set[ox.NamedNode]] = defaultdict(set)
    for shape, classes in known.classes.items():
        for one in classes:
            found[shape] |= _subjects(store, TYPE, one)
    for shape, predicate in known.subjects.items():
        found[shape] |= _subjects(store, predicate, None)
    return found


def _subjects(
    store: ox.Store, predicate: ox.NamedNode, object: ox.NamedNode | None
) -> set[ox.NamedNode]:
    subjects = (quad.subject for quad in store.quads_for_pattern(None, predicate, object))
    return {subject for subject in subjects if isinstance(subject, ox.NamedNode)}


Triple = tuple[ox.NamedNode, ox.NamedNode, Any]
Chunk = tuple[list[str], list[Triple]]


def _alike(
    store: ox.Store, nodes: Iterable[ox.NamedNode], known: Shapes
) -> dict[object, list[ox.NamedNode]]:
    """Give the nodes in groups of which the shapes cannot tell one from another."""
    groups: dict[object, list[ox.NamedNode]] = defaultdict(list)
    for node in nodes:
        said = [(p, _likeness(store, p, o, known)) for _, p, o in _said(store, node)]
        names = [o.value for _, p, o in _said(store, node) if p.value in known.apart]
        # A name that is there twice, under two predicates, is what `sh:disjoint` looks for.
        twice = len(names) != len(set(names)) and node
        one = sorted((p.value, repr(like)) for p, like in said if p in known.single)
        some = frozenset((p.value, repr(like)) for p, like in said if p not in known.single)
        groups[tuple(one), some, twice].append(node)
    return groups


def _likeness(store: ox.Store, predicate: ox.NamedNode, value: Any, known: Shapes) -> object:
    """Give what the shapes can see of a value."""
    if predicate == TYPE or predicate.value in known.exact:
        return value
    if isinstance(value, ox.NamedNode):
        if predicate.value not in known.typed:
            return "node"
        return sorted(triple[2].value for triple in _types(store, [value]))
    if predicate.value in known.counted:
        return "positive" if _POSITIVE.fullmatch(str(value)) else value
    return value.datatype, value.language, bool(value.value)


def _said(store: ox.Store, node: ox.NamedNode) -> list[Triple]:
    """Give what is said of a node, as far as it is looked at."""
    counted: dict[ox.NamedNode, int] = defaultdict(int)
    triples: list[Triple] = []
    for quad in store.quads_for_pattern(node, None, None):
        counted[quad.predicate] += 1
        if counted[quad.predicate] <= _MOST_VALUES:
            triples.append((node, quad.predicate, quad.object))
    return triples


def _chunks(store: ox.Store, nodes: Iterable[ox.NamedNode], known: Shapes) -> Iterator[Chunk]:
    """Give the nodes, some at a time, with what is said of them."""
    names: list[str] = []
    triples: list[Triple] = []
    types: set[Any] = set()
    for node in nodes:
        names.append(node.value)
        said = _said(store, node)
        triples += said
        types |= {o for _, p, o in said if isinstance(o, ox.NamedNode) and p.value in known.typed}
        if len(names) >= _CHUNK or len(triples) >= _CHUNK_QUADS:
            yield names, triples + _types(store, types)
            names, triples, types = [], [], set()
    if names:
        yield names, triples + _types(store, types)


def _types(store: ox.Store, nodes: Iterable[Any]) -> list[Triple]:
    return [
        (node, TYPE, quad.object)
        for node in nodes
        for quad in islice(store.quads_for_pattern(node, TYPE, None), _MOST_VALUES)
    ]


def _check(chunk: Chunk, known: Shapes, found: Found) -> set[str]:
    """Let pyshacl check some nodes; give those that are wrong."""
    import rdflib
    from pyshacl import validate as conforms

    def plain(term: Any) -> Any:
        if isinstance(term, ox.NamedNode):
            return rdflib.URIRef(term.value)
        if term.language:
            return rdflib.Literal(term.value, lang=term.language)
        if term.datatype.value == _STRING:
            return rdflib.Literal(term.value)
        return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value))

    names, triples = chunk
    data = rdflib.Graph(bind_namespaces="none")
    data += known.hierarchy
    for triple in triples:
        data.add(tuple(plain(term) for term in triple))
    fine, report, _ = conforms(data, shacl_graph=known.core, focus_nodes=names, inplace=True)
    wrong: set[str] = set()
    if fine:
        return wrong
    assert isinstance(report, rdflib.Graph)
    for result in report.subjects(rdflib.RDF.type, SHACL.ValidationResult):
        parts = (
            report.value(result, part)
            for part in (SHACL.focusNode, SHACL.resultPath, SHACL.value, SHACL.sourceShape)
        )
        focus, path, value, shape = ("" if part is None else str(part) for part in parts)
        found.add(focus, path, value, shape)
        wrong.add(focus)
    return wrong


def _thin_out(store: ox.Store, nodes: Iterable[ox.NamedNode], known: Shapes) -> None:
    """Take out what has many values where one is allowed, which is found already."""
    for node in nodes:
        for predicate in known.single:
            values = islice(store.quads_for_pattern(node, predicate, None), _FEW + 1)
            if sum(1 for _ in values) > _FEW:
                for quad in list(store.quads_for_pattern(node, None, None)):
                    store.remove(quad)
                break


def _ask(
    store: ox.Store,
    constraint: Constraint,
    targets: Mapping[str, set[ox.NamedNode]],
    found: Found,
) -> None:
    """Ask what violates a constraint, and keep what its shapes are about."""
    about = [targets.get(shape, set()) for shape in constraint.shapes]
    rows: Any = store.query(constraint.query)
    names = {variable.value for variable in rows.variables}
    for row in rows:
        node = row["this"]
        if any(node in nodes for nodes in about):
            path = row["path"] if "path" in names else None
            value = row["value"] if "value" in names else None
            found.add(node.value, path and path.value, value and value.value, constraint.name)


def _quoted(store: ox.Store, spans: Iterable[ox.NamedNode], found: Found, known: Shapes) -> None:
    """Compare quotes with texts: SPARQL would count the characters of a text for each of them."""
    texts: dict[Any, list[str]] = defaultdict(list)
    for quad in store.quads_for_pattern(None, _TEXT, None):
        texts[quad.subject].append(_text(quad.object))
    if not texts:
        return
    shape = f"{known.namespace}quoted"
    for span in spans:
        quotes, starts, ends = (_literals(store, span, p) for p in (_QUOTE, _START, _END))
        places = [
            (start, max(start, end)) for start in map(_number, starts) for end in map(_number, ends)
        ]
        documents = {
            stated.object
            for claim in store.quads_for_pattern(None, _EVIDENCE, span)
            for stated in store.quads_for_pattern(claim.subject, _STATED_IN, None)
        }
        for text in (text for document in documents for text in texts.get(document, ())):
            for quote in quotes:
                if any(text[start:end] != quote for start, end in places):
                    found.add(span.value, "", quote, shape)


def _literals(store: ox.Store, node: ox.NamedNode, predicate: ox.NamedNode) -> list[str]:
    return [_text(quad.object) for quad in store.quads_for_pattern(node, predicate, None)]


def _text(node: Any) -> str:
    return str(node.value)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 12 else 0


@contextmanager
def _quiet() -> Iterator[None]:
    """Let rdflib say nothing of literals that are none: shapes say it."""
    logger = logging.getLogger("rdflib.term")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # imports of pyshacl deprecate one another
            yield
    finally:
        logger.setLevel(level)
