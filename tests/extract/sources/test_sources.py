"""All sources together, plugins among them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from modelkin.extract import sources as module
from modelkin.extract.errors import UnreadableError, UnsupportedFormatError
from modelkin.extract.protocols import Reading, ReadOptions
from modelkin.extract.sources import read, sources
from modelkin.ontology.document import Document


class Plugin:
    """Reads ``arxiv:`` locations."""

    def accepts(self, location: str) -> bool:
        return location.startswith("arxiv:")

    def read(self, location: str, options: ReadOptions) -> Iterator[Reading]:
        yield Reading(location, document=Document.of("Llama 2", lang="en"))


class Entry:
    def __init__(self, name: str, value: str, loaded: type) -> None:
        self.name, self.value, self._loaded = name, value, loaded

    def load(self) -> type:
        return self._loaded


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    sources.cache_clear()
    yield
    sources.cache_clear()


def test_the_built_in_sources_are_installed() -> None:
    assert {type(source).__name__ for source in sources()} >= {
        "FileSource",
        "StandardInputSource",
        "WebSource",
    }


def test_one_location_after_another_and_errors_do_not_stop(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("百川智能开源了大模型。")
    locations = [str(tmp_path / "no.md"), "ftp://a.b/c", str(tmp_path / "a.md")]
    missing, unknown, found = read(locations)
    assert isinstance(missing.error, UnreadableError)
    assert isinstance(unknown.error, UnsupportedFormatError)
    assert found.document is not None
    assert [r.location for r in (missing, unknown, found)] == locations


def test_locations_are_taken_when_they_are_needed(tmp_path: Path) -> None:
    def locations() -> Iterator[str]:
        yield str(tmp_path / "a.md")
        raise AssertionError("asked for too much")

    assert next(read(locations())).error is not None


def test_a_plugin_is_asked_before_the_built_in_sources(monkeypatch: pytest.MonkeyPatch) -> None:
    from modelkin.extract.sources.file import FileSource

    entries = [
        Entry("file", "modelkin.extract.sources.file:FileSource", FileSource),
        Entry("papers", "papers:Plugin", Plugin),
    ]
    monkeypatch.setattr(module, "entry_points", lambda group: entries)
    [reading] = read(["arxiv:2307.09288"])
    assert reading.document is not None
    assert reading.document.text == "Llama 2"
