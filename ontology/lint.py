"""What the ontology lacks: ``python -m modelkin.ontology.lint``.

A reasoner finds what contradicts itself; this finds what is missing, in both languages: labels,
definitions, examples, ends, and terms that are named and not there. `make check` runs it.
"""

import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from rdflib import DC, DCTERMS, OWL, RDF, RDFS, SKOS, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Literal, Node

from .generate import MK, ONTOLOGY, load

__all__ = ["ALIGNMENTS", "DOMAINS", "lint", "lint_alignments", "lint_domains", "main"]

ALIGNMENTS = ONTOLOGY.with_name("alignments.ttl")
DOMAINS = ONTOLOGY.with_name("domains.ttl")

_LANGUAGES = ("en", "zh")
_CHINESE = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
# What a quotation says is in the words of its text, and a name or a notation is in no language.
_ANY_WORDS = frozenset({SKOS.example})
_KINDS = frozenset(
    {
        OWL.AnnotationProperty,
        OWL.Class,
        OWL.DatatypeProperty,
        OWL.ObjectProperty,
        RDFS.Datatype,
        SKOS.Concept,
        SKOS.ConceptScheme,
    }
)
_PROPERTIES = frozenset({OWL.AnnotationProperty, OWL.DatatypeProperty, OWL.ObjectProperty})
_MATCHES = frozenset({SKOS.closeMatch, SKOS.broadMatch, SKOS.relatedMatch})
_AXIOMS = frozenset(
    {OWL.equivalentClass, OWL.equivalentProperty, RDFS.subClassOf, RDFS.subPropertyOf}
)


def lint(graph: Graph) -> list[str]:
    """Give what the ontology lacks, a line each, sorted.

    Parameters
    ----------
    graph : rdflib.Graph
        The ontology, as `modelkin.ontology.generate.load` reads it.

    Examples
    --------
    >>> lint(load())
    []
    """
    checks: tuple[Callable[[Graph], Iterator[str]], ...] = (
        _header,
        _dangling,
        _kinds,
        _texts,
        _labels_shared,
        _ends,
        _narrowing,
        _inverses,
        _chains,
        _circles,
        _concepts,
        _unused,
    )
    return sorted({finding for check in checks for finding in check(graph)})


def lint_alignments(graph: Graph, ontology: Graph) -> list[str]:
    """Give what is wrong with the file of alignments.

    Examples
    --------
    >>> lint_alignments(load(ALIGNMENTS), load())
    []
    """
    found = set(_header(graph))
    heads = set(graph.subjects(RDF.type, OWL.Ontology))
    terms = set(_terms(ontology))
    for subject, relation, other in graph:
        if not isinstance(subject, URIRef) or subject in heads:
            continue
        if subject not in terms:
            found.add(f"{_name(subject)} is aligned and not defined")
        if relation not in _MATCHES | _AXIOMS:
            found.add(f"{_name(subject)}: {relation} is no alignment")
        if isinstance(other, URIRef) and other in MK:
            found.add(f"{_name(subject)} is aligned with a term of its own: {_name(other)}")
    return sorted(found)


def lint_domains(graph: Graph) -> list[str]:
    """Give what is wrong with the scheme of domains.

    Examples
    --------
    >>> lint_domains(load(DOMAINS))
    []
    """
    found = set(_header(graph))
    for domain in set(graph.subjects(RDF.type, MK.Domain)):
        found |= {f"{domain}: {lack}" for lack in _lacking(graph, domain, SKOS.prefLabel)}
        if (domain, SKOS.inScheme, MK.domains) not in graph:
            found.add(f"{domain} is in no scheme")
        above = set(graph.objects(domain, SKOS.broader))
        if not above and (domain, SKOS.topConceptOf, MK.domains) not in graph:
            found.add(f"{domain} stands neither at the top nor under another")
        found |= {
            f"{domain} stands under {other}, which is no domain"
            for other in above
            if (other, RDF.type, MK.Domain) not in graph
        }
        if any(domain in graph.transitive_objects(other, SKOS.broader) for other in above):
            found.add(f"{domain} stands under itself")
    for domain in graph.objects(MK.domains, SKOS.hasTopConcept):
        if (domain, SKOS.topConceptOf, MK.domains) not in graph:
            found.add(f"{domain} is a top concept on one side only")
    return sorted(found)


def _terms(graph: Graph) -> list[URIRef]:
    return sorted({s for s in graph.subjects(RDF.type) if isinstance(s, URIRef) and s in MK})


def _properties(graph: Graph) -> list[URIRef]:
    return [t for t in _terms(graph) if _PROPERTIES.intersection(graph.objects(t, RDF.type))]


def _name(node: Node | None) -> str:
    text = str(node)
    return f"mk:{text.removeprefix(str(MK))}" if text.startswith(str(MK)) else text


def _header(graph: Graph) -> Iterator[str]:
    heads = sorted(graph.subjects(RDF.type, OWL.Ontology), key=str)
    if len(heads) != 1:
        yield f"the file needs one owl:Ontology, not {len(heads)}"
    for head in heads:
        for relation in (OWL.versionIRI, OWL.versionInfo, DCTERMS.license, DC.creator):
            if (head, relation, None) not in graph:
                yield f"{head} has no {relation}"
        version = str(graph.value(head, OWL.versionInfo) or "")
        if not str(graph.value(head, OWL.versionIRI) or "").endswith(f"/{version}"):
            yield f"{head}: version IRI and version differ"
        for relation in (DCTERMS.title, DCTERMS.description):
            yield from (f"{head}: {lack}" for lack in _lacking(graph, head, relation))


def _dangling(graph: Graph) -> Iterator[str]:
    known = set(_terms(graph))
    for node in {node for triple in graph for node in triple}:
        if isinstance(node, URIRef) and node in MK and node not in known:
            yield f"{_name(node)} is used and not defined"


def _kinds(graph: Graph) -> Iterator[str]:
    for term in _terms(graph):
        kinds = _KINDS.intersection(graph.objects(term, RDF.type))
        if len(kinds) != 1:
            yield f"{_name(term)} needs one kind of term, not {len(kinds)}"


def _texts(graph: Graph) -> Iterator[str]:
    for term in _terms(graph):
        concept = (term, RDF.type, SKOS.Concept) in graph
        label = SKOS.prefLabel if concept else RDFS.label
        for relation in (label, SKOS.definition, SKOS.example):
            for lack in _lacking(graph, term, relation):
                yield f"{_name(term)}: {lack}"
        if (term, RDFS.isDefinedBy, None) not in graph:
            yield f"{_name(term)} does not say where it is defined"


def _lacking(graph: Graph, subject: Node, relation: URIRef) -> Iterator[str]:
    """Give what is wrong with the texts of one kind: one in each language, in its script."""
    what = relation.rsplit("#", 1)[-1].rsplit("/", 1)[-1]
    texts: dict[str, list[str]] = defaultdict(list)
    for text in graph.objects(subject, relation):
        texts[getattr(text, "language", None) or ""].append(str(text))
    for lang in _LANGUAGES:
        number = len(texts.pop(lang, ()))
        if number == 0 or (number > 1 and relation not in _ANY_WORDS):
            yield f"{what} in {lang}: {number or 'none'}"
    if texts:
        yield f"{what} in another language or in none"
    for text in graph.objects(subject, relation):
        if isinstance(text, Literal) and str(text) != str(text).strip():
            yield f"{what} begins or ends with a space"
        if not isinstance(text, Literal) or relation in _ANY_WORDS:
            continue
        if bool(_CHINESE.search(text)) != (text.language == "zh") and text.language in _LANGUAGES:
            yield f"{what} in {text.language} is in the other script"


def _labels_shared(graph: Graph) -> Iterator[str]:
    """Two terms that people cannot tell apart; a scheme may share the name of its qualifier."""
    named: dict[Node, list[URIRef]] = defaultdict(list)
    for term in _terms(graph):
        if (term, RDF.type, SKOS.ConceptScheme) not in graph:
            for label in graph.objects(term, RDFS.label):
                named[label].append(term)
    for label, terms in named.items():
        if len(terms) > 1:
            yield f"{', '.join(map(_name, terms))} share the label {label}"


def _ends(graph: Graph) -> Iterator[str]:
    known = set(_terms(graph))
    for term in _properties(graph):
        for side, what in ((RDFS.domain, "domain"), (RDFS.range, "range")):
            ends = list(graph.objects(term, side))
            if len(ends) != 1:
                yield f"{_name(term)} needs one {what}, not {len(ends)}"
            for end in _members(graph, ends[0]) if ends else ():
                if isinstance(end, URIRef) and end in MK and end not in known:
                    yield f"{_name(term)}: its {what} {_name(end)} is not defined"


def _members(graph: Graph, node: Node) -> set[Node]:
    """Give the classes of a domain or range: one, or those of a union."""
    union = graph.value(node, OWL.unionOf)
    return {node} if union is None else set(Collection(graph, union))


def _side(graph: Graph, term: Node, side: URIRef) -> set[Node]:
    end = graph.value(term, side)
    return set() if end is None else _members(graph, end)


def _within(graph: Graph, inner: set[Node], outer: set[Node]) -> bool:
    """Tell whether each class of the one lies in one of the other."""
    if RDFS.Literal in outer:
        return True
    return all(outer.intersection(graph.transitive_objects(one, RDFS.subClassOf)) for one in inner)


def _narrowing(graph: Graph) -> Iterator[str]:
    for term in _properties(graph):
        for above in graph.objects(term, RDFS.subPropertyOf):
            for side, what in ((RDFS.domain, "domain"), (RDFS.range, "range")):
                inner, outer = _side(graph, term, side), _side(graph, above, side)
                if outer and not _within(graph, inner, outer):
                    yield f"{_name(term)}: its {what} is wider than that of {_name(above)}"


def _inverses(graph: Graph) -> Iterator[str]:
    for one, other in graph.subject_objects(OWL.inverseOf):
        if _side(graph, one, RDFS.domain) != _side(graph, other, RDFS.range) or _side(
            graph, one, RDFS.range
        ) != _side(graph, other, RDFS.domain):
            yield f"{_name(one)} is no inverse of {_name(other)}: their ends differ"


def _chains(graph: Graph) -> Iterator[str]:
    """A chain begins and ends where its property does, and its links meet."""
    for term, head in graph.subject_objects(OWL.propertyChainAxiom):
        links = list(Collection(graph, head))
        first, last = links[0], links[-1]
        if not _within(graph, _side(graph, first, RDFS.domain), _side(graph, term, RDFS.domain)):
            yield f"{_name(term)}: a chain begins outside its domain"
        if not _within(graph, _side(graph, last, RDFS.range), _side(graph, term, RDFS.range)):
            yield f"{_name(term)}: a chain ends outside its range"
        for link, following in pairwise(links):
            if not _side(graph, link, RDFS.range) & _side(graph, following, RDFS.domain):
                yield f"{_name(term)}: {_name(link)} and {_name(following)} do not meet"


def _circles(graph: Graph) -> Iterator[str]:
    for relation in (RDFS.subClassOf, RDFS.subPropertyOf, SKOS.broader):
        for term in _terms(graph):
            for above in graph.objects(term, relation):
                if term in graph.transitive_objects(above, relation):
                    yield f"{_name(term)} stands under itself"


def _concepts(graph: Graph) -> Iterator[str]:
    for term, scheme in graph.subject_objects(MK.valuesIn):
        concepts = list(graph.subjects(SKOS.inScheme, scheme))
        if not concepts:
            yield f"{_name(scheme)} has no concepts"
        for concept in concepts:
            if str(concept) != f"{term}-{graph.value(concept, SKOS.notation)}":
                yield f"{_name(concept)} is not named after {_name(term)} and its notation"
    for scheme in graph.subjects(RDF.type, SKOS.ConceptScheme):
        top = set(graph.objects(scheme, SKOS.hasTopConcept))
        for concept in set(graph.subjects(SKOS.inScheme, scheme)) | top:
            ends = (concept in top, (concept, SKOS.topConceptOf, scheme) in graph)
            broader = (concept, SKOS.broader, None) in graph
            if ends != (not broader, not broader):
                yield f"{_name(concept)} is neither a top concept nor under another, or is both"
    for concept in graph.subjects(RDF.type, SKOS.Concept):
        if (concept, SKOS.inScheme, None) not in graph:
            yield f"{_name(concept)} is in no scheme"


def _unused(graph: Graph) -> Iterator[str]:
    """A class, datatype, scheme or annotation that nothing else in the file names."""
    for term in _terms(graph):
        named = (s for s, _, o in graph.triples((None, None, term)) if s != term)
        if next(named, None) is not None or (None, term, None) in graph:
            continue
        kinds = set(graph.objects(term, RDF.type))
        if not kinds & {OWL.ObjectProperty, OWL.DatatypeProperty, SKOS.Concept}:
            yield f"{_name(term)} is defined and not used"


def main(arguments: Sequence[str] | None = None) -> int:
    """Say on stderr what is wrong with the ontology; give 1 where anything is."""
    ontology = load()
    found = [
        *lint(ontology),
        *lint_alignments(load(ALIGNMENTS), ontology),
        *lint_domains(load(DOMAINS)),
    ]
    for finding in found:
        print(finding, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
