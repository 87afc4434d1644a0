"""The JSON-LD context: records become the triples that the ontology means."""

import json
import re
from pathlib import Path

import pytest
from rdflib import DCTERMS, RDF, RDFS, SKOS, XSD, Graph, Literal, URIRef

import modelkin.ontology
from modelkin.ontology import terms
from modelkin.ontology.generate import MK, load
from modelkin.ontology.identifiers import BASE_IRI

# The parser uses a class of its own library that the library has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")

TEXT = Path(modelkin.ontology.__file__).with_name("context.jsonld").read_text(encoding="utf-8")
CONTEXT = json.loads(TEXT)["@context"]
DIGITS = "ab" * 16


def read(record: dict[str, object], folder: str = "") -> Graph:
    data = json.dumps({"@context": CONTEXT, **record})
    return Graph().parse(data=data, format="json-ld", base=BASE_IRI + folder)


def test_every_term_of_the_context_is_in_the_ontology() -> None:
    ontology = load()
    for name in re.findall(r'"mk:([\w-]+)"', TEXT):
        assert (MK[name], None, None) in ontology, name


@pytest.mark.parametrize(
    "term", [*terms.EntityType, *terms.Predicate, *terms.Attribute, *terms.Qualifier]
)
def test_every_term_of_the_ontology_is_in_the_context(term: str) -> None:
    entry = CONTEXT[term]
    assert (entry if isinstance(entry, str) else entry["@id"]) == f"mk:{term}"


@pytest.mark.parametrize("qualifier", [terms.Qualifier.METHOD, terms.Qualifier.RELATION])
def test_every_concept_is_in_the_context(qualifier: terms.Qualifier) -> None:
    assert CONTEXT[qualifier]["@context"] == {
        value: f"mk:{qualifier}-{value}" for value in terms.ALLOWED_VALUES[qualifier]
    }


def test_an_entity() -> None:
    graph = read(
        {"id": "model/llama-2", "type": "Model", "name": "Llama 2", "aliases": ["羊驼2"]}
        | {"derivedFrom": "model/llama", "parameters": "7B", "contextLength": "4096"}
    )
    model = URIRef(BASE_IRI + "model/llama-2")
    assert set(graph) == {
        (model, RDF.type, MK.Model),
        (model, RDFS.label, Literal("Llama 2")),
        (model, SKOS.altLabel, Literal("羊驼2")),
        (model, MK.derivedFrom, URIRef(BASE_IRI + "model/llama")),
        (model, MK.parameters, Literal("7B")),
        (model, MK.contextLength, Literal("4096", datatype=XSD.integer)),
    }


def test_a_claim() -> None:
    graph = read(
        {
            "id": DIGITS,
            "type": "Claim",
            "subject": "model/beluga",
            "predicate": "derivedFrom",
            "object": "model/llama-2",
            "qualifiers": {"method": "finetune", "variant": "聊天模型"},
            "document": DIGITS,
            "start": 3,
            "end": 5,
            "quote": "微调",
            "extractor": "rule@1",
            "confidence": 0.9,
            "kind": "extracted",
        },
        "claim/",
    )
    claim = URIRef(f"{BASE_IRI}claim/{DIGITS}")
    assert set(graph) == {
        (claim, RDF.type, MK.Claim),
        (claim, RDF.subject, URIRef(BASE_IRI + "model/beluga")),
        (claim, RDF.predicate, MK.derivedFrom),
        (claim, RDF.object, URIRef(BASE_IRI + "model/llama-2")),
        (claim, MK.method, MK["method-finetune"]),
        (claim, MK.variant, Literal("聊天模型")),
        (claim, MK.statedIn, URIRef(f"{BASE_IRI}document/{DIGITS}")),
        (claim, MK.start, Literal("3", datatype=XSD.nonNegativeInteger)),
        (claim, MK.end, Literal("5", datatype=XSD.nonNegativeInteger)),
        (claim, MK.quote, Literal("微调")),
        (claim, MK.extractor, Literal("rule@1")),
        (claim, MK.confidence, Literal("0.9", datatype=XSD.double)),
        (claim, MK.kind, Literal("extracted")),
    }


def test_the_period_of_a_claim() -> None:
    period = {"validFrom": "2023-10", "validUntil": "2024"}
    graph = read({"id": DIGITS, "type": "Claim", "qualifiers": period}, "claim/")
    claim = URIRef(f"{BASE_IRI}claim/{DIGITS}")
    assert graph.value(claim, MK.validFrom) == Literal("2023-10", datatype=MK.CalendarDate)
    assert graph.value(claim, MK.validUntil) == Literal("2024", datatype=MK.CalendarDate)


def test_a_claim_of_a_value() -> None:
    value = {"value": "4096", "datatype": "integer"}
    graph = read({"id": DIGITS, "predicate": "contextLength", "object": value}, "claim/")
    claim = URIRef(f"{BASE_IRI}claim/{DIGITS}")
    assert graph.value(claim, RDF.predicate) == MK.contextLength
    assert graph.value(claim, RDF.object) == Literal("4096", datatype=XSD.integer)


def test_a_document() -> None:
    graph = read(
        {"id": DIGITS, "type": "Document", "lang": "zh", "title": "新闻", "url": None}
        | {"published": "2023-07", "kind": "article", "record": "document"},
        "document/",
    )
    document = URIRef(f"{BASE_IRI}document/{DIGITS}")
    assert set(graph) == {
        (document, RDF.type, MK.Document),
        (document, DCTERMS.language, Literal("zh")),
        (document, DCTERMS.title, Literal("新闻")),
        (document, DCTERMS.issued, Literal("2023-07", datatype=MK.PartialDate)),
        (document, MK.kind, Literal("article")),
    }
