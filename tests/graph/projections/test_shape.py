"""The property graph as records."""

from memory_view import MemoryView
from small_stores import chinese, curated, english

from modelkin.graph.projections.shape import edges, nodes, relationship_type
from modelkin.ontology.schema import edge_type
from modelkin.ontology.terms import Predicate


def view() -> MemoryView:
    return MemoryView([english(), chinese(), curated()])


def test_edge_types_are_those_of_the_ontology() -> None:
    for predicate in Predicate:
        assert relationship_type(predicate.value) == edge_type(predicate)


def test_nodes() -> None:
    found = {node.id: node for node in nodes(view())}
    llama = found["model/llama-2"]
    assert llama.labels == ("Model", "Entity")
    assert llama.properties["aliases"] == ["Llama2", "羊驼 2"]
    # Two articles say 7B, one says 70B.
    assert llama.properties["parameters"] == ["7B", "70B"]
    assert "openness" not in llama.properties
    documents = {n.properties["title"]: n for n in found.values() if n.labels == ("Document",)}
    assert documents["国产大模型"].properties["lang"] == "zh"
    assert "url" not in documents["国产大模型"].properties
    claims = [n.properties for n in found.values() if n.labels == ("Claim",)]
    [glm] = [c for c in claims if c["quote"] == "智谱AI开发了GLM-4。"]
    assert (glm["predicate"], glm["published"], glm["start"]) == ("developedBy", "2024-01", 0)
    assert sorted(str(c.get("method")) for c in claims if c["predicate"] == "derivedFrom") == [
        "finetune",
        "finetune",
        "scaling",
    ]


def test_edges_end_in_nodes_and_stand_once() -> None:
    found = list(edges(view()))
    ids = {node.id: node.labels[0] for node in nodes(view())}
    for edge in found:
        assert ids[edge.source] == edge.source_label
        assert ids[edge.target] == edge.target_label
    assert len({(e.type, e.source, e.target) for e in found}) == len(found)
    [beluga] = [
        e for e in found if e.type == "DERIVED_FROM" and e.source == "model/stable-beluga-2"
    ]
    assert beluga.properties == {
        "method": "finetune",
        "methods": ["finetune"],
        "confidence": 1.0,
        "claims": 2,
        "curated": 1,
        "first_stated": "2023-07-21",
        "last_stated": "2023-07-21",
    }
    # Values are properties; only their claims have edges.
    assert not [e for e in found if e.type == "PARAMETERS"]


def test_qualifiers_do_not_hide_what_a_claim_says() -> None:
    from dataclasses import replace

    from modelkin.graph.projections.shape import claim_node

    claim = replace(english().claims[0], qualifiers=(("quote", "x"), ("size", "7B"), ("type", "y")))
    properties = claim_node(claim, None).properties
    assert properties["quote"] == claim.evidence.quote
    assert properties["qualifier_quote"] == "x"
    assert properties["qualifier_type"] == "y"
    assert properties["size"] == "7B"
