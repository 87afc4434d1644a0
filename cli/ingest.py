"""``modelkin ingest``: read articles into the store."""

from contextlib import ExitStack
from typing import TYPE_CHECKING

import click

from .output import emit, note
from .reading import Batch, documents_option, read_batch
from .settings import Settings, format_option, opened, store_option

if TYPE_CHECKING:
    from ..graph.protocols import GraphStore, MergeReport

__all__ = ["command"]


@click.command("ingest")
@click.argument("locations", nargs=-1, required=True, metavar="LOCATION...")
@documents_option
@click.option("--dry-run", is_flag=True, help="Say what would be new, and write nothing.")
@click.option("--bare", is_flag=True, help="Make a new store without the curated seeds.")
@store_option
@format_option()
@click.pass_context
def command(
    ctx: click.Context,
    locations: tuple[str, ...],
    batch: Batch,
    dry_run: bool,
    bare: bool,
    format: str,
) -> None:
    """Read articles into the store: files, folders, - for stdin, web addresses.

    \b
    Reads .md, .txt, .html and .pdf. Reading an article twice changes nothing. What cannot be
    read is named at the end, the rest goes in; the exit code is then 3. What is too doubtful to
    count as a fact is kept as a candidate, which other commands show with --candidates. A claim
    that the ontology does not allow is kept out, and named at the end with the reason.

    \b
    Examples:
      modelkin ingest articles/
      modelkin ingest https://example.org/news.html --published 2023-10-07
      curl -s https://example.org/news.html | modelkin ingest - --url https://example.org/news.html
    """
    from ..graph.protocols import MergeReport

    settings = ctx.find_object(Settings)
    assert settings is not None
    total = MergeReport()
    with ExitStack() as stack:
        store = _open(settings, dry_run, bare)
        if store is not None:
            stack.enter_context(store)
        if dry_run:
            from ..graph.preview import Preview

            write = Preview(store).merge
        else:
            assert store is not None
            write = store.merge
        for _, extraction in read_batch(locations, batch):
            total += write(extraction)
    if dry_run:
        note("dry run: nothing was written")
    emit(
        ("new", "count"),
        [
            ("documents", total.documents),
            ("entities", total.entities),
            ("claims", total.claims),
            *((what, number) for what, number in _rarer(total, batch) if number),
        ],
        format,
    )
    batch.finish()


def _rarer(total: "MergeReport", batch: Batch) -> tuple[tuple[str, int], ...]:
    """Give the counts that are worth a line only where they are not zero."""
    return (
        ("claims replaced", total.removed),
        ("candidates", total.candidates),
        ("candidates replaced", total.candidates_removed),
        ("claims kept out", len(batch.refused)),
    )


def _open(settings: Settings, dry_run: bool, bare: bool) -> "GraphStore | None":
    """Open the store to write to, or, for a dry run, to read from if it is there at all."""
    from ..graph.errors import UnknownStoreError

    if not dry_run:
        return opened(settings, create=True, read_only=False, bare=bare)
    try:
        return opened(settings, read_only=True, candidates=True)
    except UnknownStoreError:
        return None
