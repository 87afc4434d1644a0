"""What people decide about a graph: which names are one thing, and which claims hold.

Decisions are a log of their own. None is ever taken out of it: a decision that is taken back
stays, and the one that takes it back stands beside it. What an article says and what was decided
are kept apart, so that a graph made anew from the articles and the decisions is the same graph.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from .document import normalise_text
from .errors import InvariantError

__all__ = ["Decision", "DecisionKind", "in_force"]


class DecisionKind(StrEnum):
    """What can be decided, each with its arguments."""

    MERGE = "merge"
    """Two entities are one: ``entity`` is what ``into`` is."""
    APART = "apart"
    """Two entities are not one, however alike: ``entity`` and ``other``."""
    SPLIT = "split"
    """Some of what an entity was taken for is another one: of ``entity``, what goes by one of
    the ``names`` or stands in one of the ``documents`` is ``new``."""
    RENAME = "rename"
    """An ``entity`` is shown by this ``name``."""
    ALIAS = "alias"
    """An ``entity`` goes by this ``name`` too."""
    REJECT = "reject"
    """What ``subject``, ``predicate`` and ``object`` say does not hold."""
    UPHOLD = "uphold"
    """What they say holds, whatever contradicts it."""
    UNDO = "undo"
    """A former ``decision`` is taken back."""


_ARGUMENTS: dict[DecisionKind, tuple[frozenset[str], frozenset[str]]] = {
    DecisionKind.MERGE: (frozenset(("entity", "into")), frozenset()),
    DecisionKind.APART: (frozenset(("entity", "other")), frozenset()),
    DecisionKind.SPLIT: (frozenset(("entity", "new", "name")), frozenset(("names", "documents"))),
    DecisionKind.RENAME: (frozenset(("entity", "name")), frozenset()),
    DecisionKind.ALIAS: (frozenset(("entity", "name")), frozenset()),
    DecisionKind.REJECT: (frozenset(("subject", "predicate", "object")), frozenset()),
    DecisionKind.UPHOLD: (frozenset(("subject", "predicate", "object")), frozenset()),
    DecisionKind.UNDO: (frozenset(("decision",)), frozenset()),
}

Argument = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision. Make one with `Decision.of`.

    Parameters
    ----------
    id : str
        16 hexadecimal digits: a hash of all the rest, so that the same decision brought in twice
        is one.
    kind : DecisionKind
    arguments : tuple of (str, str or tuple of str)
        Sorted pairs; see `DecisionKind`. Objects of statements are object keys (see
        `modelkin.ontology.claim.object_key`).
    author : str
        Who decided.
    time : str
        ISO time, UTC, to the second: ``2026-11-24T17:05:00Z``.
    reason : str
        Why, in free words; may be empty.
    """

    id: str
    kind: DecisionKind
    arguments: tuple[tuple[str, Argument], ...]
    author: str
    time: str
    reason: str = ""

    @classmethod
    def of(
        cls,
        kind: DecisionKind,
        *,
        author: str,
        time: str,
        reason: str = "",
        **arguments: str | Iterable[str],
    ) -> Self:
        """Make a decision and its id.

        Raises
        ------
        InvariantError
            When an argument is missing, empty or unknown, or the author or time is empty.

        Examples
        --------
        >>> decision = Decision.of(DecisionKind.MERGE, author="ann", time="2026-11-24T17:05:00Z",
        ...                        entity="model/qwen-max", into="model/qwen")
        >>> decision["into"]
        'model/qwen'
        """
        pairs: list[tuple[str, Argument]] = []
        for key, value in sorted(arguments.items()):
            if isinstance(value, str):
                pairs.append((key, normalise_text(value)))
            else:
                pairs.append((key, tuple(sorted({normalise_text(item) for item in value}))))
        needed, allowed = _ARGUMENTS[kind]
        given = {key for key, value in pairs if value}
        if not needed <= given or not given <= needed | allowed or len(given) != len(pairs):
            raise InvariantError(
                f"a decision to {kind} needs {', '.join(sorted(needed))}"
                f"{' and may have ' * bool(allowed)}{', '.join(sorted(allowed))}, "
                f"not {', '.join(sorted(arguments)) or 'nothing'}"
            )
        if not author.strip() or not time:
            raise InvariantError("a decision needs an author and a time")
        author, reason = normalise_text(author), normalise_text(reason)
        content = json.dumps([kind, pairs, author, time, reason], ensure_ascii=False)
        id = hashlib.sha256(content.encode()).hexdigest()[:16]
        return cls(id, kind, tuple(pairs), author, time, reason)

    def __getitem__(self, key: str) -> str:
        """Give an argument that is one text."""
        value = dict(self.arguments)[key]
        if not isinstance(value, str):
            raise KeyError(key)
        return value

    def several(self, key: str) -> tuple[str, ...]:
        """Give an argument that is several texts; none when it was not given."""
        value = dict(self.arguments).get(key, ())
        return (value,) if isinstance(value, str) else value


def in_force(decisions: Iterable[Decision]) -> list[Decision]:
    """Give the decisions that hold, by time: those not taken back, and no undoing.

    An undoing can be undone: what it took back then holds again.

    Examples
    --------
    >>> when = "2026-11-24T17:05:00Z"
    >>> one = Decision.of(DecisionKind.RENAME, author="ann", time=when, entity="model/a", name="A")
    >>> undo = Decision.of(DecisionKind.UNDO, author="ann", time=when, decision=one.id)
    >>> redo = Decision.of(DecisionKind.UNDO, author="ann", time=when, decision=undo.id)
    >>> [len(in_force(some)) for some in ([one], [one, undo], [one, undo, redo])]
    [1, 0, 1]
    """
    known = {decision.id: decision for decision in decisions}
    undone_by: dict[str, list[str]] = {}
    for decision in known.values():
        if decision.kind is DecisionKind.UNDO:
            undone_by.setdefault(decision["decision"], []).append(decision.id)

    # An id is the hash of what it takes back among others: this cannot go round.
    holds: dict[str, bool] = {}
    ahead = list(known)
    while ahead:
        id = ahead[-1]
        undoings = undone_by.get(id, ())
        unknown = [other for other in undoings if other not in holds]
        if unknown:
            ahead += unknown
        else:
            holds[ahead.pop()] = not any(holds[other] for other in undoings)
    kept = [d for d in known.values() if d.kind is not DecisionKind.UNDO and holds[d.id]]
    return sorted(kept, key=lambda decision: (decision.time, decision.id))
