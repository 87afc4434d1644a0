"""Constraints and indexes of a Neo4j store, and how a database becomes one."""

import uuid

import neo4j

from ....ontology.terms import EntityType
from ...errors import StoreCorruptError, StoreError, StoreVersionError, UnknownStoreError
from ...projections.shape import CLAIM, DOCUMENT, ENTITY
from .ledger import CHANGE, KINDS, LEDGER, METADATA, STORE, WRITE
from .server import Server
from .working_copy import START

__all__ = ["VERSION", "drop", "mend", "missing", "prepare"]

VERSION = 1
"""The version of what the database holds that this package reads and writes."""

_PREFIX = "modelkin"
_AT_ONCE = 10_000
_UNIQUE = (
    ENTITY,
    CLAIM,
    DOCUMENT,
    *(type.value for type in EntityType),
    STORE,
    METADATA,
    WRITE,
    CHANGE,
    *KINDS,
)
_INDEXED = (
    *((type.value, ("name",)) for type in EntityType),
    (ENTITY, ("name",)),
    (CLAIM, ("predicate",)),
    (DOCUMENT, ("published",)),
    ("Name", ("exact",)),
    ("Name", ("caseless",)),
    ("Name", ("key",)),
    ("Name", ("entity",)),
    ("Statement", ("subject", "predicate")),
    ("Statement", ("predicate", "subject")),
    ("Statement", ("target",)),
    ("Assertion", ("subject", "predicate")),
    ("Assertion", ("predicate",)),
    ("Assertion", ("target",)),
    ("Assertion", ("document",)),
    ("Identity", ("entity",)),
    ("Link", ("one",)),
)
# Substrings are found by trigrams, which know of no language; see Neo4j's manual, "text index".
_SUBSTRINGS = (("Name", "folded"), ("Assertion", "folded"))
# For people who look around: words, and pairs of Chinese characters.
_WORDS = (
    ("modelkin_names", ENTITY, ("name", "aliases")),
    ("modelkin_quotes", CLAIM, ("quote",)),
)


def prepare(server: Server, *, create: bool, write: bool) -> None:
    """Make sure that a database is a store of this version; make it one if it is empty.

    Raises
    ------
    UnknownStoreError
        When it is empty and `create` is false.
    StoreCorruptError
        When it holds something else.
    StoreVersionError
        When another version of this package wrote it.
    """
    version = _version(server)
    if version == VERSION:
        return
    if version is not None:
        age = "a newer" if version > VERSION else "an older"
        raise StoreVersionError(
            f"the database at {server.location} was written by {age} modelkin "
            f"(version {version}; this one reads {VERSION})",
            hint="update modelkin, or copy the store: modelkin sync",
        )
    if server.all("MATCH (n) RETURN 1 LIMIT 1"):
        raise StoreCorruptError(
            f"the database at {server.location} holds something else than a modelkin store",
            hint="give another one with --database, or empty it first",
        )
    if not (create and write):
        raise UnknownStoreError(
            f"no store in the database at {server.location}: it is empty",
            hint="make one with: modelkin store init",
        )
    mend(server)
    server.write(
        lambda transaction: transaction.run(
            f"MERGE (s:{STORE} {{id: 'store'}})"
            f" ON CREATE SET s:{LEDGER}, s.version = $version, s.sequence = 0, s.writes = 0,"
            " s.token = $token"
            f" MERGE (m:{METADATA} {{id: 'identity'}})"
            f" ON CREATE SET m:{LEDGER}, m.value = $identity",
            version=VERSION,
            token=START.token,
            identity=uuid.uuid4().hex,
        ).consume()
    )


def mend(server: Server) -> list[str]:
    """Make the constraints and indexes that a store should have and has not; give their names."""
    lacking = missing(server)
    for name, statement in _statements():
        if name in lacking:
            server.run(statement)
    if lacking:
        server.run("CALL db.awaitIndexes(300)")
    return lacking


def missing(server: Server) -> list[str]:
    """Give the names of the constraints and indexes that a store should have and has not."""
    there = {
        row[0]
        for query in (
            "SHOW INDEXES YIELD name, state WHERE state = 'ONLINE' RETURN name",
            "SHOW CONSTRAINTS YIELD name RETURN name",
        )
        for row in server.rows(query)
    }
    return [name for name, _ in _statements() if name not in there]


def drop(server: Server) -> None:
    """Take a store out of its database, with its constraints and indexes.

    Raises
    ------
    StoreError
        When the database is no store; nothing is deleted then.
    """
    version = _version(server)
    if version is None:
        raise UnknownStoreError(
            f"no store in the database at {server.location}", hint="there is nothing to drop"
        )
    # The entry that makes it a store goes last, so that a broken drop can be done again.
    labels = [label for label in _UNIQUE if label != STORE]
    # Edges first: a licence alone may have more of them than a transaction has memory for.
    _delete_all(server, "()-[x]->()")
    for label in (*labels, STORE):
        _delete_all(server, f"(x:{label})")
    for name, statement in _statements():
        what = "CONSTRAINT" if statement.startswith("CREATE CONSTRAINT") else "INDEX"
        server.run(f"DROP {what} {name} IF EXISTS")


def _delete_all(server: Server, pattern: str) -> None:
    """Delete all that a pattern finds, some at a time."""

    def delete(transaction: neo4j.ManagedTransaction) -> int:
        result = transaction.run(
            f"MATCH {pattern} WITH x LIMIT {_AT_ONCE} DELETE x RETURN count(*) AS gone"
        )
        gone: int = result.single(strict=True)["gone"]
        return gone

    while server.write(delete):
        pass


def _version(server: Server) -> int | None:
    rows = server.all(f"MATCH (s:{STORE}:{LEDGER} {{id: 'store'}}) RETURN s.version")
    if not rows:
        return None
    if not isinstance(rows[0][0], int):
        raise StoreError(
            f"the database at {server.location} says nothing of its version",
            hint="make a new store from the articles: modelkin ingest",
        )
    return rows[0][0]


def _statements() -> list[tuple[str, str]]:
    """Give the name of each constraint and index, and the statement that makes it."""
    found = []
    for label in _UNIQUE:
        name = f"{_PREFIX}_{label.lower()}_id"
        found.append(
            (
                name,
                f"CREATE CONSTRAINT {name} IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE",
            )
        )
    for label, keys in _INDEXED:
        name = "_".join((_PREFIX, label.lower(), *keys))
        columns = ", ".join(f"n.{key}" for key in keys)
        found.append((name, f"CREATE INDEX {name} IF NOT EXISTS FOR (n:{label}) ON ({columns})"))
    for label, key in _SUBSTRINGS:
        name = f"{_PREFIX}_{label.lower()}_{key}_text"
        found.append((name, f"CREATE TEXT INDEX {name} IF NOT EXISTS FOR (n:{label}) ON (n.{key})"))
    for name, label, keys in _WORDS:
        columns = ", ".join(f"n.{key}" for key in keys)
        found.append(
            (
                name,
                f"CREATE FULLTEXT INDEX {name} IF NOT EXISTS FOR (n:{label}) ON EACH [{columns}]"
                " OPTIONS {indexConfig: {`fulltext.analyzer`: 'cjk'}}",
            )
        )
    return found
