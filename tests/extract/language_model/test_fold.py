"""Copies of a text are found, and lead back to exactly what was copied."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modelkin.extract.language_model.fold import fold


def found(text: str, words: str) -> list[str]:
    return [text[start:end] for start, end in fold(text).find(words)]


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Meta released Llama 2.", "Llama 2", ["Llama 2"]),
        ("Meta 发布了Llama\n2。", "发布了 Llama 2", ["发布了Llama\n2"]),
        ("百川\n智能开源", "百川智能", ["百川\n智能"]),
        ("Ｌｌａｍａ　２ 发布", "Llama 2", ["Ｌｌａｍａ　２"]),
        ("参数量（７０亿）", "(70亿)", ["（７０亿）"]),
        ("Lla\u200bma 2 is open", "Llama 2", ["Lla\u200bma 2"]),
        ("**Llama 2** is `open`", "Llama 2 is open", ["Llama 2** is `open"]),
        ("Cafe\u0301-7B", "Café-7B", ["Cafe\u0301-7B"]),
        ("Llama 2, Llama 2", "Llama 2", ["Llama 2", "Llama 2"]),
        ("Llama 2", "LLaMA 2", []),
        ("Llama 2", "Llama2", []),
        ("Llama 2", " \u200b", []),
        # Half of one character is no copy of it.
        ("㍿ Foo", "会社", []),
        ("㍿ Foo", "株式会社", ["㍿"]),
    ],
)
def test_copies(text: str, words: str, expected: list[str]) -> None:
    assert found(text, words) == expected


def test_only_the_part_that_is_asked_for_is_searched() -> None:
    text = "Llama 2. Llama 2. Llama 2."
    folded = fold(text)
    assert list(folded.find("Llama 2", 3, len(text))) == [(9, 16), (18, 25)]
    assert list(folded.find("Llama 2", 0, 16)) == [(0, 7), (9, 16)]
    assert list(folded.find("Llama 2", 0, 15)) == [(0, 7)]


LETTERS = st.text(st.sampled_from("aA7 \n\u3000中文é\u0301ﬁ㍿（）*`-.\u200b１Ⅷ한"), max_size=30)


@given(LETTERS, st.data())
def test_every_part_of_a_text_is_found_in_it(text: str, data: st.DataObject) -> None:
    text = unicodedata.normalize("NFC", text)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    words = text[start:end]
    folded = fold(text)
    places = list(folded.find(words))
    for a, b in places:
        assert fold(text[a:b]).text == fold(words).text
    parts_characters = unicodedata.combining((text[start:] or "x")[0]) or unicodedata.combining(
        (text[end:] or "x")[0]
    )
    cuts_marks = "*" in words or "`" in words
    if fold(words).text and not parts_characters and not cuts_marks:
        assert any(a >= start and b <= end for a, b in places)


@given(LETTERS)
def test_offsets_run_forward(text: str) -> None:
    folded = fold(text)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    assert folded.starts == sorted(folded.starts)
    assert all(a < b <= len(text) for a, b in zip(folded.starts, folded.ends, strict=True))
