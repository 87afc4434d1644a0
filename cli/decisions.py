"""``modelkin decisions``: what people decided, listed, taken back, carried to other stores."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .deciding import Deciding, as_one, counts, decided, deciding_options, dry_run_option
from .output import emit, note
from .settings import Settings, format_option, open_for_reading, opened, store_option

if TYPE_CHECKING:
    from ..graph.protocols import GraphStore, MergeReport
    from ..ontology.decision import Decision

__all__ = ["command"]

_SHORTEST = 4
"""Digits of a decision's id that may stand for all of it."""


@click.group("decisions")
def command() -> None:
    """List what was decided, take it back, keep it in a file beside the articles.

    \b
    A graph is made of articles and decisions: the same ones make the same graph, in any order.

    \b
    Examples:
      modelkin decisions list
      modelkin decisions undo 3f2a91
      modelkin decisions export decisions.jsonl
    """


@command.command("list")
@click.option("--all", "everything", is_flag=True, help="Those taken back too, and the undoings.")
@store_option
@format_option()
@click.pass_obj
def list_(settings: Settings, everything: bool, format: str) -> None:
    """List the decisions in force, the earliest first.

    \b
    Examples:
      modelkin decisions list
      modelkin decisions list --all --format json
    """
    with open_for_reading(settings) as store:
        decisions = list(store.decisions())
    undone = _taken_back(decisions)
    rows = [
        (
            decision.id,
            decision.time,
            decision.kind.value,
            dict(decision.arguments) if format.startswith("json") else _told(decision),
            decision.author,
            decision.reason,
            *((undone.get(decision.id),) if everything else ()),
        )
        for decision in decisions
        if everything or (decision.id not in undone and decision.kind != "undo")
    ]
    columns = ("id", "time", "kind", "arguments", "author", "reason")
    emit(columns + ("taken back by",) * everything, rows, format)


@command.command("undo", short_help="Take a decision back, or bring it into force again.")
@click.argument("id", metavar="ID")
@deciding_options
@click.pass_obj
def undo(settings: Settings, id: str, options: Deciding) -> None:
    """Take a decision back; taking an undoing back brings the decision into force again.

    \b
    ID is its id or the beginning of it. Both stay in the list of all decisions.

    \b
    Examples:
      modelkin decisions undo 3f2a91 --reason "two firms after all"
      modelkin decisions undo 3f2a91 --dry-run
    """
    from ..graph.errors import DecisionError
    from ..ontology.decision import DecisionKind

    with decided(settings, options) as log:
        decisions = list(log.store.decisions())
        found = _found(decisions, id)
        by = _taken_back(decisions).get(found.id)
        if by is not None:
            raise DecisionError(
                f"the decision {found.id} is taken back already, by {by}",
                hint=f"bring it into force again: modelkin decisions undo {by}",
            )
        log.decide(DecisionKind.UNDO, decision=found.id)


@command.command("export", short_help="Write all decisions to a file.")
@click.argument(
    "file", type=click.Path(dir_okay=False, allow_dash=True, path_type=Path), default="-"
)
@store_option
@click.pass_obj
def export(settings: Settings, file: Path) -> None:
    """Write all decisions to a FILE, a line each, fit for version control; - is stdout.

    \b
    Those taken back and the undoings are in it. The same decisions give the same bytes.

    \b
    Examples:
      modelkin decisions export decisions.jsonl
      modelkin decisions export | grep '"merge"'
    """
    from ..graph.decision_file import write
    from ..graph.exporters.writing import whole_file

    with open_for_reading(settings) as store:
        text = write(store.decisions())
    if str(file) == "-":
        click.echo(text, nl=False)
        return
    with whole_file(file) as target:
        target.write(text)
    note(f"wrote {file}")


@command.command("import", short_help="Take in the decisions of a file.")
@click.argument("file", type=click.Path(allow_dash=True, path_type=Path))
@dry_run_option
@store_option
@format_option()
@click.pass_obj
def import_(settings: Settings, file: Path, dry_run: bool, format: str) -> None:
    """Take in the decisions of a FILE that export wrote, all or none; - is stdin.

    \b
    Those that are there already change nothing. It does not matter in which order articles and
    decisions come in.

    \b
    Examples:
      modelkin decisions import decisions.jsonl
      modelkin decisions import - < decisions.jsonl
    """
    from ..graph.decision_file import decode, in_order, read
    from ..graph.protocols import MergeReport

    decisions = in_order(read(decode(_content(file))))
    total, new = MergeReport(), 0
    with opened(settings, read_only=False, candidates=True) as store:
        known = {decision.id for decision in store.decisions()}
        with as_one(store, dry_run):
            for decision in decisions:
                if decision.id not in known:
                    total += _take_in(store, decision)
                    new += 1
    told = {"new decisions": new, "known already": len(decisions) - new, **counts(total)}
    emit(("what", "count"), told.items(), format)


def _take_in(store: "GraphStore", decision: "Decision") -> "MergeReport":
    """Take in one decision of a file; an error says which."""
    from ..graph.errors import DecisionError
    from ..ontology.errors import InvariantError

    try:
        return store.decide(decision)
    except (DecisionError, InvariantError) as error:
        raise DecisionError(
            f"the decision {decision.id} cannot be taken in: {error.message}", hint=error.hint
        ) from error


def _content(file: Path) -> bytes:
    """Read a file of decisions, no more of it than can be one."""
    from ..graph.decision_file import LARGEST
    from ..graph.errors import DecisionError

    try:
        with click.open_file(str(file), "rb") as stream:
            content: bytes = stream.read(LARGEST + 1)
    except OSError as error:
        raise DecisionError(
            f"cannot read {file}: {error.strerror or error}", hint="name a file of decisions"
        ) from error
    return content


def _told(decision: "Decision") -> str:
    """Give the arguments of a decision as people read them.

    Examples
    --------
    >>> from modelkin.ontology.decision import Decision, DecisionKind
    >>> when = "2026-11-24T17:05:00Z"
    >>> _told(Decision.of(DecisionKind.RENAME, author="ann", time=when, entity="model/qwen",
    ...                   name="通义千问"))
    'entity model/qwen, name 通义千问'
    """
    told = [
        (key, value if isinstance(value, str) else " | ".join(value))
        for key, value in decision.arguments
    ]
    return ", ".join(f"{key} {value}" for key, value in told)


def _found(decisions: Iterable["Decision"], id: str) -> "Decision":
    from ..graph.errors import DecisionError

    decisions = list(decisions)
    found = [decision for decision in decisions if decision.id == id]
    if not found and len(id) >= _SHORTEST:
        found = [decision for decision in decisions if decision.id.startswith(id.lower())]
    if not found:
        raise DecisionError(
            f"there is no decision {id!r}",
            hint=f"give an id or at least {_SHORTEST} digits of it: modelkin decisions list --all",
        )
    if len(found) > 1:
        listed = "".join(f"\n  {one.id} ({one.kind}): {_told(one)}" for one in found)
        raise DecisionError(
            f"{id!r} may be {len(found)} decisions:{listed}", hint="give more digits"
        )
    return found[0]


def _taken_back(decisions: Iterable["Decision"]) -> dict[str, str]:
    """Give which decisions, undoings among them, do not hold, each with the undoing that does."""
    from ..graph.decision_file import in_order

    undone: dict[str, str] = {}
    # What takes an undoing back comes after it.
    for decision in reversed(in_order(decisions)):
        if decision.kind == "undo" and decision.id not in undone:
            undone[decision["decision"]] = decision.id
    return undone
