"""The decisions of an SQLite store."""

import json
from weakref import WeakKeyDictionary

from ...ontology.decision import Decision, DecisionKind
from ..identity.rules import Rules, checked
from .connection import Connection

__all__ = ["about", "add", "decision_of", "decisions", "rules"]


# What was read last of each store: while many decisions are taken in, each asks for all before.
_read: WeakKeyDictionary[Connection, tuple[object, list[Decision], Rules]] = WeakKeyDictionary()


def decisions(connection: Connection) -> list[Decision]:
    """Give all decisions, those that were taken back too, by time and id."""
    return _current(connection)[0]


def rules(connection: Connection) -> Rules:
    """Give what the decisions ask for."""
    return _current(connection)[1]


def _current(connection: Connection) -> tuple[list[Decision], Rules]:
    # The last of them and its number tell whether any came, or went with a transaction.
    state = connection.row("SELECT number, id FROM decisions ORDER BY number DESC LIMIT 1")
    kept = _read.get(connection)
    if kept is None or kept[0] != state:
        rows = connection.rows(
            "SELECT id, kind, arguments, author, time, reason FROM decisions ORDER BY time, id"
        )
        found = [decision_of(*row) for row in rows]
        kept = (state, found, Rules.of(found))
        _read[connection] = kept
    return kept[1], kept[2]


def decision_of(
    id: str, kind: str, arguments: str, author: str, time: str, reason: str
) -> Decision:
    """Read a decision from its columns."""
    pairs = tuple(
        (key, value if isinstance(value, str) else tuple(value))
        for key, value in json.loads(arguments)
    )
    return Decision(id, DecisionKind(kind), pairs, author, time, reason)


def add(connection: Connection, decision: Decision) -> bool:
    """Add a decision; tell whether it is new.

    Raises
    ------
    DecisionError
        When it cannot stand beside the others.
    """
    if connection.row("SELECT 1 FROM decisions WHERE id = ?", (decision.id,)) is not None:
        return False
    checked(decision, *_current(connection))
    connection.run(
        "INSERT INTO decisions (id, kind, arguments, author, time, reason)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (
            decision.id,
            decision.kind.value,
            json.dumps(decision.arguments, ensure_ascii=False),
            decision.author,
            decision.time,
            decision.reason,
        ),
    )
    return True


def about(connection: Connection, decision: Decision) -> set[str]:
    """Give the ids of the entities that a decision, or the one it takes back, is about."""
    if decision.kind is DecisionKind.UNDO:
        before = next(
            (one for one in decisions(connection) if one.id == decision["decision"]), None
        )
        return set() if before is None else about(connection, before)
    return set(Rules.of([decision]).mentioned())
