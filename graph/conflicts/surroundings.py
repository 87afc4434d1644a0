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
        self._ancestors: tuple[str, frozenset[str]] = ("", frozenset())

    def published(self, document: str) -> str | None:
        """Give the date of a document."""
        if document not in self._published:
            found = self.view.document(document)
            self._published[document] = found.published if found else None
        return self._published[document]

    def entity(self, id: str) -> Entity | None:
        """Give the entity of that id."""
        return self.view.entity(id)

    def names(self, id: str) -> tuple[str, ...]:
        """Give the names of an entity."""
        entity = self.view.entity(id)
        return entity.names if entity else (id.partition("/")[2],)

    def members(self, model: str) -> list[str]:
        """Give sizes and editions of a model."""
        found = self.view.statements(predicate=Predicate.VARIANT_OF.value, object=model)
        return [statement.subject for statement in islice(found, _MOST_MEMBERS)]

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
        if self._ancestors[0] == model:
            return self._ancestors[1]
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
        self._ancestors = (model, frozenset(found - {model}))
        return self._ancestors[1]

    def part_of(self, owned: str, owner: str) -> bool:
        """Tell whether anything says that one organization is part of the other."""
        names, others = self.names(owned), self.names(owner)
        predicate = Predicate.DEVELOPED_BY.value
        claims = islice(self.view.claims(predicate=predicate, object=owned), _MOST_QUOTES)
        return any(owns(claim.evidence.quote, others, names) for claim in claims)

    def _named_after(self, one: str, other: str) -> bool:
        return any(
            variant_of(name, base)
            for name in self.names(one)[:_MOST_NAMES]
            for base in self.names(other)[:_MOST_NAMES]
        )

    def _name(self, model: str) -> ModelName | None:
        entity = self.view.entity(model)
        return parse_model_name(entity.name) if entity else None
