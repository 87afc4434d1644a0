"""Writing answers to stdout: table, json, jsonl, csv."""

import csv
import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence

import click

__all__ = ["emit", "note", "plain", "printable"]

# Control characters, line and paragraph separators, and marks that turn the direction of text:
# in a terminal they would act, not show.
_ACTING = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    r"""Give text that a terminal shows and does not obey.

    Examples
    --------
    >>> printable("safe\x1b[2J\n")
    'safe\\x1b[2J\\n'
    """
    return _ACTING.sub(lambda match: repr(match.group())[1:-1], text)


def plain(value: object) -> str:
    """Give a value as one cell of text: nothing for None, JSON for lists and mappings.

    Examples
    --------
    >>> plain(None), plain("千问"), plain(True), plain(["a", 1]), plain(0.5)
    ('', '千问', 'true', '["a", 1]', '0.5')
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, sort_keys=False)


def emit(columns: Sequence[str], rows: Iterable[Sequence[object]], format: str) -> None:
    """Write rows to stdout.

    Parameters
    ----------
    columns : sequence of str
    rows : iterable of sequences
        As many values as columns.
    format : str
        ``table``, ``json`` (a list of objects), ``jsonl`` (an object a line) or ``csv``.
    """
    if format == "jsonl":
        for row in rows:
            click.echo(json.dumps(dict(zip(columns, row, strict=True)), ensure_ascii=False))
    elif format == "json":
        emit_json([dict(zip(columns, row, strict=True)) for row in rows])
    elif format == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([plain(value) for value in row] for row in rows)
    else:
        _emit_table(columns, [[printable(plain(value)) for value in row] for row in rows])


def emit_json(value: Mapping[str, object] | Sequence[object]) -> None:
    """Write one JSON value to stdout."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def _emit_table(columns: Sequence[str], rows: list[list[str]]) -> None:
    """Draw a table that fits a terminal, or aligned columns that lose nothing in a pipe."""
    if sys.stdout.isatty():
        from rich.box import SIMPLE_HEAD
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text

        table = Table(box=SIMPLE_HEAD, pad_edge=False)
        for column in columns:
            table.add_column(Text(column))
        for row in rows:
            table.add_row(*(Text(cell) for cell in row))
        Console().print(table)
        return
    from rich.cells import cell_len

    widths = [
        max([cell_len(name), *(cell_len(row[index]) for row in rows)])
        for index, name in enumerate(columns)
    ]
    for row in [list(columns), *rows]:
        cells = (
            cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True)
        )
        click.echo("  ".join(cells).rstrip())


def note(text: str) -> None:
    """Say something to the person, on stderr."""
    click.echo(printable(text), err=True)
