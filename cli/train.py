"""``modelkin train``: models from annotated documents."""

from functools import partial
from pathlib import Path
from typing import Any

import click

from .output import note

__all__ = ["command"]


@click.command("train")
@click.option(
    "--gold",
    "folders",
    type=click.Path(path_type=Path),
    multiple=True,
    required=True,
    metavar="DIR",
    help="A folder of annotated documents; may be given more than once.",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    metavar="DIR",
    help="Where the models go: a new folder, an empty one, or one of earlier models, which is "
    "replaced when all is done.",
)
@click.option(
    "--seed", type=click.IntRange(0), default=0, show_default=True, help="Of chance in training."
)
@click.option(
    "--cross-validate",
    "folds",
    type=click.IntRange(2, 100),
    metavar="K",
    help="Score in K parts too, for the card: trains K times more.",
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="How many processes train at once.",
)
def command(folders: tuple[Path, ...], out: Path, seed: int, folds: int | None, jobs: int) -> None:
    """Train the models that extraction uses, and write them with a card.

    \b
    The same documents, seed and libraries give the same files. The card (card.json; card.md for
    people) says what the models were trained on, with what, and how well they read. Training
    needs libraries that extraction does not: python -m pip install 'modelkin[train]'.

    \b
    Examples:
      modelkin train --gold gold/ --out models/
      modelkin train --gold gold/ --gold more/ --out models/ --cross-validate 5
      modelkin eval unseen/ --models models/ --trained-on gold/
    """
    from ..extract.evaluation.folder import may_replace, write_models
    from ..extract.evaluation.gold import read_all_gold
    from ..extract.evaluation.trial import default_trainer
    from ..extract.workers import one_thread

    if not may_replace(out):
        raise click.BadParameter(
            f"{out} holds something other than models; name a new folder", param_hint="--out"
        )
    one_thread()
    train = default_trainer()
    documents = read_all_gold(folders)
    scores = None if folds is None else _scores(documents, folds, seed, jobs)
    note(f"training on {len(documents)} documents")
    trainer = partial(train, jobs=jobs)
    card = write_models(documents, out, seed=seed, scores=scores, train=trainer, progress=note)
    size = sum(file["bytes"] for file in card["files"].values())
    note(f"{out}: {len(card['files'])} files, {size / 1e6:.1f} MB")


def _scores(documents: Any, folds: int, seed: int, jobs: int) -> dict[str, Any]:
    from ..extract.evaluation.report import report
    from .eval import cross_validated

    figures = report(cross_validated(documents, folds, seed=seed, jobs=jobs))
    return {"folds": folds} | {key: figures[key] for key in figures if key != "by_document"}
