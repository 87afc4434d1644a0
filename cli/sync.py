"""``modelkin sync``: one store copied into another, or published to a SPARQL server."""

from contextlib import ExitStack
from typing import TYPE_CHECKING

import click

from .output import emit, note
from .rdf_options import base_iri_option
from .reading import progress
from .settings import Settings, format_option, login_options, opened

if TYPE_CHECKING:
    from ..graph.protocols import GraphStore
    from ..graph.sync import SyncReport

__all__ = ["command"]


@click.command("sync", short_help="Copy one store into another, or publish it.")
@click.argument("source", metavar="SOURCE")
@click.argument("target", metavar="TARGET")
@click.option(
    "--batch",
    type=click.IntRange(1, 1_000_000),
    default=100,
    show_default=True,
    help="How many texts are one write.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be new, and write nothing.")
@click.option(
    "--replace",
    is_flag=True,
    help="Let SOURCE take the place of another store that a SPARQL server shows.",
)
@base_iri_option
@login_options
@format_option()
@click.pass_obj
def command(
    settings: Settings,
    source: str,
    target: str,
    batch: int,
    dry_run: bool,
    replace: bool,
    base: str | None,
    format: str,
) -> None:
    """Copy what SOURCE has read, and what was decided there, into TARGET: two stores.

    \b
    Nothing is taken out of TARGET: it holds the articles and decisions of both afterwards. What
    it has already is not written again, so a second run writes nothing and one that was broken
    off goes on where it ended. Where both have read one text, SOURCE says from now on what is
    read in it. A TARGET that is missing or empty becomes what SOURCE is.

    \b
    A decision that cannot stand beside those of TARGET is named at the end, the rest goes in;
    the exit code is then 2.

    \b
    A TARGET sparql+http(s)://HOST/DATASET is a SPARQL 1.1 server, which SOURCE is published to:
    claims as named graphs, all else in the default graph; facts alone. What is new is sent, what
    is gone from SOURCE is taken out there. The user stands in the address (sparql+https://ada@…),
    the password in MODELKIN_SPARQL_PASSWORD. A batch is then so many entities, statements,
    documents or claims.

    \b
    Examples:
      modelkin sync modelkin.db copy.db
      modelkin sync modelkin.db bolt://localhost
      modelkin sync bolt://localhost mine.db --dry-run
      modelkin sync modelkin.db sparql+http://localhost:3030/ds
    """
    from ..graph.sparql_server import is_sparql_server

    if is_sparql_server(target):
        from .publishing import publish_to

        publish_to(
            settings,
            source,
            target,
            base=base,
            batch=batch,
            dry_run=dry_run,
            replace=replace,
            format=format,
        )
        return
    if replace or is_sparql_server(source):
        raise click.UsageError("a SPARQL server is published to, and --replace is for that alone")
    from ..graph.sync import preview, same_place, sync

    if same_place(source, target):
        raise click.UsageError(f"SOURCE and TARGET are one store: {target}")
    with ExitStack() as stack:
        step = stack.enter_context(progress())
        one = stack.enter_context(opened(settings, source))
        other = _open(settings, target, dry_run)
        if other is not None:
            stack.enter_context(other)
        if dry_run:
            report = preview(one, other, progress=lambda document: step(document.title))
        else:
            assert other is not None
            report = sync(one, other, batch=batch, progress=lambda document: step(document.title))
    if dry_run:
        note("dry run: nothing was written")
    emit(("new", "count"), _rows(report), format)
    _finish(report, target)


def _open(settings: Settings, location: str, dry_run: bool) -> "GraphStore | None":
    """Open the store to write to, or, for a dry run, to read from if it is there at all."""
    from ..graph.errors import UnknownStoreError

    if not dry_run:
        # A new store gets the curated records of the other one.
        return opened(settings, location, create=True, read_only=False, bare=True)
    try:
        return opened(settings, location, candidates=True)
    except UnknownStoreError:
        return None


def _rows(report: "SyncReport") -> list[tuple[str, int]]:
    merged = report.merged
    rarer = (
        ("claims replaced", merged.removed),
        ("candidates", merged.candidates),
        ("candidates replaced", merged.candidates_removed),
        ("decisions refused", len(report.refused)),
    )
    return [
        ("documents", merged.documents),
        ("entities", merged.entities),
        ("claims", merged.claims),
        ("decisions", report.decisions),
        *((what, number) for what, number in rarer if number),
    ]


def _finish(report: "SyncReport", target: str) -> None:
    """Say what was left out, and leave with the exit code for decisions that were refused."""
    if report.left_out:
        note(
            f"{report.left_out} curated records are left out: {target} has the seeds of another "
            "version of modelkin, or none"
        )
    if not report.refused:
        return
    note(f"{len(report.refused)} decisions cannot stand in {target}:")
    for decision, error in report.refused:
        note(f"  {decision.id} ({decision.kind} by {decision.author}): {error.message}")
    raise click.exceptions.Exit(report.refused[0][1].exit_code)
