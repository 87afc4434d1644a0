"""Scores what the models say of documents that they were not trained on."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..aliases import names_at
from ..elided import ELIDED
from ..evaluation.gold import GoldDocument
from ..evaluation.report import Scored, report
from ..judging.judge import Verdict, settled
from ..judging.pairs import Pair
from ..judging.rivals import PREDICATE_INDEX
from ..judging.scene import VALUE
from ..mention import Mention
from .judging import Case

__all__ = ["score_unseen"]

Cells = Sequence[tuple[int, int, float]]
"""The pair, the column of the predicate, and the chance."""


def score_unseen(
    documents: Sequence[GoldDocument],
    cases: Mapping[str, Case],
    cells: Mapping[str, Cells],
    mentions: Mapping[str, Sequence[Mention]],
    sure: Mapping[str, float],
    thresholds: Mapping[str, Mapping[str, float]],
) -> dict[str, object]:
    """Score every stage together, each trained without the document at hand.

    Parameters
    ----------
    documents : sequence of GoldDocument
    cases, cells, mentions : mappings by document
        The pairs, the chances of their predicates, the names.
    sure : mapping of str to float
        From which chance on a name of each type counts by itself.
    thresholds : mapping
        Of the predicates.

    Returns
    -------
    dict
        See `modelkin.extract.evaluation.report.report`.
    """
    return report(
        [
            Scored.of(
                document,
                _record(
                    document,
                    cases[document.id],
                    cells[document.id],
                    mentions[document.id],
                    sure,
                    thresholds,
                ),
            )
            for document in documents
        ]
    )


def _record(
    document: GoldDocument,
    case: Case,
    cells: Cells,
    mentions: Sequence[Mention],
    sure: Mapping[str, float],
    thresholds: Mapping[str, Mapping[str, float]],
) -> dict[str, Any]:
    predicates = list(PREDICATE_INDEX)
    pairs = [Pair(kind[0], kind[1]) for kind in case.kinds]
    verdicts = [
        Verdict(pairs[i], predicates[column], chance, float(case.trusts[i, column]))
        for i, column, chance in cells
    ]
    relations: list[dict[str, Any]] = []
    attributes: list[dict[str, Any]] = []
    used: set[str] = set()
    certain = {m.entity for m in mentions if m.score >= sure.get(m.type, 0.0)}
    for verdict in settled(verdicts, thresholds, certain):
        fact = verdict.chance >= thresholds[verdict.predicate]["fact"]
        subject, object = verdict.pair.subject, verdict.pair.object
        used.update((subject, object))
        claim = {
            "subject": subject,
            "confidence": verdict.chance,
            "kind": "extracted" if fact else "candidate",
        }
        if object.startswith(VALUE):
            value = object.partition(":")[2]
            attributes.append(claim | {"attribute": verdict.predicate, "value": value})
        else:
            # The judge gives no manner of a comparison; the scorer then takes either way.
            relations.append(claim | {"predicate": verdict.predicate, "object": object})
    return {
        "entities": list(_entities(document.text, mentions, certain | used)),
        "relations": relations,
        "attributes": attributes,
    }


def _entities(text: str, mentions: Sequence[Mention], kept: set[str]) -> Iterable[dict[str, Any]]:
    names: dict[str, dict[str, None]] = {}
    types: dict[str, str] = {}
    for mention in mentions:
        if mention.source == ELIDED:
            continue
        names.setdefault(mention.entity, {}).update(dict.fromkeys(names_at(text, mention)))
        types[mention.entity] = str(mention.type)
    for id, surfaces in names.items():
        if id in kept:
            spelled = list(surfaces)
            yield {"id": id, "type": types[id], "name": spelled[0], "names": spelled}
