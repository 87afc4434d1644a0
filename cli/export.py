"""``modelkin export``: the graph, or one lineage, as a file or as a folder for another tool."""

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .lineage import direction_options
from .output import note
from .settings import Settings, candidates_option, open_for_reading, store_option

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..graph.protocols import View

__all__ = ["command"]


@click.command("export")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--format", "format", help="The format, where the suffix does not say it.")
@click.option(
    "--for",
    "tool",
    type=click.Choice(("neo4j-admin",)),
    help="Write a new folder, FILE, for this tool, and print the command that imports it.",
)
@click.option("--lineage", "name", metavar="NAME", help="Only the lineage of this model.")
@direction_options
@candidates_option
@store_option
@click.pass_obj
def command(
    settings: Settings,
    file: Path,
    format: str | None,
    tool: str | None,
    name: str | None,
    direction: str,
    depth: int | None,
) -> None:
    """Write the graph to a file: .jsonl .graphml .ttl .trig .html.

    \b
    The same graph gives the same bytes. The file is written whole or not at all. With --for it
    is a folder, which must not be there yet or be empty.

    \b
    Examples:
      modelkin export graph.graphml
      modelkin export lineage.html --lineage "Stable Beluga" --both
      modelkin export --for neo4j-admin import/
    """
    write = _writer(file, format, tool)
    with open_for_reading(settings) as store:
        view: View = store
        if name is not None:
            from ..graph.lineage import Direction, lineage
            from ..graph.names import resolve
            from ..graph.selection import Selection
            from ..ontology.terms import EntityType

            root = resolve(store, name, prefer=EntityType.MODEL)
            found = lineage(store, root.id, direction=Direction(direction), depth=depth)
            view = Selection(store, found.entities)
        told = write(view, file)
    note(f"wrote {file}")
    if told is not None:
        click.echo(f"cd {shlex.quote(str(file))}\n{told}")


def _writer(
    file: Path, format: str | None, tool: str | None
) -> "Callable[[View, Path], str | None]":
    """Give what writes the file, or the folder and then tells how it is imported."""
    if tool is None:
        if file.is_dir():
            raise click.BadParameter(f"{str(file)!r} is a directory.", param_hint="'FILE'")
        from ..graph.exporters import exporter_for

        return exporter_for(file, format).write
    if format is not None:
        raise click.UsageError("--for and --format exclude each other")
    from ..graph.exporters.neo4j_admin import Neo4jAdminFolder

    return Neo4jAdminFolder().write
