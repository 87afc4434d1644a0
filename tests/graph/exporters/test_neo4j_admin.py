"""The folder for the import tool of Neo4j says what the records say, and is there whole or not."""

import csv
import io
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from memory_view import MemoryView
from samples import hostile, parts, tiny

from modelkin.graph.errors import ExportError
from modelkin.graph.exporters.neo4j_admin import README, Neo4jAdminFolder
from modelkin.graph.projections.shape import Property, edges, nodes
from modelkin.ontology.claim import Entity, Extraction
from modelkin.ontology.document import Document
from modelkin.ontology.terms import EntityType

_TYPES = {"string": str, "long": int, "double": float}


def tables(folder: Path, command: str, option: str) -> Iterator[tuple[list[str], list[list[str]]]]:
    """Read the files that the command names for an option, the way the tool reads them."""
    for argument in shlex.split(command.replace("\\\n", " ")):
        if argument.startswith(f"--{option}="):
            header, data = argument.partition("=")[2].split(",")
            [columns] = csv.reader(io.StringIO((folder / header).read_text(encoding="utf-8")))
            text = (folder / data).read_bytes().decode()
            yield columns, [_fields(line) for line in _lines(text)]


def _lines(text: str) -> list[str]:
    """Split at line feeds outside of quotes."""
    return [line for line in re.findall(r'((?:"(?:[^"]|"")*"|[^"\n])*)\n', text) if line]


def _fields(line: str) -> list[str]:
    return re.findall(r'(?:^|,)("(?:[^"]|"")*"|[^",]*)', line)


def properties(columns: list[str], row: list[str], delimiter: str) -> dict[str, Property]:
    found: dict[str, Property] = {}
    assert len(columns) == len(row)
    for column, field in zip(columns, row, strict=True):
        key, _, type = column.rpartition(":")
        if not key or type.startswith(("ID(", "LABEL")) or not field:
            continue
        text = field[1:-1].replace('""', '"') if field.startswith('"') else field
        found[key] = text.split(delimiter) if type == "string[]" else _TYPES[type](text)
    return found


def plain(field: str) -> str:
    return field[1:-1].replace('""', '"')


def delimiter_of(command: str) -> str:
    [code] = re.findall(r"--array-delimiter=U\+([0-9A-F]{4})", command)
    return chr(int(code, 16))


def unsplit(text: str) -> str:
    """Give a text as a file can hold it."""
    return text.replace("\ud800", "\ufffd")


def as_written(given: dict[str, Property]) -> dict[str, Property]:
    """Give properties without empty lists, in text that a file can hold."""
    return {
        key: [unsplit(item) for item in value]
        if isinstance(value, list)
        else unsplit(value)
        if isinstance(value, str)
        else value
        for key, value in given.items()
        if value != []
    }


@pytest.mark.parametrize("view", [tiny(), hostile()], ids=["plain", "hostile"])
def test_the_files_say_what_the_records_say(view: MemoryView, tmp_path: Path) -> None:
    command = Neo4jAdminFolder().write(view, tmp_path / "out")
    delimiter = delimiter_of(command)
    found_nodes = [
        (plain(row[0]), tuple(plain(row[1]).split(delimiter)), properties(columns, row, delimiter))
        for columns, rows in tables(tmp_path / "out", command, "nodes")
        for row in rows
    ]
    assert found_nodes == [
        (node.id, node.labels, as_written(node.properties)) for node in nodes(view)
    ]
    found_edges = [
        (*map(plain, row[:3]), properties(columns[3:], row[3:], delimiter))
        for columns, rows in tables(tmp_path / "out", command, "relationships")
        for row in rows
    ]
    expected = [(e.source, e.target, e.type, as_written(e.properties)) for e in edges(view)]
    assert sorted(found_edges, key=repr) == sorted(expected, key=repr)


def test_columns_are_typed(tmp_path: Path) -> None:
    command = Neo4jAdminFolder().write(tiny(), tmp_path / "out")
    named = [columns for columns, _ in tables(tmp_path / "out", command, "nodes")]
    assert named[0][:3] == ["id:ID(Entity)", ":LABEL", "aliases:string[]"]
    assert named[1][0] == "id:ID(Document)"
    assert {"confidence:double", "start:long", "quote:string"} <= set(named[2])
    joined = [columns for columns, _ in tables(tmp_path / "out", command, "relationships")]
    assert {"claims:long", "confidence:double", "methods:string[]"} <= set(joined[0])
    assert [columns[:3] for columns in joined] == [
        [":START_ID(Entity)", ":END_ID(Entity)", ":TYPE"],
        [":START_ID(Claim)", ":END_ID(Entity)", ":TYPE"],
        [":START_ID(Claim)", ":END_ID(Document)", ":TYPE"],
    ]


def test_the_same_view_gives_the_same_bytes(tmp_path: Path) -> None:
    writer = Neo4jAdminFolder()
    commands = {
        writer.write(view, tmp_path / name)
        for name, view in (("a", tiny()), ("b", MemoryView(reversed(parts()))))
    }
    assert len(commands) == 1
    files = [
        {file.name: file.read_bytes() for file in (tmp_path / name).iterdir()} for name in "ab"
    ]
    assert files[0] == files[1]
    [command] = commands
    lines = [line.strip() for line in files[0][README].decode().splitlines()]
    assert set(command.replace("\n  ", "\n").split("\n")) <= set(lines)


def test_no_name_holds_the_character_between_names(tmp_path: Path) -> None:
    text = "一 names them."
    model = Entity("model/a", EntityType.MODEL, "A", ("b\x1fc", "d\x1ee\x1d", "；;"))
    view = MemoryView([Extraction(Document.of(text, lang="en"), (model,))])
    command = Neo4jAdminFolder().write(view, tmp_path / "out")
    assert delimiter_of(command) == "\x1c"


def test_names_of_every_such_character_are_refused(tmp_path: Path) -> None:
    everything = "".join(map(chr, (*range(1, 0x20), *range(0xE000, 0xF900))))
    model = Entity("model/a", EntityType.MODEL, "A", (f"b{everything}",))
    view = MemoryView([Extraction(Document.of("A.", lang="en"), (model,))])
    with pytest.raises(ExportError, match="no character"):
        Neo4jAdminFolder().write(view, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_a_long_field_asks_for_room(tmp_path: Path) -> None:
    model = Entity("model/a", EntityType.MODEL, "长" * 3_000_000)
    view = MemoryView([Extraction(Document.of("A.", lang="en"), (model,))])
    command = Neo4jAdminFolder().write(view, tmp_path / "out")
    [size] = re.findall(r"--read-buffer-size=([0-9]+)", command)
    assert int(size) > 9_000_000
    assert "read-buffer-size" not in Neo4jAdminFolder().write(tiny(), tmp_path / "small")


def test_an_empty_folder_is_filled_and_any_other_left_alone(tmp_path: Path) -> None:
    empty, full, file = tmp_path / "empty", tmp_path / "full", tmp_path / "file"
    empty.mkdir(mode=0o750)
    Neo4jAdminFolder().write(tiny(), empty)
    assert (empty / README).is_file()
    assert empty.stat().st_mode & 0o777 == 0o750
    full.mkdir()
    (full / "mine.txt").write_text("我的")
    file.write_text("mine")
    for target in (full, file):
        with pytest.raises(ExportError, match="no empty folder"):
            Neo4jAdminFolder().write(tiny(), target)
    assert [path.name for path in full.iterdir()] == ["mine.txt"]
    with pytest.raises(ExportError, match=r"missing.*No such file"):
        Neo4jAdminFolder().write(tiny(), tmp_path / "missing" / "out")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty", "file", "full"]


class Broken(MemoryView):
    def claims(self, *key: object, **keys: object) -> Iterator[object]:  # type: ignore[override]
        self.asked = getattr(self, "asked", 0) + 1
        yield from super().claims(*key, **keys)  # type: ignore[arg-type]
        # Columns are found; the rows are half-written.
        if self.asked > 2:
            raise RuntimeError("the disk is gone")


def test_a_failure_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="gone"):
        Neo4jAdminFolder().write(Broken(parts()), tmp_path / "out")
    assert list(tmp_path.iterdir()) == []
