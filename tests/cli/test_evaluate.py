"""``modelkin eval``: figures, floors, errors, wrong usage; training is a seam."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner

from modelkin.cli.group import modelkin
from modelkin.extract.evaluation import trial
from modelkin.extract.evaluation.gold import GoldDocument
from modelkin.extract.pipeline import SpacyExtractor

GOLD = Path(__file__).parents[1] / "golden" / "evaluation" / "gold"


def test_figures_as_json(run, tmp_path):
    done = run("eval", GOLD, "--json", "--errors", "--out", "read", "--trained-on", GOLD)
    figures = json.loads(done.ok())
    assert "reading 4 documents" in done.err
    assert figures["documents"] == 4
    entities = figures["micro"]["entities"]
    assert entities["tp"] + entities["fn"] == 37
    assert entities["tp"] > 15
    assert set(figures["by_language"]) == {"en", "zh"}
    assert set(figures["by_kind"]) == {"news", "blog", "readme"}
    assert set(figures["by_group"]) == {"prose", "cards"}
    assert figures["novelty"]["names_unseen"]["annotated"] == 0
    assert figures["novelty"]["names_seen"]["annotated"] == 37
    missed = [e for some in figures["errors"].values() for e in some if e["kind"] == "miss"]
    assert sum(e["part"] == "entity" for e in missed) == entities["fn"]
    read = {
        p.stem: json.loads(p.read_text(encoding="utf-8")) for p in (tmp_path / "read").iterdir()
    }
    assert set(read) == set(figures["errors"]) == set(figures["by_document"])
    assert sum(len(record["entities"]) for record in read.values()) == (
        entities["tp"] + entities["fp"]
    )


def test_figures_as_tables(run):
    out = run("eval", GOLD, "--errors", "--jobs", "2").ok()
    lines = out.splitlines()
    assert "4 documents" in lines
    for start in (
        "all        entities ",
        "zh         relations ",
        "prose      attributes ",
        "entity     Model ",
        "en-lark      relation ",
    ):
        assert any(line.startswith(start) for line in lines), start
    assert "Calibration" in lines
    assert "Against the training documents" not in lines


def test_both_ways_to_ask_for_json_are_one(run):
    assert run("eval", GOLD, "--json").ok() == run("eval", GOLD, "--format", "json").ok()


def test_a_floor_that_does_not_hold_exits_with_1(run):
    floors = ("--min-f1", "entities=.2", "--min-f1", "relations=.99", "--min-f1", "attributes=1")
    done = run("eval", GOLD, *floors)
    assert done.code == 1
    assert "F1 of relations is 0." in done.err
    assert "below the floor 0.99" in done.err
    assert "F1 of attributes is" in done.err
    assert "F1 of entities" not in done.err
    assert "4 documents" in done.out


def test_a_floor_that_holds_is_silent(run):
    done = run("eval", GOLD, "--min-f1", "entities=.2")
    assert done.code == 0
    assert "floor" not in done.err


@pytest.mark.parametrize("floor", ("entities", "entities=high", "names=.5", "relations=68", "=1"))
def test_a_floor_has_a_form(run, floor):
    done = run("eval", GOLD, "--min-f1", floor)
    assert done.code == 2
    assert "is not KIND=VALUE with entities, relations, attributes" in done.err


def test_a_folder_that_holds_no_gold(run, tmp_path):
    done = run("eval", tmp_path)
    assert done.code == 3
    assert "no annotated documents" in done.err
    assert "Traceback" not in done.err
    (tmp_path / "news.json").write_text("{}")
    done = run("eval", tmp_path)
    assert done.code == 3
    assert "news.json: the document needs a text as 'id'" in done.err


def test_rules_alone_and_a_folder_without_models(run, tmp_path):
    alone = run("eval", GOLD, "--models", "none", "--json")
    assert json.loads(alone.ok())["micro"]["entities"]["tp"] > 0
    empty = run("eval", GOLD, "--models", tmp_path)
    assert empty.code == 1
    assert "no trained models" in empty.err


def test_cross_validation_trains_so_models_do_not_go_with_it(run, tmp_path):
    done = run("eval", GOLD, "--cross-validate", "3", "--models", tmp_path)
    assert done.code == 2
    assert "--cross-validate trains" in done.err


class Trainer:
    def __init__(self) -> None:
        self.trained: list[list[str]] = []

    def __call__(
        self, documents: Sequence[GoldDocument], out: Path, *, seed=0, progress=None, jobs=1
    ):
        self.trained.append([document.id for document in documents])


def test_cross_validation_scores_every_document_once(monkeypatch):
    trainer = Trainer()
    monkeypatch.setattr(trial, "default_trainer", lambda: trainer)
    monkeypatch.setattr(trial, "_extractor", lambda models: SpacyExtractor())
    done = CliRunner().invoke(
        modelkin, ["eval", str(GOLD), "--cross-validate", "3", "--json"], catch_exceptions=False
    )
    assert done.exit_code == 0, done.stderr
    figures = json.loads(done.stdout)
    assert list(figures["by_document"]) == ["en-lark", "en-moor", "zh-gufan", "zh-qingshan"]
    assert figures["novelty"]["names_unseen"]["annotated"] > 20
    assert len(trainer.trained) > 1
    assert all(len(set(ids)) < 4 for ids in trainer.trained)
    assert f"part {len(trainer.trained)} of {len(trainer.trained)} done" in done.stderr


def test_a_missing_library_is_named_with_the_command(monkeypatch):
    monkeypatch.setattr(trial, "find_spec", lambda module: None)
    done = CliRunner().invoke(modelkin, ["eval", str(GOLD), "--cross-validate", "3"])
    assert done.exit_code == 1
    assert "training needs scikit-learn, lightgbm, scipy: not" in done.stderr
    assert "python -m pip install 'modelkin[train]'" in done.stderr
