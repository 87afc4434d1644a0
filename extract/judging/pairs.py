"""Which pairs of named things may stand in a relation: neighbours, and topics with their parts."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from ...ontology.terms import Attribute, EntityType
from ..attributes.draft import Draft as ValueDraft
from ..relations.draft import Draft
from ..relations.signature import SIGNATURES
from .scene import VALUE, Scene, value_id

__all__ = ["NEXT_SENTENCE", "PREDICATES", "SAME_BLOCK", "TOPIC", "Pair", "Place", "pairs_of"]

PREDICATES: dict[tuple[str, str], tuple[str, ...]] = {}
"""The predicates and attributes that may join two kinds; values are kinds of their own."""


def _fill() -> None:
    kinds: dict[tuple[str, str], list[str]] = defaultdict(list)
    for predicate, (subjects, objects) in SIGNATURES.items():
        for subject in subjects:
            for object in objects:
                kinds[str(subject), str(object)].append(str(predicate))
    for attribute in Attribute:
        owner = "Organization" if attribute is Attribute.OPEN_STRATEGY else "Model"
        kinds[owner, VALUE + attribute].append(str(attribute))
    # Words of openness said of a company are about its strategy.
    kinds["Organization", VALUE + Attribute.OPENNESS].append(str(Attribute.OPEN_STRATEGY))
    PREDICATES.update((key, tuple(sorted(kinds[key]))) for key in sorted(kinds))


_fill()

_WORSE = ("relation", "worse")
SAME_SENTENCE, SAME_BLOCK, NEXT_SENTENCE, NEAR, TOPIC = range(5)
_WINDOW = 24  # mentions looked back over
_BLOCKS = 6  # blocks looked back over
_MOST_PLACES = 2


class Place(NamedTuple):
    """Where two names meet; the nearer of two places is the lesser.

    Parameters
    ----------
    scope : int
        How near they are, from 0 (one sentence) to 4 (one is the other's topic).
    distance : int
        Names from one to the other.
    object, subject : int
        Indices of the mentions.
    """

    scope: int
    distance: int
    object: int
    subject: int


@dataclass(slots=True)
class Pair:
    """Two entities that may stand in a relation.

    Parameters
    ----------
    subject, object : str
    places : list of Place
        The nearest first, at most two.
    drafts : list of Draft
        What the rules read of the pair, relations or attributes.
    together : int
        In how many places they meet in one sentence.
    """

    subject: str
    object: str
    places: list[Place] = field(default_factory=list)
    drafts: list[Draft | ValueDraft] = field(default_factory=list)
    together: int = 0


def pairs_of(
    scene: Scene, drafts: Iterable[Draft], value_drafts: Iterable[ValueDraft] = ()
) -> list[Pair]:
    """Give the pairs of a text, in the order of their subjects and objects in it.

    Takes time linear in the text: each name is paired with those of its neighbourhood, with what
    its place is about, and with what the rules say.

    Parameters
    ----------
    scene : Scene
    drafts : iterable of relations.Draft
        The relations that the rules read in it.
    value_drafts : iterable of attributes.Draft
        The attributes that the rules read in it.
    """
    pairs: dict[tuple[str, str], Pair] = {}
    spots = scene.spots
    for place in _places(scene):
        ends = spots[place.subject].entity, spots[place.object].entity
        pair = pairs.get(ends)
        if pair is None:
            pair = pairs[ends] = Pair(*ends)
        _add_place(pair.places, place)
        pair.together += place.scope == SAME_SENTENCE
    for draft in drafts:
        ends = draft.subject, draft.object
        if _WORSE in draft.qualifiers:
            ends = ends[::-1]  # "A is worse than B" says that B is better than A
        _add_draft(scene, pairs, *ends, str(draft.predicate), draft)
    for value in value_drafts:
        object = value_id(value.attribute, value.value)
        if value.attribute is Attribute.OPEN_STRATEGY:
            as_openness = value_id(Attribute.OPENNESS, value.value)
            object = as_openness if as_openness in scene.kinds else object
        scene.kinds.setdefault(object, VALUE + value.attribute)
        scene.values.setdefault(object, value.value)
        _add_draft(scene, pairs, value.subject, object, str(value.attribute), value)
    last = len(scene.spots)
    return [
        pairs[key]
        for key in sorted(
            pairs, key=lambda k: (scene.first[k[0]], scene.first.get(k[1], last), k[1])
        )
    ]


def _add_place(places: list[Place], place: Place) -> None:
    """Keep the nearest, in order: names of a long text meet in more places than memory holds."""
    if len(places) < _MOST_PLACES:
        places.append(place)
        places.sort()
    elif place < places[-1]:
        places[-1] = place
        places.sort()


def _add_draft(
    scene: Scene,
    pairs: dict[tuple[str, str], Pair],
    subject: str,
    object: str,
    predicate: str,
    draft: Draft | ValueDraft,
) -> None:
    if subject == object or subject not in scene.first or object not in scene.kinds:
        return
    if predicate not in PREDICATES.get((scene.kinds[subject], scene.kinds[object]), ()):
        return
    pair = pairs.get((subject, object))
    if pair is None:
        pair = pairs[subject, object] = Pair(subject, object)
    if not pair.places:
        at = scene.first[subject]
        pair.places.append(Place(TOPIC, 99, scene.first.get(object, at), at))
    pair.drafts.append(draft)


def _places(scene: Scene) -> Iterator[Place]:
    sentences, blocks, spots = scene.sentences, scene.blocks, scene.spots
    kinds = [spot.kind for spot in spots]
    for later, other in enumerate(spots):
        sentence, block, kind = sentences[later], blocks[later], other.kind
        for earlier in range(later - 1, max(-1, later - 1 - _WINDOW), -1):
            if block - blocks[earlier] > _BLOCKS:
                break
            forward = (kinds[earlier], kind) in PREDICATES
            back = (kind, kinds[earlier]) in PREDICATES
            if not (forward or back) or spots[earlier].entity == other.entity:
                continue
            if sentence == sentences[earlier]:
                scope = SAME_SENTENCE
            elif block == blocks[earlier]:
                scope = SAME_BLOCK
            elif sentence - sentences[earlier] == 1:
                scope = NEXT_SENTENCE
            else:
                scope = NEAR
            if forward:
                yield Place(scope, later - earlier, later, earlier)
            if back:
                yield Place(scope, later - earlier, earlier, later)
        yield from _topics(scene, later)


_ABOUT = (
    EntityType.MODEL,
    EntityType.PRODUCT,
    EntityType.DATASET,
    EntityType.ORGANIZATION,
)


def _topics(scene: Scene, index: int) -> Iterator[Place]:
    """What the document and the section are about, with each name in them."""
    spot = scene.spots[index]
    topics = scene.reading.topics
    for kind in _ABOUT:
        forward, back = (kind, spot.kind) in PREDICATES, (spot.kind, kind) in PREDICATES
        if not forward and not back:
            continue
        about = (*topics.heading(scene.blocks[index], kind), *topics.document(kind))
        for entity in dict.fromkeys(about):
            if entity == spot.entity or entity not in scene.first:
                continue
            at = scene.first[entity]
            if forward:
                yield Place(TOPIC, 0, index, at)
            if back:
                yield Place(TOPIC, 0, at, index)
