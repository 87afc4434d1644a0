"""A text as the judge sees it: its names and possible values in order, each with its place."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from ...ontology.terms import Attribute
from ..discourse import Reading
from .values import find_values

__all__ = ["VALUE", "Scene", "Spot", "value_id"]

VALUE = "="
"""Begins the kinds and ids of values, which have no entity."""


def value_id(attribute: Attribute, value: str) -> str:
    """Give the id by which a value stands among the entities.

    Examples
    --------
    >>> value_id(Attribute.PARAMETERS, "7B")
    '=parameters:7B'
    """
    return f"{VALUE}{attribute}:{value}"


@dataclass(frozen=True, slots=True)
class Spot:
    """A name or a possible value in the text.

    Parameters
    ----------
    start, end : int
    kind : str
        An `EntityType`, or ``=`` and an `Attribute`.
    entity : str
        The entity's id, or the value's.
    """

    start: int
    end: int
    kind: str
    entity: str


class Scene:
    """The spots of a text with what is known of each.

    Parameters
    ----------
    reading : Reading

    Attributes
    ----------
    spots : list of Spot
        In order, never overlapping.
    sentences, blocks : list of int
        For each spot the index of its sentence and block.
    first : dict of str to int
        For each entity or value the index of its first spot.
    kinds : dict of str to str
    values : dict of str to str
        The normal form of each value, by its id.
    scores : dict of str to float
        How sure it is that each entity is one.
    """

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.kinds: dict[str, str] = {e: str(t) for e, t in reading.types.items()}
        self.values: dict[str, str] = {}
        self.scores: dict[str, float] = {}
        for mention in reading.mentions:
            score = max(mention.score, self.scores.get(mention.entity, 0.0))
            self.scores[mention.entity] = score
        spots = [Spot(m.start, m.end, str(m.type), m.entity) for m in reading.mentions]
        for found in find_values(reading):
            id = value_id(found.attribute, found.value)
            self.kinds[id] = VALUE + found.attribute
            self.values[id] = found.value
            spots.append(Spot(found.start, found.end, self.kinds[id], id))
        self.spots = sorted(spots, key=lambda spot: (spot.start, spot.end))
        self.sentences: list[int] = []
        self.blocks: list[int] = []
        self.first: dict[str, int] = {}
        self.in_sentence: dict[int, list[int]] = defaultdict(list)
        sentences = reading.analysis.sentences
        at = 0
        for index, spot in enumerate(self.spots):
            while at + 1 < len(sentences) and sentences[at + 1].start <= spot.start:
                at += 1
            self.sentences.append(at)
            self.blocks.append(sentences[at].block if sentences else 0)
            self.first.setdefault(spot.entity, index)
            self.in_sentence[at].append(index)
        self.counts: Counter[str] = Counter(spot.entity for spot in self.spots)
