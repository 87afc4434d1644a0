"""``modelkin documents``: what the store has read."""

import click

from .output import emit
from .settings import Settings, format_option, open_for_reading, store_option

__all__ = ["command"]


@click.command("documents")
@click.option("--curated", is_flag=True, help="List the curated sources of the package too.")
@store_option
@format_option()
@click.pass_obj
def command(settings: Settings, curated: bool, format: str) -> None:
    """List the documents that the store has read.

    \b
    Examples:
      modelkin documents
      modelkin documents --curated --format csv
    """
    from ..ontology.document import DocumentKind

    with open_for_reading(settings) as store:
        rows = [
            (
                document.id,
                document.kind.value,
                document.lang,
                document.published,
                document.title,
                document.url,
                len(document.text),
                document.retrieved,
            )
            for document in store.documents()
            if curated or document.kind is DocumentKind.ARTICLE
        ]
    columns = ("id", "kind", "lang", "published", "title", "url", "characters", "retrieved")
    emit(columns, rows, format)
