"""What ``ingest`` and ``extract`` share: reading, extracting, keeping count of failures."""

import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import update_wrapper
from itertools import count
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

from .. import ModelKinError
from .output import note, printable

if TYPE_CHECKING:
    from ..extract.language_model import LanguageModelExtractor
    from ..extract.protocols import ReadOptions
    from ..ontology.claim import Extraction, Refusal
    from ..ontology.document import Document

__all__ = ["Batch", "documents_option", "read_batch"]

_MOST_REASONS = 12

Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass(slots=True)
class Batch:
    """The options of one batch and what failed in it.

    Parameters
    ----------
    options : ReadOptions
    jobs : int
        How many processes extract, or how many requests are made at a time.
    extractor : LanguageModelExtractor or None
        None for the spaCy pipeline.
    failures : list of (str, ModelKinError)
        Locations that could not be read or extracted, and why.
    refused : list of (str, Refusal)
        What was read where and is kept out, since the ontology does not allow it.
    """

    options: "ReadOptions"
    jobs: int
    extractor: "LanguageModelExtractor | None" = None
    failures: list[tuple[str, ModelKinError]] = field(default_factory=list)
    refused: "list[tuple[str, Refusal]]" = field(default_factory=list)

    def finish(self) -> None:
        """Say what was rejected and what failed; leave with its exit code when anything did."""
        if self.extractor is not None:
            _tell_rejected(self.extractor)
            self.extractor.close()
        if self.refused:
            note(f"{len(self.refused)} claims kept out:")
            for location, refusal in self.refused:
                note(f"  {location}: {refusal.reason} (read by {refusal.extractor})")
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
        extractor: str,
        llm_url: str | None,
        llm_model: str | None,
        llm_timeout: float,
        llm_retries: int,
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
        asked = None
        if extractor == "llm":
            asked = _language_model(llm_url, llm_model, llm_timeout, llm_retries)
        return command(*args, batch=Batch(options, jobs, asked), **rest)

    wrapped: Any = update_wrapper(with_batch, command)
    for option in (
        *_LANGUAGE_MODEL_OPTIONS,
        click.option(
            "--extractor",
            type=click.Choice(("spacy", "llm")),
            default="spacy",
            show_default=True,
            help="Who reads: the rules of this package, or a language model, to which the texts "
            "are then sent.",
        ),
        click.option(
            "--allow-private", is_flag=True, help="Fetch from addresses of private networks too."
        ),
        click.option(
            "--jobs",
            type=click.IntRange(1, 64),
            default=1,
            show_default=True,
            help="How many processes extract; how many requests an llm gets at a time.",
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


_LANGUAGE_MODEL_OPTIONS = (
    click.option(
        "--llm-retries",
        type=click.IntRange(0, 10),
        default=2,
        show_default=True,
        help="How often a request that failed for a passing reason is sent again.",
    ),
    click.option(
        "--llm-timeout",
        type=click.FloatRange(0, 3600, min_open=True),
        default=120.0,
        show_default=True,
        metavar="SECONDS",
        help="How long one request may take.",
    ),
    click.option("--llm-model", metavar="NAME", help="The name that its server knows it by."),
    click.option(
        "--llm-url",
        metavar="URL",
        help="An OpenAI-compatible API, up to its version: http://127.0.0.1:8000/v1. The key, if "
        "it needs one, is read from MODELKIN_LLM_KEY.",
    ),
)


def _language_model(
    url: str | None, model: str | None, timeout: float, retries: int
) -> "LanguageModelExtractor":
    """Make the extractor that asks a language model."""
    source = click.get_current_context().get_parameter_source("extractor")
    if source is not ParameterSource.COMMANDLINE:
        # Else a modelkin.toml in somebody's folder could send texts anywhere.
        raise click.UsageError("texts leave this machine only when --extractor llm is typed")
    if not url or not model:
        raise click.UsageError("--extractor llm needs --llm-url and --llm-model")
    from ..extract.errors import ExtractionError
    from ..extract.language_model import KEY_VARIABLE, LanguageModel, LanguageModelExtractor

    key = os.environ.get(KEY_VARIABLE, "").strip()
    try:
        settings = LanguageModel(url, model, key=key, timeout=timeout, retries=retries)
    except ExtractionError as error:
        raise click.UsageError(printable(error.message) + f"; {error.hint}") from error
    return LanguageModelExtractor(settings)


def _tell_rejected(extractor: "LanguageModelExtractor") -> None:
    """Say how much of a language model's answers the texts do not show."""
    if not extractor.rejected:
        return
    note(f"{extractor.rejected.total()} answers of the language model rejected:")
    for reason, times in extractor.rejected.most_common(_MOST_REASONS):
        note(f"  {times} {printable(reason)}")


def read_batch(locations: Iterable[str], batch: Batch) -> Iterator[tuple[str, "Extraction"]]:
    """Give each document's location and extraction; what fails is kept and the rest goes on."""
    from ..extract.pipeline import extract_many
    from ..ontology.screening import screened

    # Outcomes come in the order of the documents, so their locations queue up beside them.
    waiting: deque[str] = deque()
    with progress() as step:
        documents = _documents(locations, batch, waiting)
        for outcome in extract_many(documents, batch.jobs, batch.extractor):
            location = waiting.popleft()
            step(location)
            if isinstance(outcome, ModelKinError):
                batch.failures.append((location, outcome))
            else:
                extraction = screened(outcome)
                batch.refused += ((location, refusal) for refusal in extraction.refused)
                yield location, extraction


def _documents(locations: Iterable[str], batch: Batch, waiting: deque[str]) -> Iterator["Document"]:
    from ..extract.sources import read
    from ..extract.workers import settle

    cold = batch.jobs == 1 and batch.extractor is None
    for reading in read(locations, batch.options):
        if reading.document is not None:
            if cold:
                settle()
                cold = False
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
