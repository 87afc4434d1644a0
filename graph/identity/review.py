"""Pairs of entities that a person may want to look at: likely one thing."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from ...ontology.claim import Entity
from ...ontology.terms import Predicate
from ..protocols import View
from .blocks import candidate_pairs
from .likeness import REVIEW, Context, Likeness, compare
from .profile import profile_of

__all__ = ["Pair", "context_of", "likely_duplicates"]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entities that may be one thing.

    Parameters
    ----------
    one, other : Entity
        In the order of their ids.
    likeness : Likeness
        How surely, and why.
    """

    one: Entity
    other: Entity
    likeness: Likeness


def likely_duplicates(
    view: View,
    limit: int | None = None,
    least: float = REVIEW,
    apart: Collection[frozenset[str]] = (),
) -> Iterator[Pair]:
    """Give the pairs of entities that may be one thing, the likeliest first.

    Parameters
    ----------
    view : View
        Its statements about developers and employers count.
    limit : int, optional
        How many pairs at the most.
    least : float
        Pairs that are less likely are left out.
    apart : collection of frozenset of str
        Pairs of ids that a person has told apart.

    Yields
    ------
    Pair
        Equally likely ones in the order of their ids.
    """
    # A view gives its entities in the order of their ids.
    profiles = [profile_of(entity) for entity in view.entities()]
    context = context_of(view)
    told_apart = frozenset(apart)
    found: list[Pair] = []
    for place, place_of_other in candidate_pairs(profiles, context.organizations):
        one, other = profiles[place], profiles[place_of_other]
        likeness = compare(one, other, context)
        if likeness.score == 0.0 or likeness.score < least:
            continue
        if frozenset((one.entity.id, other.entity.id)) not in told_apart:
            found.append(Pair(one.entity, other.entity, likeness))
    found.sort(key=lambda pair: (-pair.likeness.score, pair.one.id, pair.other.id))
    yield from found[:limit]


def context_of(view: View) -> Context:
    """Give who developed the things of a view, and who employs its people."""
    organizations: dict[str, set[str]] = defaultdict(set)
    for predicate in (Predicate.DEVELOPED_BY, Predicate.AFFILIATED_WITH):
        for statement in view.statements(predicate=predicate):
            if isinstance(statement.object, str):
                organizations[statement.subject].add(statement.object)
    return Context({id: frozenset(ids) for id, ids in organizations.items()})
