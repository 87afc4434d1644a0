"""Names find the one entity that they stand for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modelkin import seeds
from modelkin.ontology.identifiers import entity_id, name_key
from modelkin.ontology.terms import EntityType
from modelkin.seeds import SeedError, catalogue, tables

MODEL, ORGANIZATION = EntityType.MODEL, EntityType.ORGANIZATION
PLATFORM, LICENSE = EntityType.PLATFORM, EntityType.LICENSE

ONE_THING = [
    (MODEL, ["Qwen", "通义千问", "千问", "Tongyi Qianwen"]),
    (MODEL, ["LLaMA", "Llama", "Llama 1", "LLaMA-1"]),
    (MODEL, ["Llama 2", "Llama2", "LLaMA-2", "llama 2"]),
    (MODEL, ["Stable Beluga 1", "FreeWilly1", "FreeWilly 1", "StableBeluga1"]),
    (MODEL, ["Stable Beluga 2", "FreeWilly2", "FreeWilly 2", "StableBeluga2"]),
    (MODEL, ["Stable Beluga", "StableBeluga", "FreeWilly"]),
    (MODEL, ["Falcon-180B", "Falcon 180B", "Falcon180B", "猎鹰180B"]),
    (MODEL, ["Falcon-40B", "Falcon 40B", "Falcon40B"]),
    (MODEL, ["Falcon", "猎鹰"]),
    (MODEL, ["Baichuan", "百川", "百川大模型"]),
    (MODEL, ["Baichuan 2", "Baichuan2", "百川2"]),
    (ORGANIZATION, ["Zhipu AI", "智谱", "智谱AI", "智谱 AI"]),
    (ORGANIZATION, ["Baichuan Inc.", "百川智能", "百川", "Baichuan"]),
    (ORGANIZATION, ["TII", "阿布扎比技术创新研究所", "Technology Innovation Institute"]),
    (ORGANIZATION, ["Stability AI", "StabilityAI"]),
    (ORGANIZATION, ["Meta", "Meta AI", "脸书"]),
    (ORGANIZATION, ["Alibaba", "阿里巴巴", "阿里"]),
    (PLATFORM, ["ModelScope", "魔搭", "魔搭社区"]),
    (PLATFORM, ["Hugging Face", "HuggingFace", "huggingface.co"]),
    (LICENSE, ["Apache License 2.0", "Apache 2.0", "apache-2.0"]),
    (LICENSE, ["Llama 2 Community License", "llama2", "Llama 2社区许可协议"]),
    (EntityType.PRODUCT, ["Stable Chat", "StableChat"]),
]

SEVERAL_THINGS = [
    (ORGANIZATION, ["阿里", "阿里云", "通义实验室", "达摩院"]),
    (ORGANIZATION, ["Google", "Google DeepMind", "Google Research"]),
    (ORGANIZATION, ["华为", "华为云"]),
    (ORGANIZATION, ["Amazon", "AWS"]),
    (MODEL, ["LLaMA", "Llama 2", "Llama 2 70B", "LLaMA 65B", "Llama 3"]),
    (MODEL, ["Stable Beluga", "Stable Beluga 1", "Stable Beluga 2"]),
    (MODEL, ["Falcon", "Falcon-7B", "Falcon-40B", "Falcon-180B"]),
    (MODEL, ["Mistral", "Mistral 7B", "Mixtral", "Mixtral 8x7B"]),
    (MODEL, ["Baichuan", "Baichuan-7B", "Baichuan-13B", "Baichuan-53B", "Baichuan 2"]),
    (MODEL, ["Qwen", "Qwen-7B", "Qwen2.5", "Qwen-VL"]),
]


@pytest.mark.parametrize(("type", "names"), ONE_THING, ids=lambda value: str(value)[:40])
def test_all_names_of_a_thing_find_it(type, names):
    found = {seeds.resolve(name, type) for name in names}
    assert len(found) == 1
    assert found != {None}


@pytest.mark.parametrize(("type", "names"), SEVERAL_THINGS, ids=lambda value: str(value)[:40])
def test_different_things_stay_apart(type, names):
    found = {seeds.resolve(name, type) for name in names}
    assert None not in found
    assert len(found) == len(names)


def test_a_name_is_looked_up_within_its_type():
    organization = seeds.resolve("百川", ORGANIZATION)
    model = seeds.resolve("百川", MODEL)
    assert organization.id != model.id
    assert seeds.resolve("Qwen", LICENSE) is None
    assert seeds.resolve("no such model", MODEL) is None


def test_every_name_of_every_entity_finds_that_entity():
    for entity in seeds.entities():
        for name in entity.names:
            assert seeds.resolve(name, entity.type) is entity


def test_no_two_entities_of_a_type_share_a_name():
    keys = [
        (entity.type, key)
        for entity in seeds.entities()
        for key in {name_key(name) for name in entity.names}
    ]
    assert len(keys) == len(set(keys))


def test_entities_are_sorted_and_their_ids_come_from_their_names():
    ids = [entity.id for entity in seeds.entities()]
    assert ids == sorted(set(ids))
    assert all(entity.id == entity_id(entity.type, entity.name) for entity in seeds.entities())


def test_generic_words_are_no_organisations_and_no_models():
    for word in ("together", "step", "moonshot", "fair", "writer", "360", "字节", "蚂蚁", "浪潮"):
        assert seeds.resolve(word, ORGANIZATION) is None
    for word in ("step", "seed", "R1", "致远", "漫谈"):
        assert seeds.resolve(word, MODEL) is None


def test_both_languages_are_there():
    chinese = [entity for entity in seeds.entities() if any("一" <= c <= "鿿" for c in str(entity))]
    assert len(chinese) > 200


@given(st.sampled_from(seeds.entities()), st.sampled_from([str.upper, str.lower, str.title]))
def test_case_blanks_and_hyphens_do_not_matter(entity, change):
    # A hyphen may stand wherever a blank may.
    for name in (entity.name.replace(" ", "-"), f" {entity.name} "):
        assert seeds.resolve(name, entity.type) is entity
    changed = change(entity.name)
    if name_key(changed) == name_key(entity.name):
        assert seeds.resolve(changed, entity.type) is entity


@pytest.fixture
def entities_table(monkeypatch):
    """Give a function that puts other rows in the place of entities.csv."""
    header = "type,name,aliases_en,aliases_zh,source\n"

    def replace(body: str) -> None:
        real = tables.read_table

        def read(name: str) -> bytes:
            return (header + body).encode() if name == "entities.csv" else real(name)

        monkeypatch.setattr(tables, "read_table", read)

    caches = (catalogue.entities, catalogue._by_key)
    for cached in caches:
        cached.cache_clear()
    yield replace
    for cached in caches:
        cached.cache_clear()


def test_a_name_of_two_entities_is_an_error_that_names_both(entities_table):
    entities_table("Model,Alpha,Shared,,x\nModel,Beta,shared,,x\n")
    with pytest.raises(SeedError, match="model/alpha and model/beta"):
        seeds.resolve("Alpha", MODEL)


def test_an_entity_listed_twice_is_an_error(entities_table):
    entities_table("Model,Alpha,,,x\nModel,alpha,,,x\n")
    with pytest.raises(SeedError, match="model/alpha twice"):
        seeds.entities()


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("Nonsense,Alpha,,,x\n", "line 2: 'Nonsense'"),
        ("Model,Alpha,,x\n", "line 2: 4 fields, not 5"),
        ('Model,"Alpha,,,x\n', "entities.csv, line 2"),
    ],
)
def test_damaged_rows_are_errors_that_name_the_line(entities_table, body, message):
    entities_table(body)
    with pytest.raises(SeedError, match=message):
        seeds.entities()
