"""Files and folders, real ones."""

import os
import socket
from pathlib import Path

import pytest
from cpu_time import takes_at_most
from source_contract import SourceContract, document_of, error_of

from modelkin.extract.errors import (
    EmptyDocumentError,
    TooLargeError,
    UnreadableError,
    UnsupportedFormatError,
)
from modelkin.extract.protocols import ReadOptions
from modelkin.extract.sources.file import FileSource

OPTIONS = ReadOptions()


class TestContract(SourceContract):
    @pytest.fixture
    def source(self, tmp_path: Path) -> FileSource:
        self.folder = tmp_path
        return FileSource()

    def place(self, source: FileSource, data: bytes) -> str:
        path = self.folder / "article.md"
        path.write_bytes(data)
        return str(path)


def names(folder: Path) -> list[str]:
    readings = FileSource().read(str(folder), OPTIONS)
    return [str(Path(reading.location).relative_to(folder)) for reading in readings]


@pytest.mark.parametrize(
    ("name", "data", "title"),
    [
        ("a.md", b"Llama 2 by Meta.", "a"),
        ("b.TXT", "智谱发布了大模型。".encode("gbk"), "b"),
        ("新闻.html", "<title>开源</title><p>智谱发布了大模型。".encode("gbk"), "开源"),
        ("c.htm", b"<p>Meta has released Llama 2.", "c"),
        ("d.markdown", "GLM".encode("utf-16"), "d"),
    ],
)
def test_files_of_each_kind(tmp_path: Path, name: str, data: bytes, title: str) -> None:
    (tmp_path / name).write_bytes(data)
    document = document_of(FileSource().read(str(tmp_path / name), OPTIONS))
    assert document.title == title
    assert document.url is None


def test_a_missing_file(tmp_path: Path) -> None:
    error = error_of(FileSource().read(str(tmp_path / "no.md"), OPTIONS))
    assert isinstance(error, UnreadableError)
    assert "no such file" in error.message


@pytest.mark.parametrize("location", ["a\x00.md", "a" * 5000 + ".md", ""])
def test_impossible_names(location: str) -> None:
    assert error_of(FileSource().read(location, OPTIONS)).message


def test_another_suffix_is_refused_by_name_and_passed_over_in_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"PK")
    (tmp_path / "b.md").write_text("Llama 2")
    error = error_of(FileSource().read(str(tmp_path / "a.docx"), OPTIONS))
    assert isinstance(error, UnsupportedFormatError)
    assert ".docx" in error.message
    assert names(tmp_path) == ["b.md"]


def test_fifty_megabytes_fail_at_once(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    takes_at_most(0.05, lambda: error_of(FileSource().read(str(path), OPTIONS)))
    error = error_of(FileSource().read(str(path), OPTIONS))
    assert isinstance(error, TooLargeError)
    assert "50,000,000" in error.message
    assert "20,000,000" in error.message


def test_a_folder_gives_its_files_in_order(tmp_path: Path) -> None:
    for name in ("b/z.md", "b/a.txt", "a.md", "c.html", "b/deep/x.md", ".hidden.md", ".git/a.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("<p>Llama 2 is a model of Meta.")
    assert names(tmp_path) == ["a.md", "b/a.txt", "b/deep/x.md", "b/z.md", "c.html"]


def test_errors_do_not_stop_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"")
    (tmp_path / "b.md").write_bytes(b"\x00")
    (tmp_path / "c.md").write_text("Llama 2")
    errors = [reading.error for reading in FileSource().read(str(tmp_path), OPTIONS)]
    assert [type(error) for error in errors] == [EmptyDocumentError, UnreadableError, type(None)]


def test_an_empty_folder_says_so(tmp_path: Path) -> None:
    assert isinstance(error_of(FileSource().read(str(tmp_path), OPTIONS)), EmptyDocumentError)


def test_links_are_followed_once(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.md").write_text("Llama 2")
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    (tmp_path / "again").symlink_to(tmp_path / "a")
    (tmp_path / "self.md").symlink_to(tmp_path / "self.md")
    (tmp_path / "linked.md").symlink_to(tmp_path / "a" / "x.md")
    readings = {Path(r.location).name: r for r in FileSource().read(str(tmp_path), OPTIONS)}
    assert sorted(readings) == ["linked.md", "self.md", "x.md"]
    assert isinstance(readings["self.md"].error, UnreadableError)


def test_special_files_are_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "s.md"))
        for name in ("pipe.md", "s.md"):
            error = error_of(FileSource().read(str(tmp_path / name), OPTIONS))
            assert "no regular file" in error.message


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_forbidden_files_and_folders(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir()
    (tmp_path / "a.md").write_text("Llama 2")
    (tmp_path / "a.md").chmod(0)
    (tmp_path / "closed").chmod(0)
    try:
        readings = list(FileSource().read(str(tmp_path), OPTIONS))
    finally:
        (tmp_path / "closed").chmod(0o700)
    assert ["may not be read" in str(reading.error) for reading in readings] == [True, True]


def test_a_permission_error_names_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.md").write_text("Llama 2")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    error = error_of(FileSource().read(str(tmp_path / "a.md"), OPTIONS))
    assert "a.md may not be read" in error.message


def test_one_file_is_read_at_a_time(tmp_path: Path) -> None:
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text("Llama 2")
    readings = FileSource().read(str(tmp_path), OPTIONS)
    next(readings)
    (tmp_path / "b.md").write_text("Llama 3")
    assert document_of(readings).text == "Llama 3"
