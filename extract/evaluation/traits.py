"""Attributes with resolved subjects, and which of those found stand for which annotated."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from .matching import Cost, End, Matches, StandIns, cost_of, meant_by, one_to_one, resolver
from .reading import Annotated
from .values import Key, same_value, value_key

__all__ = ["Trait", "fold_traits", "match_traits", "traits"]


@dataclass(frozen=True, slots=True)
class Trait:
    """An attribute whose subject is resolved.

    Parameters
    ----------
    subject : int or str
    attribute : str
    value : str
    sources : tuple of int
        The indices of the attributes that say it.
    """

    subject: End
    attribute: str
    value: str
    sources: tuple[int, ...]

    @property
    def key(self) -> Key:
        """The value in the form in which it is compared."""
        return value_key(self.attribute, self.value)


def traits(annotated: Annotated) -> list[Trait]:
    """Give the attributes with resolved subjects, each value once."""
    resolve = resolver(annotated.entities)
    every = (
        Trait(resolve(given.subject), given.attribute, given.value, (index,))
        for index, given in enumerate(annotated.attributes)
    )
    return _first(every, lambda trait: trait.subject)


def fold_traits(found: Iterable[Trait], meant: StandIns) -> list[Trait]:
    """Give traits once that say the same of the same annotated entity."""
    return _first(found, lambda trait: meant_by(meant, trait.subject))


def _first(given: Iterable[Trait], subject: Callable[[Trait], object]) -> list[Trait]:
    known: dict[object, Trait] = {}
    for trait in given:
        key = (subject(trait), trait.attribute, trait.key)
        first = known.get(key)
        if first is not None:
            trait = replace(first, sources=first.sources + trait.sources)
        known[key] = trait
    return list(known.values())


def match_traits(gold: Sequence[Trait], found: Sequence[Trait], meant: StandIns) -> Matches:
    """Match values of one attribute of corresponding entities."""
    candidates: list[tuple[Cost, int, int]] = []
    for g, trait in enumerate(gold):
        for f, other in enumerate(found):
            if trait.attribute != other.attribute:
                continue
            cost = cost_of(meant, other.subject, trait.subject)
            if cost is not None and same_value(trait.attribute, trait.value, other.value):
                candidates.append(((cost, trait.key != other.key), g, f))
    return one_to_one(candidates)
