"""Each format, read back by somebody else's reader."""

import json
from collections import Counter
from pathlib import Path

import networkx as nx
import pytest
import rdflib
from memory_view import MemoryView
from samples import BELUGA, HOSTILE, LLAMA, LLAMA_2, hostile, tiny

from modelkin.graph.exporters import exporter_for
from modelkin.graph.records import claim_record, document_record, entity_record
from modelkin.ontology.claim import Claim, Entity, Value
from modelkin.ontology.document import Document
from modelkin.ontology.identifiers import iri
from modelkin.ontology.terms import EntityType

MK = rdflib.Namespace("https://w3id.org/modelkin/ontology#")
OA = rdflib.Namespace("http://www.w3.org/ns/oa#")
views = pytest.mark.parametrize("make", [tiny, hostile, lambda: MemoryView([])])


def written(make, target: Path) -> MemoryView:  # type: ignore[no-untyped-def]
    view: MemoryView = make()
    exporter_for(target).write(view, target)
    return view


@views
def test_lines_of_json_hold_everything(make, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    target = tmp_path / "graph.jsonl"
    view = written(make, target)
    lines = [json.loads(line) for line in target.read_text(encoding="utf-8").split("\n")[:-1]]
    kinds = Counter(line.pop("record") for line in lines)
    assert kinds["document"] == len(list(view.documents()))
    assert kinds["entity"] == len(list(view.entities()))
    assert kinds["claim"] == len(list(view.claims()))
    assert kinds["statement"] == len(list(view.statements()))
    assert lines[0] == {"format": "modelkin", "version": 1}


def test_lines_of_json_can_be_made_a_graph_again(tmp_path: Path) -> None:
    target = tmp_path / "graph.jsonl"
    view = written(tiny, target)
    records = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    documents = {
        r["id"]: Document.of(
            r["text"], lang=r["lang"], title=r["title"], url=r["url"], published=r["published"]
        )
        for r in records
        if r["record"] == "document"
    }
    assert list(documents) == [document.id for document in view.documents()]
    assert [document_record(d)["text"] for d in view.documents()] == [
        d.text for d in documents.values()
    ]
    entities = [
        Entity(r["id"], EntityType(r["type"]), r["name"], tuple(r["aliases"]))
        for r in records
        if r["record"] == "entity"
    ]
    assert entities == list(view.entities())
    assert entity_record(entities[0])["id"] == entities[0].id
    for record, claim in zip(
        (r for r in records if r["record"] == "claim"), view.claims(), strict=True
    ):
        object = record["object"]
        again = Claim.of(
            record["subject"],
            record["predicate"],
            object if isinstance(object, str) else Value(object["value"], object["datatype"]),
            documents[record["document"]].span(record["start"], record["end"]),
            qualifiers=record["qualifiers"],
            extractor=record["extractor"],
            confidence=record["confidence"],
            kind=claim.kind,
        )
        assert again == claim
        assert claim_record(again) == {k: v for k, v in record.items() if k != "record"}


@views
def test_graphml_is_read_by_networkx(make, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    target = tmp_path / "graph.graphml"
    view = written(make, target)
    graph = nx.read_graphml(target)
    between = [s for s in view.statements() if not isinstance(s.object, Value)]
    assert sorted(graph) == [entity.id for entity in view.entities()]
    assert graph.number_of_edges() == len(between)


def test_graphml_has_types_and_names(tmp_path: Path) -> None:
    target = tmp_path / "graph.graphml"
    written(tiny, target)
    graph = nx.read_graphml(target, force_multigraph=True)
    assert graph.nodes["model/百川"]["name"] == "百川"
    assert graph.nodes[LLAMA_2]["parameters"] == "70B | 7B"
    [edge] = graph.get_edge_data(BELUGA, LLAMA_2).values()
    assert (edge["claims"], edge["confidence"]) == (2, 1.0)
    assert edge["first_stated"] == "2023-10-07"


def test_graphml_keeps_what_xml_can_hold(tmp_path: Path) -> None:
    target = tmp_path / "graph.graphml"
    written(hostile, target)
    graph = nx.read_graphml(target)
    for n, text in enumerate(HOSTILE):
        expected = "".join(c for c in text if c in "\t\n\r" or (c >= " " and c != "\ufffe"))
        assert graph.nodes[f"model/{n}"]["name"] == expected.replace("\ud800", "\ufffd")


@views
def test_turtle_is_read_by_rdflib(make, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    target = tmp_path / "graph.ttl"
    view = written(make, target)
    graph = rdflib.Graph().parse(data=target.read_text(encoding="utf-8"), format="turtle")
    statements = list(view.statements())
    entities = list(view.entities())
    assert len(list(graph.subjects(rdflib.RDF.type, MK.Statement))) == len(statements)
    assert len(set(graph.subjects(rdflib.RDFS.label))) == len(entities)
    assert len(list(graph.objects(None, rdflib.SKOS.altLabel))) == sum(
        len(entity.aliases) for entity in entities
    )
    direct = [s for s in statements if isinstance(s.object, str)]
    for statement in direct:
        triple = (statement.subject, statement.object)
        ends = [rdflib.URIRef(iri(end)) for end in triple]
        assert (ends[0], MK[statement.predicate], ends[1]) in graph


def test_turtle_keeps_every_character(tmp_path: Path) -> None:
    target = tmp_path / "graph.ttl"
    written(hostile, target)
    graph = rdflib.Graph().parse(data=target.read_text(encoding="utf-8"), format="turtle")
    for n, text in enumerate(HOSTILE):
        label = graph.value(rdflib.URIRef(iri(f"model/{n}")), rdflib.RDFS.label)
        assert str(label) == text.replace("\ud800", "\ufffd")


def test_turtle_types_dates_and_numbers(tmp_path: Path) -> None:
    target = tmp_path / "graph.ttl"
    written(tiny, target)
    graph = rdflib.Graph().parse(data=target.read_text(encoding="utf-8"), format="turtle")
    llama_2 = rdflib.URIRef(iri(LLAMA_2))
    assert graph.value(llama_2, MK.releaseDate) == rdflib.Literal(
        "2023-07-18", datatype=rdflib.XSD.date
    )
    assert graph.value(llama_2, MK.contextLength) == rdflib.Literal(4096)
    comparison = graph.value(predicate=rdflib.RDF.predicate, object=MK.comparableTo)
    assert graph.value(comparison, MK.relation) == MK["relation-better"]


# rdflib's own TriG parser uses names that rdflib means to drop.
rdflib_warns = pytest.mark.filterwarnings(
    "ignore:Dataset.default_context:DeprecationWarning",
    "ignore:ConjunctiveGraph is deprecated:DeprecationWarning",
)


@rdflib_warns
@views
def test_trig_has_a_graph_for_each_claim(make, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    target = tmp_path / "graph.trig"
    view = written(make, target)
    dataset = rdflib.Dataset()
    dataset.parse(data=target.read_text(encoding="utf-8"), format="trig")
    claims = {iri(f"claim/{claim.id}"): claim for claim in view.claims()}
    named = {str(g.identifier): g for g in dataset.graphs() if len(g)}
    named.pop("urn:x-rdflib:default", None)
    assert named.keys() == claims.keys()
    assert all(len(graph) == 1 for graph in named.values())
    facts = dataset.default_graph
    assert len(list(facts.subjects(rdflib.RDF.type, MK.Document))) == len(list(view.documents()))
    for address, claim in claims.items():
        node = rdflib.URIRef(address)
        document = rdflib.URIRef(iri(f"document/{claim.evidence.document}"))
        assert facts.value(node, rdflib.PROV.wasQuotedFrom) == document
        assert float(str(facts.value(node, MK.confidence))) == claim.confidence
        span = facts.value(node, MK.evidence)
        selectors = list(facts.objects(span, OA.hasSelector))
        assert len(selectors) == 2
        [start] = [v for s in selectors if (v := facts.value(s, OA.start)) is not None]
        [words] = [v for s in selectors if (v := facts.value(s, OA.exact)) is not None]
        assert start.toPython() == claim.evidence.start
        assert str(words) == claim.evidence.quote


@rdflib_warns
def test_trig_keeps_the_derivation_in_the_default_graph(tmp_path: Path) -> None:
    target = tmp_path / "graph.trig"
    written(tiny, target)
    dataset = rdflib.Dataset()
    dataset.parse(data=target.read_text(encoding="utf-8"), format="trig")
    edge = (rdflib.URIRef(iri(BELUGA)), MK.derivedFrom, rdflib.URIRef(iri(LLAMA)))
    assert edge in dataset.default_graph
