"""Documents and spans: one text one id, and a quote is what the text says there."""

import hashlib
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modelkin.ontology.document import Document, Span, normalise_text
from modelkin.ontology.errors import InvariantError

any_text = st.text(alphabet=st.characters(codec=None), max_size=60) | st.text(
    alphabet="ae\u0301가\u1100\u1161\ud800\udc00\r\n\ufeff中", max_size=20
)


@given(any_text)
def test_stored_text_is_normal(text: str) -> None:
    stored = normalise_text(text)
    assert unicodedata.is_normalized("NFC", stored)
    assert "\r" not in stored
    stored.encode()


@given(any_text)
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise_text(text)
    assert normalise_text(once) == once


def test_every_byte_order_mark_in_front_goes() -> None:
    assert normalise_text("\ufeff\ufeff中\ufeff") == "中\ufeff"


def test_surrogates_are_replaced() -> None:
    assert normalise_text("a\ud800b") == "a\ufffdb"
    assert Document.of("a\udfff", lang="zh").text == "a\ufffd"


def test_the_id_hashes_the_text_alone() -> None:
    first = Document.of("Cafe\u0301\r\n", lang="en", title="a", url="https://a.example/")
    second = Document.of("\ufeffCafé\n", lang="zh", published="2023", retrieved="2024-01-01")
    assert first.id == second.id
    assert first.id == hashlib.sha256("Café\n".encode()).hexdigest()[:32]
    assert first.id != Document.of("Café", lang="en").id


@given(any_text.filter(bool), st.data())
def test_a_span_quotes_its_document(text: str, data: st.DataObject) -> None:
    document = Document.of(text + "。", lang="zh")
    start = data.draw(st.integers(0, len(document.text) - 1))
    end = data.draw(st.integers(start + 1, len(document.text)))
    span = document.span(start, end)
    assert document.text[span.start : span.end] == span.quote
    span.check(document)


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (2, 2), (3, 2), (0, 99), (99, 100)])
def test_no_span_outside_the_text(start: int, end: int) -> None:
    with pytest.raises(InvariantError, match="no span"):
        Document.of("Llama 2", lang="en").span(start, end)


@pytest.mark.parametrize(
    ("start", "end", "quote"), [(0, 3, "ab"), (-1, 1, "ab"), (0, 0, ""), (5, 3, "ab")]
)
def test_a_span_fits_its_quote(start: int, end: int, quote: str) -> None:
    with pytest.raises(InvariantError, match="does not fit"):
        Span("d", start, end, quote)


def test_a_span_is_refused_by_any_other_text() -> None:
    document = Document.of("智谱AI发布GLM-4。", lang="zh")
    with pytest.raises(InvariantError, match="does not say"):
        document.span(0, 4).check(Document.of("智谱AI发布GLM-5。", lang="zh"))
    with pytest.raises(InvariantError, match="does not say '发布'"):
        Span(document.id, 0, 2, "发布").check(document)
