"""Write ``terms.py`` from ``modelkin.ttl``: ``python -m modelkin.ontology.generate [--check]``.

The ontology is the one place where terms are defined. Python code needs them as plain literals,
which load in a moment and which type checkers see; this module turns the one into the other.
"""

import argparse
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from rdflib import OWL, RDFS, SKOS, XSD, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Literal, Node

from .errors import InvariantError

__all__ = ["MK", "ONTOLOGY", "TERMS", "generate", "load", "main"]

MK = Namespace("https://w3id.org/modelkin/ontology#")
ONTOLOGY = Path(__file__).with_name("modelkin.ttl")
TERMS = Path(__file__).with_name("terms.py")

_WIDTH = 100
_DATATYPES = {XSD.string: "string", XSD.integer: "integer", MK.PartialDate: "date"}


def load(path: Path = ONTOLOGY) -> Graph:
    """Read the ontology.

    Examples
    --------
    >>> (MK.Model, RDFS.subClassOf, MK.Entity) in load()
    True
    """
    return Graph().parse(path, format="turtle")


def generate(graph: Graph) -> str:
    """Give the text of ``terms.py``.

    Parameters
    ----------
    graph : rdflib.Graph
        The ontology.

    Returns
    -------
    str
        Python source, formatted; the same ontology gives the same text.

    Raises
    ------
    InvariantError
        When a term lacks what it needs: a range, a label, an end that is an entity type.

    Examples
    --------
    >>> 'DERIVED_FROM = "derivedFrom"' in generate(load())
    True
    """
    vocabulary = _Vocabulary.of(graph)
    enums = _enums(graph, vocabulary)
    constants = _constants(graph, vocabulary)
    exported = [*sorted(constants), *sorted(enums)]
    head = [
        '"""The terms of the ontology. Made from modelkin.ttl by ``make terms``; do not edit."""',
        "from collections.abc import Mapping\nfrom enum import StrEnum\nfrom typing import Final",
        "__all__ = [\n" + "".join(f"    {_text(name)},\n" for name in exported) + "]",
    ]
    blocks = ["\n\n".join(head), *enums.values(), "\n\n".join(constants.values())]
    return "\n\n\n".join(blocks) + "\n"


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """The terms by enumeration, sorted, and how generated code writes each of them."""

    groups: dict[str, list[URIRef]]
    code: dict[URIRef, str]

    @classmethod
    def of(cls, graph: Graph) -> Self:
        groups = {
            "EntityType": _under(graph, RDFS.subClassOf, MK.Entity),
            "Predicate": _under(graph, RDFS.subPropertyOf, MK.relatedTo),
            "Attribute": _under(graph, RDFS.subPropertyOf, MK.attribute),
            "Qualifier": sorted({_uri(term) for term in graph.subjects(MK.qualifies)}),
            "Method": _concepts(graph, MK.method),
            "Comparison": _concepts(graph, MK.relation),
        }
        code = {
            term: f"{name}.{_member(_value(graph, term))}"
            for name, terms in groups.items()
            for term in terms
        }
        return cls(groups, code)


def _enums(graph: Graph, vocabulary: _Vocabulary) -> dict[str, str]:
    """Give the source of each enumeration by its name."""

    def enum(name: str, doc: str, values: Iterable[str]) -> str:
        members = [f"    {_member(value)} = {_text(value)}" for value in sorted(values)]
        return "\n".join([f"class {name}(StrEnum):", f'    """{doc}"""', "", *members])

    docs = {
        "EntityType": "The classes of named things.",
        "Predicate": "The relations between named things.",
        "Attribute": "The relations between named things and values.",
        "Qualifier": "What a claim adds to subject, predicate and object.",
        "Method": "How one model comes from another (qualifier ``method`` of ``derivedFrom``).",
        "Comparison": (
            "How one model compares to another (qualifier ``relation`` of ``comparableTo``)."
        ),
    }
    enums = {
        name: enum(name, docs[name], (_value(graph, term) for term in terms))
        for name, terms in vocabulary.groups.items()
    }
    datatypes = enum("Datatype", "What the values of an attribute are.", _DATATYPES.values())
    return enums | {"Datatype": datatypes}


def _constants(graph: Graph, vocabulary: _Vocabulary) -> dict[str, str]:
    """Give the source of each constant by its name."""
    code, groups = vocabulary.code, vocabulary.groups
    predicates, attributes = groups["Predicate"], groups["Attribute"]
    said = [*predicates, *attributes]
    valued = [*attributes, *groups["Qualifier"]]
    listed = [t for t in valued if (t, MK.valuesIn, None) in graph]
    patterns = {t: _pattern(graph, t) for t in valued}
    qualifiers = {t: [q for q in groups["Qualifier"] if _qualifies(graph, q, t)] for t in said}
    required = {t: [q for q in qs if _is(graph, q, MK.required)] for t, qs in qualifiers.items()}
    single = [code[t] for t in attributes if _is(graph, t, MK.singleValued)]
    dated = [code[t] for t in groups["Qualifier"] if (t, RDFS.range, MK.CalendarDate) in graph]

    def ends(term: URIRef, side: URIRef) -> str:
        return _tuple(code[end] for end in _ends(graph, term, side, code))

    def values(term: URIRef) -> str:
        return _tuple(
            code.get(concept, _text(_value(graph, concept))) for concept in _concepts(graph, term)
        )

    def value_labels(term: URIRef) -> str:
        rows = [
            f"        {_text(_value(graph, concept))}: {_labels(graph, concept)},\n"
            for concept in _concepts(graph, term)
        ]
        return "{\n" + "".join(rows) + "    }"

    tables: list[tuple[str, str, str, dict[URIRef, str]]] = [
        (
            "SUBJECT_TYPES",
            "Mapping[str, tuple[EntityType, ...]]",
            "What each predicate and attribute may be said of.",
            {t: ends(t, RDFS.domain) for t in said},
        ),
        (
            "OBJECT_TYPES",
            "Mapping[str, tuple[EntityType, ...]]",
            "What each predicate may point at.",
            {t: ends(t, RDFS.range) for t in predicates},
        ),
        (
            "DATATYPES",
            "Mapping[str, Datatype]",
            "What the values of each attribute are.",
            {t: f"Datatype.{_member(_datatype(graph, t))}" for t in attributes},
        ),
        (
            "ALLOWED_VALUES",
            "Mapping[str, tuple[str, ...]]",
            "The only values of those attributes and qualifiers that have a list of them.",
            {t: values(t) for t in listed},
        ),
        (
            "PATTERNS",
            "Mapping[str, str]",
            "The regular expression that all of a value matches, where one is laid down.",
            {t: f'r"{pattern}"' for t, pattern in patterns.items() if pattern},
        ),
        (
            "QUALIFIERS",
            "Mapping[str, tuple[Qualifier, ...]]",
            "Which qualifiers the claims of each predicate and attribute may carry.",
            {t: _tuple(code[q] for q in qs) for t, qs in qualifiers.items()},
        ),
        (
            "REQUIRED_QUALIFIERS",
            "Mapping[str, tuple[Qualifier, ...]]",
            "Which qualifiers every claim of the predicate carries.",
            {t: _tuple(code[q] for q in qs) for t, qs in required.items() if qs},
        ),
        (
            "DERIVATIONS",
            "Mapping[Method, str]",
            "The property that states a derivation by the method without a qualifier.",
            {m: _text(_local(_one(graph, m, MK.derivationProperty))) for m in groups["Method"]},
        ),
        (
            "LABELS",
            "Mapping[str, Mapping[str, str]]",
            "What people call each term, by language.",
            {t: _labels(graph, t) for t in code},
        ),
        (
            "VALUE_LABELS",
            "Mapping[str, Mapping[str, Mapping[str, str]]]",
            "What people call the values of attributes, by attribute, value and language.",
            {t: value_labels(t) for t in attributes if t in listed},
        ),
    ]
    constants = {
        "NAMESPACE": f"NAMESPACE: Final = {_text(str(MK))}\n"
        '"""What the address of every term begins with."""',
        "SINGLE_VALUED": "SINGLE_VALUED: Final[tuple[Attribute, ...]] = "
        f"(\n{''.join(f'    {item},{chr(10)}' for item in single)})\n"
        '"""The attributes of which a subject has one value: several are a conflict."""',
        "DATED": f"DATED: Final[tuple[Qualifier, ...]] = {_tuple(dated)}\n"
        '"""The qualifiers whose values are dates with a year, as precise as known."""',
    }
    for name, annotation, doc, rows in tables:
        body = "".join(_entry(code[term], value) for term, value in rows.items())
        constants[name] = f'{name}: Final[{annotation}] = {{\n{body}}}\n"""{doc}"""'
    return constants


def _under(graph: Graph, relation: URIRef, top: URIRef) -> list[URIRef]:
    return sorted(_uri(subject) for subject in graph.subjects(relation, top))


def _concepts(graph: Graph, term: URIRef) -> list[URIRef]:
    scheme = _one(graph, term, MK.valuesIn)
    return sorted(_uri(concept) for concept in graph.subjects(SKOS.inScheme, scheme))


def _ends(graph: Graph, term: URIRef, side: URIRef, code: Mapping[URIRef, str]) -> list[URIRef]:
    """Give the entity types of a domain or range, which is one class or a union of classes."""
    node = _one(graph, term, side)
    union = graph.value(node, OWL.unionOf)
    ends = [_uri(end) for end in ([node] if union is None else Collection(graph, union))]
    for end in ends:
        if not code.get(end, "").startswith("EntityType."):
            raise InvariantError(f"{_local(term)}: {side} holds {end}, which is no entity type")
    return sorted(ends)


def _datatype(graph: Graph, term: URIRef) -> str:
    node = _one(graph, term, RDFS.range)
    definition = graph.value(node, OWL.equivalentClass)
    base = graph.value(definition, OWL.onDatatype) or node
    if base not in _DATATYPES:
        raise InvariantError(f"{_local(term)}: no Python form is known for values of {base}")
    return _DATATYPES[_uri(base)]


def _pattern(graph: Graph, term: URIRef) -> str:
    definition = graph.value(graph.value(term, RDFS.range), OWL.equivalentClass)
    facets = graph.value(definition, OWL.withRestrictions)
    if facets is None:
        return ""
    patterns = [graph.value(facet, XSD.pattern) for facet in Collection(graph, facets)]
    return "".join(str(pattern) for pattern in patterns if pattern is not None)


def _is(graph: Graph, term: URIRef, annotation: URIRef) -> bool:
    return (term, annotation, Literal(True)) in graph


def _qualifies(graph: Graph, qualifier: URIRef, term: URIRef) -> bool:
    above = {term, *graph.objects(term, RDFS.subPropertyOf)}
    return any(predicate in above for predicate in graph.objects(qualifier, MK.qualifies))


def _labels(graph: Graph, term: URIRef) -> str:
    found = {
        label.language: str(label)
        for relation in (RDFS.label, SKOS.prefLabel)
        for label in graph.objects(term, relation)
        if isinstance(label, Literal)
    }
    for lang in ("en", "zh"):
        if lang not in found:
            raise InvariantError(f"{_local(term)} has no label in {lang}")
    return f'{{"en": {_text(found["en"])}, "zh": {_text(found["zh"])}}}'


def _one(graph: Graph, term: Node, relation: URIRef) -> Node:
    found = list(graph.objects(term, relation))
    if len(found) != 1:
        raise InvariantError(f"{term} needs one {relation}, not {len(found)}")
    return found[0]


def _value(graph: Graph, term: URIRef) -> str:
    """Give what claims call the term: a concept's notation, or the term's own name."""
    return str(graph.value(term, SKOS.notation) or _local(term))


def _uri(node: Node) -> URIRef:
    if not isinstance(node, URIRef):
        raise InvariantError(f"a term needs a name of its own: {node}")
    return node


def _local(node: Node) -> str:
    return str(node).removeprefix(str(MK))


def _member(value: str) -> str:
    """Give the name of an enumeration's member.

    Examples
    --------
    >>> _member("derivedFrom"), _member("on-par"), _member("Model")
    ('DERIVED_FROM', 'ON_PAR', 'MODEL')
    """
    spaced = "".join(f"_{c}" if c.isupper() else c for c in value)
    return spaced.strip("_").replace("-", "_").upper()


def _text(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _entry(key: str, value: str) -> str:
    """Give one row of a table as ruff would format it."""
    row = f"    {key}: {value},\n"
    if "\n" in value or not value.startswith("(") or len(row) <= _WIDTH + 1:
        return row
    items = value.strip("(),").split(", ")
    return f"    {key}: (\n" + "".join(f"        {item},\n" for item in items) + "    ),\n"


def _tuple(items: Iterable[str]) -> str:
    text = ", ".join(items)
    return f"({text})" if "," in text else f"({text},)"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write ``terms.py``, or compare it with the ontology.

    Parameters
    ----------
    arguments : sequence of str, optional
        ``--check`` writes nothing.

    Returns
    -------
    int
        1 when ``--check`` finds that ``terms.py`` says something else than the ontology.
    """
    parser = argparse.ArgumentParser(
        prog="python -m modelkin.ontology.generate",
        description="Write ontology/terms.py from ontology/modelkin.ttl.",
    )
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 when terms.py is out of date"
    )
    options = parser.parse_args(arguments)
    text = generate(load())
    current = TERMS.read_text(encoding="utf-8") if TERMS.exists() else ""
    if text == current:
        return 0
    if options.check:
        print("ontology/terms.py is out of date; next: make terms", file=sys.stderr)
        return 1
    TERMS.write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
