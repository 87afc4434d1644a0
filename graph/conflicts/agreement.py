"""When two statements that look like a conflict are none."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from ... import seeds
from ...ontology.claim import Value
from ...ontology.terms import Attribute, EntityType, Method, Predicate
from ..periods import period_of
from .conflict import Side
from .names import belongs, kernel, names_one
from .scopes import scopes
from .surroundings import Surroundings

__all__ = ["RULES", "Group", "near"]

# Quotes of one side that are looked at, and names of one entity.
_MOST_QUOTES = 32
_ANY_YEAR = "2000"
# A model that came out in the evening on one side of the ocean came out the next day on the other.
_ONE_DAY = 1
_SEVERAL_PARENTS = frozenset((Method.MERGE.value, Method.DISTILLATION.value))


@dataclass(slots=True)
class Group:
    """What is said of one subject by one predicate.

    Parameters
    ----------
    around : Surroundings
    subject, predicate : str
    sides : sequence of Side
    """

    around: Surroundings
    subject: str
    predicate: str
    sides: Sequence[Side]
    _borne: frozenset[str | Value] | None = field(default=None, init=False)

    def disagree(self, one: Side, other: Side) -> bool:
        """Tell whether two sides cannot both hold."""
        if not self._at_one_time(one, other):
            return False
        return not RULES[self.predicate](self, one, other)

    def borne(self) -> frozenset[str | Value]:
        """Give what the sizes and editions of the subject bear."""
        if self._borne is None:
            found = self.around.borne_by_members(self.subject, self.predicate)
            self._borne = frozenset(found)
        return self._borne

    def _at_one_time(self, one: Side, other: Side) -> bool:
        dates = {
            claim.evidence.document: self.around.published(claim.evidence.document)
            for claim in (*one.claims, *other.claims)
        }
        its = scopes(other.claims, dates)
        return any(scope.meets(found) for scope in scopes(one.claims, dates) for found in its)


def _developers(group: Group, one: Side, other: Side) -> bool:
    """People work for organizations, and parts of an organization are that organization."""
    mine, its = str(one.statement.object), str(other.statement.object)
    types = [entity.type for id in (mine, its) if (entity := group.around.entity(id)) is not None]
    if EntityType.PERSON in types or _same_quote(one, other):
        return True
    names, others = group.around.names(mine), group.around.names(its)
    if belongs(names, others):
        return True
    quotes = [claim.evidence.quote for claim in one.claims[:_MOST_QUOTES]]
    its_quotes = [claim.evidence.quote for claim in other.claims[:_MOST_QUOTES]]
    if any(names_one(q, others) for q in quotes) or any(names_one(q, names) for q in its_quotes):
        return True
    return group.around.part_of(mine, its) or group.around.part_of(its, mine)


def _licences(group: Group, one: Side, other: Side) -> bool:
    """One licence has many names, one sentence may give two, and a size may have its own."""
    if _same_quote(one, other) or _borne_by_a_member(group, one, other):
        return True
    mine, its = (group.around.names(str(s.statement.object)) for s in (one, other))
    known = [
        {found.id for name in names if (found := seeds.resolve(name, EntityType.LICENSE))}
        for names in (mine, its)
    ]
    if all(known):
        return bool(known[0] & known[1])
    return any(a <= b or b <= a for a in map(kernel, mine) for b in map(kernel, its))


def _bases(group: Group, one: Side, other: Side) -> bool:
    """A merge has several parents, a student a teacher besides, a family those of its members."""
    if _SEVERAL_PARENTS & {*one.statement.methods, *other.statement.methods}:
        return True
    mine, its = str(one.statement.object), str(other.statement.object)
    around = group.around
    if around.kin(mine, its):
        return True
    if around.sizes_of_one(mine, its) and not around.has_size(group.subject):
        return True
    borne = [base for base in group.borne() if isinstance(base, str)]
    for base in borne:
        if around.kin(mine, base) or around.kin(its, base):
            return True
    if not _same_quote(one, other):
        return False
    # "A and B are made from C and D", read crosswise: the curated fact says which.
    curated = bool(one.statement.curated) != bool(other.statement.curated)
    methods = {*one.statement.methods} & {*other.statement.methods}
    return not (curated and methods and not borne)


def _values(group: Group, one: Side, other: Side) -> bool:
    """A sentence does not contradict itself, and a family's edition may be another."""
    return _same_quote(one, other) or _borne_by_a_member(group, one, other)


def _commercial_uses(group: Group, one: Side, other: Side) -> bool:
    """Who says that it is allowed, and then on which condition, says one thing."""
    if _values(group, one, other):
        return True
    return _same_document(one, other) and {_lexical(one), _lexical(other)} == {"yes", "conditional"}


def _strategies(group: Group, one: Side, other: Side) -> bool:
    """Open, then closed: what is said of a part in its time, or beside it, is no contradiction."""
    return _same_quote(one, other) or _part_of_a_change(one, other) or _part_of_a_change(other, one)


def _part_of_a_change(one: Side, change: Side) -> bool:
    before, then, after = _lexical(change).partition("-then-")
    if not then:
        return False
    mine, its = one.statement, change.statement
    if _lexical(one) in (before, after) and _same_document(one, change):
        return True
    if _lexical(one) == before and mine.last_stated is not None and its.last_stated is not None:
        return mine.last_stated <= its.last_stated
    if _lexical(one) == after and mine.first_stated is not None and its.first_stated is not None:
        return its.first_stated <= mine.first_stated
    return False


def _dates(group: Group, one: Side, other: Side) -> bool:
    """Dates that may be of one release agree, and an edition may have come out later."""
    return near(_lexical(one), _lexical(other)) or _values(group, one, other)


def near(one: str, other: str) -> bool:
    """Tell whether two dates may be of one release.

    Examples
    --------
    >>> near("2023-07", "2023-07-18"), near("2023-07-18", "2023-07-19"), near("2023", "--07")
    (True, True, True)
    >>> near("2024-12-04", "2024-12-06"), near("--07", "2023-08-01")
    (False, False)
    """
    years = [text[:4] for text in (one, other) if not text.startswith("--")]
    year = years[0] if years else _ANY_YEAR
    mine, its = (period_of(text.replace("--", f"{year}-", 1)) for text in (one, other))
    if mine is None or its is None or mine.meets(its):
        return True
    if mine.first != mine.last or its.first != its.last:
        return False
    days = date.fromisoformat(mine.first) - date.fromisoformat(its.first)
    return abs(days.days) <= _ONE_DAY


def _lexical(side: Side) -> str:
    object = side.statement.object
    return object.lexical if isinstance(object, Value) else object


def _borne_by_a_member(group: Group, one: Side, other: Side) -> bool:
    return one.statement.object in group.borne() or other.statement.object in group.borne()


def _same_document(one: Side, other: Side) -> bool:
    documents = {claim.evidence.document for claim in one.claims}
    return not documents.isdisjoint(claim.evidence.document for claim in other.claims)


def _same_quote(one: Side, other: Side) -> bool:
    """Tell whether a stretch of text says both."""
    spans = [(c.evidence.document, c.evidence.start, c.evidence.end, 0) for c in one.claims]
    spans += [(c.evidence.document, c.evidence.start, c.evidence.end, 1) for c in other.claims]
    # How far each side's spans reach, up to here: a document's later ones cannot end that.
    reach = [("", 0), ("", 0)]
    for document, start, end, side in sorted(spans):
        place, furthest = reach[1 - side]
        if place == document and furthest > start:
            return True
        if reach[side][0] != document or reach[side][1] < end:
            reach[side] = (document, end)
    return False


RULES: Mapping[str, Callable[[Group, Side, Side], bool]] = {
    Predicate.DEVELOPED_BY.value: _developers,
    Predicate.RELEASED_UNDER.value: _licences,
    Predicate.DERIVED_FROM.value: _bases,
    Attribute.OPENNESS.value: _values,
    Attribute.OPEN_STRATEGY.value: _strategies,
    Attribute.COMMERCIAL_USE.value: _commercial_uses,
    Attribute.RELEASE_DATE.value: _dates,
}
"""Of each predicate that has one object at a time, when two objects agree nevertheless."""
