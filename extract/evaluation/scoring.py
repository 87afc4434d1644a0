"""Compares what a system found in a document with what people annotated in it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ...ontology.terms import Attribute, Method, Predicate, Qualifier
from .count import Count, add_up, per_key
from .edges import Edge, distinct_edges, edges, fold_edges, match_edges
from .gold import GoldEntity
from .matching import End, Matches, StandIns, match_entities, stand_ins
from .reading import Annotated, Reading
from .traits import Trait, fold_traits, match_traits, traits
from .values import repeats_size

__all__ = ["PARTS", "DocumentScore", "Judged", "Mistake", "score_document"]

PARTS = (
    "entities",
    "entities_untyped",
    "relations",
    "relations_predicate_lenient",
    "derivedFrom_with_method",
    "derivedFrom_with_coarse_method",
    "attributes",
)
"""What is counted of every document."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing that a system got wrong.

    Parameters
    ----------
    part : str
        ``entity``, ``relation`` or ``attribute``.
    kind : str
        ``miss``, ``false``, or ``method`` for a derivation that is right but for its method.
    what : str
        The thing, for people.
    """

    part: str
    kind: str
    what: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim of a system, how sure the system was, and whether it was right.

    Parameters
    ----------
    predicate : str
        A predicate or an attribute.
    confidence : float
        The highest of the claims that say the same.
    right : bool
    """

    predicate: str
    confidence: float
    right: bool


@dataclass(frozen=True, slots=True)
class DocumentScore:
    """How well one document was read.

    Parameters
    ----------
    counts : mapping
        For each of `PARTS`.
    by_type, by_predicate, by_attribute : mappings
        The counts of entities, relations and attributes, apart.
    comparisons : (int, int)
        How many of the comparisons found have the right qualifier, and how many there are.
    mistakes : tuple of Mistake
    judged : tuple of Judged
        The claims found, when the system says how sure it is.
    entities_found, relations_found : tuple of bool
        For each entity annotated, and for each relation that is told apart, whether it was found.
    relation_ends : tuple of (int or str, int or str)
        The annotated entities that each of those relations connects.
    """

    counts: Mapping[str, Count]
    by_type: Mapping[str, Count]
    by_predicate: Mapping[str, Count]
    by_attribute: Mapping[str, Count]
    comparisons: tuple[int, int]
    mistakes: tuple[Mistake, ...]
    judged: tuple[Judged, ...]
    entities_found: tuple[bool, ...]
    relations_found: tuple[bool, ...]
    relation_ends: tuple[tuple[End, End], ...]


def score_document(gold: Annotated, found: Reading) -> DocumentScore:
    """Compare a reading of a document with its annotations.

    Entities match when they have a type and a name in common; relations when their ends stand for
    the same annotated entities, whatever the types, and the predicate is the same; attributes when
    the value is. A size that the entity's own name carries is neither right nor false.

    Examples
    --------
    >>> said = Reading(entities=(GoldEntity("e1", "Model", "Falcon", ("Falcon",)),))
    >>> score_document(said, Reading()).counts["entities"]
    Count(right=0, false=0, missed=1)
    """
    types = match_entities(gold.entities, found.entities)
    names = match_entities(gold.entities, found.entities, typed=False)
    meant = stand_ins(gold.entities, found.entities)
    relations = _score_relations(gold, found, meant)
    attributes = _score_attributes(gold, found, meant)
    by_type = per_key([e.type for e in gold.entities], [e.type for e in found.entities], types)
    by_predicate = per_key(
        [edge.predicate for edge in relations.gold],
        [edge.predicate for edge in relations.found],
        relations.matches,
    )
    by_attribute = per_key(
        [trait.attribute for trait in attributes.gold],
        [trait.attribute for trait in attributes.found],
        attributes.matches,
        attributes.ignored,
    )
    return DocumentScore(
        counts={
            "entities": add_up(by_type.values()),
            "entities_untyped": _count(gold.entities, found.entities, names),
            "relations": add_up(by_predicate.values()),
            **_lenient_counts(relations, meant),
            "attributes": add_up(by_attribute.values()),
        },
        by_type=by_type,
        by_predicate=by_predicate,
        by_attribute=by_attribute,
        comparisons=_comparisons(relations),
        mistakes=(
            *_entity_mistakes(gold.entities, found.entities, types),
            *_relation_mistakes(relations, gold.entities, found.entities),
            *_attribute_mistakes(attributes, gold.entities, found.entities),
        ),
        judged=(
            *_judged_relations(relations, found.relation_confidences),
            *_judged_attributes(attributes, found.attribute_confidences),
        ),
        entities_found=tuple(index in types for index in range(len(gold.entities))),
        relations_found=tuple(index in relations.matches for index in range(len(relations.gold))),
        relation_ends=tuple((edge.subject, edge.object) for edge in relations.gold),
    )


def _count(gold: Sequence[object], found: Sequence[object], matches: Matches) -> Count:
    right = len(matches)
    return Count(right, len(found) - right, len(gold) - right)


@dataclass(frozen=True, slots=True)
class _Relations:
    gold: Sequence[Edge]
    found: Sequence[Edge]
    matches: Matches


@dataclass(frozen=True, slots=True)
class _Attributes:
    gold: Sequence[Trait]
    found: Sequence[Trait]
    matches: Matches
    ignored: frozenset[int]


def _score_relations(gold: Annotated, found: Annotated, meant: StandIns) -> _Relations:
    said, read = edges(gold), fold_edges(edges(found), meant)
    return _Relations(said, read, match_edges(said, read, meant))


def _score_attributes(gold: Annotated, found: Annotated, meant: StandIns) -> _Attributes:
    said, read = traits(gold), fold_traits(traits(found), meant)
    matches = match_traits(said, read, meant)
    right = set(matches.values())
    ignored = frozenset(
        index
        for index, trait in enumerate(read)
        if index not in right and _repeats(trait, found.entities)
    )
    return _Attributes(said, read, matches, ignored)


def _repeats(trait: Trait, entities: Sequence[GoldEntity]) -> bool:
    if trait.attribute != Attribute.PARAMETERS or isinstance(trait.subject, str):
        return False
    entity = entities[trait.subject]
    return repeats_size((*entity.names, entity.name), trait.value)


def _lenient_counts(relations: _Relations, meant: StandIns) -> dict[str, Count]:
    """Count pairs whatever the predicate, and derivations with the method they name."""
    pairs = distinct_edges(relations.gold), distinct_edges(relations.found)
    derived = _derivations(relations.gold), _derivations(relations.found)
    exact = match_edges(*derived, meant, method=_exact)
    coarse = match_edges(*derived, meant, method=_coarse)
    return {
        "relations_predicate_lenient": _count(*pairs, match_edges(*pairs, meant, lenient=True)),
        "derivedFrom_with_method": _count(*derived, exact),
        "derivedFrom_with_coarse_method": _count(*derived, coarse),
    }


def _derivations(given: Iterable[Edge]) -> list[Edge]:
    return [edge for edge in given if edge.predicate == Predicate.DERIVED_FROM]


def _exact(method: str | None) -> str:
    return method or Method.UNSPECIFIED


def _coarse(method: str | None) -> str:
    return Method.FINETUNE if method == Method.INSTRUCTION_TUNE else _exact(method)


def _comparisons(relations: _Relations) -> tuple[int, int]:
    pairs = [
        (relations.gold[g], relations.found[f])
        for g, f in relations.matches.items()
        if relations.gold[g].compares
    ]
    right = sum(
        one.qualifier(Qualifier.RELATION) == other.qualifier(Qualifier.RELATION)
        for one, other in pairs
    )
    return right, len(pairs)


def _entity_mistakes(
    gold: Sequence[GoldEntity], found: Sequence[GoldEntity], matches: Matches
) -> Iterable[Mistake]:
    for kind, entities, settled in (
        ("miss", gold, set(matches)),
        ("false", found, set(matches.values())),
    ):
        for index, entity in enumerate(entities):
            if index not in settled:
                yield Mistake("entity", kind, f"{entity.type}: {entity.name}")


def _relation_mistakes(
    relations: _Relations, gold: Sequence[GoldEntity], found: Sequence[GoldEntity]
) -> Iterable[Mistake]:
    for index, edge in enumerate(relations.gold):
        if index not in relations.matches:
            yield Mistake("relation", "miss", _edge_text(edge, gold))
            continue
        other = relations.found[relations.matches[index]]
        methods = [e.qualifier(Qualifier.METHOD) for e in (edge, other)]
        if edge.predicate == Predicate.DERIVED_FROM and methods[0] != methods[1]:
            text = f"{_edge_text(edge, gold)}, found as {methods[1]}"
            yield Mistake("relation", "method", text)
    right = set(relations.matches.values())
    for index, edge in enumerate(relations.found):
        if index not in right:
            yield Mistake("relation", "false", _edge_text(edge, found))


def _attribute_mistakes(
    attributes: _Attributes, gold: Sequence[GoldEntity], found: Sequence[GoldEntity]
) -> Iterable[Mistake]:
    for kind, given, entities, settled in (
        ("miss", attributes.gold, gold, set(attributes.matches)),
        ("false", attributes.found, found, {*attributes.matches.values(), *attributes.ignored}),
    ):
        for index, trait in enumerate(given):
            if index not in settled:
                text = f"{_end_text(trait.subject, entities)} {trait.attribute} {trait.value}"
                yield Mistake("attribute", kind, text)


def _edge_text(edge: Edge, entities: Sequence[GoldEntity]) -> str:
    ends = _end_text(edge.subject, entities), _end_text(edge.object, entities)
    extra = edge.qualifier(Qualifier.METHOD) or edge.qualifier(Qualifier.RELATION)
    return f"{ends[0]} {edge.predicate}{f' ({extra})' if extra else ''} {ends[1]}"


def _end_text(end: End, entities: Sequence[GoldEntity]) -> str:
    return end if isinstance(end, str) else entities[end].name


def _judged_relations(relations: _Relations, confidences: Sequence[float]) -> Iterable[Judged]:
    right = set(relations.matches.values())
    for index, edge in enumerate(relations.found if confidences else ()):
        yield Judged(edge.predicate, max(confidences[s] for s in edge.sources), index in right)


def _judged_attributes(attributes: _Attributes, confidences: Sequence[float]) -> Iterable[Judged]:
    right = set(attributes.matches.values())
    for index, trait in enumerate(attributes.found if confidences else ()):
        if index not in attributes.ignored:
            yield Judged(
                trait.attribute, max(confidences[s] for s in trait.sources), index in right
            )
