"""Annotated documents of the tests' own; the differential test only where the other scorer is."""

import sys
from pathlib import Path

import pytest

from modelkin.extract.evaluation.gold import GoldDocument, read_gold

sys.path.insert(0, str(Path(__file__).parent))

from corruption import SCORER

collect_ignore = [] if SCORER.is_file() else ["test_against_scorer.py"]


@pytest.fixture(scope="session")
def gold_folder() -> Path:
    return Path(__file__).parents[2] / "golden" / "evaluation" / "gold"


@pytest.fixture(scope="session")
def gold(gold_folder: Path) -> list[GoldDocument]:
    return read_gold(gold_folder)
