"""What every command shares: the store's location and the output format."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from ..graph.protocols import GraphStore

__all__ = [
    "FORMATS",
    "Settings",
    "candidates_option",
    "format_option",
    "open_for_reading",
    "store_option",
]

FORMATS = ("table", "json", "jsonl", "csv")
DEFAULT_STORE = "modelkin.db"

Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass(slots=True)
class Settings:
    """The settings of one run of the command line.

    Parameters
    ----------
    store : str
        Location of the store.
    candidates : bool
        Whether candidates are asked for.
    """

    store: str = DEFAULT_STORE
    candidates: bool = False


def _keep_store(ctx: click.Context, _: click.Parameter, value: str | None) -> None:
    settings = ctx.ensure_object(Settings)
    if value is not None:
        settings.store = value


def store_option(command: Command) -> Command:
    """Give a command the option ``--store``, which may stand before or after its name."""
    return click.option(
        "--store",
        metavar="LOCATION",
        expose_value=False,
        callback=_keep_store,
        help=f"Where the graph lives.  [default: {DEFAULT_STORE}; env: MODELKIN_STORE]",
    )(command)


def _keep_candidates(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    ctx.ensure_object(Settings).candidates = value


def candidates_option(command: Command) -> Command:
    """Give a command the option ``--candidates``, kept in the settings."""
    return click.option(
        "--candidates",
        is_flag=True,
        expose_value=False,
        callback=_keep_candidates,
        help="Take in candidates: claims that are too doubtful to count as facts.",
    )(command)


def format_option(*formats: str, default: str | None = None) -> Callable[[Command], Command]:
    """Give a command the option ``--format``."""
    known = formats or FORMATS
    return click.option(
        "--format",
        "format",
        type=click.Choice(known),
        default=default or known[0],
        show_default=True,
        help="How to write the answer.",
    )


def open_for_reading(settings: Settings) -> "GraphStore":
    """Open the store that the settings name, to show what they say; nothing is written to it."""
    from ..graph.stores import open_store

    return open_store(settings.store, read_only=True, candidates=settings.candidates)
