"""What the rules tell the tagger."""

from collections.abc import Iterable

from ..gazetteer import Hit
from ..mention import Mention
from ..view import PlainView
from .features import Marks

__all__ = ["known_marks", "rule_marks"]

_SURE = 0.8
_LIKELY = 0.6


def rule_marks(mentions: Iterable[Mention]) -> Marks:
    """Give what the rules decided on: the type of each name and how sure it is.

    Examples
    --------
    >>> from ...ontology.terms import EntityType
    >>> rule_marks([Mention(0, 6, EntityType.MODEL, "", "shape", 0.7)]).spans
    ((0, 6, 'Model2'),)
    """
    return Marks("r", tuple((m.start, m.end, f"{m.type}{_level(m.score)}") for m in mentions))


def _level(score: float) -> int:
    return 3 if score >= _SURE else 2 if score >= _LIKELY else 1


def known_marks(view: PlainView, hits: Iterable[Hit], text: str) -> Marks:
    """Give where known names stand, with all that they may be.

    Parameters
    ----------
    view : PlainView
        The text without markup in which the names were found.
    hits : iterable of Hit
    text : str
        The original text.
    """
    spans: list[tuple[int, int, str]] = []
    for hit in hits:
        span = view.span(hit.start, hit.end, text)
        if span is None or (spans and span[0] < spans[-1][1]):
            continue
        kinds = dict.fromkeys(t.type[:3] + "?" * t.weak for t in hit.types)
        spans.append((*span, "/".join(kinds) + ("" if hit.whole else "-")))
    return Marks("k", tuple(spans))
