"""``modelkin remove``: take a document and all it says out again."""

import click

from .output import emit
from .settings import Settings, format_option, opened, store_option

__all__ = ["command"]


@click.command("remove")
@click.argument("document")
@store_option
@format_option()
@click.pass_obj
def command(settings: Settings, document: str, format: str) -> None:
    """Remove a document and every claim it makes; the graph is as if it had never been read.

    DOCUMENT is its id, the beginning of its id, its title or its address.

    \b
    Examples:
      modelkin documents
      modelkin remove 3f2a91
    """
    from ..graph.documents import find_article

    with opened(settings, read_only=False) as store:
        found = find_article(store, document)
        report = store.remove(found.id)
    emit(
        ("removed", "count"),
        [
            ("documents", 1),
            ("claims", report.removed),
            *([("candidates", report.candidates_removed)] if report.candidates_removed else []),
        ],
        format,
    )
