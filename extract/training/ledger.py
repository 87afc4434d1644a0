"""Keeps what a document under construction states, and gives it as an annotated document."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from ...ontology.claim import Qualifiers
from ...ontology.terms import Attribute, EntityType, Predicate
from ..evaluation.gold import GoldAttribute, GoldDocument, GoldEntity, GoldRelation
from .things import Thing, Value

__all__ = ["Ledger", "Occurrence", "Said"]

_LONGEST = 120
_SINGLE = frozenset(
    {Attribute.OPENNESS, Attribute.COMMERCIAL_USE, Attribute.RELEASE_DATE, Attribute.OPEN_STRATEGY}
)
_ONE_OBJECT = frozenset({Predicate.DEVELOPED_BY, Predicate.RELEASED_UNDER})
_ONE_LINEAGE = frozenset({Predicate.DERIVED_FROM, Predicate.VARIANT_OF, Predicate.SUCCEEDS})
_STOPS = "。！？\n；"


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A place where the text names a thing or gives a value."""

    cell: Thing | Value
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Said:
    """A fact with the stretch of text that states it."""

    subject: Thing
    term: str
    object: Thing | Value
    qualifiers: Qualifiers
    start: int
    end: int
    anchor: str = ""


@dataclass(slots=True)
class Ledger:
    """The facts and names of one document, in the order of the text."""

    facts: dict[tuple[int, str, int | str], Said] = field(default_factory=dict)
    occurrences: list[Occurrence] = field(default_factory=list)
    names: dict[Thing, dict[str, None]] = field(default_factory=dict)

    def admits(self, said: Iterable[Said]) -> bool:
        """Say whether facts can be added: none may contradict another or itself."""
        known = dict(self.facts)
        for fact in said:
            if self._clashes(fact, known):
                return False
            known.setdefault(_key(fact), fact)
        return True

    def names_all(self, said: Iterable[Said], filled: Iterable[Thing]) -> bool:
        """Say whether the text names both ends of every fact, given what it names next."""
        named = {*self.names, *filled}
        ends = [end for fact in said for end in (fact.subject, fact.object)]
        return all(end in named for end in ends if isinstance(end, Thing))

    def _clashes(self, fact: Said, known: dict[tuple[int, str, int | str], Said]) -> bool:
        if fact.subject is fact.object:
            return True
        same = known.get(_key(fact))
        if same is not None:
            return same.qualifiers != fact.qualifiers
        for other in known.values():
            if other.subject is fact.subject and other.term == fact.term:
                new = other.start != fact.start
                if fact.term in _SINGLE or (fact.term in _ONE_OBJECT and new):
                    return True
            if other.subject is fact.object and other.object is fact.subject:
                return True
            two = {str(other.term), fact.term} <= _ONE_LINEAGE and other.term != fact.term
            if two and other.subject is fact.subject and other.object is fact.object:
                return True
        return False

    def add(self, said: Iterable[Said]) -> None:
        """Add facts, the first statement of each."""
        for fact in said:
            self.facts.setdefault(_key(fact), fact)

    def name(self, occurrence: Occurrence, surface: str) -> None:
        """Note that the text names a thing."""
        self.occurrences.append(occurrence)
        if isinstance(occurrence.cell, Thing):
            self.names.setdefault(occurrence.cell, {})[surface] = None

    def document(self, id: str, lang: str, kind: str, text: str) -> GoldDocument:
        """Give the document with everything that is known of it."""
        self._add_variants()
        ids = {thing: f"e{n}" for n, thing in enumerate(self.names, 1)}
        relations, attributes = [], []
        for fact in self.facts.values():
            evidence = self._evidence(fact, text)
            if isinstance(fact.object, Thing):
                relations.append(
                    GoldRelation(
                        ids[fact.subject], fact.term, ids[fact.object], fact.qualifiers, evidence
                    )
                )
            else:
                attributes.append(
                    GoldAttribute(ids[fact.subject], fact.term, fact.object.value, evidence)
                )
        entities = tuple(
            GoldEntity(ids[thing], str(thing.type), next(iter(names)), tuple(names))
            for thing, names in self.names.items()
        )
        return GoldDocument(
            id, lang, kind, text, entities, tuple(relations), tuple(attributes), Path(f"{id}.json")
        )

    def _add_variants(self) -> None:
        # A name that is another's with a mark states that it is of it, to the nearest parent.
        joined = {
            (fact.subject, fact.object)
            for fact in self.facts.values()
            if isinstance(fact.object, Thing)
        }
        explicit = {f.subject for f in self.facts.values() if f.term == Predicate.VARIANT_OF}
        for thing in [t for t in self.names if t.type is EntityType.MODEL]:
            parent = thing.parent
            while parent is not None and parent not in self.names:
                parent = parent.parent
            if parent is None or thing in explicit:
                continue
            if (thing, parent) in joined or (parent, thing) in joined:
                continue
            at = next(o for o in self.occurrences if o.cell is thing)
            said = Said(thing, str(Predicate.VARIANT_OF), parent, (), at.start, at.end)
            self.facts[_key(said)] = said

    def _evidence(self, fact: Said, text: str) -> str:
        """Quote the nearest two mentions with the sentence around, as far as there is room."""
        objects = [o for o in self.occurrences if _is(o.cell, fact.object)]
        inside = [o for o in objects if fact.start <= o.start < fact.end]
        subjects = [o for o in self.occurrences if o.cell is fact.subject and o.start < fact.end]
        if fact.anchor and (at := text.find(fact.anchor, fact.start, fact.end)) >= 0:
            inside = [Occurrence(fact.object, at, at + len(fact.anchor))]
        if not inside:
            inside = [o for o in subjects if o.start >= fact.start] or objects[:1] or subjects[-1:]
        best = min(
            ((abs(s.start - o.start), s, o) for o in inside for s in subjects),
            key=lambda row: row[0],
            default=None,
        )
        start, end = inside[0].start, inside[0].end
        if best is not None:
            first, last = min(best[1].start, best[2].start), max(best[1].end, best[2].end)
            start, end = (first, last) if last - first <= _LONGEST else (best[2].start, best[2].end)
        return _widened(text, start, end)


def _widened(text: str, start: int, end: int) -> str:
    # To the ends of the sentence or line where they are near enough.
    left, right = start, end
    while left and text[left - 1] not in _STOPS and text[left - 2 : left] != ". ":
        left -= 1
    while right < len(text) and text[right] not in _STOPS and text[right : right + 2] != ". ":
        right += 1
    if right - left > _LONGEST:
        right = min(right, max(end, start + _LONGEST))
        left = max(left, min(start, right - _LONGEST))
        right = min(right, left + _LONGEST)
    return text[left:right].strip()


def _is(one: Thing | Value, other: Thing | Value) -> bool:
    if isinstance(one, Value) and isinstance(other, Value):
        return one.value == other.value
    return one is other


def _key(fact: Said) -> tuple[int, str, int | str]:
    object = fact.object
    return id(fact.subject), fact.term, object.value if isinstance(object, Value) else id(object)
