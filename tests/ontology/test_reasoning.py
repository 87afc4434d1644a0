"""What a reasoner makes of the ontology: no contradiction, and what follows is meant to."""

import warnings
from functools import cache
from pathlib import Path

import pytest
from rdflib import DCTERMS, OWL, PROV, RDF, RDFS, SKOS, Graph, Namespace, URIRef

from modelkin.ontology.generate import MK, load
from modelkin.ontology.lint import ALIGNMENTS, DOMAINS

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # its own imports deprecate one another
    from owlrl import DeductiveClosure, OWLRL_Semantics

BASE = Namespace("https://w3id.org/modelkin/")
SCHEMA = Namespace("http://schema.org/")
SAMPLE = Path(__file__).with_name("sample.ttl")
# How owlrl says that a graph contradicts itself.
ERROR = URIRef("http://www.daml.org/2002/03/agents/agent-ont#ErrorMessage")
# Nothing follows from them, and a closure takes them along at every step.
TEXTS = (DCTERMS.description, SKOS.altLabel, SKOS.definition, SKOS.example, RDFS.isDefinedBy)
BELUGA, LLAMA2, LLAMA = BASE["model/小白鲸"], BASE["model/llama-2"], BASE["model/llama"]


def closed(more: str = "", without: tuple[object, object, object] | None = None) -> Graph:
    """Everything that follows from the ontology, the alignments and the sample."""
    graph = Graph()
    for path in (ALIGNMENTS, DOMAINS, SAMPLE):
        graph.parse(path, format="turtle")
    graph += load()
    if without is not None:
        assert without in graph
        graph.remove(without)
    prefixes = f"@prefix mk: <{MK}> . @prefix fair4ml: <https://w3id.org/fair4ml#> ."
    graph.parse(
        data=f"{prefixes} @prefix schema: <{SCHEMA}> . {more}", format="turtle", publicID=BASE
    )
    for relation in TEXTS:
        graph.remove((None, relation, None))
    DeductiveClosure(OWLRL_Semantics, axiomatic_triples=False, datatype_axioms=False).expand(graph)
    return graph


def contradictions(graph: Graph) -> list[str]:
    found = [f"{node} is of no class" for node in graph.subjects(RDF.type, OWL.Nothing)]
    return found + [str(text) for node in graph.subjects(RDF.type, ERROR) for text in graph[node:]]


@cache
def sample() -> Graph:
    return closed()


def test_the_ontology_contradicts_nothing() -> None:
    assert contradictions(sample()) == []


# Each is wrong of another thing, so that one closure finds them all. A range that is a union of
# classes says nothing to a reasoner of this kind: shapes check it.
FAULTS = {
    "<model/f1> a mk:Model , mk:License .": "model/f1",
    "<model/f2> mk:derivedFrom <license/f2> . <license/f2> a mk:License .": "license/f2",
    "<model/f3> mk:trainedOn <benchmark/评> . <benchmark/评> a mk:Benchmark .": "benchmark/评",
    "<claim/f4> mk:evidence <document/f4> . <document/f4> a mk:Document .": "document/f4",
    "<product/产品> a mk:Product ; mk:hasAncestor <model/llama> .": "product/产品",
    "<claim/f6> a mk:Claim , mk:Statement .": "claim/f6",
    "<license/f7> a mk:License , fair4ml:MLModel .": "license/f7",
    "<model/f8> a mk:Model , schema:Organization .": "model/f8",
}


def test_a_contradiction_is_found() -> None:
    found = contradictions(closed(" ".join(FAULTS)))
    for fault, name in FAULTS.items():
        assert any(f"{BASE}{name}" in text for text in found), fault


def test_theirs_may_be_ours() -> None:
    """A model of another vocabulary, evaluated on a dataset, contradicts nothing here."""
    graph = closed(
        "<x/m> a fair4ml:MLModel ; fair4ml:evaluatedOn <x/d> ; fair4ml:trainedOn <x/d> ;"
        " fair4ml:fineTunedFrom <x/b> . <x/d> a schema:Dataset . <x/o> a schema:Organization ."
    )
    assert contradictions(graph) == []
    assert (BASE["x/m"], RDF.type, MK.Model) in graph
    assert (BASE["x/m"], MK.trainedOn, BASE["x/d"]) in graph
    assert (BASE["x/o"], RDF.type, MK.Organization) in graph


@pytest.mark.parametrize(
    ("subject", "predicate", "object"),
    [
        (BASE["model/m1"], MK.hasAncestor, LLAMA2),
        (LLAMA2, MK.hasDescendant, BASE["model/m3"]),
        (LLAMA2, MK.hasDerivative, BELUGA),
        (BASE["model/m3"], MK.hasAncestor, LLAMA),
        (BASE["model/m3"], MK.learntFrom, BASE["dataset/pile"]),
        (LLAMA, MK.learntFrom, BASE["dataset/pile"]),
        (BASE["product/对话助手"], MK.buildsOn, BELUGA),
        (BASE["product/对话助手"], MK.buildsOn, LLAMA2),
        (LLAMA2, MK.hostedBy, BASE["organization/microsoft"]),
        (BASE["platform/github"], MK.hosts, LLAMA2),
        (BASE["platform/github"], MK.operatedBy, BASE["organization/microsoft"]),
        (BASE["organization/meta"], MK.developerOf, LLAMA2),
        (LLAMA2, MK.hasVariant, BASE["model/llama-2-70b"]),
        (LLAMA, MK.succeededBy, LLAMA2),
        (BELUGA, MK.powers, BASE["product/对话助手"]),
        (BASE["document/d1"], MK.states, BASE["claim/c1"]),
        (BASE["statement/s1"], MK.supportedBy, BASE["claim/c1"]),
        (BASE["domain/healthcare"], SKOS.inScheme, MK.domains),
        (BELUGA, PROV.wasDerivedFrom, LLAMA2),
        (BELUGA, URIRef("https://w3id.org/fair4ml#fineTunedFrom"), LLAMA2),
        (LLAMA2, SCHEMA.creator, BASE["organization/meta"]),
        (LLAMA2, DCTERMS.replaces, LLAMA),
        (LLAMA, DCTERMS.isReplacedBy, LLAMA2),
        (BASE["claim/c1"], PROV.wasQuotedFrom, BASE["document/d1"]),
    ],
)
def test_what_follows(subject: URIRef, predicate: URIRef, object: URIRef) -> None:
    assert (subject, predicate, object) in sample()


def test_the_document_of_a_span_is_its_claims() -> None:
    claim, document = BASE["claim/c1"], BASE["document/d1"]
    assert (claim, MK.statedIn, document) in closed(without=(claim, MK.statedIn, document))


@pytest.mark.parametrize(
    ("subject", "predicate", "object"),
    [
        # One step is no chain of steps.
        (BASE["model/m1"], MK.derivedFrom, LLAMA2),
        (BASE["model/m1"], MK.quantizedFrom, LLAMA2),
        # A successor is no derivative, and nor is a variant.
        (LLAMA2, MK.hasAncestor, LLAMA),
        (BASE["model/llama-2-70b"], MK.hasAncestor, LLAMA2),
        (LLAMA2, PROV.wasDerivedFrom, LLAMA),
        # Licences are for lawyers.
        (BELUGA, MK.releasedUnder, BASE["license/llama-2-community-license"]),
        # Who is compared to another is not compared back.
        (BASE["model/gpt-3-5"], MK.comparableTo, BELUGA),
    ],
)
def test_what_does_not_follow(subject: URIRef, predicate: URIRef, object: URIRef) -> None:
    assert (subject, predicate, object) not in sample()


def test_contradicting_claims_stay_claims() -> None:
    """Values are not equated, and a derivation of each from the other is only a conflict."""
    graph, one, other = sample(), BASE["model/c1"], BASE["model/c2"]
    assert (one, OWL.sameAs, other) not in graph
    assert (one, MK.hasAncestor, one) in graph
    assert len(set(graph.objects(one, MK.openness))) == 2


def test_the_sample_uses_every_term() -> None:
    graph = sample()
    for term in set(load().subjects(RDF.type, OWL.Class)):
        if isinstance(term, URIRef):
            assert (None, RDF.type, term) in graph, term
    for kind in (OWL.ObjectProperty, OWL.DatatypeProperty):
        for term in load().subjects(RDF.type, kind):
            assert (None, term, None) in graph, term


def test_only_the_top_is_everything() -> None:
    """No two classes or properties of the ontology are the same after reasoning."""
    graph = sample()
    for relation in (OWL.equivalentClass, OWL.equivalentProperty):
        for one, other in graph.subject_objects(relation):
            assert one == other or one not in MK or other not in MK, (one, other)
