"""Writing a difference to a Neo4j server, in the transaction of whoever asks."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import neo4j

from ...errors import StoreCorruptError
from ...projections.shape import (
    CLAIM,
    DOCUMENT,
    ENTITY,
    OBJECT,
    STATED_IN,
    SUBJECT,
    EdgeRecord,
    NodeRecord,
)
from .difference import Difference, EdgeKey
from .ledger import CHANGE, LEDGER, METADATA, THE_STORE, WRITE
from .working_copy import Position

__all__ = ["Overtaken", "note_links", "patch", "position_of", "put_metadata", "take_label", "write"]

_ROWS = 1000
"""How many rows go to the server in one query."""

_POSITION = f"{THE_STORE} RETURN s.writes, s.token, s.sequence"


class Overtaken(Exception):
    """Somebody else wrote since the working copy was brought in line."""


def position_of(rows: Sequence[Sequence[Any]]) -> Position:
    """Read a position from the answer to a query for it."""
    if not rows:
        raise StoreCorruptError(
            "the database is no modelkin store any more", hint="make it one: modelkin store init"
        )
    return Position(rows[0][0], rows[0][1])


def write(
    transaction: neo4j.ManagedTransaction,
    expected: Position,
    difference: Difference,
    writes: Sequence[tuple[str, str]],
    metadata: Mapping[str, str],
) -> Position:
    """Write what a block changed; give the position that the store has then.

    Parameters
    ----------
    transaction : neo4j.ManagedTransaction
    expected : Position
        What the working copy had followed when the difference was worked out.
    difference : Difference
    writes : sequence of (str, str)
        What was merged, removed and decided: kind and subject.
    metadata : mapping of str to str

    Raises
    ------
    Overtaken
        When the store has come further; nothing is to be kept of the transaction.
    """
    # Whoever writes this entry first holds it until the end, so that others wait here.
    _run(transaction, f"{THE_STORE} SET s.writing = true")
    rows = transaction.run(_POSITION).values()
    if position_of(rows) != expected:
        raise Overtaken
    sequence = rows[0][2]
    patch(transaction, difference)
    put_metadata(transaction, metadata)
    token = uuid.uuid4().hex
    position = Position(expected.writes + len(writes), token if writes else expected.token)
    _log(transaction, sequence, difference.log)
    done: list[dict[str, object]] = [
        {"id": expected.writes + place, "kind": kind, "subject": subject, "token": token}
        for place, (kind, subject) in enumerate(writes, start=1)
    ]
    _put(transaction, WRITE, done)
    _run(
        transaction,
        f"{THE_STORE}"
        " SET s.writes = $writes, s.token = $token, s.sequence = $sequence REMOVE s.writing",
        writes=position.writes,
        token=position.token,
        sequence=sequence + len(difference.log),
    )
    return position


def note_links(
    transaction: neo4j.ManagedTransaction, documents: Sequence[str], metadata: Mapping[str, str]
) -> None:
    """Log that all documents may say something else, as names are linked by other rules."""
    rows = transaction.run(
        f"{THE_STORE} SET s.sequence = s.sequence + $count RETURN s.sequence - $count",
        count=len(documents),
    ).values()
    _log(transaction, rows[0][0], [("add", document) for document in documents])
    put_metadata(transaction, metadata)


def patch(transaction: neo4j.ManagedTransaction, difference: Difference) -> None:
    """Write and delete what a difference says; the store comes no further by it."""
    _delete(transaction, difference)
    for label, rows in difference.entries.items():
        _put(transaction, label, rows)
    _write_nodes(transaction, difference.nodes)
    _write_edges(transaction, difference.edges)


def take_label(
    transaction: neo4j.ManagedTransaction, label: str, stray: str, ids: Sequence[str]
) -> None:
    """Take a label from nodes that should not carry it."""
    _in_batches(
        transaction,
        f"UNWIND $rows AS id MATCH (n:{label} {{id: id}}) REMOVE n:{_quoted(stray)}",
        ids,
    )


def put_metadata(transaction: neo4j.ManagedTransaction, metadata: Mapping[str, str]) -> None:
    """Keep small texts under keys."""
    _put(transaction, METADATA, [{"id": key, "value": metadata[key]} for key in sorted(metadata)])


def _delete(transaction: neo4j.ManagedTransaction, difference: Difference) -> None:
    edges: dict[str, list[EdgeKey]] = defaultdict(list)
    for key in difference.gone_edges:
        edges[key[0]].append(key)
    for type, keys in sorted(edges.items()):
        source = CLAIM if type in (SUBJECT, OBJECT, STATED_IN) else ENTITY
        target = DOCUMENT if type == STATED_IN else ENTITY
        _in_batches(
            transaction,
            "UNWIND $rows AS row"
            f" MATCH (:{source} {{id: row[1]}})-[r:{_quoted(type)}]->(:{target} {{id: row[2]}})"
            " DELETE r",
            [list(key) for key in keys],
        )
    for label in (CLAIM, DOCUMENT, ENTITY):
        _in_batches(
            transaction,
            f"UNWIND $rows AS id MATCH (n:{label} {{id: id}}) DETACH DELETE n",
            difference.gone_nodes.get(label, []),
        )
    for label, ids in difference.gone.items():
        _in_batches(transaction, f"UNWIND $rows AS id MATCH (n:{label} {{id: id}}) DELETE n", ids)


def _log(
    transaction: neo4j.ManagedTransaction, before: int, changes: Sequence[tuple[str, str]]
) -> None:
    """Note changes, kind and document each, after those that the log has."""
    log: list[dict[str, object]] = [
        {"id": before + place, "kind": kind, "document": document}
        for place, (kind, document) in enumerate(changes, start=1)
    ]
    _put(transaction, CHANGE, log)


def _put(transaction: neo4j.ManagedTransaction, label: str, rows: list[dict[str, object]]) -> None:
    _in_batches(
        transaction,
        f"UNWIND $rows AS row MERGE (n:{label} {{id: row.id}})"
        f" ON CREATE SET n:{LEDGER} SET n = row",
        rows,
    )


def _write_nodes(transaction: neo4j.ManagedTransaction, nodes: Iterable[NodeRecord]) -> None:
    by_labels: dict[tuple[str, ...], list[dict[str, object]]] = defaultdict(list)
    for node in nodes:
        by_labels[node.labels].append({"id": node.id, **node.properties})
    for labels, rows in sorted(by_labels.items()):
        # The most general label, which is the one that all edges look for, is the last one.
        main, others = labels[-1], labels[:-1]
        more = "".join(f" ON CREATE SET n:{label}" for label in others)
        _in_batches(
            transaction,
            f"UNWIND $rows AS row MERGE (n:{main} {{id: row.id}}){more} SET n = row",
            rows,
        )


def _write_edges(transaction: neo4j.ManagedTransaction, edges: Iterable[EdgeRecord]) -> None:
    by_type: dict[tuple[str, str, str], list[dict[str, object]]] = defaultdict(list)
    for edge in edges:
        ends = (_end(edge.source_label), _end(edge.target_label))
        by_type[edge.type, *ends].append(
            {"source": edge.source, "target": edge.target, "properties": edge.properties}
        )
    for (type, source, target), rows in sorted(by_type.items()):
        _in_batches(
            transaction,
            f"UNWIND $rows AS row MATCH (a:{source} {{id: row.source}})"
            f" MATCH (b:{target} {{id: row.target}})"
            f" MERGE (a)-[r:{_quoted(type)}]->(b) SET r = row.properties",
            rows,
        )


def _end(label: str) -> str:
    return label if label in (CLAIM, DOCUMENT) else ENTITY


def _quoted(type: str) -> str:
    return "`" + type.replace("`", "``") + "`"


def _in_batches(transaction: neo4j.ManagedTransaction, query: str, rows: Sequence[object]) -> None:
    for start in range(0, len(rows), _ROWS):
        _run(transaction, query, rows=rows[start : start + _ROWS])


def _run(transaction: neo4j.ManagedTransaction, query: str, **parameters: object) -> None:
    transaction.run(query, parameters).consume()
