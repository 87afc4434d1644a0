"""Finding what cannot all hold."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from ...ontology.claim import ClaimKind, Statement, Value, object_key
from ...ontology.decision import Decision
from ...ontology.terms import Attribute, Predicate
from ..periods import period_of
from ..protocols import View
from .agreement import RULES, Group, near
from .conflict import Conflict, ConflictKind, Side
from .cycles import cycles
from .rulings import Rulings
from .surroundings import Surroundings

__all__ = ["conflicts"]

# Of a subject with more objects the best supported are compared: each with each.
_MOST_SIDES = 16
_DERIVED = Predicate.DERIVED_FROM.value
_RELEASED = Attribute.RELEASE_DATE.value

_KINDS = {
    Predicate.DEVELOPED_BY.value: ConflictKind.DEVELOPER,
    Predicate.RELEASED_UNDER.value: ConflictKind.LICENCE,
    _DERIVED: ConflictKind.BASE,
    Attribute.OPENNESS.value: ConflictKind.OPENNESS,
    Attribute.OPEN_STRATEGY.value: ConflictKind.OPENNESS,
}


def conflicts(
    view: View, decisions: Iterable[Decision] = (), *, settled: bool = False
) -> Iterator[Conflict]:
    """Give the conflicts of a graph: predicate by predicate, then cycles, then wrong order.

    What is said of different sizes, editions or times is none; nor is what one sentence says
    together, what differs in precision alone, or a claim that was rejected. Of a subject with
    very many objects the best supported are compared. Time is linear in the graph.

    Parameters
    ----------
    view : View
    decisions : iterable of Decision
        What people decided. A conflict of which one side is upheld is settled, and so is one that
        is none without the sides that were rejected.
    settled : bool
        Whether settled conflicts are given too. Rejected claims are seen only where the view
        shows them: that of a store that shows candidates.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from modelkin.graph.stores.sqlite import SqliteStore
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with SqliteStore.open(Path(folder, "new.db")) as store:
    ...         list(conflicts(store))
    []
    """
    finder = _Finder(view, Rulings.of(decisions), settled)
    for predicate in RULES:
        statements = view.statements(predicate=predicate)
        for subject, group in groupby(statements, key=lambda statement: statement.subject):
            yield from finder.contradictions(subject, predicate, list(group))
    yield from finder.cycles()
    yield from finder.anachronisms()


class _Finder:
    """Finds conflicts and tells which of them are settled."""

    def __init__(self, view: View, rulings: Rulings, settled: bool) -> None:
        self._view = view
        self._rulings = rulings
        self._settled = settled
        self._around = Surroundings(view)

    def contradictions(
        self, subject: str, predicate: str, statements: Sequence[Statement]
    ) -> Iterator[Conflict]:
        """Give what contradicts itself in what is said of a subject by one predicate."""
        if len(statements) < 2:
            return
        ranked = sorted(statements, key=_support)[:_MOST_SIDES]
        sides = sorted((self._side(s) for s in ranked), key=lambda side: side.key)
        held = [side for side in sides if not self._turned_down(side)]
        opposed = self._opposed(subject, predicate, held)
        if opposed and self._rulings.end(opposed):
            yield from self._closed(_kind(predicate, opposed), subject, predicate, opposed)
        elif opposed:
            yield Conflict.of(_kind(predicate, opposed), subject, predicate, opposed)
        if self._settled and len(held) < len(sides):
            former = self._opposed(subject, predicate, sides)
            if former and former != opposed:
                yield from self._closed(_kind(predicate, former), subject, predicate, former)

    def cycles(self) -> Iterator[Conflict]:
        """Give a cycle of each tangle of derivations."""
        held: dict[str, list[str]] = {}
        every: dict[str, list[str]] = {}
        for statement in self._view.statements(predicate=_DERIVED):
            if isinstance(statement.object, Value):
                continue
            every.setdefault(statement.subject, []).append(statement.object)
            # The claims tell which are rejected; those of most statements are not needed.
            if statement.candidates != statement.claims or not self._turned_down(
                self._side(statement)
            ):
                key = (statement.subject, _DERIVED, statement.object)
                if key not in self._rulings.rejected:
                    held.setdefault(statement.subject, []).append(statement.object)
        found = [*cycles(held)]
        for way in found:
            sides = self._edges(way)
            if self._rulings.end_chain(sides):
                yield from self._closed(ConflictKind.CYCLE, way[0], _DERIVED, sides)
            else:
                yield Conflict.of(ConflictKind.CYCLE, way[0], _DERIVED, sides)
        if self._settled and held != every:
            for way in cycles(every):
                if way not in found:
                    yield from self._closed(ConflictKind.CYCLE, way[0], _DERIVED, self._edges(way))

    def anachronisms(self) -> Iterator[Conflict]:
        """Give the derivations of which the derivative came first."""
        dates = self._release_dates()
        for statement in self._view.statements(predicate=_DERIVED):
            mine = dates.get(statement.subject)
            its = None if isinstance(statement.object, Value) else dates.get(statement.object)
            if not mine or not its or mine[1] >= its[0] or near(mine[1], its[0]):
                continue
            sides = [self._side(statement)]
            for id in (statement.subject, str(statement.object)):
                sides += map(self._side, self._view.statements(id, _RELEASED))
            down = [side for side in sides if self._turned_down(side)]
            kept = [side for side in sides if side not in down]
            kind, subject = ConflictKind.CHRONOLOGY, statement.subject
            if sides[0] in down or self._rulings.end_chain(kept):
                yield from self._closed(kind, subject, _DERIVED, sides)
            else:
                yield Conflict.of(kind, subject, _DERIVED, kept)

    def _release_dates(self) -> dict[str, tuple[str, str]]:
        """Give for each model the first and the last day on which it may have come out."""
        found: dict[str, tuple[str, str]] = {}
        for claim in self._view.claims(predicate=_RELEASED):
            qualifiers = dict(claim.qualifiers)
            key = (claim.subject, _RELEASED, object_key(claim.object))
            period = period_of(claim.object.lexical) if isinstance(claim.object, Value) else None
            if (
                period is None
                or "size" in qualifiers
                or "variant" in qualifiers
                or claim.kind is ClaimKind.REJECTED
                or key in self._rulings.rejected
            ):
                continue
            first, last = found.get(claim.subject, (period.first, period.last))
            found[claim.subject] = (min(first, period.first), max(last, period.last))
        return found

    def _opposed(self, subject: str, predicate: str, sides: Sequence[Side]) -> list[Side]:
        """Give the sides that contradict another one."""
        group = Group(self._around, subject, predicate, sides)
        opposed = set()
        for place, one in enumerate(sides):
            for distance, other in enumerate(sides[place + 1 :], 1):
                if group.disagree(one, other):
                    opposed |= {place, place + distance}
        return [sides[place] for place in sorted(opposed)]

    def _closed(
        self, kind: ConflictKind, subject: str, predicate: str, sides: Sequence[Side]
    ) -> Iterator[Conflict]:
        if self._settled:
            yield Conflict.of(kind, subject, predicate, sides, settled=True)

    def _edges(self, way: Sequence[str]) -> list[Side]:
        ends = zip(way, [*way[1:], way[0]], strict=True)
        return [self._side(next(self._view.statements(a, _DERIVED, b))) for a, b in ends]

    def _side(self, statement: Statement) -> Side:
        said = self._view.claims(statement.subject, statement.predicate, statement.object)
        return Side(statement, tuple(said))

    def _turned_down(self, side: Side) -> bool:
        return self._rulings.turned_down(side.key, side.claims)


def _support(statement: Statement) -> tuple[bool, float, int, str]:
    key = object_key(statement.object)
    return (not statement.curated, -statement.confidence, -statement.claims, key)


def _kind(predicate: str, sides: Sequence[Side]) -> ConflictKind:
    curated = [bool(side.statement.curated) for side in sides]
    if any(curated) and not all(curated):
        return ConflictKind.CURATED
    return _KINDS.get(predicate, ConflictKind.VALUE)
