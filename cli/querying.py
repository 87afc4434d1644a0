"""What the commands that answer queries share: a file to read the query from, a time limit."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

__all__ = ["query_file_option", "read_query", "timeout_option"]

Command = TypeVar("Command", bound=Callable[..., Any])


def query_file_option(command: Command) -> Command:
    """Give a command the option ``--file``."""
    return click.option(
        "-f",
        "--file",
        type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
        help="Read the query from a file, or from stdin with -.",
    )(command)


def timeout_option(command: Command) -> Command:
    """Give a command the option ``--timeout``."""
    return click.option(
        "--timeout",
        type=click.FloatRange(min=0, min_open=True),
        default=30.0,
        show_default=True,
        metavar="SECONDS",
        help="How long the query may take.",
    )(command)


def read_query(file: Path) -> str:
    """Read a query from a file, or from stdin.

    Raises
    ------
    click.UsageError
        When it cannot be read.
    """
    try:
        with click.open_file(str(file), encoding="utf-8") as stream:
            return str(stream.read())
    except (OSError, UnicodeDecodeError) as error:
        raise click.UsageError(f"cannot read the query from {file}: {error}") from error
