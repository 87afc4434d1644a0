"""``modelkin extract``: what articles say, without a store."""

import json
from pathlib import Path
from urllib.parse import urlsplit

import click

from .reading import Batch, documents_option, read_batch
from .settings import format_option

__all__ = ["command"]


@click.command("extract")
@click.argument("locations", nargs=-1, required=True, metavar="LOCATION...")
@documents_option
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write one file a document into this folder, named by the document.",
)
@click.option("--facts", is_flag=True, help="Leave out candidates.")
@format_option("jsonl", "json")
def command(
    locations: tuple[str, ...], batch: Batch, out: Path | None, facts: bool, format: str
) -> None:
    """Extract entities, relations and attributes, one JSON object a document.

    \b
    Every relation and attribute carries its evidence: the quote and its character offsets in the
    text as modelkin stores it (UTF-8, NFC, line ends as line feeds), and says in "kind" whether it
    is a fact (extracted) or a candidate: read, but less sure than a fact has to be.

    \b
    Examples:
      modelkin extract article.md | jq '.relations[] | [.subject, .predicate, .object]'
      modelkin extract articles/ --out extracted/
      modelkin extract - --facts --format json < article.md
    """
    from ..extract.records import gold_shape

    written: set[str] = set()
    collected: list[dict[str, object]] = []
    for location, extraction in read_batch(locations, batch):
        name = _unused(file_name(location), written)
        record = gold_shape(extraction, name, candidates=not facts)
        if out is not None:
            out.mkdir(parents=True, exist_ok=True)
            text = json.dumps(record, ensure_ascii=False, indent=1)
            (out / f"{name}.json").write_text(text + "\n", encoding="utf-8")
        elif format == "jsonl":
            click.echo(json.dumps(record, ensure_ascii=False))
        else:
            collected.append(record)
    if out is None and format == "json":
        click.echo(json.dumps(collected, ensure_ascii=False, indent=1))
    batch.finish()


def file_name(location: str) -> str:
    """Give a document a name for a file: the stem of its location.

    Examples
    --------
    >>> file_name("articles/llama.v2.md"), file_name("-"), file_name("https://example.org/news/")
    ('llama.v2', 'stdin', 'news')
    """
    if location == "-":
        return "stdin"
    if "://" in location:
        address = urlsplit(location)
        location = address.path.rstrip("/") or address.netloc
    return Path(location).stem or "document"


def _unused(name: str, taken: set[str]) -> str:
    """Give the name, numbered when an earlier document of the batch has it."""
    candidate, number = name, 1
    while candidate in taken:
        number += 1
        candidate = f"{name}-{number}"
    taken.add(candidate)
    return candidate
