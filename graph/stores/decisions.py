"""The decisions of an SQLite store."""

import json
from collections.abc import Iterator

from ...ontology.decision import Decision, DecisionKind
from ..identity.rules import Rules, checked
from .connection import Connection

__all__ = ["about", "add", "decisions", "rules"]


def decisions(connection: Connection) -> Iterator[Decision]:
    """Give all decisions, those that were taken back too, by time and id."""
    rows = connection.rows(
        "SELECT id, kind, arguments, author, time, reason FROM decisions ORDER BY time, id"
    )
    for id, kind, arguments, author, time, reason in rows:
        pairs = tuple(
            (key, value if isinstance(value, str) else tuple(value))
            for key, value in json.loads(arguments)
        )
        yield Decision(id, DecisionKind(kind), pairs, author, time, reason)


def rules(connection: Connection) -> Rules:
    """Give what the decisions ask for."""
    return Rules.of(decisions(connection))


def add(connection: Connection, decision: Decision) -> bool:
    """Add a decision; tell whether it is new.

    Raises
    ------
    DecisionError
        When it cannot stand beside the others.
    """
    if connection.row("SELECT 1 FROM decisions WHERE id = ?", (decision.id,)) is not None:
        return False
    checked(decision, decisions(connection))
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
