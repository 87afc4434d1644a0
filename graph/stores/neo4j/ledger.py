"""What the ledger of a Neo4j store holds, and which row of a working copy each of it is.

Every kind of entry has a label of its own beside `LEDGER`, and an ``id`` that no two entries of
the kind share.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ...projections.server import LEDGER
from ..connection import Connection, Row
from ..encoding import encoded
from ..originals import original
from .server import Server

__all__ = [
    "CHANGE",
    "KINDS",
    "LEDGER",
    "METADATA",
    "SEPARATOR",
    "STORE",
    "THE_STORE",
    "WRITE",
    "Entry",
    "Kind",
    "joined",
    "metadata",
    "searchable",
    "short",
]

STORE = "Store"
"""The one entry that every writer locks: which store this is and how far it has come."""
THE_STORE = f"MATCH (s:{STORE} {{id: 'store'}})"
METADATA = "Metadata"
WRITE = "Write"
"""What somebody merged, removed or decided, by number: what working copies follow."""
CHANGE = "Change"
"""An entry of the store's log, by sequence number."""
SEPARATOR = "\x1f"
"""Stands between the parts of an id; in none of them, as texts of values are JSON."""

# Indexes hold some thousands of bytes and no more: of longer texts their beginning and a hash.
_SHORT = 500
_SEARCHED = 8000

Entry = dict[str, object]


def short(text: str) -> str:
    """Give a text that an index can hold, and that no other text has.

    Examples
    --------
    >>> short("Llama 2"), len(short("羊驼" * 5000))
    ('Llama 2', 165)
    """
    if len(text) <= _SHORT:
        return text
    digest = hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()
    return f"{text[:100]}{SEPARATOR}{digest}"


def searchable(text: str) -> str:
    """Give the part of a text in which substrings are found, with case folded."""
    return text.casefold()[:_SEARCHED]


def metadata(server: Server, key: str) -> str | None:
    """Give what a store keeps under a key, None where that is nothing."""
    rows = server.all(f"MATCH (m:{METADATA} {{id: $key}}) RETURN m.value", key=key)
    return str(rows[0][0]) if rows else None


def joined(*parts: str) -> str:
    """Make an id of its parts.

    Examples
    --------
    >>> joined("model/llama-2", "Llama 2").split(SEPARATOR)
    ['model/llama-2', 'Llama 2']
    """
    return SEPARATOR.join(parts)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of entry that is a row of the working copy.

    Parameters
    ----------
    label : str
    columns : tuple of str
        What an entry holds beside its id.
    sql : str
        Gives these columns by the parts of the id.
    rest : callable, optional
        Gives what else an entry holds.
    """

    label: str
    columns: tuple[str, ...]
    sql: str
    rest: Callable[[Connection, Row], Entry] | None = None

    def entry(self, connection: Connection, id: str) -> Entry | None:
        """Give the entry of an id, None where the working copy has no such row."""
        row = connection.row(self.sql, id.split(SEPARATOR))
        if row is None:
            return None
        entry: Entry = {"id": short(id), **dict(zip(self.columns, row, strict=False))}
        if self.rest is not None:
            entry.update(self.rest(connection, row))
        return entry


def _content(connection: Connection, row: Row) -> Entry:
    return {"content": encoded(original(connection, row[-1]))}


def _of_name(_: Connection, row: Row) -> Entry:
    name, folded, key = row[_NAME.index("name")], row[-2], row[-1]
    return {
        "exact": short(name),
        "caseless": short(folded),
        "key": short(key),
        "folded": searchable(name),
    }


def _of_statement(_: Connection, row: Row) -> Entry:
    return {"target": short(row[_STATEMENT.index("object")])}


def _of_claim(_: Connection, row: Row) -> Entry:
    return {
        "target": short(row[_CLAIM.index("object")]),
        "folded": searchable(row[_CLAIM.index("quote")]),
    }


_DOCUMENT = ("text", "lang", "title", "url", "published", "retrieved", "kind", "current")
_CLAIM = (
    "subject",
    "predicate",
    "object",
    "datatype",
    "qualifiers",
    "document",
    "start",
    "end",
    "quote",
    "extractor",
    "confidence",
    "kind",
)
_NAME = ("entity", "type", "name", "documents", "shown", "curated")
_TALLY = ("claims", "curated", "doubt", "methods", "first_stated", "last_stated")
_STATEMENT = (
    "subject",
    "predicate",
    "object",
    "datatype",
    *_TALLY,
    "candidates",
    *(f"all_{column}" for column in _TALLY),
)

_ALL = (
    Kind(
        "Source",
        _DOCUMENT,
        f"SELECT {', '.join(_DOCUMENT)}, number FROM documents WHERE id = ?",  # noqa: S608
        _content,
    ),
    Kind(
        "Reading",
        ("document", "url", "lang", "title", "published", "retrieved", "latest"),
        """
        SELECT documents.id, readings.url, readings.lang, readings.title, readings.published,
               readings.retrieved, latest
        FROM readings JOIN documents ON documents.number = readings.document
        WHERE documents.id = ? AND readings.url = ?
        """,
    ),
    Kind(
        "Name",
        _NAME,
        """
        SELECT entities.id, type, name, documents, shown, curated, folded, key
        FROM spellings JOIN entities ON entities.number = spellings.entity
        WHERE entities.id = ? AND name = ?
        """,
        _of_name,
    ),
    Kind(
        "Statement",
        _STATEMENT,
        f"""
        SELECT {", ".join(f"statements.{column}" for column in _STATEMENT[:11])},
               {", ".join(f"doubtful.{column}" for column in _TALLY)}
        FROM statements LEFT JOIN doubtful ON doubtful.statement = statements.number
        WHERE subject = ? AND predicate = ? AND object = ?
        """,  # noqa: S608
        _of_statement,
    ),
    Kind(
        "Assertion",
        _CLAIM,
        """
        SELECT subject, predicate, object, datatype, qualifiers, documents.id, start, end,
               quotes.text, extractor, confidence, claims.kind
        FROM claims
        JOIN statements ON statements.number = claims.statement
        JOIN quotes ON quotes.number = claims.quote
        JOIN documents ON documents.number = quotes.document
        WHERE claims.id = ?
        """,
        _of_claim,
    ),
    Kind("Identity", ("entity",), "SELECT entity FROM identities WHERE node = ?"),
    Kind(
        "Link",
        ("one", "other", "score", "reason"),
        "SELECT one, other, score, reason FROM links WHERE one = ? AND other = ?",
    ),
    Kind(
        "Decision",
        ("kind", "arguments", "author", "time", "reason"),
        "SELECT kind, arguments, author, time, reason FROM decisions WHERE id = ?",
    ),
)

KINDS: Mapping[str, Kind] = {kind.label: kind for kind in _ALL}
