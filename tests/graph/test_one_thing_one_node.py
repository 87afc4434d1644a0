"""Names that articles use, each in an article of its own, in a store with the curated seeds."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "contracts"))
from sample_extractions import named

from modelkin.graph.protocols import GraphStore
from modelkin.graph.stores import open_store
from modelkin.ontology.terms import EntityType

ORGANIZATION, MODEL = EntityType.ORGANIZATION, EntityType.MODEL

ONE = {
    "qwen": (MODEL, ["通义千问", "千问", "Qwen", "QWEN"]),
    "zhipu": (ORGANIZATION, ["智谱", "智谱AI", "Zhipu", "Zhipu AI", "Z.ai", "智譜AI"]),
    "baichuan": (ORGANIZATION, ["百川智能", "Baichuan", "百川"]),
    "llama-2": (MODEL, ["Llama2", "LLaMA-2", "Llama 2", "ＬＬａＭＡ 2"]),
    "beluga": (MODEL, ["FreeWilly1", "Stable Beluga 1"]),
    "modelscope": (EntityType.PLATFORM, ["魔搭", "ModelScope"]),
    "tii": (ORGANIZATION, ["TII", "阿布扎比技术创新研究所", "Technology Innovation Institute"]),
    "gptq": (MODEL, ["Heron-2-70B-chat-GPTQ", "heron 2 70b Chat GPTQ"]),
}

TWO = {
    "licence-and-model": [("qwen", EntityType.LICENSE), ("Qwen", MODEL)],
    "firm-and-family": [("Baichuan", ORGANIZATION), ("Baichuan", MODEL)],
    "firm-and-model": [("Mistral", ORGANIZATION), ("Mistral", MODEL)],
    "a-sign": [("Command R", MODEL), ("Command R+", MODEL)],
    "sizes": [("Llama-2-7B", MODEL), ("Llama-2-70B", MODEL)],
    "editions": [("Llama-2-70B", MODEL), ("Llama-2-70B-chat", MODEL)],
    "formats": [("Heron-7B-GPTQ", MODEL), ("Heron-7B-AWQ", MODEL)],
    "generations": [("Llama", MODEL), ("Llama 2", MODEL)],
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[GraphStore]:
    with open_store(tmp_path / "store.db", create=True, read_only=False) as store:
        yield store


def ids(store: GraphStore, names: list[tuple[str, EntityType]]) -> list[set[str]]:
    """Give for each name, read in an article of its own, what it stands for."""
    read = [named(name, type=type, text=f"{name} {n}") for n, (name, type) in enumerate(names)]
    for extraction in read:
        store.merge(extraction)
    return [{e.id for e in store.find(name, type)} for name, type in names]


@pytest.mark.parametrize("case", ONE)
def test_one_thing_is_one_node(store: GraphStore, case: str) -> None:
    type, names = ONE[case]
    found = ids(store, [(name, type) for name in names])
    assert len(found[0]) == 1
    assert all(ids == found[0] for ids in found)


@pytest.mark.parametrize("case", TWO)
def test_homonyms_are_two(store: GraphStore, case: str) -> None:
    first, second = ids(store, TWO[case])
    assert len(first) == len(second) == 1
    assert first != second


@pytest.mark.parametrize("name", ["张伟", "Chris Example"])
def test_two_people_of_one_name_at_two_firms(store: GraphStore, name: str) -> None:
    for n, firm in enumerate(("智谱AI", "百川智能")):
        text = f"{name}在{firm}，{n}。"
        store.merge(named(name, type=EntityType.PERSON, employer=firm, text=text))
    assert len(store.find(name)) == 2
    both = named(name, type=EntityType.PERSON, text=f"{name} was at both.")
    store.merge(both)
    assert len(store.find(name)) == 3
