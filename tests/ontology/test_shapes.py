"""The shapes accept what a store exports and name what is wrong with anything else."""

import re
import warnings
from pathlib import Path

import pyoxigraph
import pytest
from rdflib import OWL, RDF, RDFS, SH, XSD, Graph, URIRef

import modelkin.ontology
from modelkin.graph.validation import validate
from modelkin.ontology.generate import MK, load

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # its own imports deprecate one another
    import pyshacl

SHAPES = Graph().parse(Path(modelkin.ontology.__file__).with_name("shapes.ttl"), format="turtle")
MKS = "https://w3id.org/modelkin/shapes#"

PREFIXES = """
@prefix mk: <https://w3id.org/modelkin/ontology#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@base <https://w3id.org/modelkin/> .
"""
GOOD = """
<model/beluga> a mk:Model ; rdfs:label "小白鲸" ; skos:altLabel "Beluga" .
<model/llama-2> a mk:Model ; rdfs:label "Llama 2" .
<person/li> a mk:Person ; rdfs:label "李某" .
<organization/lab> a mk:Organization ; rdfs:label "Quarry Labs" .
<license/mit> a mk:License ; rdfs:label "MIT 许可证" .
<document/d1> a mk:Document ; dcterms:language "zh" ; mk:kind "article" ;
    dcterms:source <https://example.org/1> ; mk:text "报道：小白鲸由Llama 2微调。" ;
    dcterms:title "新闻" ; dcterms:issued "2023-07"^^xsd:gYearMonth .
<statement/s1> a mk:Statement ; rdf:subject <model/beluga> ; rdf:predicate mk:derivedFrom ;
    rdf:object <model/llama-2> ; mk:claims 2 ; mk:candidates 1 ; mk:confidence 0.95 ;
    mk:method mk:method-finetune , mk:method-merge .
<claim/c1> a mk:Claim ; rdf:subject <model/beluga> ;
    rdf:predicate mk:derivedFrom ; rdf:object <model/llama-2> ; mk:method mk:method-finetune ;
    mk:statedIn <document/d1> ; mk:evidence <claim/c1#span> ; mk:supports <statement/s1> ;
    mk:size "7B" ; mk:variant "对话版" ; mk:source "1.csv" ; mk:extractor "rule@1" ;
    mk:kind "extracted" ; mk:confidence 0.9 ;
    mk:validFrom "2023-10"^^xsd:gYearMonth ; mk:validUntil "2023"^^xsd:gYear .
<claim/c1#span> a mk:Span ; mk:start 3 ; mk:end 16 ; mk:quote "小白鲸由Llama 2微调" .
<claim/c2> a mk:Claim ; rdf:subject <model/beluga> ; rdf:predicate mk:openness ;
    rdf:object "open" ; mk:statedIn <document/d1> ; mk:evidence <claim/c1#span> ;
    mk:extractor "rule@2" ; mk:kind "curated" ; mk:confidence 1 .
<claim/c3> a mk:Claim ; rdf:subject <model/beluga> ; rdf:predicate mk:releaseDate ;
    rdf:object "--07-18"^^xsd:gMonthDay ; mk:statedIn <document/d1> ;
    mk:evidence <claim/c1#span> ; mk:extractor "rule@3" ; mk:kind "candidate" ;
    mk:confidence 0.1 .
<claim/c4> a mk:Claim ; rdf:subject <person/li> ; rdf:predicate mk:affiliatedWith ;
    rdf:object <organization/lab> ; mk:role "首席科学家" ; mk:statedIn <document/d1> ;
    mk:evidence <claim/c1#span> ; mk:extractor "rule@4" ; mk:kind "rejected" ;
    mk:confidence 0.4 .
<claim/c5> a mk:Claim ; rdf:subject <model/beluga> ; rdf:predicate mk:parameters ;
    rdf:object "8x7B" ; mk:statedIn <document/d1> ; mk:evidence <claim/c1#span> ;
    mk:extractor "rule@5" ; mk:kind "extracted" ; mk:confidence 0.5 .
<claim/c6> a mk:Claim ; rdf:subject <model/beluga> ; rdf:predicate mk:contextLength ;
    rdf:object 4096 ; mk:statedIn <document/d1> ; mk:evidence <claim/c1#span> ;
    mk:extractor "rule@6" ; mk:kind "extracted" ; mk:confidence 0.6 .
"""
# What is written instead of what, and the shape that says so.
FAULTS = [
    ('rdfs:label "Llama 2"', 'skos:altLabel "Llama 2"', "name"),
    ('rdfs:label "小白鲸"', 'rdfs:label "小白鲸" , "白鲸"', "name"),
    ('rdfs:label "李某"', 'rdfs:label ""', "name"),
    ('rdfs:label "李某"', 'rdfs:label "李某"@zh', "name"),
    ('skos:altLabel "Beluga"', 'skos:altLabel "小白鲸"', "alias"),
    ('skos:altLabel "Beluga"', "skos:altLabel 7", "alias"),
    ("<person/li> a mk:Person", "<person/li> a mk:Person , mk:Organization", "oneType"),
    ('"MIT 许可证"', '"https://example.org/许可证"', "licenceName"),
    ("<license/mit> a", "<license/mit> mk:releasedUnder <license/mit> ; a", "licenceIsGiven"),
    ("<claim/c3> a mk:Claim ; rdf:subject <model/beluga>", "<claim/c3> a mk:Claim", "subject"),
    ("rdf:subject <person/li>", "rdf:subject <person/li> , <model/beluga>", "subject"),
    ("rdf:subject <person/li>", "rdf:subject <document/d1>", "subject"),
    ("rdf:predicate mk:openness ;", "", "predicate"),
    ("rdf:predicate mk:openness", 'rdf:predicate "开放"', "predicate"),
    ("rdf:predicate mk:openness", "rdf:predicate mk:开放", "knownPredicate"),
    ("rdf:predicate mk:openness", "rdf:predicate mk:finetunedFrom", "knownPredicate"),
    ('rdf:object "open" ;', "", "object"),
    ('rdf:object "open"', 'rdf:object "open" , "closed"', "object"),
    ('rdf:object "open"', 'rdf:object "半开"', "listed"),
    ('rdf:object "open"', 'rdf:object "open"@en', "datatype"),
    ('rdf:object "open"', "rdf:object <model/llama-2>", "datatype"),
    ('"--07-18"^^xsd:gMonthDay', '"七月"', "datatype"),
    ("rdf:object 4096", "rdf:object 4096.5", "datatype"),
    ("rdf:object 4096", "rdf:object 0", "whole"),
    ('rdf:object "8x7B"', 'rdf:object "七十亿"', "form"),
    ("rdf:predicate mk:affiliatedWith", "rdf:predicate mk:operates", "subjectType"),
    ("rdf:object <organization/lab>", "rdf:object <license/mit>", "objectType"),
    ("rdf:object <organization/lab>", 'rdf:object "实验室"', "thing"),
    ("rdf:object <organization/lab>", "rdf:object <organization/ghost>", "thing"),
    ("rdf:object <organization/lab>", "rdf:object <person/li>", "twoEnds"),
    ("mk:method mk:method-finetune ;\n    mk:statedIn", "mk:statedIn", "required"),
    ("mk:method mk:method-finetune ;", "mk:method mk:relation-near ;", "concept"),
    ("mk:method mk:method-finetune ;", "mk:method mk:method-merge , mk:method-finetune ;",
     "oneMethod"),
    ("mk:size", "mk:relation mk:relation-near , mk:relation-worse ; mk:size", "oneRelation"),
    ("mk:size", "mk:relation mk:relation-near ; mk:size", "fitting"),
    ("mk:size", 'mk:role "主任" ; mk:size', "fitting"),
    ("mk:statedIn <document/d1> ; mk:evidence <claim/c1#span> ; mk:supports",
     "mk:evidence <claim/c1#span> ; mk:supports", "document"),
    ("mk:evidence <claim/c1#span> ; mk:supports", "mk:supports", "evidence"),
    ("mk:supports <statement/s1>", "mk:supports <claim/c1>", "supported"),
    ('mk:extractor "rule@1" ;', "", "extractor"),
    ('mk:kind "extracted" ; mk:confidence 0.9', 'mk:kind "article" ; mk:confidence 0.9',
     "claimKind"),
    ("mk:confidence 0.9 ;", "mk:confidence 1.5 ;", "confidence"),
    ("mk:confidence 0.95", "mk:confidence -0.1", "confidence"),
    ('mk:role "首席科学家"', 'mk:role ""', "roleValue"),
    ('mk:size "7B"', 'mk:size "大"', "sizeValue"),
    ('mk:source "1.csv"', 'mk:source "1.csv" , "2.csv"', "sourceValue"),
    ('mk:variant "对话版"', "mk:variant 7", "variantValue"),
    ('"2023-10"^^xsd:gYearMonth', '"十月"', "validFromValue"),
    ('"2023-10"^^xsd:gYearMonth', '"2023-10"', "dated"),
    ('"2023"^^xsd:gYear', '"明年"', "validUntilValue"),
    ('"2023"^^xsd:gYear', '"2022"^^xsd:gYear', "period"),
    ("mk:claims 2", "mk:claims 0", "claims"),
    ("mk:candidates 1", "mk:candidates -1", "candidates"),
    ("mk:candidates 1", "mk:candidates 3", "candidatesWithin"),
    ('dcterms:language "zh"', 'dcterms:language "xx"', "language"),
    ('mk:kind "article"', 'mk:kind "extracted"', "documentKind"),
    ('dcterms:title "新闻"', 'dcterms:title "新闻" , "News"', "title"),
    ("<https://example.org/1>", "<https://example.org/1> , <https://example.org/2>", "address"),
    ('"2023-07"^^xsd:gYearMonth', "<https://example.org/july>", "issued"),
    ('mk:text "报道', 'mk:text "" , "报道', "text"),
    ("mk:start 3 ;", "", "start"),
    ("mk:start 3", "mk:start -1", "start"),
    ("mk:end 16 ;", "", "end"),
    ("mk:quote", "mk:ghost", "quote"),
    ("mk:end 16", "mk:end 17", "length"),
    ("mk:end 16", "mk:end 2", "order"),
    ('mk:quote "小白鲸由Llama 2微调"', 'mk:quote "小白鲸由Llama 3微调"', "quoted"),
    ("<model/llama-2> a", "[] a mk:Model ; rdfs:label '无名' . <model/llama-2> a", "Entity"),
    ("<model/llama-2> a", "_:c a mk:Claim . <model/llama-2> a", "Claim"),
    ("<model/llama-2> a", "_:s a mk:Statement . <model/llama-2> a", "Statement"),
    ("<model/llama-2> a", "_:d a mk:Document . <model/llama-2> a", "Document"),
]  # fmt: skip


def found(text: str) -> set[tuple[str, str]]:
    """What is wrong, by node and shape."""
    quads = pyoxigraph.parse((PREFIXES + text).encode(), pyoxigraph.RdfFormat.TURTLE)
    return {(v.focus, v.shape.removeprefix(MKS)) for v in validate(quads).violations}


def told(text: str) -> set[tuple[str, str]]:
    """The same by pyshacl alone, of the whole graph at once."""
    data = Graph().parse(data=PREFIXES + text, format="turtle") + load()
    _, report, _ = pyshacl.validate(data, shacl_graph=SHAPES)
    assert isinstance(report, Graph)
    results = set()
    for result in report.subjects(RDF.type, SH.ValidationResult):
        asked = report.value(result, SH.sourceConstraint) or report.value(result, SH.sourceShape)
        results.add((str(report.value(result, SH.focusNode)), str(asked).removeprefix(MKS)))
    return results


def test_a_good_graph_conforms() -> None:
    assert found(GOOD) == set()


@pytest.mark.parametrize(("good", "bad", "shape"), FAULTS)
def test_what_is_wrong_is_named(good: str, bad: str, shape: str) -> None:
    assert GOOD.count(good) >= 1
    violated = found(GOOD.replace(good, bad, 1))
    assert shape in {name for _, name in violated}, violated


def test_every_shape_has_its_fault() -> None:
    named = {
        str(shape).removeprefix(MKS)
        for kind in (SH.PropertyShape, SH.SPARQLConstraint)
        for shape in SHAPES.subjects(RDF.type, kind)
    }
    named |= {str(s).removeprefix(MKS) for s in SHAPES.subjects(SH.nodeKind, SH.IRI)} - {
        "predicate"
    }
    assert {shape for *_, shape in FAULTS} == named


def test_pyshacl_alone_says_the_same() -> None:
    """Some faults at once, each in a graph of its own names: it asks each node each question."""
    text, some = "", FAULTS[::9]
    for number, (good, bad, _) in enumerate(some):
        if "_:" in bad or "[]" in bad:
            continue  # a blank node has another name each time
        own = GOOD.replace(good, bad, 1)
        text += re.sub(r"<(\w+)/", rf"<x{number}/\1/", own)
    ours, theirs = found(text), told(text)
    assert len(ours) >= len(some)
    assert ours == theirs


def test_every_shape_speaks_both_languages() -> None:
    for kind in (SH.PropertyShape, SH.SPARQLConstraint):
        for shape in SHAPES.subjects(RDF.type, kind):
            texts = SHAPES.objects(shape, SH.message)
            assert sorted(str(getattr(text, "language", "")) for text in texts) == ["en", "zh"]
    for shape in SHAPES.subjects(RDF.type, SH.NodeShape):
        texts = SHAPES.objects(shape, RDFS.label)
        assert sorted(str(getattr(text, "language", "")) for text in texts) == ["en", "zh"]


def test_shapes_are_such_as_the_checker_knows() -> None:
    """It checks nodes that are alike once, and only nodes that it names: nothing may lie deeper."""
    constraints = {p for p in SHAPES.predicates() if p in SH}
    assert constraints == {
        SH.path, SH.message, SH.targetClass, SH.targetSubjectsOf, SH.property, SH.nodeKind,
        SH.minCount, SH.maxCount, SH.datatype, SH.minLength, SH.disjoint, SH.pattern,
        SH.minInclusive, SH.maxInclusive, URIRef(f"{SH}class"), URIRef(f"{SH}in"), SH.sparql,
        SH.select, SH.prefixes, SH.declare, SH.prefix, SH.namespace,
    }  # fmt: skip
    assert set(SHAPES.objects(None, SH.datatype)) == {XSD.string}
    assert {str(length) for length in SHAPES.objects(None, SH.minLength)} == {"1"}
    assert all(float(str(least)) <= 1 for least in SHAPES.objects(None, SH.minInclusive))
    assert all(isinstance(path, URIRef) for path in SHAPES.objects(None, SH.path))


def test_shapes_name_terms_of_the_ontology() -> None:
    ontology = load()
    for node in {node for triple in SHAPES for node in triple if isinstance(node, URIRef)}:
        assert node not in MK or (node, None, None) in ontology, node
    for select in SHAPES.objects(None, SH.select):
        for name in re.findall(r"\bmk:(\w+)", str(select)):
            assert (MK[name], None, None) in ontology, name
    assert (None, OWL.imports, None) not in SHAPES
