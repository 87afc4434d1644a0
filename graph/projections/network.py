"""A view as a NetworkX graph, for algorithms and layouts."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import networkx

from ...ontology.claim import Value
from ..protocols import View

if TYPE_CHECKING:
    Network = networkx.MultiDiGraph[str]

__all__ = ["network"]


def network(view: View, predicates: Collection[str] | None = None) -> Network:
    """Give the entities of a view and the statements between them.

    Parameters
    ----------
    view : View
        The graph.
    predicates : collection of str, optional
        The predicates to keep; None for all. Every entity stays, with edges or without.

    Returns
    -------
    networkx.MultiDiGraph
        Nodes are entity ids with ``type``, ``name``, ``aliases`` and ``values`` (attribute to
        list of texts); edges lead from subject to object, their key is the predicate, with
        ``predicate``, ``methods``, ``claims``, ``curated``, ``confidence``, ``first_stated``,
        ``last_stated`` and ``candidates``.
    """
    kept = None if predicates is None else {str(predicate) for predicate in predicates}
    graph: Network = networkx.MultiDiGraph()
    for entity in view.entities():
        graph.add_node(
            entity.id,
            type=entity.type.value,
            name=entity.name,
            aliases=list(entity.aliases),
            values={},
        )
    for statement in view.statements():
        if isinstance(statement.object, Value):
            values = graph.nodes[statement.subject]["values"]
            values.setdefault(statement.predicate, []).append(statement.object.lexical)
        elif kept is None or statement.predicate in kept:
            graph.add_edge(
                statement.subject,
                statement.object,
                key=statement.predicate,
                predicate=statement.predicate,
                methods=list(statement.methods),
                claims=statement.claims,
                curated=statement.curated,
                confidence=statement.confidence,
                first_stated=statement.first_stated,
                last_stated=statement.last_stated,
                candidates=statement.candidates,
            )
    return graph
