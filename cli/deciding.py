"""What the commands that decide share: their options, one transaction, what they print."""

import contextlib
import getpass
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import update_wrapper
from typing import TYPE_CHECKING, Any, TypeVar

import click

from .output import emit, note
from .settings import Settings, format_option, opened, store_option

if TYPE_CHECKING:
    from ..graph.protocols import GraphStore, MergeReport
    from ..ontology.decision import Decision, DecisionKind

__all__ = [
    "Deciding",
    "Log",
    "as_one",
    "counts",
    "decided",
    "deciding_options",
    "dry_run_option",
    "filled",
]

AUTHOR_VARIABLE = "MODELKIN_AUTHOR"
_TIME = "%Y-%m-%dT%H:%M:%SZ"
_SECOND = timedelta(seconds=1)
# A latest decision that lies further ahead is of a clock that goes wrong.
_AHEAD = timedelta(hours=1)

Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Deciding:
    """The options of a command that decides.

    Parameters
    ----------
    dry_run : bool
        Whether nothing is to be written.
    author, reason : str
    format : str
    """

    dry_run: bool
    author: str
    reason: str
    format: str


class _NothingIsWrittenError(Exception):
    """Ends the transaction of a dry run."""


@dataclass(slots=True)
class Log:
    """The decisions of one command, as they are taken.

    Parameters
    ----------
    store : GraphStore
        Open for writing, in a transaction where it offers them.
    options : Deciding
    taken : list of (Decision, MergeReport)
        What was decided, and what each decision changed.
    """

    store: "GraphStore"
    options: Deciding
    taken: "list[tuple[Decision, MergeReport]]" = field(default_factory=list)

    def decide(self, kind: "DecisionKind", **arguments: str | tuple[str, ...]) -> None:
        """Decide something, as of now.

        Raises
        ------
        DecisionError
            When it cannot stand beside the other decisions.
        """
        from ..ontology.decision import Decision
        from ..ontology.document import normalise_text

        decision = Decision.of(
            kind,
            author=normalise_text(self.options.author).strip(),
            time=_now(self.store),
            # The id is a hash of the text that is kept.
            reason=normalise_text(self.options.reason).strip(),
            **arguments,
        )
        self.taken.append((decision, self.store.decide(decision)))


def filled(ctx: click.Context, parameter: click.Parameter, value: Any) -> Any:
    """Refuse an empty text where one is needed."""
    texts = value if isinstance(value, tuple) else (value,)
    if any(isinstance(text, str) and not text.strip() for text in texts):
        raise click.BadParameter("it is empty", ctx, parameter)
    return value


def _login() -> str:
    try:
        return getpass.getuser()
    # Where the system knows no name, Python says so in one of several ways.
    except (OSError, KeyError, ImportError):
        return "unknown"


def dry_run_option(command: Command) -> Command:
    """Give a command the option ``--dry-run``."""
    return click.option(
        "--dry-run", is_flag=True, help="Say what would change, and write nothing."
    )(command)


def deciding_options(command: Command) -> Command:
    """Give a command the options of one that decides, as one `Deciding`."""

    def with_options(
        *args: Any, dry_run: bool, author: str | None, reason: str, format: str, **rest: Any
    ) -> Any:
        options = Deciding(dry_run, author or _login() or "unknown", reason, format)
        return command(*args, options=options, **rest)

    wrapped: Any = update_wrapper(with_options, command)
    for option in (
        format_option(),
        store_option,
        click.option("--reason", metavar="TEXT", default="", help="Why, to be kept beside it."),
        click.option(
            "--author",
            metavar="NAME",
            envvar=AUTHOR_VARIABLE,
            callback=filled,
            help=f"Who decides.  [default: your login name; env: {AUTHOR_VARIABLE}]",
        ),
        dry_run_option,
    ):
        wrapped = option(wrapped)
    result: Command = wrapped
    return result


def _now(store: "GraphStore") -> str:
    """Give the time of a decision: now, or a second after the latest one.

    Of two decisions about one thing the later one holds: those of one second, as of a script,
    have to keep their order.
    """
    now = datetime.now(UTC).replace(microsecond=0)
    latest = max((decision.time for decision in store.decisions()), default="")
    # Other programs may have kept a time without its zone, or none.
    with contextlib.suppress(ValueError, TypeError):
        after = datetime.fromisoformat(latest) + _SECOND
        if now < after < now + _AHEAD:
            now = after
    return now.strftime(_TIME)


@contextlib.contextmanager
def as_one(store: "GraphStore", dry_run: bool) -> Iterator[None]:
    """Make all writes of a block one, or none of them in a dry run.

    Raises
    ------
    StoreError
        When the store cannot promise that.
    """
    from ..graph.protocols import Transactional

    if not isinstance(store, Transactional):
        from ..graph.errors import StoreError

        raise StoreError(
            f"the store {store.location} has no transactions: nothing can be tried out in it, "
            "nor several decisions be taken as one",
            hint="decide one by one, without --dry-run",
        )
    with contextlib.suppress(_NothingIsWrittenError), store.transaction():
        yield
        if dry_run:
            raise _NothingIsWrittenError
    if dry_run:
        note("dry run: nothing was written")


@contextlib.contextmanager
def decided(settings: Settings, options: Deciding) -> Iterator[Log]:
    """Open the store for decisions, kept all or none where it can; then print what changed."""
    from ..graph.protocols import Transactional

    with opened(settings, read_only=False, candidates=True) as store:
        log = Log(store, options)
        alone = not options.dry_run and not isinstance(store, Transactional)
        with contextlib.nullcontext() if alone else as_one(store, options.dry_run):
            yield log
    rows = [
        (decision.id, decision.kind.value, *counts(report).values())
        for decision, report in log.taken
    ]
    emit(("decision", "kind", *counts()), rows, options.format)
    if not any(any(row[2:]) for row in rows):
        note("no claim came or went")


def counts(report: "MergeReport | None" = None) -> dict[str, int]:
    """Give how much a decision changed, each number with its name."""
    from ..graph.protocols import MergeReport

    told = report or MergeReport()
    return {
        "new entities": told.entities,
        "new claims": told.claims,
        "claims gone": told.removed,
        "new candidates": told.candidates,
        "candidates gone": told.candidates_removed,
    }
