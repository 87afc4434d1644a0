"""Training end to end on a few annotated documents of the project's own."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import modelkin.extract.learning.training as training
from modelkin.extract.evaluation.gold import GoldDocument, read_gold
from modelkin.extract.learning.annotated import annotated_mentions, read_analysis
from modelkin.extract.learning.arrays import save_arrays
from modelkin.extract.learning.limits import PRECISION, limits
from modelkin.extract.pipeline import SpacyExtractor
from modelkin.ontology.claim import ClaimKind
from modelkin.ontology.document import Document

GOLD = Path(training.__file__).parents[2] / "seeds" / "gold"


@pytest.fixture(scope="module")
def documents() -> list[GoldDocument]:
    return read_gold(GOLD)


TRAIN = """
import sys
from pathlib import Path
import modelkin.extract.learning.training as training
from modelkin.extract.evaluation.gold import read_gold
training._MADE = training._MADE_FOR_JUDGE = 4
documents = read_gold(Path(sys.argv[1]))[::5]
if sys.argv[3] == "backwards":
    documents.reverse()
Path(sys.argv[2]).mkdir()
training.train_models(documents, Path(sys.argv[2]))
"""


def train(out: Path, order: str, seed: str) -> Path:
    """Train in a process of its own, as the command does."""
    environment = os.environ | {"PYTHONHASHSEED": seed, "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-c", TRAIN, str(GOLD), str(out), order]
    subprocess.run(command, check=True, env=environment)
    return out


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return train(tmp_path_factory.mktemp("trained") / "models", "forwards", "0")


def test_annotated_names_stand_where_they_are_found(documents: list[GoldDocument]) -> None:
    missing = total = 0
    for document in documents:
        mentions = annotated_mentions(document, read_analysis(document).structure)
        names = {e.id: {"".join(n.split()) for n in (e.name, *e.names)} for e in document.entities}
        found = {m.entity for m in mentions}
        assert found <= set(names)
        missing += len(set(names) - found)
        total += len(names)
        for mention in mentions:
            surface = document.text[mention.start : mention.end]
            assert "".join(surface.split()) in names[mention.entity]
    # Some names stand only inside longer ones, which count there.
    assert missing < 0.01 * total


def test_trained_models_read_both_languages(models: Path, documents: list[GoldDocument]) -> None:
    extractor = SpacyExtractor(models=models)
    for text, lang in (
        ("星海实验室发布了青石-7B，该模型基于Llama 2微调。", "zh"),
        ("Quarry Labs released Basalt-7B, which was fine-tuned from Llama 2.", "en"),
    ):
        [extraction] = extractor.pipe([Document.of(text, lang=lang)])
        assert any(e.name == "Llama 2" for e in extraction.entities)
        for claim in extraction.claims:
            assert claim.evidence.quote == text[claim.evidence.start : claim.evidence.end]
            assert 0 < claim.confidence <= 1


def test_the_extractor_says_which_models_it_runs(models: Path) -> None:
    versions = {SpacyExtractor(models=m).version for m in (models, None, "none")}
    assert len(versions) == 3


def test_training_again_gives_the_same_files(models: Path, tmp_path: Path) -> None:
    again = train(tmp_path / "models", "backwards", "1")

    def digests(folder: Path) -> dict[str, str]:
        return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.iterdir()}

    assert digests(again) == digests(models)


def test_a_folder_without_models_is_a_clear_error(tmp_path: Path) -> None:
    from modelkin.extract.errors import ExtractionError

    document = Document.of("Meta released Llama 2.", lang="en")
    with pytest.raises(ExtractionError, match="no trained models"):
        list(SpacyExtractor(models=tmp_path).pipe([document]))


def test_facts_are_precise_and_candidates_are_not() -> None:
    readings = [(0.9, True)] * 40 + [(0.6, True)] * 30 + [(0.6, False)] * 30 + [(0.1, False)] * 99
    chosen = limits({"derivedFrom": readings})["derivedFrom"]
    kept = [right for chance, right in readings if chance >= chosen["fact"]]
    assert sum(kept) / len(kept) >= PRECISION
    assert chosen["candidate"] < 0.6 < chosen["fact"] <= 0.9
    assert limits({"operates": []})["operates"]["fact"] > 0.98


def test_arrays_are_written_alike_each_time(tmp_path: Path) -> None:
    arrays = {"b": np.arange(5), "a": np.array("text")}
    save_arrays(tmp_path / "one.npz", arrays)
    save_arrays(tmp_path / "two.npz", dict(reversed(arrays.items())))
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()
    with np.load(tmp_path / "one.npz", allow_pickle=False) as back:
        assert back["b"].tolist() == [0, 1, 2, 3, 4]
        assert str(back["a"]) == "text"


def test_a_candidate_is_kept_apart_from_facts(models: Path, documents: list[GoldDocument]) -> None:
    extractor = SpacyExtractor(models=models)
    kinds = {
        claim.kind
        for document in documents[:6]
        for extraction in extractor.pipe([Document.of(document.text, lang=document.lang)])
        for claim in extraction.claims
    }
    assert kinds <= {ClaimKind.EXTRACTED, ClaimKind.CANDIDATE}
