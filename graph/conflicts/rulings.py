"""What people decided about statements, and whether that ends a conflict."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

from ...ontology.claim import Claim, ClaimKind
from ...ontology.decision import Decision, DecisionKind, in_force
from .conflict import Side

__all__ = ["Key", "Rulings"]

Key = tuple[str, str, str]
"""Subject, predicate and object key."""


@dataclass(frozen=True, slots=True)
class Rulings:
    """The statements that people upheld and rejected; the last word on each counts.

    Parameters
    ----------
    upheld, rejected : frozenset of Key

    Examples
    --------
    >>> said = {"subject": "model/a", "predicate": "openness", "object": '"open"^^string'}
    >>> when = "2026-11-24T17:05:00Z"
    >>> decision = Decision.of(DecisionKind.UPHOLD, author="ann", time=when, **said)
    >>> len(Rulings.of([decision]).upheld)
    1
    """

    upheld: frozenset[Key] = frozenset()
    rejected: frozenset[Key] = frozenset()

    @classmethod
    def of(cls, decisions: Iterable[Decision]) -> Self:
        """Read them from the decisions, of which most are about other things."""
        last: dict[Key, DecisionKind] = {}
        for decision in in_force(decisions):
            if decision.kind in (DecisionKind.UPHOLD, DecisionKind.REJECT):
                key = (decision["subject"], decision["predicate"], decision["object"])
                last[key] = decision.kind
        return cls(
            frozenset(key for key, kind in last.items() if kind is DecisionKind.UPHOLD),
            frozenset(key for key, kind in last.items() if kind is DecisionKind.REJECT),
        )

    def turned_down(self, key: Key, claims: Sequence[Claim]) -> bool:
        """Tell whether a statement was rejected, here or in the store that its claims are from."""
        if key in self.rejected:
            return True
        return bool(claims) and all(claim.kind is ClaimKind.REJECTED for claim in claims)

    def end(self, sides: Sequence[Side]) -> bool:
        """Tell whether somebody upheld one of the sides, whatever contradicts it."""
        return any(side.key in self.upheld for side in sides)

    def end_chain(self, sides: Sequence[Side]) -> bool:
        """Tell whether they end a conflict of statements that only all together cannot hold."""
        return all(side.key in self.upheld for side in sides)
