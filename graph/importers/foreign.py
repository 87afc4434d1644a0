"""Files of others: what they say in terms that the ontology knows becomes claims."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import pyoxigraph

from ...ontology.claim import Claim, ClaimKind, Entity, Extraction, Value
from ...ontology.document import Document
from ...ontology.errors import InvariantError
from ...ontology.schema import check_claim
from ...ontology.terms import DATATYPES, OBJECT_TYPES, SUBJECT_TYPES, Datatype
from ..rdf.addresses import Addresses, ontology_name
from ..rdf.syntax import PREFIXES
from .lines import rendered
from .mapping import Meaning, normal, of_models, source, vocabulary
from .things import Thing, Things, key

__all__ = ["LONGEST", "MOST", "ForeignReport", "extraction"]

MOST = 500_000
"""How many statements of others are one document."""
LONGEST = 100_000
"""Characters of a statement that becomes a line of the document; longer ones are left out."""

_VERSION = 1
_RDF, _MK = PREFIXES["rdf"], PREFIXES["mk"]
_REIFIED = (f"{_RDF}subject", f"{_RDF}predicate", f"{_RDF}object")
# What modelkin says about what it says; it is no claim about models.
_ABOUT = frozenset(f"{_MK}{name}" for name in ("Claim", "Document", "Span", "Statement")) | {
    PREFIXES["oa"] + "TextPositionSelector",
    PREFIXES["oa"] + "TextQuoteSelector",
    PREFIXES["prov"] + "Activity",
    PREFIXES["prov"] + "SoftwareAgent",
}
_CONCEPTS = ("method", "relation")
_DATE = re.compile(r"-?([0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?)(?:T.*|Z|[+-][0-9]{2}:[0-9]{2})?")
_CJK = re.compile("[\u3400-\u9fff]")
_LATIN = re.compile("[A-Za-z]")


@dataclass(slots=True)
class ForeignReport:
    """What became of the statements of a file.

    Parameters
    ----------
    statements, claims, described : int
        How many there were, how many are claims now, how many give types, names and provenance.
    unmapped : Counter of str
        Properties that the ontology has no term for, with their numbers.
    refused : Counter of str
        Why statements in terms that it knows are no claims.
    """

    statements: int = 0
    claims: int = 0
    described: int = 0
    unmapped: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)


def extraction(
    quads: Iterable[pyoxigraph.Quad], title: str, addresses: Addresses | None = None
) -> tuple[Extraction, ForeignReport]:
    """Make claims of what a file states.

    The document is the file in N-Quads, a statement a line, sorted; a claim quotes its line.

    Parameters
    ----------
    quads : iterable of Quad
    title : str
    addresses : Addresses, optional
        Nodes under their base are the entities of those ids.

    Returns
    -------
    tuple of (Extraction, ForeignReport)

    Examples
    --------
    >>> text = '''@prefix f: <https://w3id.org/fair4ml#> . @prefix s: <https://schema.org/> .
    ...   <http://x/a> a f:MLModel ; s:name "苍鹭" ; f:fineTunedFrom [ s:name "Llama 2" ] .'''
    >>> said, report = extraction(pyoxigraph.parse(text, pyoxigraph.RdfFormat.TURTLE), "a.ttl")
    >>> [(c.subject, c.predicate, c.object, c.qualifiers) for c in said.claims]
    [('model/苍鹭', 'derivedFrom', 'model/llama-2', (('method', 'finetune'),))]
    >>> said.claims[0].evidence.quote
    '<http://x/a> <https://w3id.org/fair4ml#fineTunedFrom> _:b0 .'
    """
    return _File(list(quads), title, addresses or Addresses()).extraction()


class _File:
    """One file, while claims are made of it."""

    def __init__(self, quads: list[pyoxigraph.Quad], title: str, addresses: Addresses) -> None:
        self._quads, self._title = quads, title
        self._things = Things(vocabulary(), addresses)
        self._report = ForeignReport()
        self._names: dict[str, set[str]] = defaultdict(set)
        self._entities: dict[str, Entity] = {}
        self._reified: dict[str, dict[str, Any]] = defaultdict(dict)
        self._methods: dict[str, set[tuple[str, str]]] = defaultdict(set)
        self._qualifiers: dict[tuple[str, str, str], set[tuple[str, str]]] = {}

    def extraction(self) -> tuple[Extraction, ForeignReport]:
        lines, _ = rendered(self._quads)
        kept = sorted({line for line in lines if len(line) <= LONGEST})
        starts, at = {}, 0
        for line in kept:
            starts[line] = at
            at += len(line) + 1
        text = "".join(f"{line}\n" for line in kept)
        document = Document.of(text, lang=_language(self._quads), title=self._title)
        described = [self._note(quad) for quad in self._quads]
        self._note_qualifiers()
        claims, seen = [], set()
        for quad, line, known in zip(self._quads, lines, described, strict=True):
            if line in seen:
                continue
            seen.add(line)
            self._report.statements += 1
            if line not in starts:
                self._report.refused[f"longer than {LONGEST} characters"] += 1
            elif known or self._is_about(quad):
                self._report.described += 1
            else:
                claims += self._claims(quad, document, starts[line], len(line))
        self._report.claims = len({claim.id for claim in claims})
        entities = [
            Entity.of(id, entity.type, entity.name, self._names[id])
            for id, entity in self._entities.items()
        ]
        return Extraction.of(document, entities, claims), self._report

    def _note(self, quad: pyoxigraph.Quad) -> bool:
        """Note types, names, and what our own statements say of how; tell whether it was that."""
        property = quad.predicate.value
        name = ontology_name(property)
        if property in _REIFIED:
            self._reified[key(quad.subject)][property] = quad.object
        elif name in _CONCEPTS and isinstance(quad.object, pyoxigraph.NamedNode):
            value = (ontology_name(quad.object.value) or "").removeprefix(f"{name}-")
            self._methods[key(quad.subject)].add((name, value))
        return self._things.see(quad)

    def _note_qualifiers(self) -> None:
        for node, said in self._reified.items():
            if len(said) == len(_REIFIED) and node in self._methods:
                subject, predicate, object = (str(said[part]) for part in _REIFIED)
                triple = (subject, predicate, object)
                self._qualifiers.setdefault(triple, set()).update(self._methods[node])

    def _is_about(self, quad: pyoxigraph.Quad) -> bool:
        """Tell whether a quad is provenance, or stands in the graph of a claim that may be none."""
        nodes = [quad.subject]
        if isinstance(quad.graph_name, pyoxigraph.NamedNode):
            nodes.append(quad.graph_name)
        return any(self._things.classes(key(node)) & _ABOUT for node in nodes)

    def _claims(
        self, quad: pyoxigraph.Quad, document: Document, start: int, length: int
    ) -> list[Claim]:
        property = quad.predicate.value
        meaning = vocabulary().meaning(property)
        if meaning is None:
            self._report.unmapped[normal(property)] += 1
            return []
        one: Any = quad.subject
        other: Any = quad.object
        if meaning.inverse:
            one, other = other, one
        subject = self._subject(one, property, meaning)
        if subject is None:
            self._report.refused[f"{meaning.predicate}: {_REASONS[0]}"] += 1
            return []
        object = self._object(other, meaning)
        if object is None:
            self._report.refused[f"{meaning.predicate}: {_REASONS[1]}"] += 1
            return []
        end = object if isinstance(object, Value) else object.entity.id
        sure = meaning.confidence * subject.confidence
        if not isinstance(object, Value):
            sure *= object.confidence
        try:
            claim = Claim.of(
                subject.entity.id,
                meaning.predicate,
                end,
                document.span(start, start + length),
                qualifiers=self._qualified(quad, meaning),
                extractor=f"rdf.{source(property)}@{_VERSION}",
                confidence=round(sure, 3),
                kind=ClaimKind.EXTRACTED,
            )
            object_type = None if isinstance(object, Value) else object.entity.type
            check_claim(claim, subject.entity.type, object_type)
        except InvariantError as error:
            self._report.refused[error.message.partition(":")[0]] += 1
            return []
        self._keep(subject.entity)
        if isinstance(object, Thing):
            self._keep(object.entity)
        return [claim]

    def _subject(self, term: Any, property: str, meaning: Meaning) -> Thing | None:
        # Of anything at all it may be said that it comes from something: a model is said to be one.
        if not self._things.types(term) and not of_models(property):
            return None
        return self._things.thing(term, SUBJECT_TYPES[meaning.predicate])

    def _object(self, term: Any, meaning: Meaning) -> Thing | Value | None:
        datatype = DATATYPES.get(meaning.predicate)
        if datatype is None:
            return self._things.thing(term, OBJECT_TYPES[meaning.predicate])
        if not isinstance(term, pyoxigraph.Literal):
            return None
        text = term.value.strip()
        if datatype is Datatype.DATE:
            found = _DATE.fullmatch(text)
            text = found[1] if found else text
        return Value(text, datatype.value)

    def _qualified(self, quad: pyoxigraph.Quad, meaning: Meaning) -> dict[str, str]:
        triple = (str(quad.subject), str(quad.predicate), str(quad.object))
        given = dict(meaning.qualifiers)
        # The one that says most: what is unspecified is what no claim says.
        for name, value in sorted(self._qualifiers.get(triple, ()), reverse=True):
            if value != "unspecified" and name not in dict(meaning.qualifiers):
                given[name] = value
        if meaning.predicate == "derivedFrom":
            given.setdefault("method", "unspecified")
        return given

    def _keep(self, entity: Entity) -> None:
        self._names[entity.id].update(entity.names)
        known = self._entities.get(entity.id)
        if known is None or entity.name < known.name:
            self._entities[entity.id] = entity


_REASONS = (
    "the subject is not known to be one of its kind, or has no name",
    "the object is not one of its kind, or has no name",
)


def _language(quads: Iterable[pyoxigraph.Quad]) -> str:
    chinese = latin = 0
    for quad in quads:
        if isinstance(quad.object, pyoxigraph.Literal):
            chinese += len(_CJK.findall(quad.object.value[:LONGEST]))
            latin += len(_LATIN.findall(quad.object.value[:LONGEST]))
    return "zh" if chinese * 4 > latin else "en"
