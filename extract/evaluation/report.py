"""Adds scores of documents up to one report."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

from ..markdown import parse_structure
from .calibration import calibration_error, reliability
from .count import Count, add_up, mean
from .gold import GoldDocument
from .phenomena import PHENOMENA, WRONG_PARTNER, by_phenomenon
from .reading import Reading
from .scoring import PARTS, DocumentScore, score_document
from .unseen import Seen, by_novelty

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
        Of all that was read, facts and candidates.
    facts : DocumentScore
        Of the facts alone.
    phenomena : mapping of str to Count
        Of the relations, facts and candidates; see `by_phenomenon`.
    novelty : mapping of str to Count or None
        See `by_novelty`; None where nobody knows what the training documents were.
    """

    document: GoldDocument
    score: DocumentScore
    facts: DocumentScore
    phenomena: Mapping[str, Count]
    novelty: Mapping[str, Count] | None = None

    @classmethod
    def of(
        cls, document: GoldDocument, record: Mapping[str, Any], seen: Seen | None = None
    ) -> Self:
        """Score what `gold_shape` gives for a document."""
        found = Reading.of(record, candidates=True)
        score = score_document(document, found)
        novelty = by_novelty(document, score, seen) if seen else None
        facts = score_document(document, Reading.of(record))
        phenomena = by_phenomenon(document, parse_structure(document.text), found)
        return cls(document, score, facts, phenomena, novelty)


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
        again in ``by_language``, ``by_kind`` and ``by_group``, and counts in ``by_document``;
        counts of relations in ``by_phenomenon``;
        ``facts`` (precision of relations and attributes that count as facts), ``facts_only`` (micro
        figures of those), ``calibration`` (see `reliability`) and, where it is known what the
        models were trained on, ``novelty`` (recall of what was seen there and unseen).
    """
    scores = [one.score for one in scored]
    facts = [one.facts for one in scored]
    result: dict[str, object] = {
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
        "by_phenomenon": _phenomena(scored),
        "facts": _facts(facts),
        "facts_only": {
            part: add_up(score.counts[part] for score in facts).as_dict()
            for part in ("relations", "attributes")
        },
        "calibration": {
            "facts": _calibration(facts),
            "facts_and_candidates": _calibration(scores),
        },
    }
    if scored and all(one.novelty is not None for one in scored):
        result["novelty"] = _novelty(scored)
    return result


def _phenomena(scored: Sequence[Scored]) -> dict[str, object]:
    counts = {
        name: add_up(one.phenomena[name] for one in scored if name in one.phenomena)
        for name in (*PHENOMENA, WRONG_PARTNER)
    }
    return {name: count.as_dict() for name, count in counts.items() if count}


def _facts(scores: Sequence[DocumentScore]) -> dict[str, object]:
    """Give the precision of what enters a graph, in all and for each predicate and attribute."""
    judged: dict[str, Count] = {}
    for score in scores:
        for counts in (score.by_predicate, score.by_attribute):
            for key, count in counts.items():
                judged[key] = judged.get(key, Count()) + count
    found = {key: count for key, count in sorted(judged.items()) if count.right or count.false}
    return {
        key: {"precision": count.as_dict()["p"], "right": count.right, "false": count.false}
        for key, count in {"all": add_up(found.values()), **found}.items()
    }


def _calibration(scores: Sequence[DocumentScore]) -> dict[str, object]:
    judged = [claim for score in scores for claim in score.judged]
    return {
        "claims": len(judged),
        "error": calibration_error(judged),
        "bins": [asdict(bin) for bin in reliability(judged)],
    }


def _novelty(scored: Sequence[Scored]) -> dict[str, object]:
    totals: dict[str, Count] = {}
    for one in scored:
        for key, count in (one.novelty or {}).items():
            totals[key] = totals.get(key, Count()) + count
    return {
        key: {
            "recall": count.as_dict()["r"],
            "found": count.right,
            "annotated": count.right + count.missed,
        }
        for key, count in totals.items()
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
