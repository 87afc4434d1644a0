"""The counts, distances and ranks of a pair: what the judge's second pass sees."""

from bisect import bisect_left

from ...ontology.terms import Attribute, EntityType
from ..relations.confidence import confidence
from .context import Context
from .features import KIND
from .pairs import TOPIC, Pair
from .scene import VALUE

__all__ = ["Figures"]

_KINDS = "fhplHt"
_TYPES = (*(str(t) for t in EntityType), *(VALUE + a for a in Attribute))
_TYPE_INDEX = {kind: index for index, kind in enumerate(_TYPES)}
_LOOK_BACK = 40


class Figures:
    """Gives the figures of the pairs of one text.

    Parameters
    ----------
    context : Context
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        reading, scene = context.reading, context.scene
        self._lang = reading.lang == "zh"
        self._length = max(1, len(reading.text))
        self._block_kinds = [_KINDS.find(KIND[block.kind]) for block in reading.blocks]
        self._subjects: dict[str, tuple[EntityType, bool, bool]] = {}
        self._nearest: dict[tuple[int, str], tuple[str, str]] = {}
        self._spots = scene.spots

    def of(self, pair: Pair) -> list[float]:
        """Give the figures of a pair.

        Parameters
        ----------
        pair : Pair
        """
        context = self._context
        scene = context.scene
        best = pair.places[0]
        subject, object = pair.subject, pair.object
        kind, other_kind = scene.kinds[subject], scene.kinds[object]
        at, other, scope = best.subject, best.object, best.scope
        low, high = (at, other) if at < other else (other, at)
        near = scope < TOPIC
        sentence = scene.in_sentence[scene.sentences[other]]
        names = context.names(subject, object)
        block = scene.blocks[other]
        places = context.words.places
        parents = context.parents(subject)
        apart = high - low
        known = self._subjects.get(subject)
        if known is None:
            type = EntityType(kind)
            about = context.reading.topics.document(type)
            known = self._subjects[subject] = (type, bool(parents), subject in about)
        type, has_parents, is_topic = known
        rank, order, counts, many = context.rank, context.order, scene.counts, context.many
        title, scores = context.title, scene.scores
        return [
            scope,
            min(best.distance, 50),
            min(places[high] - places[low], 200) if near else 200,
            pair.together,
            len(pair.drafts),
            max((confidence(d.rule) for d in pair.drafts), default=0.0) if pair.drafts else 0.0,
            context.count(kind, low + 1, high) if near else 0,
            context.count(other_kind, low + 1, high) if near else 0,
            context.count(
                kind, max(sentence[0], other - apart + 1), min(sentence[-1] + 1, other + apart)
            ),
            rank[subject],
            rank.get(object, 9),
            order[subject],
            order.get(object, 9),
            subject in title,
            object in title,
            many[kind],
            many.get(other_kind, 0),
            self._last_before(other, kind, object) == subject,
            subject in context.heading(block)[0],
            object in context.heading(scene.blocks[at])[0],
            counts[subject],
            counts[object],
            names.shared,
            names.continues,
            names.continued,
            object in parents,
            has_parents,
            at < other,
            self._block_kinds[block],
            _TYPE_INDEX[kind],
            _TYPE_INDEX[other_kind],
            self._lang,
            len(sentence),
            len(scene.first),
            is_topic,
            subject in context.reading.topics.heading(block, type),
            self._spots[other].start / self._length,
            scores.get(subject, 1.0),
            scores.get(object, 1.0),
        ]

    def _last_before(self, index: int, kind: str, not_this: str) -> str:
        """The nearest entity of a kind before a spot, but for one."""
        last, other = self._nearest_two(index, kind)
        return other if last == not_this else last

    def _nearest_two(self, index: int, kind: str) -> tuple[str, str]:
        """The two nearest entities of a kind before a spot; empty where there are none."""
        key = (index, kind)
        known = self._nearest.get(key)
        if known is None:
            places = self._context.places_of[kind]
            end = bisect_left(places, index)
            begin = bisect_left(places, max(0, index - _LOOK_BACK + 1))
            last = other = ""
            for place in reversed(places[begin:end]):
                entity = self._spots[place].entity
                if not last:
                    last = entity
                elif entity != last:
                    other = entity
                    break
            known = self._nearest[key] = (last, other)
        return known
