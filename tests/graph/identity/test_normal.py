"""Normal forms of names, and how Chinese names sound."""

import subprocess
import sys

import pytest
from cpu_time import takes_at_most
from hypothesis import given
from hypothesis import strategies as st

from modelkin.graph.identity.normal import name_words, normal_key, simplified
from modelkin.graph.identity.pinyin import head_spellings, latin_spellings
from modelkin.ontology.terms import EntityType

MODEL, ORGANIZATION = EntityType.MODEL, EntityType.ORGANIZATION
LICENSE, PERSON = EntityType.LICENSE, EntityType.PERSON

ONE = [
    (
        MODEL,
        ["Llama 2", "LLaMA-2", "Ｌｌａｍａ２", "meta/llama_2", "Llama\u200b2", "Llama 2 model"],
    ),
    (MODEL, ["通义千问", "通義千問", "通义千问大模型", "「通义千问」"]),
    (MODEL, ["Command R+", "command-r-plus"]),
    (MODEL, ["书生·浦语", "書生・浦語", "书生浦语"]),
    (ORGANIZATION, ["Heron Labs", "Heron Labs, Inc.", "HERON LABS Co., Ltd.", "The Heron Labs"]),
    (
        ORGANIZATION,
        ["白鹭智能", "白鷺智能公司", "北京白鹭智能有限公司", "白鹭智能（北京）有限公司"],
    ),
    (ORGANIZATION, ["Orbit & Sons", "Orbit and Sons Ltd"]),
    (LICENSE, ["Apache 2.0", "apache-2.0", "Apache License, Version 2.0", "Apache 2.0 許可證"]),
    (LICENSE, ["GPL 3.0", "GPLv3", "GPL-3.0 License"]),
    (PERSON, ["José Álvarez", "Jose Alvarez", "Dr. José Álvarez", "Jose Alvarez, PhD"]),
    (PERSON, ["张兰华", "張蘭華", "张兰华教授"]),
    (EntityType.DATASET, ["The Pile", "Pile", "pile dataset", "Pile数据集", "EleutherAI/pile"]),
    (EntityType.PLATFORM, ["魔搭", "魔搭社區", "魔搭平台"]),
    (EntityType.BENCHMARK, ["C-Eval", "CEval", "C-Eval 基准"]),
]
SEVERAL = [
    (MODEL, ["Command R", "Command R+", "Command A"]),
    (MODEL, ["gemma-2-2b", "gemma-22b", "gemma-2b"]),
    (MODEL, ["GPT-4", "GPT-4o", "GPT-4.1", "GPT-41"]),
    (MODEL, ["Yi", "Yi-34B", "Yi-1.5-34B"]),
    (LICENSE, ["GPL 3.0", "LGPL 3.0", "AGPL 3.0", "GPL 2.0"]),
    (ORGANIZATION, ["Heron", "Heron Labs", "Heron Research"]),
    (EntityType.TECHNIQUE, ["C", "C++", "C#"]),
    (EntityType.DATASET, ["C4", "mC4", "C4 2"]),
]

names = st.text(max_size=40) | st.text(
    alphabet="aAbB019 .-_+/&版通義千問大模型公司éİ\u0301", max_size=16
)
types = st.sampled_from(EntityType)


@pytest.mark.parametrize(("type", "spellings"), ONE, ids=lambda value: str(value)[:30])
def test_spellings_of_one_thing_meet(type, spellings):
    assert len({normal_key(name, type) for name in spellings}) == 1


@pytest.mark.parametrize(("type", "different"), SEVERAL, ids=lambda value: str(value)[:30])
def test_what_tells_things_apart_is_kept(type, different):
    assert len({normal_key(name, type) for name in different}) == len(different)


@pytest.mark.parametrize(
    ("name", "type"),
    [
        ("大模型", MODEL),
        ("公司", ORGANIZATION),
        ("Inc.", ORGANIZATION),
        ("License", LICENSE),
        ("X公司", ORGANIZATION),
        ("The", EntityType.DATASET),
        ("上海公司", ORGANIZATION),
        ("🤗", EntityType.PLATFORM),
    ],
)
def test_general_words_stay_where_nothing_else_is_left(name, type):
    assert len(normal_key(name, type)) >= 1
    assert normal_key(name, type) != normal_key("", type)


def test_the_words_of_a_type_say_something_of_another():
    assert normal_key("Qwen License", LICENSE) == normal_key("qwen", LICENSE)
    assert normal_key("Qwen License", MODEL) != normal_key("qwen", MODEL)


def test_chinese_names_in_latin_letters():
    assert "zhipu" in latin_spellings("智譜", ORGANIZATION)
    assert {"kaifuli", "likaifu"} <= latin_spellings("李开复", PERSON)
    assert "zhugewei" in latin_spellings("诸葛伟", PERSON)
    assert "weizhuge" in latin_spellings("诸葛伟", PERSON)
    assert "baichuan2" in latin_spellings("百川2", MODEL)
    assert "baichuan" in head_spellings("百川智能", ORGANIZATION)
    assert latin_spellings("Baichuan", MODEL) == frozenset()
    assert head_spellings("张兰华", PERSON) == frozenset()


@given(names, types)
def test_keys_do_not_depend_on_case_width_and_separators(name, type):
    key = normal_key(name, type)
    assert normal_key(f" {name}\u200b ", type) == key
    assert all(not c.isspace() for c in "".join(name_words(name, type)))
    if name.isascii():
        wide = "".join(
            chr(ord(c) + 0xFEE0) if "!" <= c <= "~" and c not in "'`" else c for c in name
        )
        assert normal_key(name.upper(), type) == key
        if "/" not in name:
            assert normal_key(wide, type) == key


@given(st.text(alphabet="通義千問書生浦語華為雲張蘭大模型", max_size=12), types)
def test_traditional_and_simplified_characters_meet(name, type):
    assert normal_key(name, type) == normal_key(simplified(name), type)


@given(names, types)
def test_any_name_has_a_sound(name, type):
    for sound in latin_spellings(name, type) | head_spellings(name, type):
        assert sound


def test_libraries_are_loaded_for_chinese_alone():
    code = (
        "import sys; from modelkin.graph.identity.likeness import *;"
        "from modelkin.graph.identity.normal import normal_key;"
        "from modelkin.ontology.terms import EntityType as T;"
        "normal_key('Llama 2', T.MODEL);"
        "assert not {'opencc', 'pypinyin', 'rapidfuzz'} & set(sys.modules);"
        "normal_key('千問', T.MODEL); assert 'opencc' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(
    "piece", ["公司", "大模型", "a/", "+", "1.", "\u0301", "the ", "北京", "v3"]
)
@pytest.mark.parametrize("type", [MODEL, ORGANIZATION, LICENSE])
def test_long_names_take_little_time(piece, type):
    name = piece * 5_000
    takes_at_most(
        0.6, lambda: (normal_key.__wrapped__(name, type), name_words.__wrapped__(name, type))
    )
