"""The shapes accept what a store exports and name what is wrong with anything else."""

import warnings
from pathlib import Path

import pytest
from rdflib import Graph

import modelkin.ontology
from modelkin.ontology.generate import load

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # its own imports deprecate one another
    from pyshacl import validate

SHAPES = Path(modelkin.ontology.__file__).with_name("shapes.ttl")

GOOD = """
@prefix mk: <https://w3id.org/modelkin/ontology#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@base <https://w3id.org/modelkin/> .

<model/beluga> a mk:Model ; rdfs:label "小白鲸" ; skos:altLabel "Beluga" .
<model/llama-2> a mk:Model ; rdfs:label "Llama 2" .
<document/d1> a mk:Document ; dcterms:language "zh" ; mk:kind "article" ;
    dcterms:title "新闻" ; dcterms:issued "2023-07"^^xsd:gYearMonth .
<claim/c1> a mk:Claim ;
    rdf:subject <model/beluga> ; rdf:predicate mk:derivedFrom ; rdf:object <model/llama-2> ;
    mk:method mk:method-finetune ; mk:statedIn <document/d1> ; mk:evidence <claim/c1#span> ;
    mk:extractor "rule@1" ; mk:kind "extracted" ; mk:confidence 0.9 .
<claim/c1#span> a mk:Span ; mk:start 3 ; mk:end 16 ; mk:quote "小白鲸由Llama 2微调" .
<claim/c2> a mk:Claim ;
    rdf:subject <model/beluga> ; rdf:predicate mk:openness ; rdf:object "open" ;
    mk:statedIn <document/d1> ; mk:evidence <claim/c1#span> ;
    mk:extractor "rule@1" ; mk:kind "curated" ; mk:confidence 1 .
"""


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return Graph().parse(SHAPES, format="turtle")


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return load()


def report(text: str, shapes: Graph, ontology: Graph) -> tuple[bool, str]:
    data = Graph().parse(data=text, format="turtle") + ontology
    conforms, _, explanation = validate(data, shacl_graph=shapes)
    return bool(conforms), str(explanation)


def test_a_good_graph_conforms(shapes: Graph, ontology: Graph) -> None:
    conforms, explanation = report(GOOD, shapes, ontology)
    assert conforms, explanation


def test_a_candidate_is_a_claim(shapes: Graph, ontology: Graph) -> None:
    text = GOOD.replace('mk:kind "extracted"', 'mk:kind "candidate"')
    assert text != GOOD
    conforms, explanation = report(text, shapes, ontology)
    assert conforms, explanation


@pytest.mark.parametrize(
    ("good", "bad", "where"),
    [
        ('rdfs:label "Llama 2"', 'skos:altLabel "Llama 2"', "an entity has one name"),
        ('skos:altLabel "Beluga"', 'skos:altLabel "小白鲸"', "an alias is a text other than"),
        ("mk:confidence 0.9", "mk:confidence 1.5", "confidence lies between"),
        ("mk:method mk:method-finetune ;", "", "by which method"),
        ("mk:method mk:method-finetune", "mk:method mk:relation-near", "methodValues"),
        ("rdf:predicate mk:openness", "rdf:predicate mk:mood", "one of the ontology's"),
        ("rdf:object <model/llama-2>", "rdf:object <model/beluga>", "rdf:object"),
        ("rdf:predicate mk:derivedFrom", "rdf:predicate mk:comparableTo", "with which result"),
        ("-finetune ; mk:statedIn <document/d1> ;", "-finetune ;", "mk:statedIn"),
        ("mk:start 3 ;", "", "mk:start"),
        ("mk:end 16", "mk:end 17", "as long as its place"),
        ("mk:end 16", "mk:end 2", "LessThan"),
        ('dcterms:language "zh"', 'dcterms:language "xx"', "dcterms:language"),
        ('mk:kind "extracted"', 'mk:kind "article"', "mk:kind"),
        ("a mk:Document", "a mk:Platform", "mk:Document"),
    ],
)
def test_what_is_wrong_is_named(
    good: str, bad: str, where: str, shapes: Graph, ontology: Graph
) -> None:
    assert GOOD.count(good) == 1
    conforms, explanation = report(GOOD.replace(good, bad), shapes, ontology)
    assert not conforms
    assert where in explanation
