"""Trains all models on annotated documents, each stage on what the one before says unseen."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ..elided import ELIDED, elided_mentions
from ..evaluation.gold import GoldDocument, GoldEntity
from ..evaluation.matching import stand_ins
from ..mention import Mention
from ..merge import merge_mentions
from ..models import DECISION, THRESHOLDS
from ..tagging.decision import Candidate, choose
from ..tagging.find import lenient
from ..tagging.tagger import Proposal, Tagger
from .arrays import save_arrays
from .judging import Case, case_of, fit_linear, fit_stack, linear_odds, write_judge
from .limits import calibrate, limits
from .names import decision_rows, fit_decision, fit_tagger, pick_thresholds
from .prepared import Prepared, prepare

__all__ = ["train_models"]

_FOLDS = 3
Rows = tuple[list[Candidate], list[list[float]], list[bool]]


def train_models(
    documents: Sequence[GoldDocument],
    out: Path,
    *,
    seed: int = 0,
    progress: Callable[[str], None] | None = None,
) -> None:
    """Train the models on annotated documents and write them.

    Every stage learns from what the stage before says of documents that it was not trained on:
    the documents are parted three ways for that, and at last the first stage of each model is
    trained on all of them.

    Parameters
    ----------
    documents : sequence of GoldDocument
    out : Path
        An existing folder.
    seed : int
        The same documents, seed and libraries give the same files.
    progress : function, optional
        Told what is being done.
    """
    say = progress or (lambda _: None)
    prepared = [prepare(d) for d in sorted(documents, key=lambda d: d.id)]
    parts = _parts([p.document.id for p in prepared], seed)
    proposals: dict[str, list[Proposal]] = {}
    for part in range(_FOLDS):
        say(f"tagger, without part {part + 1} of {_FOLDS}")
        with TemporaryDirectory() as folder:
            fit_tagger([p for p in prepared if parts[p.document.id] != part], Path(folder))
            tagger = Tagger(Path(folder))
            for p in prepared:
                if parts[p.document.id] == part:
                    proposals[p.document.id] = _propose(tagger, p)
    say("tagger, on all")
    fit_tagger(prepared, out)
    rows = {p.document.id: decision_rows(p, proposals[p.document.id]) for p in prepared}
    mentions = _decide(prepared, rows, parts, seed, out)
    say("judge")
    cases = [
        case_of(p.document, p.analysis, mentions[p.document.id], _meant(p, mentions[p.document.id]))
        for p in prepared
    ]
    _train_judge(cases, parts, seed, out)


def _parts(ids: Sequence[str], seed: int) -> dict[str, int]:
    """Part the documents evenly, in an order that neither names nor sources decide."""
    shuffled = sorted(ids, key=lambda id: hashlib.sha256(f"{seed}/{id}".encode()).digest())
    return {id: place % _FOLDS for place, id in enumerate(shuffled)}


def _propose(tagger: Tagger, p: Prepared) -> list[Proposal]:
    return tagger.propose(p.document.text, p.document.lang, p.analysis.structure, p.marks)


def _decide(
    prepared: Sequence[Prepared],
    rows: dict[str, Rows],
    parts: dict[str, int],
    seed: int,
    out: Path,
) -> dict[str, list[Mention]]:
    """Train and write the decision; give what it says of each document unseen."""
    import numpy as np

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
    (out / THRESHOLDS).write_text(
        json.dumps(thresholds, indent=1, sort_keys=True) + "\n", encoding="utf-8"
    )
    trees = fit_decision(
        [r for x in rows.values() for r in x[1]], [r for x in rows.values() for r in x[2]], seed
    )
    save_arrays(out / DECISION, trees.arrays("trees"))
    decided: dict[str, list[Mention]] = {}
    for p in prepared:
        text, id = p.document.text, p.document.id
        chosen = choose(text, rows[id][0], chances[id], lenient(thresholds))
        merged, _ = merge_mentions(text, chosen)
        merged += elided_mentions(text, merged)
        decided[id] = sorted(merged, key=lambda mention: mention.start)
    return decided


def _meant(p: Prepared, mentions: Sequence[Mention]) -> dict[str, str]:
    """Give for each entity that was found the annotated one that it stands for."""
    names: dict[str, dict[str, None]] = {}
    types: dict[str, str] = {}
    for mention in mentions:
        if mention.source != ELIDED:
            name = " ".join(p.document.text[mention.start : mention.end].split())
            names.setdefault(mention.entity, {})[name] = None
            types[mention.entity] = str(mention.type)
    found = [GoldEntity(id, types[id], next(iter(names[id])), tuple(names[id])) for id in names]
    annotated = p.document.entities
    return {
        entity.id: annotated[min(options, key=lambda i: (options[i], i))].id
        for entity, options in zip(found, stand_ins(annotated, found), strict=True)
        if options
    }


def _train_judge(cases: Sequence[Case], parts: dict[str, int], seed: int, out: Path) -> None:
    odds: dict[str, Any] = {}
    for part in range(_FOLDS):
        linear = fit_linear([c for c in cases if parts[c.document] != part])
        odds |= {c.document: linear_odds(linear, c) for c in cases if parts[c.document] == part}
    unseen: list[tuple[Case, Any]] = []
    for part in range(_FOLDS):
        seen = [c for c in cases if parts[c.document] != part]
        trees = fit_stack(seen, [odds[c.document] for c in seen], seed)
        unseen += [(c, (odds[c.document], trees)) for c in cases if parts[c.document] == part]
    calibration, judged = calibrate(unseen)
    settings = {"calibration": calibration, "thresholds": limits(judged)}
    trees = fit_stack(cases, [odds[c.document] for c in cases], seed)
    write_judge(out, fit_linear(cases), trees, settings)
