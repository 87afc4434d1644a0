"""What every command shares: the store's location and the output format."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from ..graph.protocols import GraphStore, View
    from ..graph.stores.login import Login
    from ..ontology.claim import Entity

__all__ = [
    "FORMATS",
    "Settings",
    "candidates_option",
    "clock_options",
    "format_option",
    "login",
    "login_options",
    "open_for_reading",
    "opened",
    "seen",
    "store_option",
    "view_of",
]

FORMATS = ("table", "json", "jsonl", "csv")
DEFAULT_STORE = "modelkin.db"
DEFAULT_USER = "neo4j"

Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass(slots=True)
class Settings:
    """The settings of one run of the command line.

    Parameters
    ----------
    store : str
        Location of the store.
    user : str
        Who asks a server.
    database : str or None
        Which of its databases; None for the user's own.
    password : str or None
        None until a server asks for one.
    candidates : bool
        Whether candidates are asked for.
    as_of, known_at : str or None
        The date on which what is shown held, and that by which it had been said.
    """

    store: str = DEFAULT_STORE
    user: str = DEFAULT_USER
    database: str | None = None
    password: str | None = field(default=None, repr=False)
    candidates: bool = False
    as_of: str | None = None
    known_at: str | None = None


def _keep_store(ctx: click.Context, _: click.Parameter, value: str | None) -> None:
    settings = ctx.ensure_object(Settings)
    if value is not None:
        settings.store = value


def _keep_user(ctx: click.Context, _: click.Parameter, value: str | None) -> None:
    if value is not None:
        ctx.ensure_object(Settings).user = value


def _keep_database(ctx: click.Context, _: click.Parameter, value: str | None) -> None:
    if value is not None:
        ctx.ensure_object(Settings).database = value


def store_option(command: Command) -> Command:
    """Give a command ``--store`` and what goes with it, before or after the command's name."""
    command = login_options(command)
    return click.option(
        "--store",
        metavar="LOCATION",
        expose_value=False,
        callback=_keep_store,
        help="Where the graph lives: a file, or bolt://HOST:PORT of a Neo4j server."
        f"  [default: {DEFAULT_STORE}; env: MODELKIN_STORE]",
    )(command)


def login_options(command: Command) -> Command:
    """Give a command the options ``--user`` and ``--database``, kept in the settings."""
    command = click.option(
        "--database",
        metavar="NAME",
        expose_value=False,
        callback=_keep_database,
        help="Which database of a server.  [default: the user's own; env: MODELKIN_DATABASE]",
    )(command)
    return click.option(
        "--user",
        metavar="NAME",
        expose_value=False,
        callback=_keep_user,
        help="Who asks a server; the password comes from MODELKIN_NEO4J_PASSWORD or a prompt."
        f"  [default: {DEFAULT_USER}; env: MODELKIN_USER]",
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
    return opened(settings, candidates=settings.candidates)


def opened(
    settings: Settings,
    location: str | None = None,
    *,
    create: bool = False,
    read_only: bool = True,
    bare: bool = False,
    plant: bool = True,
    candidates: bool = False,
) -> "GraphStore":
    """Open a store, that of the settings unless another is given; see `open_store`.

    A server's password is asked for where somebody is there to type it.
    """
    from ..graph.stores import open_store

    location = settings.store if location is None else location
    return open_store(
        location,
        create=create,
        read_only=read_only,
        bare=bare,
        plant=plant,
        candidates=candidates,
        login=login(settings, location),
    )


def login(settings: Settings, location: str) -> "Login | None":
    """Give who asks the server at a location; None where it is no server's address."""
    from ..graph.stores.login import PASSWORD_VARIABLE, Login, is_address

    if not is_address(location):
        return None
    if settings.password is None:
        settings.password = os.environ.get(PASSWORD_VARIABLE)
    if settings.password is None:
        settings.password = _asked_password(settings.user) if sys.stdin.isatty() else ""
    return Login(settings.user, settings.password, settings.database)


def _asked_password(user: str) -> str:
    asked: str = click.prompt(
        f"Password of {user}", default="", show_default=False, hide_input=True, err=True
    )
    return asked


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
