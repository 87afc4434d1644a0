"""``modelkin eval``: how well documents are read that people annotated."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .figures import PARTS, write_figures, write_mistakes
from .output import emit_json, note
from .reading import progress
from .settings import format_option

if TYPE_CHECKING:
    from ..extract.evaluation.gold import GoldDocument
    from ..extract.evaluation.report import Scored
    from ..extract.evaluation.trial import Record, Trainer

__all__ = ["command", "cross_validated"]


def _floors(
    ctx: click.Context, parameter: click.Parameter, given: Sequence[str]
) -> dict[str, float]:
    """Read ``relations=.68``."""
    floors: dict[str, float] = {}
    for text in given:
        part, _, value = text.partition("=")
        try:
            floor = float(value)
        except ValueError:
            floor = -1.0
        if part not in PARTS or not 0 <= floor <= 1:
            raise click.BadParameter(
                f"{text!r} is not KIND=VALUE with {', '.join(PARTS)} and a number up to 1",
                ctx,
                parameter,
            )
        floors[part] = floor
    return floors


@click.command("eval")
@click.argument("gold", type=click.Path(path_type=Path), metavar="GOLD_DIR")
@click.option(
    "--cross-validate",
    "folds",
    type=click.IntRange(2, 100),
    metavar="K",
    help="Train on all documents but a K-th part and read that part; score all parts together.",
)
@click.option(
    "--models",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Models of 'modelkin train', or none for the rules alone.  [default: the package's]",
)
@click.option(
    "--trained-on",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="DIR",
    help="Documents that the models were trained on: tells what is found of names and pairs that "
    "they do not show.",
)
@click.option(
    "--min-f1",
    "floors",
    multiple=True,
    metavar="KIND=VALUE",
    callback=_floors,
    help="Exit with 1 when F1 of entities, relations or attributes is lower.",
)
@click.option("--errors", is_flag=True, help="List what was missed and what is false.")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Write what was read into this folder, one file a document.",
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="How many processes read, or train and read.",
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@format_option("table", "json")
def command(
    gold: Path,
    folds: int | None,
    models: Path | None,
    trained_on: tuple[Path, ...],
    floors: dict[str, float],
    errors: bool,
    out: Path | None,
    jobs: int,
    as_json: bool,
    format: str,
) -> None:
    """Read annotated documents and say how much is right.

    \b
    GOLD_DIR holds pairs of NAME.json (annotations) and NAME.md, .txt or .html (text), in folders
    as deep as you like. The figures have many shapes: csv and jsonl, which have one, are not
    offered.

    \b
    Exit codes: 1 when a floor of --min-f1 does not hold, 3 when GOLD_DIR cannot be read.

    \b
    Examples:
      modelkin eval gold/ --errors
      modelkin eval gold/ --min-f1 entities=.8 --min-f1 relations=.6
      modelkin eval gold/ --cross-validate 5 --jobs 2 --json | jq .micro.relations
    """
    from ..extract.evaluation.gold import read_all_gold, read_gold
    from ..extract.evaluation.report import report

    if folds is not None and (models is not None or trained_on):
        raise click.UsageError("--cross-validate trains: neither --models nor --trained-on goes")
    documents = read_gold(gold)
    records: dict[str, Record] = {}
    if folds is None:
        learnt = read_all_gold(trained_on) if trained_on else None
        scored = _read(documents, models, learnt, jobs, records)
    else:
        scored = cross_validated(documents, folds, jobs=jobs, records=records)
    if out is not None:
        _write_records(records, out)
    figures = report(scored)
    mistakes = {one.document.id: one.score.mistakes for one in scored} if errors else {}
    if as_json or format == "json":
        listed = {id: [_mistake(m) for m in some] for id, some in mistakes.items()}
        emit_json(figures | ({"errors": listed} if errors else {}))
    else:
        write_figures(figures)
        if errors:
            write_mistakes(mistakes)
    _hold(figures, floors)


def _read(
    documents: "Sequence[GoldDocument]",
    models: Path | None,
    learnt: "Sequence[GoldDocument] | None",
    jobs: int,
    records: "dict[str, Record]",
) -> "list[Scored]":
    from ..extract.evaluation.report import Scored
    from ..extract.evaluation.trial import read_records
    from ..extract.evaluation.unseen import Seen
    from ..extract.workers import one_thread

    one_thread()
    note(f"reading {len(documents)} documents")
    with progress() as step:
        records |= read_records(documents, models=models, jobs=jobs, progress=step)
    seen = None if learnt is None else Seen.of(learnt)
    return [Scored.of(document, records[document.id], seen) for document in documents]


def cross_validated(
    documents: "Sequence[GoldDocument]",
    folds: int,
    *,
    seed: int = 0,
    jobs: int = 1,
    train: "Trainer | None" = None,
    records: "dict[str, Record] | None" = None,
) -> "list[Scored]":
    """Score every document as models read it that were trained without it.

    Parameters
    ----------
    documents : sequence of GoldDocument
    folds : int
    seed : int
    jobs : int
        How many processes train and read.
    train : Trainer, optional
        By default this package's.
    records : dict, optional
        Takes what was read.
    """
    from ..extract.evaluation.report import Scored
    from ..extract.evaluation.trial import cross_validate
    from ..extract.evaluation.unseen import Seen
    from ..extract.workers import one_thread

    one_thread()
    by_id = {document.id: document for document in documents}
    scored: list[Scored] = []
    note(f"training and reading {len(documents)} documents in {folds} parts")
    for fold in cross_validate(documents, folds, seed=seed, jobs=jobs, train=train, progress=note):
        seen = Seen.of(fold.trained_on)
        scored += [Scored.of(by_id[id], record, seen) for id, record in fold.records.items()]
        if records is not None:
            records |= fold.records
    return sorted(scored, key=lambda one: one.document.id)


def _write_records(records: "Mapping[str, Record]", out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    for id, record in records.items():
        text = json.dumps(record, ensure_ascii=False, indent=1)
        (out / f"{id}.json").write_text(text + "\n", encoding="utf-8")


def _mistake(mistake: Any) -> dict[str, str]:
    return {"part": mistake.part, "kind": mistake.kind, "what": mistake.what}


def _hold(figures: Mapping[str, Any], floors: Mapping[str, float]) -> None:
    """Leave with 1 when a floor does not hold; every one that does not is told."""
    low = {part: figures["micro"][part]["f1"] for part in floors}
    failed = [part for part in floors if low[part] < floors[part]]
    for part in failed:
        note(f"modelkin: F1 of {part} is {low[part]:.4f}, below the floor {floors[part]:g}")
    if failed:
        raise click.exceptions.Exit(1)
