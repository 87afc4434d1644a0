"""What a transaction changes in a Neo4j store: entries of the ledger, nodes and edges."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from ....ontology.claim import Value
from ...projections.shape import (
    CLAIM,
    DOCUMENT,
    ENTITY,
    EdgeRecord,
    NodeRecord,
    attributes_of,
    claim_edges,
    claim_node,
    document_node,
    entity_node,
    relationship_type,
    statement_edge,
)
from .. import reading
from ..connection import Connection
from .ledger import CHANGE, KINDS, SEPARATOR, Entry, short

__all__ = ["Difference", "EdgeKey", "difference"]

_LONGEST_NAME = 2000
"""What is longer is cut in the graph, whose names are indexed; the ledger has all of it."""

EdgeKey = tuple[str, str, str]
"""The type of an edge, and the ids of its ends."""


@dataclass(slots=True)
class Difference:
    """What to write and what to delete.

    Parameters
    ----------
    entries : dict of str to list
        Entries of the ledger to write, by label.
    gone : dict of str to list of str
        Ids of entries to delete, by label.
    nodes : list of NodeRecord
    edges : list of EdgeRecord
    gone_nodes : dict of str to list of str
        Ids, by label.
    gone_edges : list of EdgeKey
    log : list of (str, str)
        What the log gets: kind and document.
    """

    entries: dict[str, list[Entry]] = field(default_factory=lambda: defaultdict(list))
    gone: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    nodes: list[NodeRecord] = field(default_factory=list)
    edges: list[EdgeRecord] = field(default_factory=list)
    gone_nodes: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    gone_edges: list[EdgeKey] = field(default_factory=list)
    log: list[tuple[str, str]] = field(default_factory=list)


def difference(connection: Connection, touched: Mapping[str, Iterable[str]]) -> Difference:
    """Give what the rows that were touched are now, in the ledger and in the graph.

    Parameters
    ----------
    connection : Connection
        To the working copy.
    touched : dict of str to iterable of str
        See `modelkin.graph.stores.neo4j.working_copy.WorkingCopy.touched`.
    """
    found = Difference()
    for label, kind in KINDS.items():
        for id in touched.get(label, ()):
            entry = kind.entry(connection, id)
            if entry is None:
                found.gone[label].append(short(id))
            else:
                found.entries[label].append(entry)
    documents = list(touched.get("Source", ()))
    statements = [tuple(id.split(SEPARATOR)) for id in touched.get("Statement", ())]
    entities = set(touched.get("Entity", ()))
    entities.update(subject for subject, _, object in statements if object.startswith('"'))
    claims = set(touched.get("Assertion", ())) | _claims_of(connection, documents)
    _add_documents(connection, documents, found)
    _add_entities(connection, sorted(entities), found)
    for subject, predicate, object in statements:
        if not object.startswith('"'):
            _add_statement(connection, (subject, predicate, object), found)
    _add_claims(connection, sorted(claims), found)
    for sequence in sorted(map(int, touched.get(CHANGE, ()))):
        row = connection.row("SELECT kind, document FROM log WHERE sequence = ?", (sequence,))
        if row is not None:
            found.log.append((row[0], row[1]))
    return found


def _claims_of(connection: Connection, documents: Iterable[str]) -> set[str]:
    """Give the claims of documents: they carry the date of theirs."""
    found: set[str] = set()
    for id in documents:
        rows = connection.rows(
            "SELECT claims.id FROM claims JOIN quotes ON quotes.number = claims.quote"
            " JOIN documents ON documents.number = quotes.document WHERE documents.id = ?",
            (id,),
        )
        found.update(row[0] for row in rows)
    return found


def _add_documents(connection: Connection, ids: Iterable[str], found: Difference) -> None:
    for id in ids:
        document = reading.document(connection, id)
        if document is None:
            found.gone_nodes[DOCUMENT].append(id)
        else:
            found.nodes.append(document_node(document))


def _add_entities(connection: Connection, ids: Iterable[str], found: Difference) -> None:
    for id in ids:
        entity = reading.entity(connection, id)
        if entity is None:
            found.gone_nodes[ENTITY].append(id)
            continue
        statements = reading.statements(connection, id, None, None, False)
        values = [s for s in statements if isinstance(s.object, Value)]
        if len(entity.name) > _LONGEST_NAME:
            entity = replace(entity, name=f"{entity.name[:_LONGEST_NAME]}…")
        found.nodes.append(entity_node(entity, attributes_of(values)))


def _add_statement(connection: Connection, key: tuple[str, str, str], found: Difference) -> None:
    subject, predicate, object = key
    statement = next(reading.statements(connection, subject, predicate, object, False), None)
    if statement is None:
        found.gone_edges.append((relationship_type(predicate), subject, object))
    else:
        found.edges.append(statement_edge(statement))


def _add_claims(connection: Connection, ids: Iterable[str], found: Difference) -> None:
    for id in ids:
        row = connection.row(
            f"{reading.CLAIM} WHERE claims.id = ? AND {reading.FACT}",
            (id,),
        )
        if row is None:
            found.gone_nodes[CLAIM].append(id)
            continue
        claim = reading.claim_of(row)
        document = reading.document(connection, claim.evidence.document)
        assert document is not None
        found.nodes.append(claim_node(claim, document.published))
        found.edges.extend(claim_edges(claim))
