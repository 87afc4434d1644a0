"""Adds scores of documents up to one report."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from .count import add_up, mean
from .gold import GoldDocument
from .scoring import PARTS, DocumentScore

__all__ = ["GROUPS", "Scored", "report", "summary"]

GROUPS: Mapping[str, tuple[str, ...]] = {
    "prose": ("news", "blog", "paper-abstract"),
    "cards": ("readme",),
}
"""Kinds of text that are read alike."""

_TABLES = ("by_type", "by_predicate", "by_attribute")


@dataclass(frozen=True, slots=True)
class Scored:
    """A document and how well it was read.

    Parameters
    ----------
    document : GoldDocument
    score : DocumentScore
    """

    document: GoldDocument
    score: DocumentScore


def summary(scores: Sequence[DocumentScore]) -> dict[str, object]:
    """Add up scores: every part, and the parts of entities, relations and attributes apart."""
    result: dict[str, object] = {
        part: add_up(score.counts[part] for score in scores).as_dict() for part in PARTS
    }
    for table in _TABLES:
        counts = [getattr(score, table) for score in scores]
        keys = sorted({key for count in counts for key in count})
        result[table] = {
            key: add_up(count[key] for count in counts if key in count).as_dict() for key in keys
        }
    right, compared = (sum(score.comparisons[n] for score in scores) for n in (0, 1))
    result["comparableTo_qualifier_accuracy"] = round(right / compared, 4) if compared else None
    return result


def report(scored: Sequence[Scored]) -> dict[str, object]:
    """Give all figures of a set of documents as one JSON object.

    Parameters
    ----------
    scored : sequence of Scored

    Returns
    -------
    dict
        ``documents``; ``micro`` (counts added up), ``macro`` (means of documents); micro figures
        again in ``by_language``, ``by_kind`` and ``by_group``; and counts in ``by_document``.
    """
    scores = [one.score for one in scored]
    return {
        "documents": len(scored),
        "micro": summary(scores),
        "macro": {part: mean(score.counts[part] for score in scores) for part in PARTS},
        "by_language": _apart(scored, lambda document: document.lang),
        "by_kind": _apart(scored, lambda document: document.kind),
        "by_group": _apart(scored, _group),
        "by_document": {
            one.document.id: {part: one.score.counts[part].as_dict() for part in PARTS}
            for one in scored
        },
    }


def _group(document: GoldDocument) -> str:
    return next(group for group, kinds in GROUPS.items() if document.kind in kinds)


def _apart(
    scored: Iterable[Scored], key: Callable[[GoldDocument], str]
) -> dict[str, dict[str, object]]:
    groups: dict[str, list[DocumentScore]] = {}
    for one in scored:
        groups.setdefault(key(one.document), []).append(one.score)
    return {
        name: {"documents": len(scores)} | summary(scores)
        for name, scores in sorted(groups.items())
    }
