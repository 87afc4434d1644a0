"""The trained models of a folder, or those that ship with the package."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from .errors import ExtractionError

if TYPE_CHECKING:
    from .judging.judge import Judge
    from .tagging.kinds import Kinds
    from .tagging.tagger import Tagger
    from .trees import Trees

__all__ = [
    "DECISION",
    "RULES_ONLY",
    "SHIPPED",
    "THRESHOLDS",
    "Models",
    "models_at",
    "models_digest",
]

DECISION = "decision.npz"
"""File of the decision over a document's names."""
THRESHOLDS = "thresholds.json"
"""File of the chances from which on a name counts, by type."""
SHIPPED = "shipped"
"""Stands for the models of the package."""
RULES_ONLY = "none"
"""Stands for no models: the rules decide alone."""

_FOLDER = Path(__file__).parent / "data" / "trained"
_NEEDED = ("names.crfsuite", "names.txt", DECISION, THRESHOLDS, "judge.npz")


@dataclass(frozen=True, slots=True)
class Models:
    """What was learned from annotated text.

    Parameters
    ----------
    tagger : Tagger
        Proposes names.
    kinds : Kinds
        What names and the words around them say of their kinds.
    decision : Trees
        Weighs the proposals of a document.
    thresholds : mapping of str to float
        The chance from which on a name of each type counts.
    judge : Judge
        Weighs relations and attributes.
    """

    tagger: "Tagger"
    kinds: "Kinds"
    decision: "Trees"
    thresholds: Mapping[str, float]
    judge: "Judge"


def _folder(name: str) -> Path:
    return _FOLDER if name == SHIPPED else Path(name)


@cache
def models_at(name: str) -> Models | None:
    """Give the models of a folder.

    Parameters
    ----------
    name : str
        A folder, ``shipped``, or ``none``.

    Returns
    -------
    Models or None
        None for ``none``.

    Raises
    ------
    ExtractionError
        When the folder does not hold models.
    """
    if name == RULES_ONLY:
        return None
    folder = _folder(name)
    missing = [file for file in _NEEDED if not (folder / file).is_file()]
    if missing:
        raise ExtractionError(
            f"no trained models in {folder}: {', '.join(missing)} missing",
            hint="make them with 'modelkin train --gold DIR --out DIR'",
        )
    import numpy as np

    from .judging.judge import Judge
    from .tagging.kinds import Kinds
    from .tagging.tagger import Tagger
    from .trees import Trees

    try:
        with np.load(folder / DECISION, allow_pickle=False) as arrays:
            decision, kinds = Trees.of(arrays, "trees"), Kinds.of(arrays, "kinds")
        thresholds = json.loads((folder / THRESHOLDS).read_text(encoding="utf-8"))
        return Models(Tagger(folder), kinds, decision, thresholds, Judge(folder))
    except (OSError, ValueError, KeyError) as error:
        raise ExtractionError(
            f"the models in {folder} cannot be read: {error}",
            hint="make them anew with 'modelkin train'",
        ) from error


@cache
def models_digest(name: str) -> str:
    """Give a digest of the models, for the extractor's version."""
    digest = hashlib.sha256()
    for file in _NEEDED if name != RULES_ONLY else ():
        path = _folder(name) / file
        if path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()
