"""What the words around a name say about the kind of thing that it names."""

import re
from functools import cache

from ..ontology.terms import EntityType
from .lexicon import alternatives, word_table

__all__ = ["decisive_role", "role_scores"]

_OPEN = r"[\"“”'‘’(（《「\s]*$"
_CLOSE = r"[\"”’)）》」\s]*"

_Cue = tuple[EntityType, float, re.Pattern[str]]


@cache
def _cues() -> tuple[tuple[_Cue, ...], tuple[_Cue, ...], tuple[_Cue, ...]]:
    table = word_table("roles.toml")
    before = tuple(
        (EntityType(type), cue["weight"], re.compile(alternatives(cue["words"]) + _OPEN))
        for type, cue in table["before"].items()
    )
    after, decisive = (
        tuple(
            (EntityType(type), cue["weight"], re.compile(_CLOSE + alternatives(cue["words"])))
            for type, cue in table[side].items()
        )
        for side in ("after", "decisive")
    )
    return before, after, decisive


def role_scores(before: str, after: str) -> dict[EntityType, float]:
    """Give how much the words around a name speak for each type.

    Parameters
    ----------
    before, after : str
        Some 30 characters on each side.

    Returns
    -------
    dict of EntityType to float
        Weights of the cues that are there; types without a cue are left out.

    Examples
    --------
    >>> scores = role_scores("初创公司", "宣布开源")
    >>> max(scores, key=scores.get).value
    'Organization'
    """
    cues_before, cues_after, _ = _cues()
    scores: dict[EntityType, float] = {}
    for type, weight, pattern in cues_before:
        if pattern.search(before):
            scores[type] = scores.get(type, 0.0) + weight
    for type, weight, pattern in cues_after:
        if pattern.match(after):
            scores[type] = scores.get(type, 0.0) + weight
    return scores


def decisive_role(after: str) -> tuple[EntityType, float] | None:
    """Give the type that what follows a name leaves no doubt about, and how sure that is.

    Examples
    --------
    >>> decisive_role(" CEO said")[0].value
    'Organization'
    """
    for type, weight, pattern in _cues()[2]:
        if pattern.match(after):
            return type, weight
    return None
