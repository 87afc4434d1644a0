"""The ontology file: every term explained in both languages, and aligned as meant."""

import re

import pytest
from rdflib import DCTERMS, OWL, PROV, RDF, RDFS, SKOS, Namespace, URIRef
from rdflib.collection import Collection

from modelkin.ontology import generate
from modelkin.ontology.generate import MK

FAIR4ML = Namespace("https://w3id.org/fair4ml#")
SCHEMA = Namespace("http://schema.org/")
GRAPH = generate.load()
ONTOLOGY = URIRef("https://w3id.org/modelkin/ontology")
TERMS = sorted({s for s in GRAPH.subjects(RDF.type) if isinstance(s, URIRef) and s in MK})
PROPERTIES = [
    term
    for term in TERMS
    if {OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty}
    & set(GRAPH.objects(term, RDF.type))
]


def reached(start: URIRef, *relations: URIRef) -> set[object]:
    """All that lies above a term."""
    above: set[object] = set()
    waiting: list[object] = [start]
    while waiting:
        term = waiting.pop()
        if term not in above:
            above.add(term)
            waiting += [o for r in relations for o in GRAPH.objects(term, r)]
    return above - {start}


def test_the_ontology_says_what_it_is() -> None:
    assert (ONTOLOGY, RDF.type, OWL.Ontology) in GRAPH
    assert GRAPH.value(ONTOLOGY, OWL.versionIRI)
    assert "Apache-2.0" in str(GRAPH.value(ONTOLOGY, DCTERMS.license))
    for relation in (DCTERMS.title, DCTERMS.description):
        assert {text.language for text in GRAPH.objects(ONTOLOGY, relation)} == {"en", "zh"}


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.removeprefix(str(MK)))
def test_every_term_has_labels_and_definitions_in_both_languages(term: URIRef) -> None:
    name = SKOS.prefLabel if (term, RDF.type, SKOS.Concept) in GRAPH else RDFS.label
    for relation in (name, SKOS.definition):
        texts = list(GRAPH.objects(term, relation))
        assert sorted(str(text.language) for text in texts) == ["en", "zh"]
        for text in texts:
            chinese = re.search("[\u4e00-\u9fff]", text)
            assert bool(chinese) == (text.language == "zh")
            assert str(text) == text.strip()


@pytest.mark.parametrize("term", PROPERTIES, ids=lambda term: term.removeprefix(str(MK)))
def test_every_property_has_one_domain_and_one_range(term: URIRef) -> None:
    for side in (RDFS.domain, RDFS.range):
        ends = list(GRAPH.objects(term, side))
        assert len(ends) == 1
        members = GRAPH.value(ends[0], OWL.unionOf)
        for end in [ends[0]] if members is None else Collection(GRAPH, members):
            assert end not in MK or (end, RDF.type, None) in GRAPH


def test_every_term_that_is_used_is_defined() -> None:
    used = {node for triple in GRAPH for node in triple if isinstance(node, URIRef) and node in MK}
    assert used == set(TERMS)


def test_labels_are_not_shared() -> None:
    for lang in ("en", "zh"):
        labels = [
            str(label)
            for term in TERMS
            if (term, RDF.type, SKOS.Concept) not in GRAPH
            and (term, RDF.type, SKOS.ConceptScheme) not in GRAPH
            for label in GRAPH.objects(term, RDFS.label)
            if label.language == lang
        ]
        assert sorted(labels) == sorted(set(labels))


def test_concepts_are_named_after_their_scheme_and_notation() -> None:
    for term, scheme in GRAPH.subject_objects(MK.valuesIn):
        concepts = list(GRAPH.subjects(SKOS.inScheme, scheme))
        assert concepts
        for concept in concepts:
            assert str(concept) == f"{term}-{GRAPH.value(concept, SKOS.notation)}"


@pytest.mark.parametrize(
    ("term", "relation", "other"),
    [
        (MK.Organization, OWL.equivalentClass, SCHEMA.Organization),
        (MK.Organization, RDFS.subClassOf, PROV.Organization),
        (MK.Model, OWL.equivalentClass, FAIR4ML.MLModel),
        (MK.Model, RDFS.subClassOf, PROV.Entity),
        (MK.Dataset, OWL.equivalentClass, SCHEMA.Dataset),
        (MK.License, RDFS.subClassOf, DCTERMS.LicenseDocument),
        (MK.developedBy, RDFS.subPropertyOf, SCHEMA.creator),
        (MK.developedBy, RDFS.subPropertyOf, PROV.wasAttributedTo),
        (MK.derivedFrom, RDFS.subPropertyOf, PROV.wasDerivedFrom),
        (MK.finetunedFrom, RDFS.subPropertyOf, FAIR4ML.fineTunedFrom),
        (MK.finetunedFrom, RDFS.subPropertyOf, MK.derivedFrom),
        (MK.variantOf, RDFS.subPropertyOf, SCHEMA.isVariantOf),
        (MK.succeeds, RDFS.subPropertyOf, DCTERMS.replaces),
        (MK.releasedUnder, RDFS.subPropertyOf, SCHEMA.license),
        (MK.trainedOn, OWL.equivalentProperty, FAIR4ML.trainedOn),
        (MK.evaluatedOn, OWL.equivalentProperty, FAIR4ML.evaluatedOn),
        (MK.appliesTo, RDFS.subPropertyOf, SCHEMA.about),
        (MK.statedIn, RDFS.subPropertyOf, PROV.wasQuotedFrom),
    ],
)
def test_the_ontology_is_aligned(term: URIRef, relation: URIRef, other: URIRef) -> None:
    assert (term, relation, other) in GRAPH


@pytest.mark.parametrize("term", [MK.succeeds, MK.variantOf, MK.comparableTo])
def test_only_derivations_are_derivations(term: URIRef) -> None:
    above = reached(term, RDFS.subPropertyOf, OWL.equivalentProperty)
    # Every revision is a derivation in PROV-O.
    assert not above & {MK.derivedFrom, PROV.wasDerivedFrom, PROV.wasRevisionOf}


def test_every_method_leads_to_a_derivation() -> None:
    for method in GRAPH.subjects(SKOS.inScheme, MK.methodValues):
        name = GRAPH.value(method, MK.derivationProperty)
        assert isinstance(name, URIRef)
        assert name == MK.derivedFrom or MK.derivedFrom in reached(name, RDFS.subPropertyOf)


def test_the_file_says_each_thing_once() -> None:
    heads = re.findall(r"^mk:([\w-]+) a ", generate.ONTOLOGY.read_text("utf-8"), re.MULTILINE)
    assert sorted(heads) == sorted(set(heads))
    assert len(heads) == len(TERMS)
