"""Relations with resolved ends, and which of those found stand for which annotated."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from ...ontology.claim import Qualifiers, qualifiers_of
from ...ontology.terms import Comparison, Predicate, Qualifier
from .matching import Cost, End, Matches, StandIns, cost_of, meant_by, one_to_one, resolver
from .reading import Annotated

__all__ = ["Edge", "Method", "distinct_edges", "edges", "fold_edges", "match_edges"]

Method = Callable[[str | None], str]

_SYMMETRIC_COST = 0.5


@dataclass(frozen=True, slots=True)
class Edge:
    """A relation whose ends are resolved.

    Parameters
    ----------
    subject : int or str
    predicate : str
    object : int or str
    qualifiers : tuple of (str, str)
    sources : tuple of int
        The indices of the relations that say it.
    """

    subject: End
    predicate: str
    object: End
    qualifiers: Qualifiers
    sources: tuple[int, ...]

    def qualifier(self, key: Qualifier) -> str | None:
        """Give the value of one qualifier."""
        return next((value for name, value in self.qualifiers if name == key), None)

    @property
    def compares(self) -> bool:
        """Whether it compares its ends."""
        return self.predicate == Predicate.COMPARABLE_TO

    @property
    def ranks(self) -> bool:
        """Whether it says that the subject is the better one."""
        return self.qualifier(Qualifier.RELATION) == Comparison.BETTER


def edges(annotated: Annotated) -> list[Edge]:
    """Give the relations with resolved ends, each once; a comparison never says "worse"."""
    resolve = resolver(annotated.entities)
    known: dict[object, Edge] = {}
    for index, relation in enumerate(annotated.relations):
        edge = Edge(
            resolve(relation.subject),
            relation.predicate,
            resolve(relation.object),
            relation.qualifiers,
            (index,),
        )
        if edge.compares and edge.qualifier(Qualifier.RELATION) == Comparison.WORSE:
            edge = _turned(edge)
        _add(known, (edge.subject, edge.predicate, edge.object), edge)
    return list(known.values())


def _turned(edge: Edge) -> Edge:
    ranked = dict(edge.qualifiers) | {str(Qualifier.RELATION): str(Comparison.BETTER)}
    return replace(edge, subject=edge.object, object=edge.subject, qualifiers=qualifiers_of(ranked))


def _add(known: dict[object, Edge], key: object, edge: Edge) -> None:
    """Keep the first edge of each key, with the sources of all."""
    first = known.get(key)
    if first is not None:
        edge = replace(first, sources=first.sources + edge.sources)
    known[key] = edge


def fold_edges(found: Iterable[Edge], meant: StandIns) -> list[Edge]:
    """Give edges once that say the same of the same annotated entities.

    A comparison that ranks neither end says the same both ways.
    """
    known: dict[object, Edge] = {}
    for edge in found:
        ends = meant_by(meant, edge.subject), meant_by(meant, edge.object)
        both_ways = edge.compares and not edge.ranks
        _add(known, (edge.predicate, frozenset(ends) if both_ways else ends), edge)
    return list(known.values())


def distinct_edges(given: Iterable[Edge]) -> list[Edge]:
    """Give the first edge of each subject and object, whatever the predicate."""
    known: dict[tuple[End, End], Edge] = {}
    for edge in given:
        known.setdefault((edge.subject, edge.object), edge)
    return list(known.values())


def match_edges(
    gold: Sequence[Edge],
    found: Sequence[Edge],
    meant: StandIns,
    *,
    lenient: bool = False,
    method: Method | None = None,
) -> Matches:
    """Match edges between corresponding entities.

    Parameters
    ----------
    gold, found : sequences of Edge
    meant : StandIns
        See `stand_ins`.
    lenient : bool
        Whether edges of other predicates match too.
    method : function, optional
        What of the qualifier ``method`` must be equal; by default it does not matter.
    """
    by_predicate: dict[str, list[int]] = defaultdict(list)
    for index, edge in enumerate(found):
        by_predicate[edge.predicate].append(index)
    candidates: list[tuple[Cost, int, int]] = []
    for g, edge in enumerate(gold):
        for f in range(len(found)) if lenient else by_predicate[edge.predicate]:
            if method is not None and method(_method(edge)) != method(_method(found[f])):
                continue
            cost = _edge_cost(edge, found[f], meant)
            if cost is not None:
                candidates.append(((cost, edge.predicate != found[f].predicate), g, f))
    return one_to_one(candidates)


def _method(edge: Edge) -> str | None:
    return edge.qualifier(Qualifier.METHOD)


def _edge_cost(gold: Edge, found: Edge, meant: StandIns) -> float | None:
    """Give what it costs that an edge found stands for an annotated one, or None."""
    straight = _pair_cost(meant, (found.subject, gold.subject), (found.object, gold.object))
    if straight is not None:
        return straight
    if gold.compares and found.compares and not (gold.ranks and found.ranks):
        turned = _pair_cost(meant, (found.object, gold.subject), (found.subject, gold.object))
        return None if turned is None else turned + _SYMMETRIC_COST
    return None


def _pair_cost(meant: StandIns, *ends: tuple[End, End]) -> int | None:
    costs = [cost_of(meant, *end) for end in ends]
    return None if None in costs else sum(cost for cost in costs if cost is not None)
