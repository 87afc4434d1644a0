"""``modelkin search``: names and sentences that hold a text."""

import click

from .output import emit
from .settings import Settings, candidates_option, format_option, open_for_reading, store_option

__all__ = ["command"]


@click.command("search")
@click.argument("text")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=20,
    show_default=True,
    help="The most results.",
)
@candidates_option
@store_option
@format_option()
@click.pass_obj
def command(settings: Settings, text: str, limit: int, format: str) -> None:
    """Find names and sentences that hold a text, Chinese or English, from any position.

    \b
    Examples:
      modelkin search 千问
      modelkin search belug --format jsonl
    """
    with open_for_reading(settings) as store:
        hits = store.search(text, limit)
    rows = [
        (
            hit.kind,
            hit.entity.id if hit.entity else hit.claim.subject if hit.claim else "",
            hit.entity.type.value if hit.entity else hit.claim.predicate if hit.claim else "",
            " ".join(hit.text.split()),
        )
        for hit in hits
    ]
    emit(("kind", "entity", "type", "text"), rows, format)
