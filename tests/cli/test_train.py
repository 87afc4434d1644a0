"""``modelkin train``: models and their card; training is a seam."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from modelkin.cli.group import modelkin
from modelkin.extract.evaluation import trial
from modelkin.extract.evaluation.gold import GoldDocument
from modelkin.extract.pipeline import SpacyExtractor

GOLD = Path(__file__).parents[1] / "golden" / "evaluation" / "gold"


def learn_names(documents: Sequence[GoldDocument], out: Path, *, seed=0, progress=None, jobs=1):
    names = sorted({entity.name for document in documents for entity in document.entities})
    (out / "names.json").write_text(json.dumps([seed, names]))
    if progress:
        progress("learning")


@pytest.fixture
def train(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr(trial, "default_trainer", lambda: learn_names)
    monkeypatch.setattr(trial, "_extractor", lambda models: SpacyExtractor())
    monkeypatch.chdir(tmp_path)

    def train_here(*arguments: object) -> Result:
        given = ["train", *map(str, arguments)]
        return CliRunner().invoke(modelkin, given, catch_exceptions=False)

    return train_here


def card(folder: str) -> dict:
    return json.loads(Path(folder, "card.json").read_text(encoding="utf-8"))


def test_models_and_card(train):
    done = train("--gold", GOLD, "--out", "models", "--seed", 3)
    assert done.exit_code == 0, done.stderr
    assert done.stdout == ""
    assert "training on 4 documents" in done.stderr
    assert "learning" in done.stderr
    assert card("models")["seed"] == 3
    assert card("models")["scores"] is None
    assert "No scores were asked for" in Path("models/card.md").read_text(encoding="utf-8")
    assert json.loads(Path("models/names.json").read_text())[0] == 3


def test_folders_add_up(train):
    cards = GOLD / "cards"
    only = train("--gold", cards, "--out", "few")
    assert only.exit_code == 0, only.stderr
    both = train("--gold", cards, "--gold", GOLD, "--out", "models")
    assert both.exit_code == 3
    assert "has the id 'en-moor' too" in both.stderr
    assert not Path("models").exists()
    assert card("few")["data"]["documents"] == 2


def test_scores_of_a_cross_validation_stand_in_the_card(train):
    done = train("--gold", GOLD, "--out", "models", "--cross-validate", 3)
    assert done.exit_code == 0, done.stderr
    scores = card("models")["scores"]
    assert scores["folds"] == 3
    assert scores["documents"] == 4
    entities = scores["micro"]["entities"]
    assert entities["tp"] + entities["fn"] == 37
    text = Path("models/card.md").read_text(encoding="utf-8")
    row = f"| all | entities | {entities['p']:.3f} | {entities['r']:.3f} | {entities['f1']:.3f} |"
    assert row in text
    assert "| zh | relations |" in text
    assert "| prose | attributes |" in text


def test_what_lies_there_stays(train):
    Path("mine").mkdir()
    Path("mine/thesis.txt").write_text("all I have")
    done = train("--gold", GOLD, "--out", "mine")
    assert done.exit_code == 2
    assert "something other than models" in done.stderr
    assert [p.name for p in Path("mine").iterdir()] == ["thesis.txt"]
    assert train("--gold", GOLD, "--out", "models", "--seed", 1).exit_code == 0
    assert train("--gold", GOLD, "--out", "models", "--seed", 2).exit_code == 0
    assert card("models")["seed"] == 2


def test_no_gold(train):
    done = train("--gold", "nowhere", "--out", "models")
    assert done.exit_code == 3
    assert "no folder at nowhere" in done.stderr
    assert not Path("models").exists()


# The command, with few generated documents.
TRAIN = """
from modelkin.cli import main
from modelkin.extract.evaluation.trial import default_trainer
default_trainer()
from modelkin.extract.learning import training
training._MADE = training._MADE_FOR_JUDGE = 4
main()
"""


def really_train(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", TRAIN, "train", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_what_is_trained_can_be_read_with(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    done = really_train("--gold", GOLD, "--out", "models")
    assert done.returncode == 0, done.stderr
    assert {"config.json", "names.crfsuite", "judge.npz"} <= set(card("models")["files"])
    done = CliRunner().invoke(modelkin, ["eval", str(GOLD), "--models", "models", "--json"])
    assert done.exit_code == 0, done.stderr
    # Names that no list holds: only models that learned them find them.
    assert json.loads(done.stdout)["micro"]["entities"]["f1"] > 0.9


def test_too_few_documents_are_told(tmp_path):
    gold = tmp_path / "gold"
    gold.mkdir()
    for suffix in (".json", ".txt"):
        source = GOLD / "cards" / f"zh-gufan{suffix}"
        (gold / source.name).write_bytes(source.read_bytes())
    out = tmp_path / "models"
    done = really_train("--gold", gold, "--out", out)
    assert done.returncode == 3
    assert "cannot train on 1 documents" in done.stderr
    assert not out.exists()


def test_a_missing_library_is_named_with_the_command(monkeypatch, tmp_path):
    monkeypatch.setattr(trial, "find_spec", lambda module: None)
    arguments = ["train", "--gold", str(GOLD), "--out", str(tmp_path / "models")]
    done = CliRunner().invoke(modelkin, arguments)
    assert done.exit_code == 1
    assert "python -m pip install 'modelkin[train]'" in done.stderr
    assert not any(tmp_path.iterdir())
