"""Bytes into text."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modelkin.extract.errors import UnreadableError
from modelkin.extract.sources.decode import decode

CHINESE = "百川智能在六月发布了开源大模型,参数为70亿,可以免费商用。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-32"])
def test_chinese_is_recognised(encoding: str) -> None:
    assert decode(CHINESE.encode(encoding), "a.txt") == CHINESE


@pytest.mark.parametrize(
    ("encoding", "mark"), [("utf-16-be", codecs.BOM_UTF16_BE), ("utf-16-le", codecs.BOM_UTF16_LE)]
)
def test_byte_order_marks(encoding: str, mark: bytes) -> None:
    assert decode(mark + CHINESE.encode(encoding), "a.txt") == CHINESE


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Évaluation française des modèles", "latin-1"),
        ("Модель открыта для всех исследователей", "cp1251"),
        ("開源模型的發展與限制,以及未來的研究方向", "big5"),
        ("モデルをオープンソースとして公開しました", "shift_jis"),
    ],
)
def test_other_encodings_are_not_guessed_but_can_be_told(text: str, encoding: str) -> None:
    with pytest.raises(UnreadableError, match="neither UTF-8 nor GB18030"):
        decode(text.encode(encoding), "a.txt")
    assert decode(text.encode(encoding), "a.txt", encoding=encoding) == text
    assert decode(text.encode(encoding), "a.txt", declared=encoding) == text


def test_what_a_page_declares_goes_first_and_latin_last() -> None:
    assert decode(CHINESE.encode("gbk"), "a", declared="gb2312") == CHINESE
    assert decode(CHINESE.encode(), "a", declared="ISO-8859-1") == CHINESE
    assert decode(CHINESE.encode("gbk"), "a", declared="utf-8") == CHINESE
    assert decode(CHINESE.encode(), "a", declared="no such thing") == CHINESE


def test_the_wrong_encoding_told_is_an_error_with_the_place() -> None:
    with pytest.raises(UnreadableError, match=r"a\.txt is not utf-8: .* at byte 4"):
        decode("abc 中".encode("gbk"), "a.txt", encoding="utf-8")


@pytest.mark.parametrize("encoding", ["klingon", "punycode", "rot13", "base64", "\x00", ""])
def test_what_is_no_text_encoding(encoding: str) -> None:
    with pytest.raises(UnreadableError, match="no text encoding"):
        decode(b"abc", "a.txt", encoding=encoding)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04rest", "ZIP"),
        (b"\x1f\x8b\x08", "compressed"),
        (b"text\x00text", "NUL"),
        (b"\x1b\x01\x02\x03 and", "control codes"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8\x20", "mark of UTF-16-LE"),
    ],
)
def test_what_is_no_text(data: bytes, what: str) -> None:
    with pytest.raises(UnreadableError, match=what):
        decode(data, "a.txt")


@given(st.binary(max_size=200), st.sampled_from(["", "utf-8", "gbk", "utf-16", "latin-1", "x"]))
def test_any_bytes_give_text_or_a_clear_error(data: bytes, declared: str) -> None:
    try:
        text = decode(data, "a.txt", declared=declared)
    except UnreadableError as error:
        assert error.hint
    else:
        assert "\x00" not in text


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"])))
def test_utf8_comes_back_as_it_was(text: str) -> None:
    assert decode(text.encode(), "a.txt") == text.removeprefix("\ufeff")
