"""Finding names and quotes in the ledger of a Neo4j server."""

import contextlib

from ....ontology.claim import Entity
from ....ontology.document import normalise_text
from ....ontology.terms import EntityType
from ...protocols import Hit
from ..lookup import Column, found_by
from .ledger import searchable, short
from .reading import FACT, claims_of, entities_of
from .server import Server

__all__ = ["find", "search"]

_PROPERTIES = {
    Column.ID: "entity",
    Column.NAME: "exact",
    Column.FOLDED: "caseless",
    Column.KEY: "key",
}


def find(server: Server, name: str, type: EntityType | None) -> list[Entity]:
    """See `modelkin.graph.protocols.GraphStore.find`."""

    def carriers(column: Column, value: str) -> list[Entity]:
        rows = server.all(
            f"MATCH (n:Name {{{_PROPERTIES[column]}: $value}})"
            " WHERE $type IS NULL OR n.type = $type"
            " WITH n.entity AS id, sum(n.curated) AS curated, sum(n.shown) AS shown,"
            " sum(n.documents) AS documents"
            " RETURN id ORDER BY curated DESC, shown DESC, documents DESC, id",
            value=short(value),
            type=None if type is None else type.value,
        )
        return entities_of(server, [row[0] for row in rows])

    return found_by(carriers, name)


def search(server: Server, text: str, limit: int, candidates: bool) -> list[Hit]:
    """See `modelkin.graph.protocols.GraphStore.search`.

    Where there are too many of both, half of the hits are quotes.
    """
    text = normalise_text(text).replace("\0", "").strip()
    if not text or limit <= 0:
        return []
    folded = searchable(text)
    quotes = _quotes(server, folded, limit, candidates)
    names = _names(server, folded, max(limit - len(quotes), (limit + 1) // 2))
    return [*names, *quotes][:limit]


def _names(server: Server, folded: str, limit: int) -> list[Hit]:
    """Give each entity once: whole names first, then beginnings, then the rest."""
    rows = server.rows(
        "MATCH (n:Name) WHERE n.folded CONTAINS $folded RETURN n.entity, n.name"
        " ORDER BY n.folded <> $folded, NOT n.folded STARTS WITH $folded, n.shown = 0,"
        " size(n.name), n.name, n.entity",
        folded=folded,
    )
    best: dict[str, str] = {}
    with contextlib.closing(rows):
        for id, name in rows:
            best.setdefault(id, name)
            if len(best) == limit:
                break
    return [Hit("name", entity, None, best[entity.id]) for entity in entities_of(server, [*best])]


def _quotes(server: Server, folded: str, limit: int, candidates: bool) -> list[Hit]:
    """Give each quote once, the latest first, with the first claim that rests on it."""
    facts = "" if candidates else f"AND {FACT}"
    rows = server.all(
        f"MATCH (a:Assertion) WHERE a.folded CONTAINS $folded {facts}"
        " WITH a.document AS document, a.start AS start, a.end AS end, min(a.id) AS id"
        " MATCH (d:Source {id: document})"
        " RETURN id ORDER BY coalesce(d.published, '') DESC, document, start, end LIMIT $limit",
        folded=folded,
        limit=limit,
    )
    return [
        Hit("quote", None, claim, claim.evidence.quote)
        for claim in claims_of(server, [row[0] for row in rows])
    ]
