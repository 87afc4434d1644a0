"""What ``ingest`` and ``extract`` share: reading, extracting, keeping count of failures."""

import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import update_wrapper
from itertools import count
from typing import TYPE_CHECKING, Any, TypeVar

import click

from .. import ModelKinError
from .output import note, printable

if TYPE_CHECKING:
    from ..extract.protocols import ReadOptions
    from ..ontology.claim import Extraction
    from ..ontology.document import Document

__all__ = ["Batch", "documents_option", "read_batch"]

Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass(slots=True)
class Batch:
    """The options of one batch and what failed in it.

    Parameters
    ----------
    options : ReadOptions
    jobs : int
        How many processes extract.
    failures : list of (str, ModelKinError)
        Locations that could not be read or extracted, and why.
    """

    options: "ReadOptions"
    jobs: int
    failures: list[tuple[str, ModelKinError]] = field(default_factory=list)

    def finish(self) -> None:
        """Say what failed; leave with its exit code when anything did."""
        if not self.failures:
            return
        note(f"{len(self.failures)} failed:")
        for location, error in self.failures:
            for line in f"{location}: {error}".split("\n"):
                note(f"  {line}")
        raise click.exceptions.Exit(max(error.exit_code for _, error in self.failures))


def documents_option(command: Command) -> Command:
    """Give a command the options that say how to read documents, as one `Batch`."""

    def with_batch(
        *args: Any,
        lang: str,
        published: str | None,
        url: str | None,
        encoding: str | None,
        jobs: int,
        allow_private: bool,
        **rest: Any,
    ) -> Any:
        from ..extract.protocols import ReadOptions

        options = ReadOptions(
            lang=None if lang == "auto" else lang,
            published=published,
            url=url,
            encoding=encoding,
            allow_private=allow_private,
        )
        return command(*args, batch=Batch(options, jobs), **rest)

    wrapped: Any = update_wrapper(with_batch, command)
    for option in (
        click.option(
            "--allow-private", is_flag=True, help="Fetch from addresses of private networks too."
        ),
        click.option(
            "--jobs",
            type=click.IntRange(1, 64),
            default=1,
            show_default=True,
            help="How many processes extract.",
        ),
        click.option("--encoding", help="Of text files.  [default: UTF-8, then GB18030]"),
        click.option("--url", help="Where the text was published."),
        click.option("--published", metavar="DATE", help="2023, 2023-10 or 2023-10-07."),
        click.option(
            "--lang",
            type=click.Choice(("auto", "zh", "en")),
            default="auto",
            show_default=True,
            help="The language of the text.",
        ),
    ):
        wrapped = option(wrapped)
    result: Command = wrapped
    return result


def read_batch(locations: Iterable[str], batch: Batch) -> Iterator[tuple[str, "Extraction"]]:
    """Give each document's location and extraction; what fails is kept and the rest goes on."""
    from ..extract.pipeline import extract_many

    # Outcomes come in the order of the documents, so their locations queue up beside them.
    waiting: deque[str] = deque()
    with progress() as step:
        for outcome in extract_many(_documents(locations, batch, waiting), batch.jobs):
            location = waiting.popleft()
            step(location)
            if isinstance(outcome, ModelKinError):
                batch.failures.append((location, outcome))
            else:
                yield location, outcome


def _documents(locations: Iterable[str], batch: Batch, waiting: deque[str]) -> Iterator["Document"]:
    from ..extract.sources import read

    for reading in read(locations, batch.options):
        if reading.document is not None:
            waiting.append(reading.location)
            yield reading.document
        elif reading.error is not None:
            batch.failures.append((reading.location, reading.error))


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Show on stderr, where a person watches, how many documents are done and which is next."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.text import Text

    done = count(1)
    console = Console(stderr=True)
    with console.status(Text("reading")) as status:
        yield lambda location: status.update(Text(f"{next(done)} read, {printable(location)}"))
