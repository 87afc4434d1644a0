"""``modelkin export --for``: a folder for another tool, and the command that imports it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]


def lines(file: Path) -> int:
    return len(file.read_text(encoding="utf-8").splitlines())


def test_the_command_is_printed_and_kept(ask: Run, tmp_path: Path) -> None:
    done = ask("export", "--for", "neo4j-admin", "in put")
    first, *command = done.ok().splitlines()
    assert first == "cd 'in put'"
    assert command[0] == "neo4j-admin database import full neo4j \\"
    assert done.err == "wrote in put\n"
    kept = (tmp_path / "in put" / "README.txt").read_text(encoding="utf-8")
    assert all(f"  {line}\n" in kept for line in command)
    for option in command:
        for file in option.strip(" \\").partition("=")[2].split(","):
            if file.endswith(".csv"):
                assert (tmp_path / "in put" / file).is_file()


def test_it_holds_what_is_asked_for(ask: Run, tmp_path: Path) -> None:
    for name, options in (
        ("all", ()),
        ("doubted", ("--candidates",)),
        ("lineage", ("--lineage", "Stable Beluga")),
    ):
        ask("export", "--for", "neo4j-admin", name, *options).ok()
    claims = {name: lines(tmp_path / name / "claims.csv") for name in ("lineage", "all", "doubted")}
    assert 0 < claims["lineage"] < claims["all"] < claims["doubted"]
    doubted = (tmp_path / "doubted" / "statements-header.csv").read_text()
    assert "candidates:long" in doubted
    assert "candidates" not in (tmp_path / "all" / "statements-header.csv").read_text()


def test_what_cannot_be_written(ask: Run, tmp_path: Path) -> None:
    full = tmp_path / "full"
    full.mkdir()
    (full / "mine").touch()
    done = ask("export", "--for", "neo4j-admin", full)
    assert done.code == 6
    assert "no empty folder" in done.err
    assert [path.name for path in full.iterdir()] == ["mine"]
    for arguments, told in (
        (("out", "--for", "neo4j-admin", "--format", "html"), "exclude each other"),
        (("out", "--for", "neo5j"), "neo4j-admin"),
        ((full,), "is a directory"),
    ):
        done = ask("export", *arguments)
        assert done.code == 2
        assert told in done.err
    assert not (tmp_path / "out").exists()
