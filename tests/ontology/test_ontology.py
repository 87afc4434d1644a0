"""The ontology file: every term explained in both languages, and aligned as meant."""

import re

import pytest
from rdflib import (
    DCAT,
    DCTERMS,
    FOAF,
    ODRL2,
    OWL,
    PROV,
    RDF,
    RDFS,
    SDO,
    SKOS,
    Literal,
    Namespace,
    URIRef,
)

from modelkin.ontology import generate
from modelkin.ontology.generate import MK
from modelkin.ontology.identifiers import iri
from modelkin.ontology.lint import ALIGNMENTS, DOMAINS
from modelkin.ontology.terms import EntityType
from modelkin.seeds import entities as entities_of_seeds

FAIR4ML = Namespace("https://w3id.org/fair4ml#")
SCHEMA = Namespace("http://schema.org/")
GRAPH = generate.load()
ALIGNED = GRAPH + generate.load(ALIGNMENTS)
ONTOLOGY = URIRef("https://w3id.org/modelkin/ontology")
TERMS = sorted({s for s in GRAPH.subjects(RDF.type) if isinstance(s, URIRef) and s in MK})


def reached(start: URIRef, *relations: URIRef) -> set[object]:
    """All that lies above a term."""
    above: set[object] = set()
    waiting: list[object] = [start]
    while waiting:
        term = waiting.pop()
        if term not in above:
            above.add(term)
            waiting += [o for r in relations for o in ALIGNED.objects(term, r)]
    return above - {start}


def test_the_ontology_says_what_it_is() -> None:
    assert (ONTOLOGY, RDF.type, OWL.Ontology) in GRAPH
    assert GRAPH.value(ONTOLOGY, OWL.versionIRI)
    assert "Apache-2.0" in str(GRAPH.value(ONTOLOGY, DCTERMS.license))
    for relation in (DCTERMS.title, DCTERMS.description):
        assert {text.language for text in GRAPH.objects(ONTOLOGY, relation)} == {"en", "zh"}


def test_every_property_is_under_what_claims_state_or_is_not() -> None:
    """Inverses and what follows are no predicates: nothing new can be claimed."""
    said = {*GRAPH.subjects(RDFS.subPropertyOf, MK.relatedTo)}
    assert len(said) == 14
    for term in (MK.hasAncestor, MK.hasDerivative, MK.learntFrom, MK.buildsOn, MK.hostedBy):
        assert term in TERMS
        assert term not in said


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
        (MK.evaluatedOn, RDFS.subPropertyOf, FAIR4ML.evaluatedOn),
        (MK.appliesTo, RDFS.subPropertyOf, SCHEMA.about),
        (MK.statedIn, RDFS.subPropertyOf, PROV.wasQuotedFrom),
    ],
)
def test_the_ontology_is_aligned(term: URIRef, relation: URIRef, other: URIRef) -> None:
    assert (term, relation, other) in ALIGNED


def test_only_the_alignments_are_of_others() -> None:
    for subject, relation, other in GRAPH:
        if subject in MK and relation in (RDFS.subClassOf, RDFS.subPropertyOf):
            assert not isinstance(other, URIRef) or other in (*TERMS, RDF.Statement, SKOS.Concept)


def test_terms_of_others_are_theirs() -> None:
    """Where rdflib knows all terms of a vocabulary, the alignments name none beside them."""
    known = {str(space): space for space in (DCAT, DCTERMS, FOAF, ODRL2, PROV)} | {str(SCHEMA): SDO}
    checked = 0
    for other in {node for triple in ALIGNED for node in triple if isinstance(node, URIRef)}:
        for address, space in known.items():
            if other.startswith(address):
                checked += 1
                assert other.removeprefix(address) in space, other
    assert checked > 40


def test_domains_are_those_of_the_seeds() -> None:
    scheme = generate.load(DOMAINS)
    entities = [entity for entity in entities_of_seeds() if entity.type is EntityType.DOMAIN]
    assert len(entities) > 40
    assert {str(s) for s in scheme.subjects(RDF.type, MK.Domain)} == {iri(e.id) for e in entities}
    for entity in entities:
        texts = [*scheme.objects(URIRef(iri(entity.id)), SKOS.prefLabel)]
        texts += scheme.objects(URIRef(iri(entity.id)), SKOS.altLabel)
        assert {str(text) for text in texts} == set(entity.names)
        assert Literal(entity.name, lang="en") in texts


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
