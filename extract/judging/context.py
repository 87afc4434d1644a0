"""What all pairs of one text share."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from ...ontology.identifiers import name_key
from .scene import Scene
from .words import Words, words_of

__all__ = ["Context", "Names"]

_NUMBERS = re.compile(r"[0-9.]+")
_HEADING_WORDS = 12


@dataclass(frozen=True, slots=True)
class Names:
    """How the names of two models relate.

    Parameters
    ----------
    continues, continued : bool
        Whether the subject's name continues the object's, or the other way round.
    remainder : str
        What it continues it by, with digits as 9.
    shared : int
        Length of the common beginning.
    """

    continues: bool
    continued: bool
    remainder: str
    shared: int


_STRANGERS = Names(False, False, "", 0)


class Context:
    """What all pairs of one text share.

    Parameters
    ----------
    scene : Scene
    """

    def __init__(self, scene: Scene) -> None:
        reading = scene.reading
        self.reading = reading
        self.scene = scene
        self.words: Words = words_of(scene)
        self.keys = {
            entity: [k for k in dict.fromkeys(name_key(n) for n in names) if k]
            for entity, names in reading.surfaces.items()
        }
        counts = scene.counts
        self.rank: dict[str, int] = {}
        self.order: dict[str, int] = {}
        by_type: dict[str, list[str]] = defaultdict(list)
        for entity in scene.first:
            by_type[scene.kinds[entity]].append(entity)
        self.many = {kind: len(entities) for kind, entities in by_type.items()}
        for entities in by_type.values():
            for place, entity in enumerate(sorted(entities, key=lambda e: scene.first[e])):
                self.order[entity] = place
            for place, entity in enumerate(
                sorted(entities, key=lambda e: (-counts[e], scene.first[e]))
            ):
                self.rank[entity] = place
        self._headings: dict[int, tuple[frozenset[str], tuple[str, ...]]] = {}
        self._names: dict[tuple[str, str], Names] = {}
        self._parents: dict[str, tuple[str, ...]] = {}
        self._bounds: dict[int, tuple[int, int]] = {}

    @cached_property
    def title(self) -> frozenset[str]:
        """The entities of the first lines."""
        pairs = zip(self.scene.spots, self.scene.blocks, strict=True)
        return frozenset(spot.entity for spot, block in pairs if block < 3)

    @cached_property
    def places_of(self) -> dict[str, list[int]]:
        """The indices of the spots of each kind, in order."""
        places: dict[str, list[int]] = defaultdict(list)
        for index, spot in enumerate(self.scene.spots):
            places[spot.kind].append(index)
        return places

    def count(self, kind: str, low: int, high: int) -> int:
        """Count the spots of a kind from one index up to another."""
        places = self.places_of[kind]
        return bisect_left(places, high) - bisect_left(places, low) if low < high else 0

    def bounds(self, spot: int) -> tuple[int, int]:
        """Give the indices of the words where the sentence of a spot begins and ends."""
        sentence = self.scene.sentences[spot]
        bounds = self._bounds.get(sentence)
        if bounds is None:
            here = self.reading.analysis.sentences[sentence]
            bounds = self.words.index(here.start), self.words.index(here.end)
            self._bounds[sentence] = bounds
        return bounds

    def above(self, block: int) -> int:
        """Give the block of the heading above a block, or -1."""
        return self.reading.blocks[block].heading if self.reading.blocks else -1

    def heading(self, block: int) -> tuple[frozenset[str], tuple[str, ...]]:
        """Give the entities and the words of the heading above a block."""
        above = self.above(block)
        if above not in self._headings:
            if above < 0:
                self._headings[above] = (frozenset(), ())
            else:
                here = self.reading.blocks[above]
                named = self.reading.mentions_between(here.start, here.end)
                low, high = self.words.index(here.start), self.words.index(here.end)
                self._headings[above] = (
                    frozenset(m.entity for m in named),
                    tuple(dict.fromkeys(self.words.items[low:high][:_HEADING_WORDS])),
                )
        return self._headings[above]

    def parents(self, entity: str) -> tuple[str, ...]:
        """Give the model whose name an entity's name continues, see `Family.parents`."""
        parents = self._parents.get(entity)
        if parents is None:
            parents = self._parents[entity] = self.reading.family.parents(entity)
        return parents

    def names(self, subject: str, object: str) -> Names:
        """Compare the names of two entities."""
        keys = self.keys.get(object)
        if not keys:
            return _STRANGERS  # values, mostly: they have no names
        names = self._names.get((subject, object))
        if names is None:
            mine = self.keys[subject]
            if len(mine) == len(keys) == 1 and mine[0][0] != keys[0][0]:
                return _STRANGERS
            names = self._names[subject, object] = _compare(mine, keys)
        return names


def _compare(subject: Iterable[str], object: Iterable[str]) -> Names:
    continues = continued = False
    remainder, shared = "", 0
    for one in subject:
        for other in object:
            if one[0] != other[0]:
                continue
            if one != other:
                if len(other) > 1 and one.startswith(other):
                    continues, remainder = True, one[len(other) :]
                if len(one) > 1 and other.startswith(one):
                    continued = True
            shared = max(shared, _common(one, other))
    if not shared:
        return _STRANGERS
    return Names(continues, continued, _NUMBERS.sub("9", remainder)[:12], shared)


def _common(one: str, other: str) -> int:
    """Length of the common beginning."""
    common = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        common += 1
    return common
