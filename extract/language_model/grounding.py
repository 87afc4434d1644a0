"""Makes claims of what a language model answered, as far as the text shows it."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ...ontology.claim import Claim, Entity, Extraction, Value
from ...ontology.errors import InvariantError
from ...ontology.schema import allowed, check_claim
from ...ontology.terms import (
    DATATYPES,
    PATTERNS,
    QUALIFIERS,
    Attribute,
    EntityType,
    Method,
    Predicate,
    Qualifier,
)
from ..aliases import names_at
from ..mention import Mention
from ..merge import merge_mentions
from .answer import Answer, NamedThing, Reject, Said
from .chunks import Chunk
from .fold import fold
from .ground import Ground
from .prompt import ASKED_QUALIFIERS
from .values import stands

__all__ = ["SOURCE", "grounded"]

SOURCE = "language-model"
"""What the mentions that a language model found are said to come from."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Thing:
    """An entity that the text names: its id, its type, the sorted places that name it."""

    id: str
    type: EntityType
    places: list[Span]

    def stands_in(self, spans: Iterable[Span]) -> bool:
        for start, end in spans:
            at = bisect_left(self.places, (start, start))
            if at < len(self.places) and self.places[at][1] <= end:
                return True
        return False


def grounded(
    ground: Ground,
    answers: Sequence[tuple[Chunk, Answer]],
    *,
    extractor: str,
    confidence: float,
    reject: Reject,
) -> Extraction:
    """Make the extraction of a document out of the answers to its pieces.

    Parameters
    ----------
    ground : Ground
        The document's text.
    answers : sequence of (Chunk, Answer)
    extractor : str
        What the claims say that they come from.
    confidence : float
        What every claim gets.
    reject : callable
        Called with a reason and an item for all that is left out.
    """
    mentions = _mentions(ground, [t for _, answer in answers for t in answer.entities], reject)
    merged, names = merge_mentions(ground.document.text, mentions)
    entities = _entities(ground, merged, names)
    things = _things(ground, merged, {entity.id: entity.type for entity in entities})
    claims: list[Claim] = []
    for chunk, answer in answers:
        for said in answer.said:
            try:
                claims.append(_claim(ground, chunk, said, things, extractor, confidence, reject))
            except InvariantError as error:
                # Without what it was said of, so that like is counted with like.
                reject(error.message.partition(": ")[0], said)
    return Extraction.of(ground.document, entities, claims)


def _mentions(ground: Ground, things: Iterable[NamedThing], reject: Reject) -> list[Mention]:
    """Find every place that names one of the things; within a type the longer name has it."""
    found: dict[EntityType, set[Span]] = {}
    seen: set[tuple[str, str]] = set()
    for thing in things:
        if (thing.name, thing.type) in seen:
            continue
        seen.add((thing.name, thing.type))
        if thing.type not in EntityType.__members__.values():
            reject("an entity of an unknown type", thing)
            continue
        if len(thing.name) < 2 or not any(c.isalpha() for c in thing.name):
            reject("a name that names nothing", thing)
            continue
        places = list(ground.names(thing.name))
        if not places:
            reject("a name that is not in the text", thing)
        found.setdefault(EntityType(thing.type), set()).update(places)
    return sorted(
        (
            Mention(start, end, type, "", SOURCE)
            for type, places in found.items()
            for start, end in _longest(places)
        ),
        key=lambda mention: (mention.start, mention.end, mention.type),
    )


def _longest(places: Iterable[Span]) -> list[Span]:
    """Drop what stands inside, or begins in, a longer place before it."""
    kept: list[Span] = []
    for start, end in sorted(places, key=lambda place: (place[0], -place[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


def _entities(ground: Ground, mentions: Iterable[Mention], shown: dict[str, str]) -> list[Entity]:
    types: dict[str, EntityType] = {}
    names: dict[str, set[str]] = {}
    for mention in mentions:
        types[mention.entity] = mention.type
        names.setdefault(mention.entity, set()).update(names_at(ground.document.text, mention))
    return [Entity.of(id, types[id], shown[id], names[id]) for id in types]


def _things(
    ground: Ground, mentions: Iterable[Mention], types: dict[str, EntityType]
) -> dict[str, list[_Thing]]:
    """Give the things that each name, as it folds, may stand for."""
    places: dict[str, list[Span]] = {}
    ids: dict[str, set[str]] = {}
    for mention in mentions:
        places.setdefault(mention.entity, []).append((mention.start, mention.end))
        name = fold(ground.document.text[mention.start : mention.end]).text
        ids.setdefault(name, set()).add(mention.entity)
    things = {id: _Thing(id, types[id], sorted(places[id])) for id in places}
    return {name: [things[id] for id in sorted(listed)] for name, listed in ids.items()}


def _claim(
    ground: Ground,
    chunk: Chunk,
    said: Said,
    things: dict[str, list[_Thing]],
    extractor: str,
    confidence: float,
    reject: Reject,
) -> Claim:
    """Make a claim of what was said.

    Raises
    ------
    InvariantError
        When the text does not show it, or the ontology does not allow it.
    """
    terms = Attribute if said.attribute else Predicate
    if said.term not in {str(term) for term in terms}:
        raise InvariantError(f"no {terms.__name__.lower()} of the ontology")
    subject, object = _ends(said, things)
    ends = [subject] if object is None else [subject, object]
    start, end = _place(ground, chunk, said.quote, ends)
    evidence = ground.evidence(start, end)
    value: str | Value = object.id if object else _value(ground, said, evidence)
    claim = Claim.of(
        subject.id,
        said.term,
        value,
        ground.document.span(*evidence),
        qualifiers=_qualifiers(ground, said, evidence, reject),
        extractor=extractor,
        confidence=confidence,
    )
    check_claim(claim, subject.type, object.type if object else None)
    return claim


def _ends(said: Said, things: dict[str, list[_Thing]]) -> tuple[_Thing, _Thing | None]:
    """Give subject and object; among things of one name those whose types fit."""
    subjects = things.get(fold(said.subject).text, [])
    objects = things.get(fold(said.object).text, [])
    if not subjects:
        raise InvariantError("a subject that is no entity of the text")
    if said.attribute:
        fitting = (s for s in subjects if allowed(s.type, said.term))
        return next(fitting, subjects[0]), None
    if not objects:
        raise InvariantError("an object that is no entity of the text")
    pairs = [(s, o) for s in subjects for o in objects]
    fits = (pair for pair in pairs if allowed(pair[0].type, said.term, pair[1].type))
    subject, object = next(fits, pairs[0])
    if subject.id == object.id:
        raise InvariantError("a thing that is said of itself")
    return subject, object


def _place(ground: Ground, chunk: Chunk, quote: str, ends: Sequence[_Thing]) -> Span:
    """Give the place of the quote: the first that names both ends, else whose paragraph does."""
    places = list(ground.quotes(quote, chunk))
    if not places:
        raise InvariantError("a quote that is not in the text")
    for place in places:
        if all(end.stands_in([place]) for end in ends):
            return place
    for place in places:
        paragraph = ground.paragraph(*place)
        if all(end.stands_in(paragraph) for end in ends):
            return place
    raise InvariantError("a quote whose paragraph does not name both ends")


def _value(ground: Ground, said: Said, evidence: Span) -> Value:
    attribute = Attribute(said.term)
    quote = ground.document.text[slice(*evidence)]
    value = Value(said.object, DATATYPES[attribute])
    published = ground.analysis.published
    if not stands(said.object, attribute, quote, ground.document.text, published):
        raise InvariantError(f"a value of {attribute} that is not in the quote")
    return value


def _qualifiers(ground: Ground, said: Said, evidence: Span, reject: Reject) -> dict[str, str]:
    """Give the qualifiers that the ontology and the text let stand; the rest is dropped."""
    kept: dict[str, str] = {}
    for key, value in said.qualifiers:
        if key not in ASKED_QUALIFIERS or key not in QUALIFIERS[said.term]:
            reject("a qualifier that does not belong there", said)
        elif key in PATTERNS:
            quote = ground.document.text[slice(*evidence)]
            if stands(value, Attribute.PARAMETERS, quote, "", None):
                kept[key] = value
            else:
                reject(f"a {key} that is not in the quote", said)
        elif key in (Qualifier.ROLE, Qualifier.VARIANT):
            if ground.holds(value, ground.paragraph(*evidence)):
                kept[key] = value
            else:
                reject(f"a {key} that is not in the text", said)
        else:
            kept[key] = value
    if said.term == Predicate.DERIVED_FROM:
        kept.setdefault(Qualifier.METHOD, Method.UNSPECIFIED)
    return kept
