"""``modelkin conflicts``: what cannot all hold, both sides with their sentences."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from .evidence import claim_records, object_name, print_claims, weight
from .output import emit, note, printable
from .settings import (
    Settings,
    candidates_option,
    clock_options,
    format_option,
    open_for_reading,
    store_option,
    view_of,
)

if TYPE_CHECKING:
    from ..graph.conflicts import Conflict
    from ..graph.protocols import View

__all__ = ["command"]

# Those of `ConflictKind`, which the help of all commands is not to wait for.
_KINDS = (
    "curated",
    "developer",
    "licence",
    "base",
    "openness",
    "value",
    "cycle",
    "chronology",
)
_COLUMNS = ("id", "kind", "subject", "name", "predicate", "settled", "sides")
# One line a claim: a table has no sides.
_FLAT = (
    "id",
    "kind",
    "settled",
    "subject",
    "predicate",
    "object",
    "name",
    "confidence",
    "claim",
    "claim_kind",
    "claim_confidence",
    "document",
    "title",
    "published",
    "quote",
)
_MOST_SENTENCES = 3


@click.command("conflicts")
@click.argument("name", required=False)
@click.option(
    "--kind",
    "kinds",
    type=click.Choice(_KINDS),
    multiple=True,
    help="Only conflicts of this kind; may be given several times.",
)
@click.option("--settled", is_flag=True, help="Show those too that a person's decision ended.")
@clock_options
@candidates_option
@store_option
@format_option()
@click.pass_obj
def command(
    settings: Settings, name: str | None, kinds: tuple[str, ...], settled: bool, format: str
) -> None:
    """Show what cannot all hold, each side with its sentences, documents and dates.

    \b
    curated     articles contradict a curated fact, whatever it is about
    developer   two organizations, neither part of the other, not at work together
    licence     two licences at one time
    base        two models that cannot both be what a model was made from
    openness    open and closed at one time
    value       two values of an attribute that has one: commercialUse, releaseDate
    cycle       a model is its own ancestor
    chronology  a model came out before the one that it was made from

    \b
    What is said of different sizes, editions or times is no conflict. With a NAME: only those
    that speak of it.

    \b
    Exit codes: 1 when there are conflicts that nobody has settled, 0 when there are none.

    \b
    Examples:
      modelkin conflicts
      modelkin conflicts 百川智能 --kind openness
      modelkin conflicts --kind curated --format jsonl | jq -r .id
      modelkin conflicts "Falcon 180B" --settled --candidates
    """
    from ..graph.conflicts import conflicts
    from ..graph.names import resolve
    from ..graph.timed import facts_and_rejected

    # Rejected claims are shown by a store that shows candidates.
    asked = replace(settings, candidates=settings.candidates or settled)
    with open_for_reading(asked) as store:
        view = view_of(settings, store)
        if asked.candidates != settings.candidates:
            view = facts_and_rejected(view)
        about = resolve(store, name).id if name is not None else None
        found = [
            conflict
            for conflict in conflicts(view, store.decisions(), settled=settled)
            if (not kinds or conflict.kind in kinds)
            and (about is None or about in _spoken_of(conflict))
        ]
        _show(view, found, format)
    if not found:
        note("no conflicts")
    if not all(conflict.settled for conflict in found):
        raise click.exceptions.Exit(1)


def _spoken_of(conflict: "Conflict") -> set[str]:
    """Give the ids of all that a conflict speaks of."""
    spoken = {conflict.subject}
    for side in conflict.sides:
        spoken.add(side.statement.subject)
        if isinstance(side.statement.object, str):
            spoken.add(side.statement.object)
    return spoken


def _show(view: "View", found: "list[Conflict]", format: str) -> None:
    if format == "table":
        for place, conflict in enumerate(found):
            _print(view, conflict, first=place == 0)
    elif format == "csv":
        emit(_FLAT, (row for conflict in found for row in _flat(view, conflict)), format)
    else:
        emit(_COLUMNS, (_row(view, conflict) for conflict in found), format)


def _print(view: "View", conflict: "Conflict", first: bool) -> None:
    if not first:
        click.echo()
    subject = object_name(view, conflict.subject)
    settled = "  settled" if conflict.settled else ""
    said = f"{conflict.kind.value}  {subject}  {conflict.predicate}  {conflict.id}{settled}"
    click.echo(printable(said))
    for side in conflict.sides:
        statement = side.statement
        told = f"{object_name(view, statement.object)}"
        if (statement.subject, statement.predicate) != (conflict.subject, conflict.predicate):
            told = f"{object_name(view, statement.subject)}  {statement.predicate}  {told}"
        methods = f" ({', '.join(statement.methods)})" if statement.methods else ""
        click.echo(printable(f"  → {told}{methods}  {weight(statement)}"))
        best = sorted(side.claims, key=lambda claim: (-claim.confidence, claim.id))
        print_claims(view, best[:_MOST_SENTENCES], "    ")
        if len(best) > _MOST_SENTENCES:
            click.echo(f"    and {len(best) - _MOST_SENTENCES} more: modelkin why")


def _row(view: "View", conflict: "Conflict") -> tuple[object, ...]:
    from ..graph.records import statement_record

    sides = [
        statement_record(side.statement)
        | {
            "name": object_name(view, side.statement.object),
            "evidence": claim_records(view, side.claims),
        }
        for side in conflict.sides
    ]
    return (
        conflict.id,
        conflict.kind.value,
        conflict.subject,
        object_name(view, conflict.subject),
        conflict.predicate,
        conflict.settled,
        sides,
    )


def _flat(view: "View", conflict: "Conflict") -> Iterator[tuple[object, ...]]:
    for side in conflict.sides:
        for claim in side.claims:
            document = view.document(claim.evidence.document)
            yield (
                conflict.id,
                conflict.kind.value,
                conflict.settled,
                *side.key,
                object_name(view, side.statement.object),
                side.statement.confidence,
                claim.id,
                claim.kind.value,
                claim.confidence,
                claim.evidence.document,
                document.title if document else None,
                document.published if document else None,
                claim.evidence.quote,
            )
