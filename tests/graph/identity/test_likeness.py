"""How surely two entities are one thing, and what keeps them apart."""

import pytest
from cpu_time import grows_at_most
from hypothesis import given
from hypothesis import strategies as st

from modelkin.graph.identity.likeness import AUTOMATIC, REVIEW, Context, cluster, likeness
from modelkin.ontology.claim import Entity
from modelkin.ontology.terms import EntityType

MODEL, ORGANIZATION = EntityType.MODEL, EntityType.ORGANIZATION
PERSON, LICENSE = EntityType.PERSON, EntityType.LICENSE
PLATFORM, DATASET = EntityType.PLATFORM, EntityType.DATASET

# What people call one thing.
ONE = [
    (MODEL, ["FreeWilly1", "Stable Beluga 1", "StableBeluga1"]),
    (MODEL, ["通义千问", "千问", "Qwen", "QWEN", "通義千問"]),
    (MODEL, ["Llama2", "LLaMA-2", "Llama 2"]),
    (MODEL, ["Llama 2 70B 对话版", "Llama-2-70b-chat", "meta-llama/Llama-2-70b-chat-hf"]),
    (MODEL, ["通义千问-7B-对话版", "Qwen/Qwen-7B-Chat"]),
    (MODEL, ["FreeWilly2-70B", "Stable Beluga 2 70B"]),
    (ORGANIZATION, ["TII", "阿布扎比技术创新研究所", "Technology Innovation Institute"]),
    (ORGANIZATION, ["智谱", "智谱AI", "Zhipu", "Zhipu AI", "Z.ai"]),
    (ORGANIZATION, ["百川智能", "Baichuan", "Baichuan Inc.", "北京百川智能科技有限公司"]),
    (PLATFORM, ["魔搭", "ModelScope", "魔搭社区"]),
    (PERSON, ["李飞飞", "Fei-Fei Li", "李飛飛"]),
    (ORGANIZATION, ["白鹭智能", "北京白鷺智能有限公司"]),
    (ORGANIZATION, ["Quillon", "Quillon AI", "Quillon Inc."]),
    (DATASET, ["PebbleQA", "Pebble-QA数据集", "obsidian/pebble-qa"]),
]

# What is easily mixed up, why it is two, and what the likeness says.
APART = [
    (LICENSE, "qwen", MODEL, "Qwen", "different types"),
    (ORGANIZATION, "Mistral", MODEL, "Mistral", "different types"),
    (ORGANIZATION, "百川智能", MODEL, "百川", "different types"),
    (MODEL, "Command R", MODEL, "Command R+", "different letters or signs"),
    (MODEL, "GPT-4", MODEL, "GPT-4o", "different generations"),
    (MODEL, "o1", MODEL, "o3", "different generations"),
    (MODEL, "Yi", MODEL, "Yi-34B", "different sizes"),
    (MODEL, "Heron-7B", MODEL, "Heron-70B", "different sizes"),
    (MODEL, "Heron-7B-Chat", MODEL, "Heron-7B", "different editions"),
    (MODEL, "白鹭-7B对话版", MODEL, "白鹭-7B基座", "different editions"),
    (MODEL, "Heron-7B-AWQ", MODEL, "Heron-7B-GPTQ", "different formats"),
    (MODEL, "Heron-7B-32k", MODEL, "Heron-7B", "different windows"),
    (MODEL, "Heron-7B-v0.1", MODEL, "Heron-7B-v0.2", "different versions"),
    (MODEL, "Stable Beluga 1", MODEL, "Stable Beluga 2", "curated as two"),
    (ORGANIZATION, "阿里云", ORGANIZATION, "阿里", "curated as two"),
    (ORGANIZATION, "FAIR", ORGANIZATION, "Meta AI", "known to be no name of it"),
    (MODEL, "文心一言", MODEL, "ERNIE", "known to be no name of it"),
    (DATASET, "Lichen-1M", DATASET, "Lichen-2M", "different numbers"),
    (MODEL, "Sable K", MODEL, "Sable M", "different letters or signs"),
    (PERSON, "张伟", PERSON, "张维", "different names"),
]


def entity(name, type=MODEL, *aliases, id=None):
    return Entity.of(id or f"{type}/{name}", type, name, aliases)


def at(**organizations):
    return Context({id: frozenset(names.split()) for id, names in organizations.items()})


@pytest.mark.parametrize(("type", "names"), ONE, ids=lambda value: str(value)[:40])
def test_names_of_one_thing_are_joined(type, names):
    entities = [entity(name, type) for name in names]
    assert len(cluster(entities)) == 1


@pytest.mark.parametrize(
    ("type", "name", "other_type", "other", "reason"), APART, ids=lambda value: str(value)
)
def test_different_things_are_told_apart(type, name, other_type, other, reason):
    found = likeness(entity(name, type), entity(other, other_type))
    assert (found.score, found.reason, found.apart) == (0.0, reason, True)


@pytest.mark.parametrize(
    ("type", "name", "other"),
    [
        (MODEL, "青禾-7B", "Qinghe-7B"),
        (ORGANIZATION, "竹林智能", "Zhulin"),
        (ORGANIZATION, "Kilnwright Systems", "Kilnwrigth Systems"),
        (ORGANIZATION, "万象归一", "万像归一"),
        (MODEL, "Marsh Harrier 7B", "Marsh Harier 7B"),
        (PERSON, "顾汀兰", "Tinglan Gu"),
        (PERSON, "Lanhua Zhang", "Zhang Lanhua"),
        (ORGANIZATION, "Northern Institute for Reasoning", "NIR"),
        (ORGANIZATION, "Quarry", "Quarry Labs"),
        (ORGANIZATION, "坦星", "坦星科技"),
        (MODEL, "one/Heron-7B", "other/Heron-7B"),
    ],
)
def test_sounds_and_slips_are_shown_to_a_person(type, name, other):
    found = likeness(entity(name, type), entity(other, type))
    assert REVIEW <= found.score < AUTOMATIC
    assert not found.apart


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Heron", "Osprey"),
        ("Heron Labs", "Heron University"),
        ("Google", "Google Research"),
        ("白鹭", "松鼠"),
        ("Owen", "Oven"),
    ],
)
def test_what_has_little_in_common_is_not_shown(name, other):
    found = likeness(entity(name, ORGANIZATION), entity(other, ORGANIZATION))
    assert found.score < REVIEW


def test_what_a_text_defines_is_joined():
    zh = entity("白鹭智能", ORGANIZATION, "Egret AI")
    found = likeness(zh, entity("Egret AI", ORGANIZATION))
    assert (found.score >= AUTOMATIC, found.reason) == (True, "called so in a text")
    renamed = likeness(entity("New Tern 1", MODEL, "Old Gull 1"), entity("old-gull-1"))
    assert renamed.score >= AUTOMATIC
    full = entity("Northern Institute for Reasoning", ORGANIZATION, "NIR")
    assert likeness(entity("NIR", ORGANIZATION), full).score >= AUTOMATIC


def test_a_part_of_a_name_defines_nothing():
    whole = entity("Curlew-R1", MODEL, "R1")
    assert likeness(whole, entity("R1")).score < AUTOMATIC
    assert likeness(entity("Ann Lee", PERSON, "Lee"), entity("Lee", PERSON)).score < AUTOMATIC
    two = likeness(entity("Curlew-R1", MODEL, "R1"), entity("Stork-R1", MODEL, "R1"))
    assert two.score < AUTOMATIC


def test_a_text_that_mixes_up_a_size_does_not_win():
    assert likeness(entity("Heron", MODEL, "Heron-7B"), entity("Heron-7B")).score == 0.0


def test_people_of_one_name_and_different_employers_are_shown_only():
    one, other = entity("Anna Birch", PERSON, id="a"), entity("Anna Birch", PERSON, id="b")
    assert likeness(one, other).score >= AUTOMATIC
    assert likeness(one, other, at(a="x")).score >= AUTOMATIC
    assert likeness(one, other, at(a="x", b="x y")).score >= AUTOMATIC
    found = likeness(one, other, at(a="x", b="y"))
    assert REVIEW <= found.score < AUTOMATIC
    assert found.apart
    third = entity("Anna Birch", PERSON, id="c")
    assert len(cluster([one, other, third], at(a="x", b="y"))) == 2


def test_the_employer_makes_a_sound_sure():
    zh, latin = entity("张兰华", PERSON, id="a"), entity("Lanhua Zhang", PERSON, id="b")
    assert likeness(zh, latin, at(a="x", b="x")).score >= AUTOMATIC
    assert likeness(zh, latin, at(a="x", b="y")).score < AUTOMATIC
    zh, latin = entity("白鹭-13B", id="a"), entity("Bailu-13B", id="b")
    assert likeness(zh, latin).score < AUTOMATIC
    assert likeness(zh, latin, at(a="x", b="x")).score >= AUTOMATIC


def test_the_developer_makes_no_slip_sure():
    one, other = entity("Marsh Harrier", id="a"), entity("Marsh Harier", id="b")
    assert REVIEW <= likeness(one, other, at(a="x", b="x")).score < AUTOMATIC


def test_models_of_one_name_and_different_developers_are_shown_only():
    one, other = entity("Aurora", id="a"), entity("Aurora", id="b")
    assert REVIEW <= likeness(one, other, at(a="x", b="y")).score < AUTOMATIC


SOME = ("Heron", "heron-7b", "Heron 7B Chat", "白鹭", "Bailu", "白鷺智能", "Egret", "Qwen", "千问")
MORE = ("GPT-4", "GPT-4o", "R1", "Lee", "李", ".", "🤗")
NAMES = st.sampled_from(SOME + MORE) | st.text(min_size=1, max_size=12).filter(str.strip)
ENTITIES = st.builds(
    lambda type, name, aliases: Entity.of(f"{type}/{name}", type, name, aliases),
    st.sampled_from((MODEL, ORGANIZATION, PERSON, LICENSE)),
    NAMES,
    st.lists(NAMES, max_size=2),
)
ORGANIZATIONS = st.dictionaries(st.integers(0, 5), st.frozensets(st.sampled_from("xy"), min_size=1))


@given(ENTITIES, ENTITIES)
def test_likeness_has_no_direction_and_lies_between_0_and_1(one, other):
    found = likeness(one, other)
    assert found == likeness(other, one)
    assert 0.0 <= found.score <= 1.0
    assert found.reason


@given(st.lists(ENTITIES, max_size=6, unique_by=lambda e: e.id), ORGANIZATIONS, st.randoms())
def test_clusters_part_the_entities_in_any_order(entities, organizations, random):
    context = Context(
        {entities[n].id: some for n, some in organizations.items() if n < len(entities)}
    )
    found = cluster(entities, context)
    assert sorted(id for ids in found for id in ids) == sorted(e.id for e in entities)
    by_id = {e.id: e for e in entities}
    for ids in found:
        for one in ids:
            for other in ids - {one}:
                assert not likeness(by_id[one], by_id[other], context).apart
    random.shuffle(entities)
    assert cluster(entities, context) == found


def many(count):
    """Mentions of one name, and of names that share what blocks are made of."""
    for number in range(count):
        yield Entity.of(f"a{number:05}", PERSON, "Wei Zhang")
        yield Entity.of(f"b{number:05}", ORGANIZATION, f"Heron Labs {number}")
        yield Entity.of(f"c{number:05}", ORGANIZATION, "H" * (number % 60 + 4))


def test_time_grows_with_the_mentions():
    small, large = list(many(300)), list(many(1200))
    grows_at_most(8, lambda: cluster(small), lambda: cluster(large), slack=0.3)
