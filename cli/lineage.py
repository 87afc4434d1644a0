"""``modelkin lineage``: what a model was made from, and what was made from it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from .evidence import print_claims, weight
from .output import emit, emit_json, note, printable
from .settings import (
    Settings,
    candidates_option,
    clock_options,
    format_option,
    open_for_reading,
    seen,
    store_option,
    view_of,
)

if TYPE_CHECKING:
    from ..graph.lineage import Lineage, Step
    from ..graph.protocols import View

__all__ = ["command", "direction_options"]

Command = TypeVar("Command", bound=Callable[..., Any])


def direction_options(command: Command) -> Command:
    """Give a command the options ``--up``, ``--down``, ``--both`` and ``--depth``."""
    for option in (
        click.option("--depth", type=click.IntRange(min=1), help="The most steps from the model."),
        click.option("--both", "direction", flag_value="both", help="Ancestors and descendants."),
        click.option("--down", "direction", flag_value="down", help="What was made from it."),
        click.option(
            "--up",
            "direction",
            flag_value="up",
            default="up",
            help="What it was made from. [default]",
        ),
    ):
        command = option(command)
    return command


@click.command("lineage")
@click.argument("name")
@direction_options
@click.option("--to", "target", metavar="NAME", help="Only the paths that lead to this model.")
@click.option("--variants", is_flag=True, help="Follow sizes and editions to their family too.")
@click.option("--why", is_flag=True, help="Show the sentences behind every step.")
@clock_options
@candidates_option
@store_option
@format_option("tree", "json", "jsonl", "csv", "table")
@click.pass_obj
def command(
    settings: Settings,
    name: str,
    direction: str,
    depth: int | None,
    target: str | None,
    variants: bool,
    why: bool,
    format: str,
) -> None:
    """Show the tree of derivations of a model: method, licence and date at each step.

    \b
    A model that is its own ancestor is shown where that happens and not followed.

    \b
    Examples:
      modelkin lineage "Stable Beluga" --why
      modelkin lineage "Llama 2" --down --depth 2
      modelkin lineage "Stable Beluga 2" --variants --to LLaMA
      modelkin lineage 百川 --both --format json
      modelkin lineage "Falcon 180B" --known-at 2023-09
    """
    from ..graph.lineage import Direction, as_records, lineage
    from ..graph.names import resolve
    from ..ontology.terms import EntityType

    with open_for_reading(settings) as store:
        view = view_of(settings, store)
        root = seen(settings, view, resolve(store, name, prefer=EntityType.MODEL))
        end = resolve(store, target, prefer=EntityType.MODEL) if target else None
        if end is not None:
            end = seen(settings, view, end)
        found = lineage(
            view,
            root.id,
            direction=Direction(direction),
            depth=depth,
            to=end.id if end else None,
            follow=followed(variants),
        )
        if format == "json":
            emit_json(as_records(view, found, why=why))
        elif format == "tree":
            _print_tree(view, found, why)
        else:
            columns: tuple[str, ...] = (
                "depth",
                "model",
                "name",
                "direction",
                "method",
                "parent",
                "licence",
                "released",
                "confidence",
                "claims",
                "curated",
                "mark",
            )
            rows = [_row(found, step) for step in found.steps]
            if settings.candidates:
                columns += ("candidates",)
                rows = [
                    (*row, step.statement.candidates if step.statement else None)
                    for row, step in zip(rows, found.steps, strict=True)
                ]
            emit(columns, rows, format)
    if len(found.steps) == 1:
        note(
            f"nothing is said of what {root.name} "
            + {"up": "was made from", "down": "gave rise to"}.get(direction, "is kin to")
        )
    if not found.complete:
        note("there are more paths than are shown")


def followed(variants: bool) -> tuple[str, ...]:
    """Give the predicates that a lineage follows."""
    from ..graph.lineage import DERIVATIONS
    from ..ontology.terms import Predicate

    return (*DERIVATIONS, Predicate.VARIANT_OF.value) if variants else DERIVATIONS


def _row(found: "Lineage", step: "Step") -> tuple[object, ...]:
    statement = step.statement
    return (
        step.depth,
        step.entity.id,
        step.entity.name,
        step.direction.value if statement else None,
        statement.method if statement else None,
        found.steps[step.parent].entity.id if step.parent is not None else None,
        "; ".join(licence.name for licence in step.licences) or None,
        "; ".join(step.released) or None,
        statement.confidence if statement else None,
        statement.claims if statement else None,
        statement.curated if statement else None,
        step.mark.value,
    )


def _print_tree(view: "View", found: "Lineage", why: bool) -> None:
    """Draw the tree line by line; the margin of a step shows which branches go on below it."""
    children: dict[int, list[int]] = {}
    for position, step in enumerate(found.steps):
        if step.parent is not None:
            children.setdefault(step.parent, []).append(position)
    margins: dict[int, str] = {}
    for position, step in enumerate(found.steps):
        if step.parent is None:
            margins[position] = ""
            click.echo(printable(_label(step)))
            continue
        last = children[step.parent][-1] == position
        above = margins[step.parent]
        margins[position] = above + ("    " if last else "│   ")
        click.echo(above + ("└── " if last else "├── ") + printable(_label(step)))
        if why and step.statement is not None:
            below = "│   " if position in children else "    "
            statement = step.statement
            claims = view.claims(statement.subject, statement.predicate, statement.object)
            print_claims(view, claims, margins[position] + below)


def _label(step: "Step") -> str:
    """Give a step in one line."""
    from ..graph.lineage import Direction, Mark
    from ..ontology.terms import Predicate

    parts = [step.entity.name]
    if step.statement is not None:
        arrow = "←" if step.direction is Direction.UP else "→"
        parts[0] = f"{arrow} {step.entity.name}"
        variant = step.statement.predicate == Predicate.VARIANT_OF
        methods = ", ".join(step.statement.methods) or "unspecified"
        parts.append("as a variant" if variant else f"by {methods}")
    if step.licences:
        parts.append(f"under {' / '.join(licence.name for licence in step.licences)}")
    if step.released:
        parts.append(f"released {' / '.join(step.released)}")
    if step.statement is not None:
        parts.append(weight(step.statement))
    parts += {
        Mark.SEEN: ["(shown above)"],
        Mark.CYCLE: ["(cycle: it stands on this path already)"],
        Mark.CUT: ["(more follows)"],
    }.get(step.mark, [])
    return "  ".join(parts)
