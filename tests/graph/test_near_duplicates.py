"""Signatures of texts: nearly the same text is near, another one is not."""

import os
import random
import subprocess
import sys

import pytest
from cpu_time import grows_at_most, takes_at_most
from hypothesis import given, settings
from hypothesis import strategies as st

from modelkin.graph.grouping import groups
from modelkin.graph.near_duplicates import NEAR, bands, signature, similarity
from modelkin.ontology.errors import InvariantError

ENGLISH = "model weights open release licence tokens trained on code data for the team and users of"
CHINESE = "模型权重开源发布许可协议训练数据代码团队用户评测能力提升支持中文英文长文本推理速度大幅"


def article(seed: int, lang: str, sentences: int = 60) -> list[str]:
    """Sentences of the vocabulary of one topic, in an order of their own."""
    rng = random.Random(seed)
    if lang == "zh":
        return ["".join(rng.choices(CHINESE, k=24)) + "。" for _ in range(sentences)]
    return [" ".join(rng.choices(ENGLISH.split(), k=12)) + ". " for _ in range(sentences)]


def near(one: str, other: str) -> bool:
    first, second = signature(one), signature(other)
    alike = similarity(first, second)
    if alike >= NEAR:
        assert set(bands(first)) & set(bands(second)), "a near pair shares no band"
    return alike >= NEAR


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("seed", range(4))
def test_an_edited_reprint_is_near(lang: str, seed: int) -> None:
    text = article(seed, lang)
    retitled = ["转载：另一个标题。" if lang == "zh" else "Reprinted: another title. ", *text]
    shortened = text[:20] + text[23:]
    longer = [*text, "责任编辑：某某。" if lang == "zh" else "Subscribe to our newsletter. "]
    for edited in (retitled, shortened, longer):
        assert near("".join(text), "".join(edited))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_another_article_on_the_topic_is_not_near(lang: str) -> None:
    texts = ["".join(article(seed, lang)) for seed in range(12)]
    for index, one in enumerate(texts):
        assert not any(near(one, other) for other in texts[:index])


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_half_an_article_is_not_near(lang: str) -> None:
    text = article(5, lang)
    assert not near("".join(text), "".join(text[:30]))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ｑｗｅｎ－７Ｂ 开源了。" * 12, "qwen7b开源了" * 12),
        ("**Bold**, _thin_ and `code`! " * 9, "bold thin and code " * 9),
        ("A short note.", "a short, note"),
    ],
)
def test_how_it_is_set_makes_no_difference(one: str, other: str) -> None:
    assert signature(one) == signature(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Qwen-7B is open.", "Qwen-7B is open"),
        ("百川开源了大模型", "百川，开源了大模型！"),
        ("", ""),
        ("!!!", "!!!"),
    ],
)
def test_short_texts_that_are_equal_are_near(one: str, other: str) -> None:
    assert near(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Qwen-7B is open.", "Qwen-7B is opens."),
        ("x" * 49, "x" * 50),
        ("百川开源了大模型", "百川开源了大模型吗"),
        ("", "!!!"),
        ("!!!", "???"),
    ],
)
def test_short_texts_that_differ_are_not_near(one: str, other: str) -> None:
    first, second = signature(one), signature(other)
    assert similarity(first, second) == 0.0
    assert not set(bands(first)) & set(bands(second))


def test_the_form_of_a_signature() -> None:
    # Kept signatures stay readable: whoever changes what these hold gives them a new mark.
    long, short = signature("百川开源了大模型 Baichuan " * 9), signature("short")
    assert (long[:2], len(long), short[:2], len(short)) == (b"\x01M", 514, b"\x01S", 34)
    assert long[2:10].hex() == KEPT
    assert len(bands(long)) == len(set(bands(long))) == 21
    assert len(bands(short)) == 1


KEPT = "d582b801ee97661d"


@pytest.mark.parametrize("bad", [b"", b"\x02M" + bytes(512), b"\x01M" + bytes(511), b"\x01S"])
def test_what_is_no_signature_is_refused(bad: bytes) -> None:
    good = signature("good " * 20)
    for work in (lambda: bands(bad), lambda: similarity(good, bad), lambda: similarity(bad, good)):
        with pytest.raises(InvariantError, match="no signature of this version"):
            work()


def test_the_hash_seed_makes_no_difference() -> None:
    code = (
        "from modelkin.graph.grouping import groups\n"
        "from modelkin.graph.near_duplicates import bands, signature\n"
        "made = signature('百川开源了大模型 Baichuan ' * 9)\n"
        "print(made.hex(), bands(made), groups({('b', 'a'), ('c', 'b'), ('e', 'd')}))"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "42")
    }
    assert len(said) == 1


def test_importing_it_loads_no_heavy_library() -> None:
    code = (
        "import sys, modelkin.graph.near_duplicates\n"
        "sys.exit(not {'datasketch', 'scipy', 'numpy'}.isdisjoint(sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_megabyte_is_signed_in_bounded_time() -> None:
    rng = random.Random(3)
    text = "".join(rng.choices(CHINESE, k=1_000_000))
    signature("x" * 60)
    takes_at_most(4.0, lambda: signature(text))
    # Ten times the text: a square would take a hundred times as long.
    grows_at_most(30, lambda: signature(text[:100_000]), lambda: signature(text))
    grows_at_most(30, lambda: signature("a " * 50_000), lambda: signature("a " * 500_000))


TEXTS = st.text(max_size=400) | st.text("模型开源ab c，.", min_size=50, max_size=400)


@given(TEXTS, TEXTS)
def test_similarity_is_symmetric(one: str, other: str) -> None:
    first, second = signature(one), signature(other)
    alike = similarity(first, second)
    assert alike == similarity(second, first)
    assert 0.0 <= alike <= 1.0
    assert similarity(first, first) == 1.0
    assert set(bands(first)) & set(bands(second)) or alike < 1.0


@settings(max_examples=30)
@given(st.integers(0, 10_000), st.sampled_from(["en", "zh"]), st.integers(0, 57))
def test_a_small_edit_of_a_long_text_is_near(seed: int, lang: str, at: int) -> None:
    text = article(seed, lang)
    edited = [*text[:at], "2024", *text[at + 1 :]]
    assert near("".join(text), "".join(edited))


PAIRS = st.lists(st.tuples(st.sampled_from("abcdefghij"), st.sampled_from("abcdefghij")))


@given(PAIRS, st.randoms(use_true_random=False))
def test_groups_do_not_depend_on_order(pairs: list[tuple[str, str]], rng: random.Random) -> None:
    turned = [pair[::-1] for pair in pairs]
    rng.shuffle(turned)
    assert groups(pairs) == groups(turned)


@given(PAIRS)
def test_groups_are_the_parts_that_hang_together(pairs: list[tuple[str, str]]) -> None:
    found = groups(pairs)
    assert set(found) == {id for pair in pairs for id in pair}
    assert all(found[one] == found[other] for one, other in pairs)
    # Each is named after its least, and nothing joins what no chain of pairs joins.
    for id, name in found.items():
        reached = {id}
        while grown := {e for pair in pairs if reached & set(pair) for e in pair} - reached:
            reached |= grown
        assert name == min(reached)
