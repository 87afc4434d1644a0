"""Finding what people name: entities, what documents call them, predicates."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from ..graph.protocols import GraphStore
    from ..ontology.claim import Entity
    from ..ontology.decision import Decision
    from ..ontology.terms import EntityType

__all__ = ["Named", "keeping_apart", "members", "named", "term_named", "told_apart"]


@dataclass(frozen=True, slots=True)
class Named:
    """An entity and what documents mean by the name that was typed.

    Parameters
    ----------
    entity : Entity
    own : str
        The id that the name alone gives, one of those of the entity.
    """

    entity: "Entity"
    own: str


def members(store: "GraphStore", id: str) -> set[str]:
    """Give all ids that were found to be one thing, that of the thing among them."""
    ends = {end for link in store.links(id) for end in (link.one, link.other)}
    return {id} | ends


def named(store: "GraphStore", text: str, prefer: "EntityType | None" = None) -> Named:
    """Find an entity by a name, by its id, or by an id that became a part of it.

    Raises
    ------
    UnknownNameError
        When no entity carries the name.
    AmbiguousNameError
        When several do.
    """
    from ..graph.names import resolve
    from ..ontology.identifiers import entity_id, name_key

    entity = _of_former_id(store, text) or resolve(store, text, prefer=prefer)
    ids = members(store, entity.id)
    if text in ids:
        return Named(entity, text)
    spelled = [name for name in entity.names if name_key(name) == name_key(text)]
    own = sorted({entity_id(entity.type, name) for name in spelled} & ids)
    return Named(entity, own[0] if own else entity.id)


def _of_former_id(store: "GraphStore", text: str) -> "Entity | None":
    """Give what an id of old is a part of: its links lead there, or the name that it says."""
    from ..ontology.errors import InvariantError
    from ..ontology.identifiers import entity_type

    try:
        type = entity_type(text)
    except InvariantError:
        return None
    if store.entity(text) is not None:
        return None
    seen, ahead = {text}, [text]
    while ahead:
        found = members(store, ahead.pop()) - seen
        seen |= found
        ahead += found
    near = [entity for entity in map(store.entity, sorted(seen)) if entity]
    near += store.find(text.partition("/")[2], type)
    return next((entity for entity in near if text in members(store, entity.id)), None)


def term_named(text: str, *languages: str) -> str:
    """Find a predicate or attribute as people spell it, or by its label in some languages.

    Raises
    ------
    click.UsageError
        When there is none.

    Examples
    --------
    >>> term_named("DERIVED_FROM"), term_named("derived-from"), term_named("openness")
    ('derivedFrom', 'derivedFrom', 'openness')
    >>> term_named("派生自", "zh")
    'derivedFrom'
    """
    from ..ontology.schema import label
    from ..ontology.terms import Attribute, Predicate

    def key(name: str) -> str:
        return name.replace("_", "").replace("-", "").replace(" ", "").casefold()

    terms = [str(term) for term in (*Predicate, *Attribute)]
    for term in terms:
        if key(text) in (key(term), *(key(label(term, language)) for language in languages)):
            return term
    raise click.UsageError(f"no predicate {text!r}; there are " + ", ".join(terms))


def told_apart(decisions: Iterable["Decision"]) -> dict[frozenset[str], str]:
    """Give the pairs of ids that decisions in force keep apart, each with such a decision's id."""
    from ..ontology.decision import DecisionKind, in_force

    others = {DecisionKind.APART: "other", DecisionKind.SPLIT: "new"}
    return {
        frozenset((decision["entity"], decision[others[decision.kind]])): decision.id
        for decision in in_force(decisions)
        if decision.kind in others
    }


def keeping_apart(
    store: "GraphStore", apart: dict[frozenset[str], str], one: str, other: str
) -> str | None:
    """Give the id of a decision that keeps two entities apart, or something of theirs."""
    if not apart:
        return None
    ones, others = members(store, one), members(store, other)
    found = (
        decision
        for pair, decision in apart.items()
        if len(pair) == 2 and pair & ones and pair & others and pair <= ones | others
    )
    return min(found, default=None)
