"""What every source must do; an implementation's tests subclass `SourceContract`."""

from collections.abc import Iterator

import pytest

from modelkin.extract.errors import EmptyDocumentError, InputError, TooLargeError
from modelkin.extract.protocols import Reading, ReadOptions, Source
from modelkin.ontology.document import Document

__all__ = ["SourceContract", "document_of", "error_of"]

CHINESE = "# 百川开源\n\n百川智能发布了 Baichuan-13B，可免费商用。\n"
ENGLISH = "# Beluga\n\nStable Beluga is fine-tuned from Llama 2 by Stability AI.\n"


def document_of(readings: Iterator[Reading]) -> Document:
    """The one document of the readings."""
    [reading] = readings
    assert reading.error is None
    assert reading.document is not None
    return reading.document


def error_of(readings: Iterator[Reading]) -> InputError:
    """The one error of the readings, which names the next step."""
    [reading] = readings
    assert reading.document is None
    assert reading.error is not None
    assert reading.error.message
    assert reading.error.hint
    assert reading.error.exit_code == 3
    return reading.error


class SourceContract:
    """Give `source` and `place` in a subclass; `options` when its locations ask for it."""

    options = ReadOptions(allow_private=True)

    @pytest.fixture
    def source(self) -> Source:
        raise NotImplementedError

    def place(self, source: Source, data: bytes) -> str:
        """Put text where the source reads it, and give the location."""
        raise NotImplementedError

    def _read(self, source: Source, data: bytes, **options: object) -> Iterator[Reading]:
        location = self.place(source, data)
        assert source.accepts(location)
        defaults = {"allow_private": True, "limit": 1_000_000, "timeout": 10.0}
        return source.read(location, ReadOptions(**{**defaults, **options}))

    def test_it_is_a_source(self, source: Source) -> None:
        assert isinstance(source, Source)

    @pytest.mark.parametrize(("text", "lang"), [(CHINESE, "zh"), (ENGLISH, "en")])
    def test_a_text_becomes_a_document(self, source: Source, text: str, lang: str) -> None:
        document = document_of(self._read(source, text.encode()))
        assert (document.text, document.lang) == (text, lang)
        assert document.title == text.split("\n")[0].removeprefix("# ")
        assert document.retrieved is not None

    def test_the_user_knows_best(self, source: Source) -> None:
        said = {"title": "标题", "url": "https://a.b/c", "published": "2023-07", "lang": "zh"}
        document = document_of(self._read(source, ENGLISH.encode(), **said))
        assert {key: getattr(document, key) for key in said} == said

    def test_the_front_matter_is_read(self, source: Source) -> None:
        text = "---\n标题: 开源周报\n日期: 2023年7月11日\n---\n\n智谱发布了 GLM。\n"
        document = document_of(self._read(source, text.encode()))
        assert (document.title, document.published) == ("开源周报", "2023-07-11")
        assert document.text == text

    def test_malformed_front_matter_names_its_line(self, source: Source) -> None:
        error = error_of(self._read(source, b"---\ntitle: a\ntags: [b\n---\n\nText.\n"))
        assert "front matter, line 4" in error.message

    def test_the_same_bytes_are_the_same_document(self, source: Source) -> None:
        first = document_of(self._read(source, CHINESE.encode()))
        second = document_of(self._read(source, b"\xef\xbb\xbf" + CHINESE.encode()))
        assert first.id == second.id

    @pytest.mark.parametrize("data", [b"", b" \n\t\n", "\ufeff\u200b\u3000".encode()])
    def test_nothing_is_an_error(self, source: Source, data: bytes) -> None:
        assert isinstance(error_of(self._read(source, data)), EmptyDocumentError)

    def test_too_much_is_an_error_that_names_the_limit(self, source: Source) -> None:
        error = error_of(self._read(source, b"Llama 2. " * 1000, limit=5000))
        assert isinstance(error, TooLargeError)
        assert "5,000" in error.message

    @pytest.mark.parametrize(
        "data", [b"Llama\x00 2 by Meta", b"\x89PNG\r\n\x1a\n\x00\x00", b"\x01" * 9]
    )
    def test_binary_is_an_error(self, source: Source, data: bytes) -> None:
        assert "not text" in error_of(self._read(source, data)).message

    @pytest.mark.parametrize("published", ["yesterday", "2023-7", "2023-02-30", "07/11/2023", ""])
    def test_an_invalid_date_is_an_error(self, source: Source, published: str) -> None:
        error = error_of(self._read(source, ENGLISH.encode(), published=published))
        assert "YYYY-MM-DD" in error.hint
