"""What a conflict is: statements that cannot all hold, each with the sentences that say it."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from ...ontology.claim import Claim, Statement, object_key

__all__ = ["Conflict", "ConflictKind", "Side"]


class ConflictKind(StrEnum):
    """What is wrong."""

    CURATED = "curated"
    """Articles contradict a curated fact, whatever it is about."""
    DEVELOPER = "developer"
    """Two organizations are each said to have made a thing."""
    LICENCE = "licence"
    """Two licences at one time."""
    BASE = "base"
    """Two models that cannot both be what a model was made from."""
    OPENNESS = "openness"
    """Open and closed at one time."""
    VALUE = "value"
    """Two values of an attribute that has one."""
    CYCLE = "cycle"
    """A model is its own ancestor."""
    CHRONOLOGY = "chronology"
    """A model came out before the one that it was made from."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a conflict.

    Parameters
    ----------
    statement : Statement
    claims : tuple of Claim
        What it adds up, sorted by id.
    """

    statement: Statement
    claims: tuple[Claim, ...]

    @property
    def key(self) -> tuple[str, str, str]:
        """Subject, predicate and object key of the statement."""
        statement = self.statement
        return statement.subject, statement.predicate, object_key(statement.object)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Statements that cannot all hold. Make one with `Conflict.of`.

    Parameters
    ----------
    id : str
        16 hexadecimal digits: a hash of kind, subject, predicate and the statements of the sides,
        so that the same conflict has the same id whatever else the graph says.
    kind : ConflictKind
    subject, predicate : str
        What it is about. A cycle is about the least of its models, by id.
    sides : tuple of Side
        At least two; those of a cycle in its order, others by what they say.
    settled : bool
        Whether a person's decision has ended it.
    """

    id: str
    kind: ConflictKind
    subject: str
    predicate: str
    sides: tuple[Side, ...]
    settled: bool = False

    @classmethod
    def of(
        cls,
        kind: ConflictKind,
        subject: str,
        predicate: str,
        sides: Sequence[Side],
        *,
        settled: bool = False,
    ) -> Self:
        """Make a conflict and its id.

        Examples
        --------
        >>> sides = [Side(Statement("model/a", "developedBy", f"person/{n}"), ()) for n in "bc"]
        >>> one = Conflict.of(ConflictKind.DEVELOPER, "model/a", "developedBy", sides)
        >>> one.id == Conflict.of(one.kind, one.subject, one.predicate, sides[::-1]).id
        True
        """
        content = [kind.value, subject, predicate, sorted(side.key for side in sides)]
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        id = hashlib.sha256(text.encode()).hexdigest()[:16]
        return cls(id, kind, subject, predicate, tuple(sides), settled)
