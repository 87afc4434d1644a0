"""Whether a Neo4j store holds what its documents and decisions make of it, and mending it."""

import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from ...projections.shape import CLAIM, DOCUMENT, ENTITY
from .difference import Difference, difference
from .ledger import KINDS, Entry
from .server import Server
from .working_copy import WorkingCopy
from .writing import patch, take_label

__all__ = ["Findings", "compare", "mend"]

_BATCH = 1000
"""How many things are mended in one transaction."""

_Id = TypeVar("_Id", str, tuple[str, str, str])
_Item = TypeVar("_Item")


@dataclass(slots=True)
class Findings:
    """How a server differs from what it should hold.

    Parameters
    ----------
    problems : list of str
        In words.
    repair : Difference
        What to delete and what to write.
    stray : dict of (str, str) to list of str
        Nodes that carry a label too much, by the label that they should have and that one.
    """

    problems: list[str] = field(default_factory=list)
    repair: Difference = field(default_factory=Difference)
    stray: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))


def compare(copy: WorkingCopy, server: Server) -> Findings:
    """Compare all that the server holds with what documents and decisions make of it.

    Both are held in memory as a whole.

    Parameters
    ----------
    copy : WorkingCopy
        In line with the server.
    server : Server
    """
    found = Findings()
    expected = difference(copy.connection, copy.everything())
    for label in KINDS:
        entries = {str(entry["id"]): _given(entry) for entry in expected.entries.get(label, ())}
        rows = server.rows(f"MATCH (n:{label}) RETURN n.id, properties(n)")
        wrong, extra = _told_apart(label, entries, dict(rows), found)
        found.repair.entries[label] = [entries[id] for id in wrong]
        found.repair.gone[label] = extra
    for label in (ENTITY, DOCUMENT, CLAIM):
        nodes = {node.id: node for node in expected.nodes if node.labels[-1] == label}
        there = {
            id: (sorted(labels), properties)
            for id, labels, properties in server.rows(
                f"MATCH (n:{label}) RETURN n.id, labels(n), properties(n)"
            )
        }
        wanted = {
            id: (sorted(node.labels), {"id": id, **node.properties}) for id, node in nodes.items()
        }
        wrong, extra = _told_apart(label, wanted, there, found)
        found.repair.nodes += [nodes[id] for id in wrong]
        for id in wrong:
            for stray in set(there.get(id, ((), {}))[0]).difference(nodes[id].labels):
                found.stray[label, stray].append(id)
        found.repair.gone_nodes[label] = extra
    edges = {(edge.type, edge.source, edge.target): edge for edge in expected.edges}
    there_edges = {
        (type, source, target): properties
        for type, source, target, properties in server.rows(
            "MATCH (a)-[r]->(b) RETURN type(r), a.id, b.id, properties(r)"
        )
    }
    wanted_edges = {key: edge.properties for key, edge in edges.items()}
    wrong_edges, extra_edges = _told_apart("edges", wanted_edges, there_edges, found)
    found.repair.edges = [edges[key] for key in wrong_edges]
    found.repair.gone_edges = extra_edges
    return found


def mend(server: Server, findings: Findings) -> None:
    """Write what is lacking or wrong, and delete what is too much.

    It may be broken off and done again at any time.
    """
    repair = findings.repair
    for (label, stray), ids in sorted(findings.stray.items()):
        server.write(take_label, label, stray, ids)
    gone = Difference(gone=repair.gone, gone_nodes=repair.gone_nodes, gone_edges=repair.gone_edges)
    server.write(patch, gone)
    for label, entries in repair.entries.items():
        for part in _parts(entries):
            server.write(patch, Difference(entries={label: part}))
    # Nodes first: edges join what is there.
    for nodes in _parts(repair.nodes):
        server.write(patch, Difference(nodes=nodes))
    for edges in _parts(repair.edges):
        server.write(patch, Difference(edges=edges))


def _given(entry: Mapping[str, object]) -> Entry:
    """Leave out what a server does not keep: nulls."""
    return {key: value for key, value in entry.items() if value is not None}


def _told_apart(
    what: str, wanted: Mapping[_Id, object], there: Mapping[_Id, object], found: Findings
) -> tuple[list[_Id], list[_Id]]:
    """Note problems; give the keys of what is lacking or wrong, and of what is too much."""
    extra = sorted(there.keys() - wanted.keys())
    lacking = sorted(wanted.keys() - there.keys())
    wrong = sorted(
        key
        for key, value in wanted.items()
        if key in there and _comparable(there[key]) != _comparable(value)
    )
    for keys, problem in ((extra, "too many"), (lacking, "missing"), (wrong, "wrong")):
        if keys:
            first = keys[0] if isinstance(keys[0], str) else " ".join(keys[0])
            found.problems.append(f"{what}: {len(keys)} {problem}, such as {first!r}")
    return lacking + wrong, extra


def _comparable(value: object) -> object:
    """Compressed bytes may differ between machines that mean the same."""
    if isinstance(value, dict) and isinstance(value.get("content"), bytes | bytearray):
        return {**value, "content": zlib.decompress(value["content"])}
    return value


def _parts(items: Sequence[_Item]) -> Iterator[list[_Item]]:
    for start in range(0, len(items), _BATCH):
        yield list(items[start : start + _BATCH])
