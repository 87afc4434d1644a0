"""Folders of trained models: written whole or not at all."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ..errors import ExtractionError
from .card import FORMAT, card_text, model_card
from .gold import GoldDocument
from .trial import Progress, Trainer, default_trainer, train_with

__all__ = ["CARD", "CONFIG", "may_replace", "write_models"]

CARD = "card.json"
CONFIG = "config.json"
_CARD_FOR_PEOPLE = "card.md"


def may_replace(folder: Path) -> bool:
    """Tell whether models may be written there: nothing lies there but other models.

    Examples
    --------
    >>> with TemporaryDirectory() as folder:
    ...     before = may_replace(Path(folder))
    ...     _ = Path(folder, "thesis.txt").write_text("all I have")
    ...     before, may_replace(Path(folder))
    (True, False)
    """
    if not folder.exists():
        return True
    if not folder.is_dir():
        return False
    if not any(folder.iterdir()):
        return True
    try:
        card = json.loads(folder.joinpath(CARD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(card, dict) and card.get("format") == FORMAT


def write_models(
    documents: Sequence[GoldDocument],
    out: Path,
    *,
    seed: int = 0,
    scores: Mapping[str, Any] | None = None,
    train: Trainer | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Train models and write them with their card; what lay there before is replaced at the end.

    Parameters
    ----------
    documents : sequence of GoldDocument
    out : Path
        The folder; see `may_replace`.
    seed : int
    scores : mapping, optional
        For the card.
    train : Trainer, optional
        By default this package's.
    progress : function, optional
        Told what is being done.

    Returns
    -------
    dict
        The card.

    Raises
    ------
    GoldError
        When the documents are too few.
    ExtractionError
        When something else lies there, when a library is missing, when the folder cannot be
        written.
    """
    train = train or default_trainer()
    out = out.resolve()
    if not may_replace(out):
        raise ExtractionError(
            f"{out} holds something other than models", hint="name a new folder, or an empty one"
        )
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=f".{out.name}-", dir=out.parent) as work:
            models = Path(work, "models")
            models.mkdir()
            train_with(train, documents, models, seed=seed, progress=progress)
            card = _write_cards(models, documents, seed, scores)
            _swap(models, out, Path(work, "former"))
    except OSError as error:
        raise ExtractionError(
            f"cannot write models to {out}: {error.strerror or error}",
            hint="check the folder's permissions and the free space",
        ) from error
    return card


def _write_cards(
    models: Path,
    documents: Sequence[GoldDocument],
    seed: int,
    scores: Mapping[str, Any] | None,
) -> dict[str, Any]:
    files = {
        path.relative_to(models).as_posix(): path.read_bytes()
        for path in models.rglob("*")
        if path.is_file()
    }
    config = json.loads(files[CONFIG]) if CONFIG in files else {}
    card = model_card(documents, seed=seed, config=config, files=files, scores=scores)
    text = json.dumps(card, ensure_ascii=False, indent=1)
    models.joinpath(CARD).write_text(text + "\n", encoding="utf-8")
    models.joinpath(_CARD_FOR_PEOPLE).write_text(card_text(card), encoding="utf-8")
    return card


def _swap(new: Path, out: Path, former: Path) -> None:
    """Put the new folder in the place of the former; on failure the former stays."""
    if not out.exists():
        new.rename(out)
        return
    out.rename(former)
    try:
        new.rename(out)
    except OSError:
        former.rename(out)
        raise
