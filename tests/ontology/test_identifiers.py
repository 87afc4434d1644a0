"""Identifiers: readable, stable, and never one for two names."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modelkin.ontology.identifiers import entity_id, iri, name_key, slug
from modelkin.ontology.terms import EntityType

names = st.text(max_size=40) | st.text(
    alphabet="aAbBvVxX0179 .-_+#&*×()/·・文心一言アİé\u0301\u200b🤗", max_size=12
)
words = st.text(alphabet="abcdefgxyz文心一言2345", min_size=1, max_size=6)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("GLM-4.5", "glm-4.5"),
        ("GPT-4o", "gpt-4o"),
        ("GPT4o", "gpt-4o"),
        ("Yi-1.5-34B-Chat-16K", "yi-1.5-34b-chat-16k"),
        ("Stable Diffusion XL(SDXL)1.0", "stable-diffusion-xl-sdxl-1.0"),
        ("文心一言4.0", "文心一言-4.0"),
        ("文心一言 4.0", "文心一言-4.0"),
        ("文心\n一言", "文心一言"),
        ("豆包·视觉", "豆包-视觉"),
        ("書生・浦語", "書生-浦語"),
        ("Llama 3.1 405B", "llama-3.1-405b"),
        ("Llama3.1-405B", "llama-3.1-405b"),
        ("o1-mini", "o1-mini"),
        ("C-Eval", "c-eval"),
        ("Mixtral 8×7B", "mixtral-8x7b"),
        ("DALL·E 3", "dall-e-3"),
        ("GPT−4", "gpt-4"),
        ("Claude™ 3", "claude-3"),
        ("Yi‑34B", "yi-34b"),
        ("ＧＰＴ－４", "gpt-4"),
        ("CC BY-SA 4.0", "cc-by-sa-4.0"),
        ("《悟道》2.0", "悟道-2.0"),
        ("İstanbul", "i\u0307stanbul"),
        ("हिन्दी", "हिन्दी"),
        ("Cafe\u0301", "café"),
        ("Café", "café"),
        ("llama\u200b2\ufe0f", "llama-2"),
        ("𠀀一", "𠀀一"),
    ],
)
def test_names_as_people_write_them(name: str, expected: str) -> None:
    assert slug(name) == expected


def test_version_numbers_do_not_merge() -> None:
    ids = [slug(n) for n in ("Gemma 2 2B", "Gemma 22B", "Qwen 2.5", "Qwen 25", "Qwen 2 5")]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("name", ["🤗", "🦙🦙", "", "...", "《》", "\ud800", "*", "\u0301"])
def test_names_without_letters_have_an_id(name: str) -> None:
    assert re.fullmatch(r"symbols--[0-9a-f]{12}", slug(name))


def test_symbols_tell_names_apart() -> None:
    ids = {slug(n) for n in ("a", "a*", "*a", "a*b", "a%b", "a b", "🤗", "🦙")}
    assert len(ids) == 8


def test_spelling_variants_share_an_id_in_spite_of_symbols() -> None:
    assert slug("Foo*Bar 2") == slug("foo * bar-2")


def test_no_plain_name_reaches_a_hashed_id() -> None:
    hashed = slug("a*b")
    assert slug(hashed) != hashed


def test_long_names_keep_their_tail() -> None:
    long = "模" * 200
    assert len(slug(long)) == 94
    assert slug(long) != slug(long + "型")


@given(names)
def test_slug_is_made_of_letters_digits_dots_and_hyphens(name: str) -> None:
    result = slug(name)
    assert 0 < len(result) <= 94
    assert result == slug(name)
    assert result[0] not in "-." and result[-1] not in "-."
    assert unicodedata.is_normalized("NFC", result)
    assert ".." not in result
    for c in result:
        # Blocks of ideographs hold places that a later Unicode fills.
        ideograph = "\uf900" <= c <= "\ufaff" or "\U00020000" <= c <= "\U0003ffff"
        mark = unicodedata.category(c).startswith("M")
        assert c in "-." or c.isalnum() or mark or ideograph, c
        assert not "A" <= c <= "Z"
    result.encode()


@given(st.lists(words, min_size=1, max_size=5), st.lists(st.sampled_from(" -_\u3000–"), max_size=4))
def test_case_and_what_stands_between_words_do_not_matter(
    parts: list[str], between: list[str]
) -> None:
    def joined(separators: list[str]) -> str:
        padded = [*separators, *["-"] * len(parts)]
        return "".join(p + s for p, s in zip(parts, padded, strict=False))[:-1]

    # Between two Chinese characters a blank is a line break, and no hyphen.
    if any(s.isspace() for s in between):
        parts[:] = [p.translate(str.maketrans("文心一言", "wxyz")) for p in parts]
    assert slug(joined(between)) == slug(joined([])) == slug(joined(between).upper())


def _without_separators(name: str) -> str:
    """The name by the documented rules, written down a second time and more plainly."""
    spelled = name_key(name)
    for sign, word in (("+", "plus"), ("#", "sharp"), ("&", "and")):
        spelled = spelled.replace(sign, word)
    return "".join(
        c
        for c in spelled
        if c not in "/:;,.'\"`|·•・‧−、，。：；！？!?"
        and unicodedata.category(c) not in ("Pd", "Ps", "Pe", "Pi", "Pf")
    )


@given(names, names)
def test_one_id_means_one_name(first: str, second: str) -> None:
    if slug(first) == slug(second):
        assert _without_separators(first) == _without_separators(second)


@given(names)
def test_the_id_keeps_every_letter(name: str) -> None:
    result = slug(name)
    if "--" not in result:
        assert _without_separators(result) == _without_separators(name)


@given(st.text(alphabet="智谱文心一言悟道通义千问", min_size=1, max_size=20))
def test_chinese_is_kept(name: str) -> None:
    assert slug(name) == name


@given(names)
def test_name_key_is_stable(name: str) -> None:
    key = name_key(name)
    assert name_key(key) == key
    assert name_key(name.replace(" ", "-")) == key


@given(st.sampled_from(EntityType), names)
def test_ids_and_addresses(type: EntityType, name: str) -> None:
    id = entity_id(type, name)
    assert id.startswith(f"{type.value.lower()}/")
    address = iri(id)
    assert re.fullmatch(r"https://w3id\.org/modelkin/[a-z]+/[A-Za-z0-9%._~-]+", address)
