"""``modelkin store``: making a store, looking after it, deleting it."""

from typing import TYPE_CHECKING

import click

from .output import emit, note
from .settings import Settings, format_option, opened, store_option

if TYPE_CHECKING:
    from ..graph.protocols import Administered, GraphStore

__all__ = ["command"]


@click.group("store")
def command() -> None:
    """Make a store, look after it, delete it: a file, or the database of a Neo4j server.

    \b
    Examples:
      modelkin store init --store bolt://localhost:7687
      modelkin store check
      modelkin store drop --yes --store old.db
    """


@command.command("init", short_help="Make an empty store, or one with the curated seeds.")
@click.option("--bare", is_flag=True, help="Leave the curated seeds out.")
@store_option
@format_option()
@click.pass_obj
def init(settings: Settings, bare: bool, format: str) -> None:
    """Make the store, with its constraints and indexes; one that is there stays as it is.

    \b
    Other commands that write make a missing store too. What of its constraints and indexes a
    store lacks, store check --mend makes.

    \b
    Examples:
      modelkin store init
      modelkin store init --bare --store bolt://localhost:7687 --database models
    """
    from ..graph.errors import UnknownStoreError

    try:
        opened(settings).close()
    except UnknownStoreError:
        made = True
    else:
        made = False
    with opened(settings, create=True, read_only=False, bare=bare) as store:
        documents = sum(1 for _ in store.documents())
    emit(("store", "made", "documents"), [(settings.store, made, documents)], format)


@command.command("check", short_help="Say what is wrong with a store.")
@click.option("--mend", is_flag=True, help="Mend what is found.")
@store_option
@format_option()
@click.pass_context
def check(ctx: click.Context, mend: bool, format: str) -> None:
    """Compare all that the store holds with what its documents and decisions make of it.

    \b
    Exit code 0 when all is well or was mended, 1 when something is wrong.

    \b
    Examples:
      modelkin store check
      modelkin store check --mend --store bolt://localhost:7687
    """
    with opened(ctx.obj, read_only=False, plant=False) as store:
        looked_after = _administered(store)
        problems = looked_after.mend() if mend else looked_after.check()
    emit(("problem",), [(problem,) for problem in problems], format)
    if not problems:
        note("all is well")
    elif mend:
        note("mended")
    else:
        note("mend it: modelkin store check --mend")
        ctx.exit(1)


@command.command("drop", short_help="Delete a store with all it holds.")
@click.confirmation_option("--yes", prompt="Delete the store with all it holds?")
@store_option
@click.pass_obj
def drop(settings: Settings) -> None:
    """Delete the store with all it holds; a server's database itself stays, empty.

    \b
    Examples:
      modelkin store drop --yes --store old.db
      modelkin store drop --store bolt://localhost:7687
    """
    with opened(settings, read_only=False, plant=False) as store:
        _administered(store).drop()
    note(f"deleted {settings.store}")


def _administered(store: "GraphStore") -> "Administered":
    from ..graph.errors import StoreError
    from ..graph.protocols import Administered

    if not isinstance(store, Administered):
        raise StoreError(
            f"stores such as {store.location} are not looked after here",
            hint="use the tools of the store itself",
        )
    return store
