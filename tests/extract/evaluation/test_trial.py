"""Reading annotated documents, cross-validation, folders of models; training is a seam."""

import json
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest

from modelkin.extract.errors import ExtractionError, GoldError
from modelkin.extract.evaluation import trial
from modelkin.extract.evaluation.card import card_text, data_digest
from modelkin.extract.evaluation.folder import may_replace, write_models
from modelkin.extract.evaluation.gold import GoldDocument, read_gold
from modelkin.extract.evaluation.trial import cross_validate, fold_of, read_records
from modelkin.extract.pipeline import SpacyExtractor

FOLDS = 3


class NameTrainer:
    """Learns by heart which names there are, to show what it was given."""

    def __init__(self) -> None:
        self.trained: list[list[str]] = []

    def __call__(
        self, documents: Sequence[GoldDocument], out: Path, *, seed=0, progress=None, jobs=1
    ):
        names = sorted({name for d in documents for e in d.entities for name in e.names})
        (out / "names.json").write_text(json.dumps([seed, names], ensure_ascii=False))
        (out / "config.json").write_text('{"rounds": 3}')
        self.trained.append([document.id for document in documents])
        if progress:
            progress("learning names by heart")


@pytest.fixture
def shipped(monkeypatch: pytest.MonkeyPatch) -> list[Path | None]:
    """Read with the shipped models whichever folder is asked for; tell what was asked for."""
    asked: list[Path | None] = []

    def extractor(models: Path | None) -> SpacyExtractor:
        asked.append(models)
        return SpacyExtractor()

    monkeypatch.setattr(trial, "_extractor", extractor)
    return asked


def test_reading_gives_records_by_id(gold: list[GoldDocument]):
    told: list[str] = []
    records = read_records(gold, progress=told.append)
    assert list(records) == told == [document.id for document in gold]
    names = {entity["name"] for entity in records["en-lark"]["entities"]}
    assert "Fernhill Labs" in names
    assert all("kind" in claim for record in records.values() for claim in record["relations"])


def test_processes_read_the_same(gold: list[GoldDocument]):
    told: list[str] = []
    assert read_records(gold, jobs=2, progress=told.append) == read_records(gold)
    assert told == [document.id for document in gold]


def test_parts_are_even_and_the_same_everywhere():
    parts = [fold_of(f"document-{n}", 5) for n in range(1000)]
    assert all(150 < parts.count(part) < 250 for part in range(5))
    assert [fold_of(id, 5) for id in ("en-lark", "llama-2-news", "qwen-card")] == [0, 3, 4]


def test_no_document_is_read_with_models_that_saw_it(gold: list[GoldDocument], shipped: list):
    train, told = NameTrainer(), []
    folds = list(cross_validate(gold, FOLDS, train=train, progress=told.append))
    held_out = [id for fold in folds for id in fold.records]
    assert sorted(held_out) == [document.id for document in gold]
    assert train.trained == [[d.id for d in fold.trained_on] for fold in folds]
    for fold in folds:
        learnt = {document.id for document in fold.trained_on}
        assert learnt and not learnt & set(fold.records)
        assert {fold_of(id, FOLDS) for id in fold.records}.isdisjoint(
            {fold_of(id, FOLDS) for id in learnt}
        )
    assert len(shipped) == len(folds)
    assert not any(models.exists() for models in shipped)
    assert told[:2] == ["learning names by heart", f"part 1 of {len(folds)} done"]


def test_the_order_of_documents_does_not_matter(gold: list[GoldDocument], shipped: list):
    train = NameTrainer()
    one = [dict(fold.records) for fold in cross_validate(gold, FOLDS, train=train)]
    other = [dict(fold.records) for fold in cross_validate(gold[::-1], FOLDS, train=train)]
    assert one == other


def test_one_document_cannot_be_cross_validated(gold: list[GoldDocument]):
    with pytest.raises(GoldError, match="1 documents are too few for 3 parts"):
        list(cross_validate(gold[:1], FOLDS, train=NameTrainer()))


@pytest.mark.parametrize("jobs", (1, 2))
def test_what_fails_in_a_process_fails_here(gold: list[GoldDocument], jobs: int):
    nothing = partial(str.format, "no models from {0}")
    with pytest.raises(ExtractionError, match="no trained models in") as caught:
        list(cross_validate(gold, FOLDS, jobs=jobs, train=nothing))
    assert caught.value.hint


def test_a_missing_library_is_named_with_the_command(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(trial, "find_spec", lambda module: None if module == "lightgbm" else 1)
    with pytest.raises(ExtractionError, match="needs lightgbm") as caught:
        trial.default_trainer()
    assert caught.value.hint == "python -m pip install 'modelkin[train]'"


def test_models_are_written_with_a_card(tmp_path: Path, gold: list[GoldDocument]):
    out = tmp_path / "new" / "models"
    card = write_models(gold, out, seed=7, train=NameTrainer())
    assert json.loads((out / "card.json").read_text(encoding="utf-8")) == card
    assert sorted(p.name for p in out.iterdir()) == [
        "card.json",
        "card.md",
        "config.json",
        "names.json",
    ]
    assert card["data"]["sha256"] == data_digest(gold)
    assert card["data"]["by_language"] == {"en": 2, "zh": 2}
    assert card["data"]["by_kind"] == {"blog": 1, "news": 2, "readme": 1}
    assert (card["seed"], card["config"], card["scores"]) == (7, {"rounds": 3}, None)
    assert set(card["files"]) == {"config.json", "names.json"}
    assert "spacy" in card["libraries"]
    text = (out / "card.md").read_text(encoding="utf-8")
    assert text == card_text(card)
    assert card["data"]["sha256"] in text
    assert [p.name for p in out.parent.iterdir()] == ["models"]


def test_the_same_documents_give_the_same_files(tmp_path: Path, gold: list[GoldDocument]):
    for name in ("one", "other"):
        write_models(gold, tmp_path / name, train=NameTrainer())
    one, other = (
        {p.name: p.read_bytes() for p in (tmp_path / name).iterdir()} for name in ("one", "other")
    )
    assert one == other


def test_the_digest_tells_documents_apart(tmp_path: Path, gold: list[GoldDocument]):
    assert data_digest(gold) == data_digest(gold[::-1])
    assert data_digest(gold) != data_digest(gold[1:])
    for document in gold:
        path = tmp_path / document.path.name
        path.write_text(document.path.read_text(encoding="utf-8").replace("7B", "8B"))
        path.with_suffix(".md").write_text(document.text, encoding="utf-8")
    assert data_digest(read_gold(tmp_path)) != data_digest(gold)


def test_models_replace_models_and_nothing_else(tmp_path: Path, gold: list[GoldDocument]):
    out = tmp_path / "models"
    out.mkdir()
    write_models(gold, out, seed=1, train=NameTrainer())
    out.joinpath("left-over").touch()
    write_models(gold, out, seed=2, train=NameTrainer())
    assert json.loads((out / "card.json").read_text(encoding="utf-8"))["seed"] == 2
    assert not out.joinpath("left-over").exists()
    mine = tmp_path / "mine"
    mine.mkdir()
    mine.joinpath("thesis.txt").write_text("all I have")
    assert not may_replace(mine)
    with pytest.raises(ExtractionError, match="something other than models"):
        write_models(gold, mine, train=NameTrainer())
    assert mine.joinpath("thesis.txt").read_text() == "all I have"


def test_training_that_fails_leaves_the_former_models(tmp_path: Path, gold: list[GoldDocument]):
    out = tmp_path / "models"
    write_models(gold, out, seed=1, train=NameTrainer())
    before = {p.name: p.read_bytes() for p in out.iterdir()}

    def failing(documents, out, *, seed=0, progress=None, jobs=1):
        NameTrainer()(documents, out, seed=seed)
        raise ExtractionError("no convergence")

    with pytest.raises(ExtractionError, match="no convergence"):
        write_models(gold, out, seed=2, train=failing)
    assert {p.name: p.read_bytes() for p in out.iterdir()} == before
    assert [p.name for p in tmp_path.iterdir()] == ["models"]


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, gold: list[GoldDocument]):
    tmp_path.joinpath("file").touch()
    with pytest.raises(ExtractionError, match=r"cannot write models to .*file/models"):
        write_models(gold, tmp_path / "file" / "models", train=NameTrainer())
