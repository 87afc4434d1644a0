"""The shipped extractor on the project's own annotated documents: floors that may only rise."""

from pathlib import Path

import pytest

import modelkin.seeds
from modelkin.extract.evaluation.gold import read_gold
from modelkin.extract.evaluation.report import Scored, report
from modelkin.extract.evaluation.trial import read_records

GOLD = Path(modelkin.seeds.__file__).parent / "gold"


@pytest.fixture(scope="module")
def figures() -> dict:
    documents = read_gold(GOLD)
    records = read_records(documents)
    return report([Scored.of(document, records[document.id]) for document in documents])


# No document of this folder was used to write a rule or to train a model; the measured figures
# are in docs/extraction.md.
@pytest.mark.parametrize(
    ("part", "floor"), [("entities", 0.83), ("relations", 0.47), ("attributes", 0.49)]
)
def test_all_that_is_read(figures: dict, part: str, floor: float) -> None:
    assert figures["micro"][part]["f1"] >= floor


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("part", "floor"), [("entities", 0.82), ("relations", 0.46), ("attributes", 0.48)]
)
def test_both_languages(figures: dict, lang: str, part: str, floor: float) -> None:
    assert figures["by_language"][lang][part]["f1"] >= floor


@pytest.mark.parametrize(("part", "floor"), [("relations", 0.8), ("attributes", 0.85)])
def test_facts_are_precise(figures: dict, part: str, floor: float) -> None:
    assert figures["facts_only"][part]["p"] >= floor
