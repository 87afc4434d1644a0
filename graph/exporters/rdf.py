"""RDF: entities and statements as Turtle, and with every claim a named graph as TriG."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from urllib.parse import quote

from ...ontology.claim import Claim, Entity, Statement, Value, object_key
from ...ontology.document import Document
from ...ontology.identifiers import iri
from ...ontology.terms import DATED
from ..protocols import View
from .writing import whole_file

__all__ = ["TriGExporter", "TurtleExporter"]

_MK = "https://w3id.org/modelkin/ontology#"
_PREFIXES = {
    "dcterms": "http://purl.org/dc/terms/",
    "mk": _MK,
    "oa": "http://www.w3.org/ns/oa#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_MONTH, _DAY = "(0[1-9]|1[0-2])", "(0[1-9]|[12][0-9]|3[01])"
_DATES = (
    ("xsd:date", re.compile(f"[0-9]{{4}}-{_MONTH}-{_DAY}")),
    ("xsd:gYearMonth", re.compile(f"[0-9]{{4}}-{_MONTH}")),
    ("xsd:gYear", re.compile("[0-9]{4}")),
    ("xsd:gMonthDay", re.compile(f"--{_MONTH}-{_DAY}")),
    ("xsd:gMonth", re.compile(f"--{_MONTH}")),
)
_INTEGER = re.compile(r"[+-]?[0-9]+")
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_WEB = re.compile(r"https?://[^\x00-\x20<>\"{}|^`\\]+", re.IGNORECASE)
_ESCAPED = re.compile('["\\\\\x00-\x1f\x7f]')
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
# Qualifiers whose values are concepts of the ontology: mk:method mk:method-merge.
_CONCEPTS = ("method", "relation")
# The qualifier that a statement's methods come from, where it is not the method.
_QUALIFIER = {"comparableTo": "relation"}

Pairs = list[tuple[str, str]]


class TurtleExporter:
    """Writes entities with their names, each statement as a triple, and what is known of it.

    A statement's methods, confidence and number of claims hang on a node of its own
    (`mk:Statement`), which names its subject, predicate and object. A statement that rests on
    nothing but candidates has that node and no triple: a file states facts alone.
    """

    @property
    def format(self) -> str:
        """The format's name."""
        return "turtle"

    @property
    def suffixes(self) -> Sequence[str]:
        """The suffixes that ask for it."""
        return (".ttl",)

    def write(self, view: View, target: Path) -> None:
        """Write the view, one block after another: nothing is held in memory."""
        with whole_file(target) as file:
            file.writelines(_graph(view))


class TriGExporter:
    """Writes what Turtle holds, the documents, and every claim with its evidence.

    A claim is a named graph of the one triple that it states; the default graph says which
    document it was quoted from, where, in which words, how sure the extractor was.
    """

    @property
    def format(self) -> str:
        """The format's name."""
        return "trig"

    @property
    def suffixes(self) -> Sequence[str]:
        """The suffixes that ask for it."""
        return (".trig",)

    def write(self, view: View, target: Path) -> None:
        """Write the view, one block after another: nothing is held in memory."""
        with whole_file(target) as file:
            file.writelines(_graph(view))
            for document in view.documents():
                file.write(_document(document))
            for claim in view.claims():
                file.write(_claim(claim))


def _graph(view: View) -> Iterator[str]:
    for prefix, namespace in _PREFIXES.items():
        yield f"@prefix {prefix}: <{namespace}> .\n"
    yield "\n"
    for entity in view.entities():
        yield _entity(entity)
    for statement in view.statements():
        yield _statement(statement)


def _entity(entity: Entity) -> str:
    return _block(
        _address(entity.id),
        [
            ("a", _term(entity.type.value)),
            ("rdfs:label", _literal(entity.name)),
            *(("skos:altLabel", _literal(alias)) for alias in entity.aliases),
        ],
    )


def _statement(statement: Statement) -> str:
    subject, predicate, object = _triple(statement)
    pairs = [
        ("a", "mk:Statement"),
        *_reified(statement),
        *(_qualifier(_QUALIFIER.get(statement.predicate, "method"), m) for m in statement.methods),
        ("mk:claims", str(statement.claims)),
        ("mk:confidence", _decimal(statement.confidence)),
    ]
    if statement.candidates:
        pairs.append(("mk:candidates", str(statement.candidates)))
    block = _block(_statement_address(statement), pairs)
    if statement.candidates == statement.claims:
        return block
    return f"{subject} {predicate} {object} .\n" + block


def _document(document: Document) -> str:
    pairs = [
        ("a", "mk:Document"),
        ("mk:kind", _literal(document.kind.value)),
        ("dcterms:language", _literal(document.lang)),
    ]
    if document.title:
        pairs.append(("dcterms:title", _literal(document.title)))
    if document.url is not None:
        # An address that is none would make the whole file invalid.
        web = _WEB.fullmatch(document.url)
        pairs.append(("dcterms:source", f"<{document.url}>" if web else _literal(document.url)))
    if document.published is not None:
        pairs.append(("dcterms:issued", _date(document.published)))
    return _block(_address(f"document/{document.id}"), pairs)


def _claim(claim: Claim) -> str:
    evidence = claim.evidence
    base = iri(f"claim/{claim.id}")
    name, span = f"<{base}>", f"<{base}#span>"
    position, words = f"<{base}#position>", f"<{base}#quote>"
    document = _address(f"document/{evidence.document}")
    start, end, text = str(evidence.start), str(evidence.end), _literal(evidence.quote)
    about = [
        ("a", "mk:Claim"),
        *_reified(claim),
        *(_qualifier(key, value) for key, value in claim.qualifiers),
        ("mk:supports", _statement_address(claim)),
        ("mk:kind", _literal(claim.kind.value)),
        ("mk:extractor", _literal(claim.extractor)),
        ("mk:confidence", _decimal(claim.confidence)),
        ("prov:wasQuotedFrom", document),
        ("mk:statedIn", document),
        ("mk:evidence", span),
    ]
    found = [
        ("a", "mk:Span , oa:SpecificResource"),
        ("mk:start", start),
        ("mk:end", end),
        ("mk:quote", text),
        ("oa:hasSource", document),
        ("oa:hasSelector", f"{position} , {words}"),
    ]
    at = [("a", "oa:TextPositionSelector"), ("oa:start", start), ("oa:end", end)]
    said = [("a", "oa:TextQuoteSelector"), ("oa:exact", text)]
    graph = f"{name} {{ {' '.join(_triple(claim))} }}\n"
    return (
        graph
        + _block(name, about)
        + _block(span, found)
        + _block(position, at)
        + _block(words, said)
    )


def _block(subject: str, pairs: Iterable[tuple[str, str]]) -> str:
    return f"{subject} " + " ;\n    ".join(f"{name} {value}" for name, value in pairs) + " .\n\n"


def _triple(said: Claim | Statement) -> tuple[str, str, str]:
    object = said.object
    end = _value(object) if isinstance(object, Value) else _address(object)
    return _address(said.subject), _term(said.predicate), end


def _reified(said: Claim | Statement) -> Pairs:
    return list(zip(("rdf:subject", "rdf:predicate", "rdf:object"), _triple(said), strict=True))


def _statement_address(said: Claim | Statement) -> str:
    content = "\n".join((said.subject, said.predicate, object_key(said.object)))
    digest = hashlib.sha256(content.encode("utf-8", "replace")).hexdigest()[:32]
    return _address(f"statement/{digest}")


def _qualifier(key: str, value: str) -> tuple[str, str]:
    if key in _CONCEPTS:
        return _term(key), _term(f"{key}-{value}")
    return _term(key), _date(value) if key in DATED else _literal(value)


def _address(id: str) -> str:
    return f"<{iri(id)}>"


def _term(name: str) -> str:
    return (
        f"mk:{name}"
        if _PLAIN.fullmatch(name)
        else f"<{_MK}{quote(name, safe='-._~', errors='replace')}>"
    )


def _value(value: Value) -> str:
    if value.datatype == "date":
        return _date(value.lexical)
    if value.datatype == "integer" and _INTEGER.fullmatch(value.lexical):
        return f"{_literal(value.lexical)}^^xsd:integer"
    return _literal(value.lexical)


def _date(text: str) -> str:
    """Give a date as precise as it is; what is no date stays a text."""
    for datatype, form in _DATES:
        if form.fullmatch(text) and (datatype != "xsd:date" or _is_a_day(text)):
            return f"{_literal(text)}^^{datatype}"
    return _literal(text)


def _is_a_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _decimal(number: float) -> str:
    return f"{number:.6f}".rstrip("0").removesuffix(".").join(('"', '"^^xsd:decimal'))


def _literal(text: str) -> str:
    return f'"{_ESCAPED.sub(_escape, text)}"'


def _escape(found: re.Match[str]) -> str:
    character = found.group()
    return _SHORT.get(character) or f"\\u{ord(character):04X}"
