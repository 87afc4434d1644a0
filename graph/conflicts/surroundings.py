"""What a graph says around a conflict: names, families, ancestors, dates of documents."""

from dataclasses import replace
from itertools import islice

from ...ontology.claim import Entity, Value
from ...ontology.model_name import ModelName, parse_model_name, variant_of
from ...ontology.terms import Predicate
from ..protocols import View
from .names import owns

__all__ = ["Surroundings"]

# How far is looked, whatever the graph holds: bounds, so that all takes time linear in it.
_MOST_ANCESTORS = 100
_MOST_MEMBERS = 100
_MOST_QUOTES = 50
_MOST_NAMES = 8

_UPWARDS = (Predicate.VARIANT_OF.value, Predicate.DERIVED_FROM.value)


class Surroundings:
    """Reads from a view what tells a conflict from two ways to say one thing.

    Parameters
    ----------
    view : View
    """

    def __init__(self, view: View) -> None:
        self.view = view
        self._published: dict[str, str | None] = {}
        # What many conflicts share may be much to read: it is read once.
        self._entities: dict[str, Entity | None] = {}
        self._members: dict[str, list[str]] = {}
        self._ancestors: dict[str, frozenset[str]] = {}
        self._quotes: dict[str, list[str]] = {}

    def published(self, document: str) -> str | None:
        """Give the date of a document."""
        if document not in self._published:
            found = self.view.document(document)
            self._published[document] = found.published if found else None
        return self._published[document]

    def entity(self, id: str) -> Entity | None:
        """Give the entity of that id."""
        if id not in self._entities:
            self._entities[id] = self.view.entity(id)
        return self._entities[id]

    def names(self, id: str) -> tuple[str, ...]:
        """Give the names of an entity."""
        entity = self.entity(id)
        return entity.names if entity else (id.partition("/")[2],)

    def members(self, model: str) -> list[str]:
        """Give sizes and editions of a model."""
        if model not in self._members:
            found = self.view.statements(predicate=Predicate.VARIANT_OF.value, object=model)
            self._members[model] = [s.subject for s in islice(found, _MOST_MEMBERS)]
        return self._members[model]

    def borne_by_members(self, model: str, predicate: str) -> set[str | Value]:
        """Give what is said of a model's sizes and editions."""
        return {
            statement.object
            for member in self.members(model)
            for statement in islice(self.view.statements(member, predicate), _MOST_MEMBERS)
        }

    def kin(self, one: str, other: str) -> bool:
        """Tell whether one model is a size, an edition or an ancestor of the other."""
        if one == other or self._named_after(one, other) or self._named_after(other, one):
            return True
        return other in self.ancestors(one) or one in self.ancestors(other)

    def sizes_of_one(self, one: str, other: str) -> bool:
        """Tell whether two models are the same but for their size."""
        mine, its = self._name(one), self._name(other)
        if mine is None or its is None or not mine.family:
            return False
        return replace(mine, size="") == replace(its, size="")

    def has_size(self, model: str) -> bool:
        """Tell whether a model's name says its size."""
        name = self._name(model)
        return name is not None and bool(name.size)

    def ancestors(self, model: str) -> frozenset[str]:
        """Give a model's sizes and editions, and what it or they come from, step by step."""
        if model in self._ancestors:
            return self._ancestors[model]
        waiting = list(dict.fromkeys([model, *self.members(model)]))
        found = set(waiting)
        for id in waiting:
            for predicate in _UPWARDS:
                for statement in islice(self.view.statements(id, predicate), _MOST_ANCESTORS):
                    if not isinstance(statement.object, Value) and statement.object not in found:
                        found.add(statement.object)
                        waiting.append(statement.object)
            if len(found) > _MOST_ANCESTORS:
                break
        self._ancestors[model] = frozenset(found - {model})
        return self._ancestors[model]

    def part_of(self, owned: str, owner: str) -> bool:
        """Tell whether anything says that one organization is part of the other."""
        if owned not in self._quotes:
            claims = self.view.claims(predicate=Predicate.DEVELOPED_BY.value, object=owned)
            quotes = [claim.evidence.quote for claim in islice(claims, _MOST_QUOTES)]
            self._quotes[owned] = list(dict.fromkeys(quotes))
        names, others = self.names(owned), self.names(owner)
        return any(owns(quote, others, names) for quote in self._quotes[owned])

    def _named_after(self, one: str, other: str) -> bool:
        return any(
            variant_of(name, base)
            for name in self.names(one)[:_MOST_NAMES]
            for base in self.names(other)[:_MOST_NAMES]
        )

    def _name(self, model: str) -> ModelName | None:
        entity = self.entity(model)
        return parse_model_name(entity.name) if entity else None
