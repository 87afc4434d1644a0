"""Documents that hardly differ, which an SQLite store counts as one witness."""

# SQL is put together from constants alone; what users give is always a parameter.

from ...ontology.document import Document, DocumentKind
from ..grouping import groups
from .connection import Connection
from .contents import Touched
from .contents import settle as settle_statements

__all__ = ["put_in", "settle", "take_out"]


def put_in(connection: Connection, number: int, document: Document) -> set[int]:
    """Find the documents that hardly differ from a new one; give all of that one witness.

    Returns
    -------
    set of int
        The documents whose statements count differently now, the new one among them; empty when
        it stands alone.
    """
    from ..near_duplicates import NEAR, bands, signature, similarity

    if document.kind is DocumentKind.CURATED:
        return set()
    row = connection.row("SELECT witness FROM signatures WHERE document = ?", (number,))
    if row is not None:
        # What it says was put in anew; its text is the same.
        group = _of_witness(connection, row[0])
        return group if len(group) > 1 else set()
    mine = signature(document.text)
    keys = bands(mine)
    rows = connection.rows(
        f"""
        SELECT DISTINCT signature, witness FROM signatures
        WHERE document IN (
            SELECT document FROM bands WHERE band IN ({", ".join("?" * len(keys))})
        )
        """,  # noqa: S608
        keys,
    )
    near = {witness for theirs, witness in rows if similarity(mine, theirs) >= NEAR}
    connection.run(
        "INSERT INTO signatures (document, signature, witness) VALUES (?, ?, ?)",
        (number, mine, document.id),
    )
    connection.run_all(
        "INSERT OR IGNORE INTO bands (band, document) VALUES (?, ?)",
        ((key, number) for key in keys),
    )
    if not near:
        return set()
    everyone = {number}.union(*(_of_witness(connection, witness) for witness in near))
    _name(connection, everyone)
    return everyone


def take_out(connection: Connection, number: int) -> set[int]:
    """Forget a document; give those that it made one witness, and that may be several now."""
    row = connection.row("SELECT witness, signature FROM signatures WHERE document = ?", (number,))
    if row is None:
        return set()
    from ..near_duplicates import NEAR, bands, similarity

    left = _of_witness(connection, row[0]) - {number}
    connection.run("DELETE FROM signatures WHERE document = ?", (number,))
    connection.run_all(
        "DELETE FROM bands WHERE band = ? AND document = ?",
        ((key, number) for key in bands(row[1])),
    )
    if not left:
        return set()
    found = {
        str(one): (one, signature)
        for one in sorted(left)
        for (signature,) in connection.rows(
            "SELECT signature FROM signatures WHERE document = ?", (one,)
        )
    }
    pairs = [
        (one, other)
        for one in found
        for other in found
        if one < other and similarity(found[one][1], found[other][1]) >= NEAR
    ]
    together: dict[str, set[int]] = {}
    for one, group in groups(pairs).items():
        together.setdefault(group, set()).add(found[one][0])
    for members in together.values():
        _name(connection, members)
    for alone in left.difference(*together.values()):
        _name(connection, {alone})
    return left


def settle(connection: Connection, documents: set[int]) -> None:
    """Count anew what some documents say, each witness once."""
    statements: set[int] = set()
    for number in documents:
        rows = connection.rows(
            "SELECT DISTINCT statement FROM claims"
            " JOIN quotes ON quotes.number = claims.quote WHERE quotes.document = ?",
            (number,),
        )
        statements.update(row[0] for row in rows)
    if statements:
        settle_statements(connection, Touched(set(), statements))


def _of_witness(connection: Connection, witness: str) -> set[int]:
    rows = connection.rows("SELECT document FROM signatures WHERE witness = ?", (witness,))
    return {row[0] for row in rows}


def _name(connection: Connection, documents: set[int]) -> None:
    """Let documents be one witness, which goes by the least id of theirs."""
    ids = [
        row[0]
        for number in documents
        for row in connection.rows("SELECT id FROM documents WHERE number = ?", (number,))
    ]
    connection.run_all(
        "UPDATE signatures SET witness = ? WHERE document = ?",
        ((min(ids), number) for number in sorted(documents)),
    )
