"""Names by tagger and rules together."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ..mention import Mention
from ..naming import find_names
from ..structure import Structure
from .decision import Candidate, candidates, choose, describe
from .kinds import buckets_of, kind_columns
from .marks import known_marks, rule_marks

if TYPE_CHECKING:
    from ..models import Models

__all__ = ["DOUBT", "find_tagged", "lenient"]

DOUBT = 0.2
"""How far below its threshold a name may lie and still be kept until the judge has spoken."""
_LEAST = 0.12


def find_tagged(text: str, lang: str, structure: Structure, models: "Models") -> list[Mention]:
    """Give the places where a text names something, the doubtful among them.

    Parameters
    ----------
    text : str
    lang : str
    structure : Structure
        Of the same text.
    models : Models

    Returns
    -------
    list of Mention
        In order, never overlapping; the `score` of one that counts only if something is said of
        it lies below the threshold of its type.
    """
    found, chances = _weighed(text, lang, structure, models)
    return choose(text, found, chances, lenient(models.thresholds))


def _weighed(
    text: str, lang: str, structure: Structure, models: "Models"
) -> tuple[list[Candidate], list[float]]:
    """Give all that may be a name, and how likely each is one."""
    import numpy as np

    names = find_names(text, structure)
    known = known_marks(names.view, names.hits, text)
    proposals = models.tagger.propose(text, lang, structure, [rule_marks(names.mentions), known])
    found = candidates(text, proposals, names.mentions)
    del proposals  # of a long text there are many
    odds = models.kinds.odds(buckets_of(text, lang, structure, found))
    described = describe(text, lang, structure, found, names.mentions, known)
    rows = [row + more for row, more in zip(described, kind_columns(found, odds), strict=True)]
    chances = models.decision.chances(np.array(rows, dtype=float)) if rows else np.zeros(0)
    return found, chances.tolist()


def lenient(thresholds: Mapping[str, float]) -> dict[str, float]:
    """Give thresholds that let doubtful names pass."""
    return {type: max(_LEAST, limit - DOUBT) for type, limit in thresholds.items()}
