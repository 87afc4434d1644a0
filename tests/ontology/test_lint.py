"""The lint is silent on the ontology, and names each fault that is planted in it."""

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef

from modelkin.ontology import lint
from modelkin.ontology.generate import MK, load
from modelkin.ontology.lint import ALIGNMENTS, DOMAINS, lint_alignments, lint_domains

PREFIXES = """
@prefix mk: <https://w3id.org/modelkin/ontology#> .
@prefix domain: <https://w3id.org/modelkin/domain/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <http://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
HEAD = URIRef("https://w3id.org/modelkin/ontology")


def test_nothing_is_wrong_with_the_ontology(capsys: pytest.CaptureFixture[str]) -> None:
    assert lint.main() == 0
    assert capsys.readouterr().err == ""


def test_a_fault_is_said_and_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def faulty(path: object = None) -> Graph:
        graph = load() if path is None else load(ALIGNMENTS if path == ALIGNMENTS else DOMAINS)
        graph.remove((MK.operates, SKOS.definition, None))
        return graph

    monkeypatch.setattr(lint, "load", faulty)
    assert lint.main() == 1
    assert capsys.readouterr().err == (
        "mk:operates: definition in en: none\nmk:operates: definition in zh: none\n"
    )


def texts(term: URIRef, relation: URIRef, lang: str) -> Graph:
    graph = load()
    for text in list(graph.objects(term, relation)):
        if text.language == lang:
            graph.remove((term, relation, text))
    return graph


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    ("term", "relation"),
    [
        (MK.Model, RDFS.label),
        (MK["method-merge"], SKOS.prefLabel),
        (MK.hasAncestor, SKOS.definition),
        (MK.PartialDate, SKOS.example),
        (MK.domains, SKOS.example),
        (MK.required, SKOS.definition),
    ],
)
def test_each_language_is_asked_for(term: URIRef, relation: URIRef, lang: str) -> None:
    name, what = term.removeprefix(str(MK)), relation.rsplit("#", 1)[-1]
    assert lint.lint(texts(term, relation, lang)) == [f"mk:{name}: {what} in {lang}: none"]


@pytest.mark.parametrize(
    ("triple", "reason"),
    [
        ((HEAD, OWL.versionIRI, None), "no http://www.w3.org/2002/07/owl#versionIRI"),
        ((HEAD, RDF.type, OWL.Ontology), "needs one owl:Ontology"),
        ((MK.operates, RDFS.domain, None), "mk:operates needs one domain, not 0"),
        ((MK.quote, RDFS.range, None), "mk:quote needs one range, not 0"),
        ((MK.valuesIn, RDFS.range, None), "mk:valuesIn needs one range, not 0"),
        ((MK.Technique, RDF.type, OWL.Class), "mk:Technique is used and not defined"),
        ((MK.finetunedFrom, RDF.type, None), "mk:finetunedFrom is used and not defined"),
        ((MK.Model, RDFS.isDefinedBy, None), "mk:Model does not say where"),
        ((MK["openness-open"], SKOS.inScheme, None), "mk:openness-open is in no scheme"),
        ((MK["method-instruction-tune"], SKOS.broader, None), "is neither a top concept"),
        ((MK["method-merge"], SKOS.notation, None), "is not named after mk:method"),
        ((MK.Platform, RDFS.subClassOf, None), "range is wider than that of mk:relatedTo"),
    ],
)
def test_what_lacks_is_named(triple: tuple[URIRef, URIRef, object], reason: str) -> None:
    graph = load()
    assert (triple[0], triple[1], triple[2]) in graph
    graph.remove(triple)
    assert any(reason in finding for finding in lint.lint(graph)), lint.lint(graph)


@pytest.mark.parametrize(
    ("planted", "reason"),
    [
        ("mk:operates rdfs:domain mk:Person .", "mk:operates needs one domain, not 2"),
        ("mk:operates rdfs:label 'runs'@en .", "mk:operates: label in en: 2"),
        ("mk:operates rdfs:label 'betreibt'@de .", "mk:operates: label in another language"),
        ("mk:operates rdfs:label 'runs' .", "mk:operates: label in another language or in none"),
        ("mk:operates skos:example ' “runs”'@en .", "example begins or ends with a space"),
        ("mk:operates rdfs:subPropertyOf mk:ghost .", "mk:ghost is used and not defined"),
        ("mk:operates rdfs:seeAlso mk:幽灵 .", "mk:幽灵 is used and not defined"),
        ("mk:operates a owl:Class .", "mk:operates needs one kind of term, not 2"),
        ("mk:Gadget a owl:Class .", "mk:Gadget is defined and not used"),
        ("mk:oldScheme a skos:ConceptScheme .", "mk:oldScheme is defined and not used"),
        ("mk:unsaid a owl:AnnotationProperty .", "mk:unsaid is defined and not used"),
        ("mk:loose a skos:Concept .", "mk:loose is in no scheme"),
        ("mk:Entity rdfs:subClassOf mk:Model .", "mk:Entity stands under itself"),
        (
            "mk:hasAncestor rdfs:subPropertyOf mk:derivedFrom .",
            "mk:derivedFrom stands under itself",
        ),
        (
            "mk:operates rdfs:subPropertyOf mk:derivedFrom .",
            "its domain is wider than that of mk:d",
        ),
        ("mk:hosts owl:inverseOf mk:poweredBy .", "mk:hosts is no inverse of mk:poweredBy"),
        ("mk:hosts owl:propertyChainAxiom ( mk:powers mk:hostedOn ) .", "do not meet"),
        (
            "mk:hosts owl:propertyChainAxiom ( mk:powers mk:hostedOn ) .",
            "begins outside its domain",
        ),
        ("mk:hosts owl:propertyChainAxiom ( mk:hosts mk:hostedOn ) .", "ends outside its range"),
        (
            "mk:methodValues skos:hasTopConcept mk:method-instruction-tune .",
            "neither a top concept",
        ),
        ("mk:operates mk:valuesIn mk:domains .", "mk:domains has no concepts"),
    ],
)
def test_what_is_wrong_is_named(planted: str, reason: str) -> None:
    graph = load()
    graph.parse(data=PREFIXES + planted, format="turtle")
    assert any(reason in finding for finding in lint.lint(graph)), lint.lint(graph)


def test_the_other_script_and_a_shared_label_are_named() -> None:
    graph = texts(MK.operates, RDFS.label, "zh")
    graph.add((MK.operates, RDFS.label, Literal("operates", lang="zh")))
    assert lint.lint(graph) == ["mk:operates: label in zh is in the other script"]
    graph = texts(MK.operates, RDFS.label, "zh")
    graph.add((MK.operates, RDFS.label, Literal("研发方", lang="zh")))
    assert lint.lint(graph) == ["mk:developedBy, mk:operates share the label 研发方"]


@pytest.mark.parametrize(
    ("planted", "reason"),
    [
        ("mk:ghost skos:closeMatch schema:Thing .", "mk:ghost is aligned and not defined"),
        ("mk:Model skos:closeMatch mk:Product .", "aligned with a term of its own: mk:Product"),
        ("mk:Model rdfs:label 'model' .", "label is no alignment"),
    ],
)
def test_a_wrong_alignment_is_named(planted: str, reason: str) -> None:
    graph = load(ALIGNMENTS)
    graph.parse(data=PREFIXES + planted, format="turtle")
    found = lint_alignments(graph, load())
    assert len(found) == 1
    assert reason in found[0]


@pytest.mark.parametrize(
    ("planted", "reason"),
    [
        ("domain:x a mk:Domain .", "domain/x is in no scheme"),
        ("domain:law skos:broader domain:law .", "domain/law stands under itself"),
        ("domain:law skos:broader domain:chemistry . domain:chemistry skos:broader domain:law .",
         "domain/chemistry stands under itself"),
        ("domain:law skos:broader domain:ghost .", "under http"),
        ("domain:law skos:prefLabel 'Law'@fr .", "prefLabel in another language"),
        ("mk:domains skos:hasTopConcept domain:chemistry .", "on one side only"),
    ],
)  # fmt: skip
def test_a_wrong_domain_is_named(planted: str, reason: str) -> None:
    graph = load(DOMAINS)
    graph.parse(data=PREFIXES + planted, format="turtle")
    assert any(reason in finding for finding in lint_domains(graph)), lint_domains(graph)
