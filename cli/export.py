"""``modelkin export``: the graph, or one lineage, as a file."""

from pathlib import Path

import click

from .lineage import direction_options
from .output import note
from .settings import Settings, candidates_option, open_for_reading, store_option

__all__ = ["command"]


@click.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--format", "format", help="The format, where the suffix does not say it.")
@click.option("--lineage", "name", metavar="NAME", help="Only the lineage of this model.")
@direction_options
@candidates_option
@store_option
@click.pass_obj
def command(
    settings: Settings,
    file: Path,
    format: str | None,
    name: str | None,
    direction: str,
    depth: int | None,
) -> None:
    """Write the graph to a file: .jsonl .graphml .ttl .trig .html.

    \b
    The same graph gives the same bytes. The file is written whole or not at all.

    \b
    Examples:
      modelkin export graph.graphml
      modelkin export lineage.html --lineage "Stable Beluga" --both
    """
    from ..graph.exporters import exporter_for
    from ..graph.protocols import View

    exporter = exporter_for(file, format)
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
        exporter.write(view, file)
    note(f"wrote {file}")
