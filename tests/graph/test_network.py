"""The NetworkX graph of a view."""

import networkx as nx
from samples import BELUGA, LLAMA, LLAMA_2, tiny

from modelkin.graph.projections.network import network
from modelkin.ontology.claim import Value


def test_it_holds_every_entity_and_every_statement_between_them() -> None:
    view = tiny()
    graph = network(view)
    assert list(graph) == [entity.id for entity in view.entities()]
    between = [s for s in view.statements() if not isinstance(s.object, Value)]
    assert graph.number_of_edges() == len(between)
    assert graph.nodes["model/百川"]["aliases"] == ["Baichuan"]
    assert graph.nodes[LLAMA_2]["values"]["parameters"] == ["70B", "7B"]
    edge = graph.edges[BELUGA, LLAMA_2, "derivedFrom"]
    assert (edge["claims"], edge["curated"]) == (2, 1)
    assert set(edge["methods"]) == {"finetune", "instruction-tune"}


def test_predicates_restrict_the_edges_alone() -> None:
    graph = network(tiny(), ["derivedFrom"])
    assert len(graph) == 7
    assert nx.descendants(graph, BELUGA) == {LLAMA, LLAMA_2}
    assert graph.number_of_edges() == 2
