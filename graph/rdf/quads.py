"""What a view holds, as quads: the one shape behind every RDF file, projection and server."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from ...ontology.claim import Claim, Entity, Statement, Value
from ...ontology.document import Document
from ...ontology.terms import DATED
from ..protocols import View
from .addresses import Addresses, ontology_term
from .syntax import RDF_TYPE, Quad, count, decimal, literal, node, term, typed, web_address

__all__ = ["CONTEXT", "Quads", "Texts"]

CONTEXT = 32
"""How many characters before and after a quote a selector gives, so that it is found again."""

_LABEL = term("rdfs:label")
_ALIAS = term("skos:altLabel")
_STATEMENT = term("mk:Statement")
_CLAIMS = term("mk:claims")
_CONFIDENCE = term("mk:confidence")
_CANDIDATES = term("mk:candidates")
_DOCUMENT = term("mk:Document")
_KIND = term("mk:kind")
_ACTIVITY = term("prov:Activity")
_USED = term("prov:used")
_LANGUAGE = term("dcterms:language")
_TITLE = term("dcterms:title")
_SOURCE = term("dcterms:source")
_ISSUED = term("dcterms:issued")
_CLAIM = term("mk:Claim")
_SUPPORTS = term("mk:supports")
_QUOTED_FROM = term("prov:wasQuotedFrom")
_GENERATED_BY = term("prov:wasGeneratedBy")
_ATTRIBUTED_TO = term("prov:wasAttributedTo")
_PREFIX = term("oa:prefix")
_SUFFIX = term("oa:suffix")
_STATED_IN = term("mk:statedIn")
_EVIDENCE = term("mk:evidence")
_SPAN = term("mk:Span")
_SPECIFIC = term("oa:SpecificResource")
_START = term("mk:start")
_END = term("mk:end")
_QUOTE = term("mk:quote")
_HAS_SOURCE = term("oa:hasSource")
_SELECTOR = term("oa:hasSelector")
_POSITION = term("oa:TextPositionSelector")
_OA_START = term("oa:start")
_OA_END = term("oa:end")
_QUOTE_SELECTOR = term("oa:TextQuoteSelector")
_EXACT = term("oa:exact")
_EXTRACTOR = term("mk:extractor")
_AGENT = term("prov:SoftwareAgent")
_REIFIES = term("rdf:reifies")
_REIFIED = (term("rdf:subject"), term("rdf:predicate"), term("rdf:object"))

_MONTH, _DAY = "(0[1-9]|1[0-2])", "(0[1-9]|[12][0-9]|3[01])"
_DATES = (
    ("xsd:date", re.compile(f"[0-9]{{4}}-{_MONTH}-{_DAY}")),
    ("xsd:gYearMonth", re.compile(f"[0-9]{{4}}-{_MONTH}")),
    ("xsd:gYear", re.compile("[0-9]{4}")),
    ("xsd:gMonthDay", re.compile(f"--{_MONTH}-{_DAY}")),
    ("xsd:gMonth", re.compile(f"--{_MONTH}")),
)
# Qualifiers whose values are concepts of the ontology: mk:method mk:method-merge.
_CONCEPTS = ("method", "relation")
# The qualifier that a statement's methods come from, where it is not the method.
_QUALIFIER = {"comparableTo": "relation"}
_MOST_TEXT = 16_000_000

Pairs = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Quads:
    """Gives entities, statements, documents and claims as quads.

    The default graph holds entities with their names, the triple of each statement that rests
    on facts, what is known of statements, documents and claims. A claim is besides a named graph
    of the one triple that it states, whether that is a fact or a candidate.

    Parameters
    ----------
    addresses : Addresses
    reifiers : bool
        Whether statements and claims point at the triple that they state (`rdf:reifies`, RDF
        1.2) instead of naming its subject, predicate and object.

    Examples
    --------
    >>> from modelkin.ontology.terms import EntityType
    >>> quads = Quads().entity(Entity("model/llama-2", EntityType.MODEL, "Llama 2"))
    >>> [quad.object for quad in quads]
    ['<https://w3id.org/modelkin/ontology#Model>', '"Llama 2"']
    """

    addresses: Addresses = field(default_factory=Addresses)
    reifiers: bool = False

    def view(self, view: View, *, claims: bool = True) -> Iterator[Quad]:
        """Give all that a view holds, in one order; no quad comes twice.

        Parameters
        ----------
        view : View
        claims : bool
            Whether documents and claims come too, and not entities and statements alone.
        """
        yield from self.facts(view)
        if claims:
            for document in view.documents():
                yield from self.document(document)
            extractors = set()
            texts = Texts(view)
            for claim in view.claims():
                extractors.add(claim.extractor)
                yield from self.claim(claim, texts.document(claim.evidence.document))
            for extractor in sorted(extractors):
                yield from self.extractor(extractor)

    def facts(self, view: View) -> Iterator[Quad]:
        """Give entities and statements."""
        for entity in view.entities():
            yield from self.entity(entity)
        for statement in view.statements():
            yield from self.statement(statement)

    def entity(self, entity: Entity) -> list[Quad]:
        """Give an entity: its type and its names."""
        return _about(
            self.addresses.thing(entity.id),
            [
                (RDF_TYPE, ontology_term(entity.type.value)),
                (_LABEL, literal(entity.name)),
                *((_ALIAS, literal(alias)) for alias in entity.aliases),
            ],
        )

    def statement(self, statement: Statement) -> list[Quad]:
        """Give a statement: its triple, unless it rests on candidates alone, and what is known.

        The first quad is the triple where there is one.
        """
        about: Pairs = [
            (RDF_TYPE, _STATEMENT),
            *self._reified(statement),
            *(
                self._qualifier(_QUALIFIER.get(statement.predicate, "method"), method)
                for method in statement.methods
            ),
            (_CLAIMS, count(statement.claims)),
            (_CONFIDENCE, decimal(statement.confidence)),
        ]
        if statement.candidates:
            about.append((_CANDIDATES, count(statement.candidates)))
        quads = _about(self.addresses.statement(statement), about)
        if statement.candidates != statement.claims:
            quads.insert(0, Quad(*self.triple(statement)))
        return quads

    def document(self, document: Document) -> list[Quad]:
        """Give a document without its text, and the reading of it that its claims come from."""
        about: Pairs = [
            (RDF_TYPE, _DOCUMENT),
            (_KIND, literal(document.kind.value)),
            *self.about_document(document),
        ]
        reading = [(RDF_TYPE, _ACTIVITY), (_USED, self.document_address(document.id))]
        return [
            *_about(self.document_address(document.id), about),
            *_about(self.addresses.part(f"document/{document.id}", "extraction"), reading),
        ]

    def about_document(self, document: Document) -> Pairs:
        """Give what is known of a document besides its kind and its text."""
        about = [(_LANGUAGE, literal(document.lang))]
        if document.title:
            about.append((_TITLE, literal(document.title)))
        if document.url is not None:
            # An address that is none would make the whole file invalid.
            web = web_address(document.url)
            about.append((_SOURCE, node(document.url) if web else literal(document.url)))
        if document.published is not None:
            about.append((_ISSUED, _date(document.published, literal(document.published))))
        return about

    def claim(self, claim: Claim, document: Document | None = None) -> list[Quad]:
        """Give a claim: the triple in its named graph first, then its provenance.

        Parameters
        ----------
        claim : Claim
        document : Document, optional
            The document that it quotes; with it the words around the quote are given, and when
            it was said.
        """
        evidence = claim.evidence
        id = f"claim/{claim.id}"
        name = self.addresses.thing(id)
        span, position, words = (
            self.addresses.part(id, part) for part in ("span", "position", "quote")
        )
        source = self.document_address(evidence.document)
        start, end, text = count(evidence.start), count(evidence.end), literal(evidence.quote)
        about: Pairs = [
            (RDF_TYPE, _CLAIM),
            *self.about_claim(claim),
            (_SUPPORTS, self.addresses.statement(claim)),
            (_QUOTED_FROM, source),
            (_GENERATED_BY, self.addresses.part(f"document/{evidence.document}", "extraction")),
            (_ATTRIBUTED_TO, self.extractor_address(claim.extractor)),
        ]
        around: Pairs = []
        if document is not None:
            if document.published is not None:
                about.append((_ISSUED, _date(document.published, literal(document.published))))
            before = document.text[max(0, evidence.start - CONTEXT) : evidence.start]
            after = document.text[evidence.end : evidence.end + CONTEXT]
            around = [(_PREFIX, literal(before))] * bool(before)
            around += [(_SUFFIX, literal(after))] * bool(after)
        about += [(_STATED_IN, source), (_EVIDENCE, span)]
        found = [
            (RDF_TYPE, _SPAN),
            (RDF_TYPE, _SPECIFIC),
            (_START, start),
            (_END, end),
            (_QUOTE, text),
            (_HAS_SOURCE, source),
            (_SELECTOR, position),
            (_SELECTOR, words),
        ]
        at = [(RDF_TYPE, _POSITION), (_OA_START, start), (_OA_END, end)]
        said = [(RDF_TYPE, _QUOTE_SELECTOR), (_EXACT, text), *around]
        return [
            Quad(*self.triple(claim), name),
            *_about(name, about),
            *_about(span, found),
            *_about(position, at),
            *_about(words, said),
        ]

    def about_claim(self, claim: Claim) -> Pairs:
        """Give what a claim says, with its qualifiers, and who read it how surely."""
        return [
            *self._reified(claim),
            *(self._qualifier(key, value) for key, value in claim.qualifiers),
            (_KIND, literal(claim.kind.value)),
            (_EXTRACTOR, literal(claim.extractor)),
            (_CONFIDENCE, decimal(claim.confidence)),
        ]

    def extractor(self, name: str) -> list[Quad]:
        """Give an extractor, who is the same for all its claims."""
        return _about(self.extractor_address(name), [(RDF_TYPE, _AGENT), (_LABEL, literal(name))])

    def extractor_address(self, name: str) -> str:
        """Give the term of an extractor."""
        return self.addresses.thing(f"extractor/{name.encode('utf-8', 'replace').decode()}")

    def document_address(self, id: str) -> str:
        """Give the term of a document."""
        return self.addresses.thing(f"document/{id}")

    def triple(self, said: Claim | Statement) -> tuple[str, str, str]:
        """Give the triple that a claim or statement states."""
        object = said.object
        end = _value(object) if isinstance(object, Value) else self.addresses.thing(object)
        return self.addresses.thing(said.subject), ontology_term(said.predicate), end

    def _reified(self, said: Claim | Statement) -> Pairs:
        triple = self.triple(said)
        if self.reifiers:
            return [(_REIFIES, f"<<( {' '.join(triple)} )>>")]
        return list(zip(_REIFIED, triple, strict=True))

    def _qualifier(self, key: str, value: str) -> tuple[str, str]:
        if key in _CONCEPTS:
            return ontology_term(key), ontology_term(f"{key}-{value}")
        text = literal(value)
        return ontology_term(key), _date(value, text) if key in DATED else text


class Texts:
    """Gives documents of a view, and keeps the last ones, as many as a bounded text holds."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._kept: dict[str, Document | None] = {}
        self._size = 0

    def document(self, id: str) -> Document | None:
        if id not in self._kept:
            found = self._view.document(id)
            size = 0 if found is None else len(found.text)
            if self._size + size > _MOST_TEXT:
                self._kept.clear()
                self._size = 0
            self._kept[id] = found
            self._size += size
        return self._kept[id]


def _about(subject: str, pairs: Iterable[tuple[str, str]]) -> list[Quad]:
    return [Quad(subject, predicate, object) for predicate, object in pairs]


def _value(value: Value) -> str:
    if value.datatype == "date":
        # Of a date that is none the ontology's own datatype says what it was meant to be.
        return _date(value.lexical, typed(value.lexical, "mk:PartialDate"))
    if value.datatype == "integer":
        return typed(value.lexical, "xsd:integer")
    return literal(value.lexical)


def _date(text: str, otherwise: str) -> str:
    """Give a date as precise as it is."""
    for datatype, form in _DATES:
        if form.fullmatch(text) and (datatype != "xsd:date" or _is_a_day(text)):
            return typed(text, datatype)
    return otherwise


def _is_a_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
