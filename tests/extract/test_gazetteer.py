"""Known names in raw text."""

import pytest
from cpu_time import takes_at_most

from modelkin.extract.gazetteer import Gazetteer, fold, shipped_gazetteer
from modelkin.ontology.terms import EntityType
from modelkin.seeds import KnownName

MODEL, ORGANIZATION, DATASET = EntityType.MODEL, EntityType.ORGANIZATION, EntityType.DATASET
GAZETTEER = Gazetteer(
    [
        KnownName("Stable Beluga", MODEL, "Stable Beluga", 0),
        KnownName("Llama", MODEL, "Llama", 0),
        KnownName("Llama 2", MODEL, "Llama 2", 0),
        KnownName("GPT4All", MODEL, "GPT4All", 0),
        KnownName("Pi", MODEL, "Pi", 1),
        KnownName("Command R", MODEL, "Command R", 0),
        KnownName("百川", ORGANIZATION, "百川智能", 0),
        KnownName("百川智能", ORGANIZATION, "百川智能", 0),
        KnownName("Dolly", MODEL, "Dolly", 2),
        KnownName("Dolly", DATASET, "Dolly", 2),
    ]
)


def found(text: str, whole: bool = True) -> list[str]:
    return [text[h.start : h.end] for h in GAZETTEER.find(text) if h.whole or not whole]


@pytest.mark.parametrize(
    "text", ["Stable Beluga", "StableBeluga", "stable-beluga", "STABLE BELUGA", "Stable\nBeluga"]
)
def test_long_names_are_found_however_written(text: str) -> None:
    assert found(text) == [text]


@pytest.mark.parametrize(
    "text", ["stable beluga whales", "pi", "PI", "unstable beluga", "Stablebelugas"]
)
def test_other_words_are_not(text: str) -> None:
    assert found(text) == []


def test_cjk_neighbours_are_no_part_of_a_word() -> None:
    assert found("由百川智能开源的Llama 2模型") == ["百川智能", "Llama 2"]


def test_the_longest_name_wins() -> None:
    assert found("百川智能和百川，Llama 2和Llama") == ["百川智能", "百川", "Llama 2", "Llama"]


@pytest.mark.parametrize(
    "text",
    ["Llama-3-8B", "Llama_index", "CodeLlama", "Code-Llama", "Llama3", "llama 2.5", "Command R+"],
)
def test_a_longer_name_is_not_cut(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("text", ["Llama-based", "Llama-like", "Llama.", "(Llama)", "Llama's"])
def test_a_word_after_the_name_is_no_part_of_it(text: str) -> None:
    assert found(text) == ["Llama"]


def test_the_beginning_of_a_longer_name_is_told() -> None:
    assert found("Llama-3-8B", whole=False) == ["Llama"]


def test_gaps_must_fit() -> None:
    assert found("GPT4All") == ["GPT4All"]
    assert found("GPT-4 all") == []


def test_a_name_of_two_things_gives_both() -> None:
    [hit] = GAZETTEER.find("Dolly")
    assert {reading.type for reading in hit.types} == {MODEL, DATASET}


def test_weak_names_are_told() -> None:
    [hit] = GAZETTEER.find("Pi")
    assert hit.types[0].weak


def test_folding_keeps_what_tells_names_apart() -> None:
    assert fold("ＧＰＴ-4 Turbo") == fold("gpt4turbo")
    assert fold("Command R") != fold("Command R+")


def test_the_shipped_names_build_fast_and_search_in_linear_time() -> None:
    takes_at_most(2, shipped_gazetteer.__wrapped__)
    gazetteer = shipped_gazetteer()
    takes_at_most(5, lambda: gazetteer.find("Meta发布Llama 2。" * 20_000))
