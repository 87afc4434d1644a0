"""What a Neo4j driver gives, as the plain values of `modelkin.graph.protocols.Table`.

They are those of the embedded engine: a node is a dict of its properties in the order of their
names, then ``_labels``; an edge ends with ``_type``, ``_from`` and ``_to``; a path is a list of
node, edge, node; dates and times are texts as ISO 8601 writes them.
"""

import base64
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from ..protocols import Table
from .server import ServerQuery
from .shape import ENTITY

__all__ = ["ENDS_QUERY", "ends", "plain", "table"]

ENDS_QUERY = "UNWIND $places AS place MATCH (n) WHERE elementId(n) = place RETURN place, n.id AS id"
"""Asks for the ids of nodes; ``$places`` are what `ends` gives, the rows are place and id."""


def table(
    query: ServerQuery,
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    ask: Callable[[str, dict[str, object]], Iterable[Sequence[Any]]],
) -> Table:
    """Make the answer to a query of what the driver gave.

    Parameters
    ----------
    query : ServerQuery
        What was asked.
    columns : sequence of str
        ``result.keys()``
    rows : iterable of sequence
        ``record.values()`` of each record.
    ask : callable
        Answers `ENDS_QUERY` in the same transaction, given a text and parameters, by rows; it is
        called once at most, where an edge stands without the nodes that it joins.
    """
    found = [list(row) for row in rows]
    places = sorted(set(ends(found)))
    asked = ask(ENDS_QUERY, {"places": places}) if places else ()
    ids = {str(row[0]): str(row[1]) for row in asked}
    return Table(
        query.columns or tuple(columns),
        tuple(tuple(plain(value, ids) for value in row) for row in found),
    )


def plain(value: object, ids: Mapping[str, str] | None = None) -> object:
    """Give a value of the driver as a plain one.

    Parameters
    ----------
    value : object
    ids : mapping of str to str, optional
        The ids of the nodes that `ends` names, by the driver's names for them.

    Examples
    --------
    >>> from neo4j.time import Date
    >>> plain([1, {"公布": Date(2024, 1, 31)}, None])
    [1, {'公布': '2024-01-31'}, None]
    """
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, dict):
        return {key: plain(item, ids) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item, ids) for item in value]
    return _plain_type(value, {} if ids is None else ids)


def ends(value: object) -> Iterator[str]:
    """Give what the driver calls the nodes at the ends of edges that came without properties."""
    from neo4j.graph import Path, Relationship

    if isinstance(value, Relationship):
        for node in value.nodes:
            if node is not None and "id" not in node:
                yield node.element_id
    elif isinstance(value, dict):
        for item in value.values():
            yield from ends(item)
    elif isinstance(value, list | tuple) and not isinstance(value, Path):
        for item in value:
            yield from ends(item)


def _plain_type(value: Any, ids: Mapping[str, str]) -> object:
    from neo4j.graph import Node, Path, Relationship
    from neo4j.spatial import Point
    from neo4j.time import Date, DateTime, Duration, Time

    match value:
        case Node():
            return {**_properties(value, ids), "_labels": sorted(value.labels, key=_rank)}
        case Relationship():
            source, target = (_id(node, ids) for node in value.nodes)
            kind = {"_type": value.type, "_from": source, "_to": target}
            return {**_properties(value, ids), **kind}
        case Path():
            path = [plain(value.start_node, ids)]
            for edge, node in zip(value.relationships, value.nodes[1:], strict=True):
                path += [plain(edge, ids), plain(node, ids)]
            return path
        case Point():
            # x, y and z of a plane, longitude, latitude and height of the earth.
            return {"srid": value.srid, "coordinates": list(value)}
        case Date() | DateTime() | Time():
            # No more digits of a second than the embedded engine writes, unless there are more.
            return re.sub(r"\.000000000|(?<=\.\d{6})000", "", value.iso_format())
        case Duration():
            months, days, seconds, nanoseconds = value
            parts = {"months": months, "days": days, "seconds": seconds}
            return {**parts, "nanoseconds": nanoseconds} if nanoseconds else parts
        case bytes() | bytearray():
            return base64.b64encode(value).decode("ascii")
        case list() | tuple():
            return [plain(item, ids) for item in value]
        case _:
            return str(value)


def _properties(entity: Any, ids: Mapping[str, str]) -> dict[str, object]:
    return {key: plain(item, ids) for key, item in sorted(entity.items())}


def _rank(label: str) -> tuple[bool, str]:
    """Put the label of all entities behind that of the type."""
    return label == ENTITY, label


def _id(node: Any, ids: Mapping[str, str]) -> object:
    return node["id"] if "id" in node else ids.get(node.element_id)
