"""Read the curated tables of the package, and give their version."""

import csv
import hashlib
from collections.abc import Iterator
from functools import cache

from .. import __version__
from .errors import SeedError

__all__ = ["CURATED_TABLES", "read_table", "rows", "split_names", "version"]

CURATED_TABLES = ("entities.csv", "licences.csv", "lineage.csv")
"""The tables that `modelkin.seeds.extractions` gives to a store."""

_REINSTALL = "install modelkin again: the package is damaged"


def read_table(name: str) -> bytes:
    """Give a table as it lies in the package.

    Parameters
    ----------
    name : str
        The name of a file in the package's ``seeds`` folder.

    Raises
    ------
    SeedError
        When the package lacks it.

    Examples
    --------
    >>> read_table("entities.csv").startswith(b"type,name,")
    True
    """
    # Imported here: a command that asks for no seeds need not load it.
    from importlib.resources import files

    try:
        return (files("modelkin.seeds") / name).read_bytes()
    except OSError as error:
        raise SeedError(f"cannot read the seeds {name}: {error}", hint=_REINSTALL) from error


def rows(name: str, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """Give the rows of a table, each with its line number, first line 1.

    Parameters
    ----------
    name : str
        The name of a file in the package's ``seeds`` folder.
    columns : tuple of str
        The columns that it must have, in this order.

    Raises
    ------
    SeedError
        When the table is missing, is not UTF-8, has other columns or a row of another length.

    Examples
    --------
    >>> columns = ("type", "name", "aliases_en", "aliases_zh", "source")
    >>> number, row = next(rows("entities.csv", columns))
    >>> number, row["type"]
    (2, 'Organization')
    """
    try:
        text = read_table(name).decode("utf-8")
    except UnicodeDecodeError as error:
        raise SeedError(f"{name} is not UTF-8: {error}", hint=_REINSTALL) from error
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    try:
        header = tuple(next(reader, ()))
        if header != columns:
            raise SeedError(f"{name} has the columns {header}, not {columns}", hint=_REINSTALL)
        for fields in reader:
            if len(fields) != len(columns):
                raise SeedError(
                    f"{name}, line {reader.line_num}: {len(fields)} fields, not {len(columns)}",
                    hint=_REINSTALL,
                )
            yield reader.line_num, dict(zip(columns, fields, strict=True))
    except csv.Error as error:
        raise SeedError(f"{name}, line {reader.line_num}: {error}", hint=_REINSTALL) from error


def split_names(field: str) -> tuple[str, ...]:
    """Give the names of a field, which stand between semicolons.

    Examples
    --------
    >>> split_names("智谱; 智谱AI;")
    ('智谱', '智谱AI')
    """
    return tuple(name for part in field.split(";") if (name := part.strip()))


@cache
def version() -> str:
    """Give the version of the seeds that go into a store: equal data, equal version.

    It is a hash of the package's version and of `CURATED_TABLES`, so that both new facts and a
    new way to write them down give another one.

    Returns
    -------
    str
        16 hexadecimal digits.

    Examples
    --------
    >>> len(version())
    16
    """
    digest = hashlib.sha256(__version__.encode())
    for name in CURATED_TABLES:
        digest.update(hashlib.sha256(read_table(name)).digest())
    return digest.hexdigest()[:16]
