"""The same figures as another program of the same rules; collected only where that program is."""

import json
from pathlib import Path
from random import Random

import pytest
from corruption import (
    CASES,
    GOLDEN,
    SCORER,
    corrupted,
    load_records,
    load_scorer,
    other_report,
    own_figures,
)

from modelkin.extract.evaluation.gold import read_gold
from modelkin.extract.evaluation.report import Scored, report

# Beside the scorer may lie annotated documents: they are compared too.
FOLDERS = [
    GOLDEN / "gold",
    *sorted(p for p in SCORER.parent.iterdir() if p.is_dir() and any(p.glob("*.json"))),
]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
@pytest.mark.parametrize("seed", range(3))
def test_spoilt_annotations_score_the_same(folder: Path, seed: int):
    gold, documents = load_records(folder), read_gold(folder)
    random = Random(f"{folder.name} {seed}")
    found = {id: corrupted(record, random) for id, record in gold.items()}
    own = report([Scored.of(document, found[document.id]) for document in documents])
    assert own_figures(own) == other_report(load_scorer(SCORER), gold, found)


def test_the_golden_figures_are_the_scorers():
    gold, scorer = load_records(GOLDEN / "gold"), load_scorer(SCORER)
    for case in json.loads(CASES.read_text(encoding="utf-8")):
        assert case["figures"] == other_report(scorer, gold, case["found"])
