"""Standard input."""

import io
import sys

import pytest
from source_contract import SourceContract, document_of, error_of

from modelkin.extract.protocols import ReadOptions
from modelkin.extract.sources.standard_input import StandardInputSource


class TestContract(SourceContract):
    @pytest.fixture
    def source(self) -> StandardInputSource:
        return StandardInputSource()

    @pytest.fixture(autouse=True)
    def _standard_input(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.patch = monkeypatch

    def place(self, source: StandardInputSource, data: bytes) -> str:
        self.patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        return "-"


def test_html_is_recognised() -> None:
    page = "<!DOCTYPE html>\n<title>开源</title><p>智谱发布了新的大模型。".encode("gbk")
    document = document_of(StandardInputSource(io.BytesIO(page)).read("-", ReadOptions()))
    assert document.text == "# 开源\n\n智谱发布了新的大模型。"


def test_utf16_html_is_recognised() -> None:
    page = "<html><p>智谱发布了新的大模型。".encode("utf-16")
    document = document_of(StandardInputSource(io.BytesIO(page)).read("-", ReadOptions()))
    assert document.text == "智谱发布了新的大模型。"


def test_a_broken_pdf_is_recognised() -> None:
    error = error_of(StandardInputSource(io.BytesIO(b"%PDF-1.7\n")).read("-", ReadOptions()))
    assert "broken PDF" in error.message


def test_an_endless_stream_is_cut_off() -> None:
    class Endless(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            return b"a" * size

    source = StandardInputSource(Endless())
    assert "1,000" in error_of(source.read("-", ReadOptions(limit=1000))).message


def test_text_without_a_title_is_called_standard_input() -> None:
    document = document_of(StandardInputSource(io.BytesIO(b"Llama 2")).read("-", ReadOptions()))
    assert document.title == "standard input"
