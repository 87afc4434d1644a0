"""A store is made, looked after and deleted on the command line."""

import json
import sqlite3
from pathlib import Path


def test_a_store_is_made_once(run):
    first = json.loads(run("store", "init", "--format", "json").ok())
    again = json.loads(run("store", "init", "--format", "json").ok())
    assert [first[0]["made"], again[0]["made"]] == [True, False]
    assert first[0]["documents"] == again[0]["documents"] > 0


def test_a_bare_store_stays_bare(run):
    assert json.loads(run("store", "init", "--bare", "--format", "json").ok())[0]["documents"] == 0
    assert json.loads(run("store", "init", "--format", "json").ok())[0]["documents"] == 0


def test_a_store_is_checked_and_mended(run, tmp_path: Path):
    run("store", "init").ok()
    well = run("store", "check")
    assert (well.code, "all is well" in well.err) == (0, True)
    with sqlite3.connect(tmp_path / "modelkin.db") as raw:
        raw.execute("INSERT INTO spelling_search (spelling_search) VALUES ('delete-all')")
    raw.close()
    found = run("store", "check")
    assert found.code == 1
    assert "spelling_search" in found.out
    assert "--mend" in found.err
    assert run("search", "通义千问").out.count("\n") <= 1
    assert "spelling_search" in run("store", "check", "--mend").ok()
    assert run("store", "check").code == 0
    assert "通义千问" in run("search", "通义千问").ok()


def test_a_store_is_deleted_when_somebody_says_so(run, tmp_path: Path):
    run("store", "init").ok()
    run("query", "MATCH (n:Model) RETURN count(n)").ok()
    refused = run("store", "drop", input=b"n\n")
    assert refused.code == 1
    assert (tmp_path / "modelkin.db").is_file()
    run("store", "drop", "--yes").ok()
    assert list(tmp_path.iterdir()) == []
    missing = run("store", "drop", "--yes")
    assert (missing.code, "no store" in missing.err) == (4, True)
