"""Which names of an SQLite store stand for one thing, kept in step with its documents."""

# SQL is put together from constants alone; what users give is always a parameter.

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ...ontology.claim import Extraction
from ...ontology.document import DocumentKind
from ...ontology.terms import EntityType
from ..identity.links import COMMONEST, RawEntity, identify, name_index
from ..identity.people import employers, namesakes, shared_id
from ..identity.resolution import Identities
from ..identity.rules import Rules
from ..protocols import Link
from .connection import Connection

__all__ = [
    "Dirty",
    "documents_of",
    "known",
    "links_of",
    "members",
    "put_in",
    "refresh",
    "resolved",
    "take_out",
    "with_resolved",
]

# A name that so many have is common whether or not a few documents come or go.
_SURELY_COMMON = 4 * COMMONEST


@dataclass(slots=True)
class Dirty:
    """What changed, and may change what names stand for.

    Parameters
    ----------
    keys : set of str
        Of names that came or went.
    nodes : set of str
        Ids that came, or about which something was decided.
    people : set of str
        Ids of people whose employers changed.
    """

    keys: set[str] = field(default_factory=set)
    nodes: set[str] = field(default_factory=set)
    people: set[str] = field(default_factory=set)


def put_in(connection: Connection, number: int, extraction: Extraction, dirty: Dirty) -> None:
    """Count the names of a document in."""
    curated = extraction.document.kind is DocumentKind.CURATED
    for entity in extraction.entities:
        row = connection.row("SELECT number FROM raws WHERE id = ?", (entity.id,))
        if row is None:
            raw = connection.run("INSERT INTO raws (id) VALUES (?)", (entity.id,))
            dirty.nodes.add(entity.id)
        else:
            raw = row[0]
        before = {
            name: (shown, marked)
            for name, shown, marked in connection.rows(
                "SELECT name, shown, curated FROM raw_names WHERE raw = ?", (raw,)
            )
        }
        for name in entity.names:
            shown = name == entity.name
            if name not in before:
                connection.run(
                    "INSERT INTO raw_names (raw, name, documents, shown, curated)"
                    " VALUES (?, ?, 1, ?, ?)",
                    (raw, name, shown, curated),
                )
                connection.run_all(
                    "INSERT INTO raw_keys (raw, name, key) VALUES (?, ?, ?)",
                    ((raw, name, key) for key in sorted(name_index(name, entity.type))),
                )
            else:
                connection.run(
                    "UPDATE raw_names SET documents = documents + 1, shown = shown + ?,"
                    " curated = curated + ? WHERE raw = ? AND name = ?",
                    (shown, curated, raw, name),
                )
            some_shown, some_curated = before.get(name, (0, 0))
            if name not in before or (shown > some_shown) or (curated > some_curated):
                dirty.nodes.add(entity.id)
        connection.run("INSERT INTO appearances (raw, document) VALUES (?, ?)", (raw, number))
    _put_in_employers(connection, number, extraction, dirty)


def _put_in_employers(
    connection: Connection, number: int, extraction: Extraction, dirty: Dirty
) -> None:
    named: dict[str, list[str]] = defaultdict(list)
    for person, employer in employers(extraction):
        named[person].append(employer)
    for person, found in named.items():
        for employer in found:
            row = connection.row(
                "SELECT 1 FROM employers WHERE person = ? AND employer = ? LIMIT 1",
                (person, employer),
            )
            if row is None or len(found) > 1:
                dirty.people.add(person)
            connection.run(
                "INSERT INTO employers (person, document, employer) VALUES (?, ?, ?)",
                (person, number, employer),
            )


def take_out(connection: Connection, number: int, extraction: Extraction, dirty: Dirty) -> None:
    """Count the names of a document out again."""
    curated = extraction.document.kind is DocumentKind.CURATED
    for entity in extraction.entities:
        row = connection.row("SELECT number FROM raws WHERE id = ?", (entity.id,))
        assert row is not None
        raw = row[0]
        for name in entity.names:
            connection.run(
                "UPDATE raw_names SET documents = documents - 1, shown = shown - ?,"
                " curated = curated - ? WHERE raw = ? AND name = ?",
                (name == entity.name, curated, raw, name),
            )
        gone = connection.rows(
            "SELECT name, documents FROM raw_names"
            " WHERE raw = ? AND (documents = 0 OR shown = 0 OR curated = 0)",
            (raw,),
        )
        for name, documents in list(gone):
            dirty.nodes.add(entity.id)
            if not documents:
                dirty.keys |= name_index(name, entity.type)
                connection.run("DELETE FROM raw_keys WHERE raw = ? AND name = ?", (raw, name))
        connection.run("DELETE FROM raw_names WHERE raw = ? AND documents = 0", (raw,))
        connection.run("DELETE FROM appearances WHERE raw = ? AND document = ?", (raw, number))
        if connection.row("SELECT 1 FROM appearances WHERE raw = ? LIMIT 1", (raw,)) is None:
            connection.run("DELETE FROM raws WHERE number = ?", (raw,))
    for person, employer in employers(extraction):
        dirty.people.add(person)
        connection.run(
            "DELETE FROM employers WHERE person = ? AND document = ? AND employer = ?",
            (person, number, employer),
        )


def refresh(connection: Connection, dirty: Dirty, rules: Rules) -> set[int]:
    """Find anew what the names that changed stand for; give the documents that this may touch."""
    nodes, common = _hanging_together(connection, dirty, rules)
    raws = [raw for raw in (_raw(connection, id) for id in sorted(nodes)) if raw]
    identities, links = identify(raws, _about(rules, nodes), common)
    changed: set[str] = set()
    moved: set[str] = set()
    about = rules.mentioned()
    for node in sorted(nodes | set(identities)):
        entity = identities.get(node, node)
        before = resolved(connection, node)
        if entity != before:
            changed.add(node)
            if node in about:
                # What was decided about the one is about another one now.
                moved |= {before, entity}
            if entity == node:
                connection.run("DELETE FROM identities WHERE node = ?", (node,))
            else:
                connection.run(
                    "INSERT OR REPLACE INTO identities (node, entity) VALUES (?, ?)",
                    (node, entity),
                )
        connection.run("DELETE FROM links WHERE one = ?", (node,))
    connection.run_all(
        "INSERT OR REPLACE INTO links (one, other, score, reason) VALUES (?, ?, ?, ?)",
        ((link.one, link.other, link.score, link.reason) for link in links),
    )
    for entity in moved:
        changed |= members(connection, entity)
    return _documents(connection, changed, dirty, rules)


def _about(rules: Rules, nodes: set[str]) -> Rules:
    """Give the rules about some entities."""
    return Rules(
        merges=tuple(pair for pair in rules.merges if nodes.issuperset(pair)),
        apart=frozenset(pair for pair in rules.apart if pair <= nodes),
    )


def _hanging_together(
    connection: Connection, dirty: Dirty, rules: Rules
) -> tuple[set[str], set[str]]:
    """Give all ids that share names or are joined by rules, step by step; and common names."""
    together = rules.together()
    nodes = set(dirty.nodes)
    common: set[str] = set()
    seen: set[str] = set()
    ahead, keys = set(nodes), set(dirty.keys)
    while ahead or keys:
        for node in sorted(ahead):
            rows = connection.rows(
                "SELECT key FROM raw_keys JOIN raws ON raws.number = raw WHERE raws.id = ?",
                (node,),
            )
            keys.update(row[0] for row in rows)
        found: set[str] = set()
        for node in ahead:
            found |= together.get(node, set())
        for key in keys - seen:
            sharing = [
                row[0]
                for row in connection.rows(
                    "SELECT DISTINCT raws.id FROM raw_keys JOIN raws ON raws.number = raw"
                    " WHERE key = ? LIMIT ?",
                    (key, _SURELY_COMMON + 1),
                )
            ]
            if len(sharing) > COMMONEST:
                common.add(key)
            if len(sharing) <= _SURELY_COMMON:
                found.update(sharing)
        seen |= keys
        keys = set()
        ahead = found - nodes
        nodes |= ahead
    return nodes, common


def _raw(connection: Connection, id: str) -> RawEntity | None:
    rows = list(
        connection.rows(
            "SELECT name, shown, curated FROM raw_names JOIN raws ON raws.number = raw"
            " WHERE raws.id = ? ORDER BY name",
            (id,),
        )
    )
    if not rows:
        return None
    shown = tuple(name for name, count, _ in rows if count)
    aliases = tuple(name for name, count, _ in rows if not count)
    return RawEntity(id, shown, aliases, any(curated for *_, curated in rows))


def _documents(connection: Connection, changed: set[str], dirty: Dirty, rules: Rules) -> set[int]:
    """Give the documents that name something whose identity changed."""
    people = set(dirty.people)
    for node in changed:
        rows = connection.rows("SELECT DISTINCT person FROM employers WHERE employer = ?", (node,))
        people.update(row[0] for row in rows)
    return documents_of(connection, changed | people, rules.owners())


def documents_of(connection: Connection, ids: Iterable[str], owners: Mapping[str, str]) -> set[int]:
    """Give the documents that name one of some things, by what they were read as.

    One of several people of a name, and what was split off (see `Rules.owners`), stand in no
    document by their own ids.
    """
    found: set[int] = set()
    named = {other for id in ids for other in (id, shared_id(id), owners.get(id, id))}
    for id in sorted(named):
        rows = connection.rows(
            "SELECT document FROM appearances JOIN raws ON raws.number = raw WHERE raws.id = ?",
            (id,),
        )
        found.update(row[0] for row in rows)
    return found


def resolved(connection: Connection, id: str) -> str:
    """Give the id of the thing that an id stands for."""
    row = connection.row("SELECT entity FROM identities WHERE node = ?", (id,))
    return id if row is None else str(row[0])


def members(connection: Connection, id: str) -> set[str]:
    """Give all ids that stand for a thing, its own among them."""
    rows = connection.rows("SELECT node FROM identities WHERE entity = ?", (id,))
    return {id, *(row[0] for row in rows)}


def links_of(connection: Connection, id: str) -> list[Link]:
    """Give the links by which ids became a thing, the surest first."""
    found = []
    for member in sorted(members(connection, id)):
        rows = connection.rows(
            "SELECT one, other, score, reason FROM links WHERE one = ?", (member,)
        )
        found += [Link(*row) for row in rows]
    return sorted(found, key=lambda link: (-link.score, link.one, link.other))


def known(connection: Connection, number: int, extraction: Extraction, rules: Rules) -> Identities:
    """Give what is known of the names of one document; rules with resolved ids."""
    cache: dict[str, str] = {}

    def entity_of(id: str) -> str:
        if id not in cache:
            cache[id] = resolved(connection, id)
        return cache[id]

    people: dict[str, str] = {}
    for entity in extraction.entities:
        if entity.type is EntityType.PERSON:
            person = _person(connection, number, entity.id)
            if person is not None:
                people[entity.id] = person
    return Identities(entity_of, rules, people)


def _person(connection: Connection, number: int, id: str) -> str | None:
    """Give which of several people of a name a document means, None where there is but one."""
    rows = connection.rows(
        "SELECT document, coalesce(identities.entity, employer) FROM employers"
        " LEFT JOIN identities ON identities.node = employer WHERE person = ?",
        (id,),
    )
    working: dict[int, list[str]] = defaultdict(list)
    for document, employer in rows:
        working[document].append(employer)
    if len(working) < 2 or number not in working:
        return None
    curated = connection.row(
        "SELECT 1 FROM raw_names JOIN raws ON raws.number = raw"
        " WHERE raws.id = ? AND curated > 0 LIMIT 1",
        (id,),
    )
    if curated is not None:
        return None
    found = namesakes(id, ((str(document), named) for document, named in sorted(working.items())))
    return found.get(str(number))


def with_resolved(connection: Connection, rules: Rules) -> Rules:
    """Give rules in which names and rejections are about the things that ids stand for now."""

    def entity(id: str) -> str:
        # The object of a rejected statement may be a value.
        return id if id.startswith('"') else resolved(connection, id)

    aliases: dict[str, tuple[str, ...]] = {}
    for id, names in rules.aliases.items():
        aliases[entity(id)] = (*aliases.get(entity(id), ()), *names)
    return Rules(
        rules.merges,
        rules.apart,
        rules.splits,
        {entity(id): name for id, name in rules.renames.items()},
        aliases,
        frozenset((entity(s), p, entity(o)) for s, p, o in rules.rejected),
    )
