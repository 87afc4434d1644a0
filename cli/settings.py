"""What every command shares: the store's location and the output format."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from ..graph.protocols import GraphStore, View
    from ..ontology.claim import Entity

__all__ = [
    "FORMATS",
    "Settings",
    "candidates_option",
    "clock_options",
    "format_option",
    "open_for_reading",
    "seen",
    "store_option",
    "view_of",
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
    as_of, known_at : str or None
        The date on which what is shown held, and that by which it had been said.
    """

    store: str = DEFAULT_STORE
    candidates: bool = False
    as_of: str | None = None
    known_at: str | None = None


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


def _keep_as_of(ctx: click.Context, _: click.Parameter, value: str | None) -> None:
    ctx.ensure_object(Settings).as_of = _checked(value)


def _keep_known_at(ctx: click.Context, _: click.Parameter, value: str | None) -> None:
    ctx.ensure_object(Settings).known_at = _checked(value)


def _checked(date: str | None) -> str | None:
    if date is not None:
        from ..graph.periods import checked_period

        checked_period(date)
    return date


def clock_options(command: Command) -> Command:
    """Give a command the options ``--as-of`` and ``--known-at``, kept in the settings."""
    for name, keep, text in (
        ("--known-at", _keep_known_at, "Only what documents said that were out by then."),
        ("--as-of", _keep_as_of, "Only what held then: 2023, 2023-10 or 2023-10-07."),
    ):
        command = click.option(name, metavar="DATE", expose_value=False, callback=keep, help=text)(
            command
        )
    return command


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


def view_of(settings: Settings, store: "GraphStore") -> "View":
    """Give what is to be shown of a store: all of it, or what the two clocks leave."""
    if settings.as_of is None and settings.known_at is None:
        return store
    from ..graph.timed import TimedView

    return TimedView(store, settings.as_of, settings.known_at)


def seen(settings: Settings, view: "View", entity: "Entity") -> "Entity":
    """Give an entity as the view shows it.

    Raises
    ------
    UnknownNameError
        When nothing had been said of it yet.
    """
    found = view.entity(entity.id)
    if found is None:
        from ..graph.errors import UnknownNameError

        raise UnknownNameError(
            f"nothing that was out by {settings.known_at} speaks of {entity.name}",
            hint="give a later date to --known-at",
        )
    return found
