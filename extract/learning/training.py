"""Trains all models on annotated documents, each stage on what the one before says unseen."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ..aliases import names_at
from ..elided import ELIDED, elided_mentions
from ..evaluation.gold import GoldDocument, GoldEntity
from ..evaluation.matching import stand_ins
from ..evaluation.trial import fold_of
from ..mention import Mention
from ..merge import merge_mentions
from ..models import DECISION, THRESHOLDS
from ..tagging.decision import Candidate, choose
from ..tagging.find import lenient
from ..tagging.tagger import Proposal, Tagger
from ..training import generate
from .arrays import save_arrays
from .judging import Case, case_of, fit_linear, fit_stack, linear_odds, write_judge
from .limits import calibrate, judged, limits
from .names import (
    Names,
    candidates_of,
    decision_rows,
    fit_decision,
    fit_kinds,
    fit_tagger,
    name_kinds,
    pick_thresholds,
)
from .prepared import Prepared, prepare
from .unseen import score_unseen

__all__ = ["train_models"]

_FOLDS = 5
_DEAF = 0.5  # of the rules, in a second copy of the documents
_MADE = 400  # documents with invented names, for constructions that real ones have rarely
_MADE_FOR_JUDGE = 200
_MADE_DEAF = 0.3
CONFIG = "config.json"
UNSEEN = "unseen.json"
Rows = tuple[Sequence[Candidate], list[list[float]], list[bool]]


def train_models(
    documents: Sequence[GoldDocument],
    out: Path,
    *,
    seed: int = 0,
    progress: Callable[[str], None] | None = None,
    jobs: int = 1,
) -> None:
    """Train the models on annotated documents and write them.

    Every stage learns from what the stage before says of documents that it was not trained on:
    the documents are parted five ways for that, and at last each model is trained on all of them.
    Tagger and judge learn from generated documents too (`modelkin.extract.training`). What all
    stages say of the parts that they were not trained on is scored, in ``unseen.json``.

    Parameters
    ----------
    documents : sequence of GoldDocument
    out : Path
        An existing folder.
    seed : int
        The same documents, seed and libraries give the same files.
    progress : function, optional
        Told what is being done.
    jobs : int
        How many processes train taggers.
    """
    say = progress or (lambda _: None)
    documents = sorted(documents, key=lambda d: d.id)
    parts = {d.id: fold_of(d.id, _FOLDS) for d in documents}
    proposals: dict[str, list[Proposal]] = {}
    for part, found in _in_turn(documents, parts, seed, out, jobs):
        proposals |= found
        say("tagger trained on all" if part < 0 else f"tagger trained without part {part + 1}")
    prepared = [prepare(d) for d in documents]
    proposed = {p.document.id: candidates_of(p, proposals[p.document.id]) for p in prepared}
    sure, mentions = _decide(prepared, proposed, parts, seed, out)
    say("names decided")
    cases, deaf = (
        [
            case_of(
                p.document,
                p.analysis,
                mentions[p.document.id],
                _meant(p, mentions[p.document.id]),
                share,
            )
            for p in prepared
        ]
        for share in (0.0, _DEAF)
    )
    made = _made_cases(seed)
    parts |= {case.document: fold_of(case.document, _FOLDS) for case in made}
    thresholds, cells = _train_judge(cases, [*deaf, *made], parts, seed, out)
    say("judge trained")
    scores = score_unseen(
        documents, {c.document: c for c in cases}, cells, mentions, sure, thresholds
    )
    scores.pop("by_document", None)
    _write_json(out / UNSEEN, {"folds": _FOLDS} | scores)
    _write_json(
        out / CONFIG,
        {
            "folds": _FOLDS,
            "generated_documents_for_tagger": _MADE,
            "generated_documents_for_judge": _MADE_FOR_JUDGE,
            "rules_unheard": _DEAF,
        },
    )


def _made_cases(seed: int) -> list[Case]:
    """Give the pairs of generated documents, whose names are given and some rules not heard."""
    made = [prepare(d) for d in generate(seed, _MADE_FOR_JUDGE)]
    return [case_of(p.document, p.analysis, p.annotated, deaf=_MADE_DEAF) for p in made]


def _write_json(path: Path, content: Any) -> None:
    text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8")


def _in_turn(
    documents: Sequence[GoldDocument], parts: dict[str, int], seed: int, out: Path, jobs: int
) -> Iterator[tuple[int, dict[str, list[Proposal]]]]:
    """Train a tagger without each part, and last one on all; give what they say of the parts."""
    turns = [(documents, parts, seed, out, part) for part in (*range(_FOLDS), -1)]
    if jobs <= 1:
        for turn in turns:
            yield turn[-1], _tagger_without(*turn)
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        waiting = [pool.submit(_tagger_without, *turn) for turn in turns]
        for turn, future in zip(turns, waiting, strict=True):
            yield turn[-1], future.result()


def _tagger_without(
    documents: Sequence[GoldDocument], parts: dict[str, int], seed: int, out: Path, part: int
) -> dict[str, list[Proposal]]:
    """Train a tagger and give what it says of the part left out.

    Without a part left out, -1, the tagger is written.
    """
    made = [prepare(d) for d in generate(seed, _MADE)]
    seen = [prepare(d) for d in documents if parts[d.id] != part]
    if part < 0:
        fit_tagger(seen, out, made)
        return {}
    with TemporaryDirectory() as folder:
        fit_tagger(seen, Path(folder), made)
        tagger = Tagger(Path(folder))
        rest = [prepare(d) for d in documents if parts[d.id] == part]
        return {
            p.document.id: tagger.propose(
                p.document.text, p.document.lang, p.analysis.structure, p.marks
            )
            for p in rest
        }


def _decide(
    prepared: Sequence[Prepared],
    proposed: dict[str, list[Candidate]],
    parts: dict[str, int],
    seed: int,
    out: Path,
) -> tuple[dict[str, float], dict[str, list[Mention]]]:
    """Train and write the decision; give its thresholds and what it says of documents unseen."""
    import numpy as np

    names = {p.document.id: name_kinds(p, proposed[p.document.id]) for p in prepared}
    rows = _rows(prepared, proposed, names, parts)
    chances: dict[str, list[float]] = {}
    for part in range(_FOLDS):
        seen = [rows[id] for id in rows if parts[id] != part]
        trees = fit_decision([r for x in seen for r in x[1]], [r for x in seen for r in x[2]], seed)
        for id in rows:
            if parts[id] == part:
                table = np.array(rows[id][1], dtype=float)
                chances[id] = trees.chances(table).tolist() if len(table) else []
    flat = [
        (str(candidate.type), chance, right)
        for id, (found, _, labels) in rows.items()
        for candidate, chance, right in zip(found, chances[id], labels, strict=True)
    ]
    total = Counter(e.type for p in prepared for e in p.document.entities)
    thresholds = pick_thresholds(
        [f[0] for f in flat], [f[1] for f in flat], [f[2] for f in flat], total
    )
    _write_json(out / THRESHOLDS, thresholds)
    trees = fit_decision(
        [r for x in rows.values() for r in x[1]], [r for x in rows.values() for r in x[2]], seed
    )
    kinds = fit_kinds(names.values())
    save_arrays(out / DECISION, trees.arrays("trees") | kinds.arrays("kinds"))
    decided: dict[str, list[Mention]] = {}
    for p in prepared:
        text, id = p.document.text, p.document.id
        chosen = choose(text, rows[id][0], chances[id], lenient(thresholds))
        merged, _ = merge_mentions(text, chosen)
        merged += elided_mentions(text, merged)
        decided[id] = sorted(merged, key=lambda mention: mention.start)
    return thresholds, decided


def _rows(
    prepared: Sequence[Prepared],
    proposed: dict[str, list[Candidate]],
    names: dict[str, Names],
    parts: dict[str, int],
) -> dict[str, Rows]:
    """Give what speaks for each candidate, its kind weighed by what was trained on other parts."""
    rows: dict[str, Rows] = {}
    for part in range(_FOLDS):
        kinds = fit_kinds(names[id] for id in names if parts[id] != part)
        for p in prepared:
            id = p.document.id
            if parts[id] == part:
                rows[id] = decision_rows(p, proposed[id], kinds.odds(names[id][0].items()))
    return {id: rows[id] for id in names}


def _meant(p: Prepared, mentions: Sequence[Mention]) -> dict[str, str]:
    """Give for each entity that was found the annotated one that it stands for."""
    names: dict[str, dict[str, None]] = {}
    types: dict[str, str] = {}
    for mention in mentions:
        if mention.source != ELIDED:
            spelled = names_at(p.document.text, mention)
            names.setdefault(mention.entity, {}).update(dict.fromkeys(spelled))
            types[mention.entity] = str(mention.type)
    found = [GoldEntity(id, types[id], next(iter(names[id])), tuple(names[id])) for id in names]
    annotated = p.document.entities
    return {
        entity.id: annotated[min(options, key=lambda i: (options[i], i))].id
        for entity, options in zip(found, stand_ins(annotated, found), strict=True)
        if options
    }


def _train_judge(
    cases: Sequence[Case], more: Sequence[Case], parts: dict[str, int], seed: int, out: Path
) -> tuple[dict[str, dict[str, float]], dict[str, list[tuple[int, int, float]]]]:
    """Train and write the judge; give its thresholds and what it says of documents unseen.

    Parameters
    ----------
    cases : sequence of Case
        What it is calibrated and scored on, too.
    more : sequence of Case
        What it learns from besides: the same documents with fewer rules, generated ones.
    """
    both = (*cases, *more)
    odds: list[Any] = [None] * len(both)
    for part in range(_FOLDS):
        linear = fit_linear([c for c in both if parts[c.document] != part])
        for index, case in enumerate(both):
            if parts[case.document] == part:
                odds[index] = linear_odds(linear, case)
    unseen: list[tuple[Case, Any]] = []
    for part in range(_FOLDS):
        seen = [i for i, c in enumerate(both) if parts[c.document] != part]
        trees = fit_stack([both[i] for i in seen], [odds[i] for i in seen], seed)
        unseen += [(c, (odds[i], trees)) for i, c in enumerate(cases) if parts[c.document] == part]
    calibration, cells = calibrate(unseen)
    thresholds = limits(judged(cases, cells))
    settings = {"calibration": calibration, "thresholds": thresholds}
    write_judge(out, fit_linear(both), fit_stack(both, odds, seed), settings)
    return thresholds, cells
