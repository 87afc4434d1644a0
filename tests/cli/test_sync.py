"""``modelkin sync``: the union in a new store, resumable, the same bytes in every export."""

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from modelkin.graph.errors import StoreError
from modelkin.graph.stores import open_store
from modelkin.ontology.claim import Entity, Extraction
from modelkin.ontology.document import Document
from modelkin.ontology.terms import EntityType

Run = Callable[..., Any]

ROOT = Path(__file__).parents[2]
ARTICLES = sorted((ROOT / "seeds" / "articles").glob("*.md"))
COMMAND = Path(sys.executable).with_name("modelkin")
MANY = 400


def digest(run: Run, store: str, folder: Path) -> str:
    target = folder / "export.jsonl"
    run("--store", store, "export", target).ok()
    return hashlib.sha256(target.read_bytes()).hexdigest()


def counts(run: Run, *arguments: object) -> dict[str, int]:
    rows = json.loads(run("sync", *arguments, "--format", "json").ok())
    return {row["new"]: row["count"] for row in rows}


def documents(store: Path) -> int:
    try:
        with open_store(store) as opened:
            return sum(1 for _ in opened.documents())
    except StoreError:
        return 0


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """Give a store of many short texts in both languages."""
    place = tmp_path / "many.db"
    with open_store(place, create=True, read_only=False, bare=True) as store:
        for number in range(MANY):
            name = f"{'苍鹭' if number % 2 else 'Heron'}-{number}B"
            model = Entity.of(f"model/{name.lower()}", EntityType.MODEL, name)
            document = Document.of(f"{name} 发布。", lang="zh" if number % 2 else "en")
            store.merge(Extraction.of(document, [model], []))
    return place


def test_a_new_store_is_the_same_graph(run: Run, tmp_path: Path, sample_store: Path) -> None:
    added = counts(run, sample_store, "b.db")
    assert added["documents"] > len(ARTICLES)
    assert added["candidates"] > 0
    assert digest(run, "b.db", tmp_path) == digest(run, str(sample_store), tmp_path)
    again = run("sync", sample_store, "b.db", "--format", "csv")
    assert again.ok() == "new,count\ndocuments,0\nentities,0\nclaims,0\ndecisions,0\n"
    assert again.err == ""


def test_two_people_end_with_the_union(run: Run, tmp_path: Path) -> None:
    run("--store", "ann.db", "ingest", *ARTICLES[:3]).ok()
    run("--store", "bob.db", "ingest", *ARTICLES[3:]).ok()
    run("--store", "all.db", "ingest", *ARTICLES).ok()
    run("sync", "ann.db", "both.db").ok()
    assert counts(run, "bob.db", "both.db")["documents"] == len(ARTICLES[3:])
    for person in ("ann.db", "bob.db"):
        run("sync", "both.db", person).ok()
    stores = ("all.db", "both.db", "ann.db", "bob.db")
    assert len({digest(run, store, tmp_path) for store in stores}) == 1


def test_decisions_go_along_and_those_that_cannot_are_named(run: Run, tmp_path: Path) -> None:
    for store in ("a.db", "b.db"):
        run("--store", store, "ingest", ARTICLES[0]).ok()
    run("--store", "a.db", "entities", "rename", "Microsoft", "微软", "--author", "ann").ok()
    assert counts(run, "a.db", "b.db")["decisions"] == 1
    assert digest(run, "a.db", tmp_path) == digest(run, "b.db", tmp_path)

    pair = ("智谱AI", "百川智能")
    run("--store", "a.db", "entities", "merge", *pair, "--author", "ann").ok()
    run("--store", "b.db", "entities", "merge", *reversed(pair), "--author", "李雷").ok()
    run("--store", "a.db", "ingest", ARTICLES[1]).ok()
    dry = run("sync", "a.db", "b.db", "--dry-run")
    assert dry.code == 2
    assert "dry run: nothing was written" in dry.err
    done = run("sync", "a.db", "b.db", "--format", "jsonl")
    assert done.code == 2
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert {row["new"]: row["count"] for row in rows}["documents"] == 1
    assert rows[-1] == {"new": "decisions refused", "count": 1}
    assert "1 decisions cannot stand in b.db" in done.err
    assert "(merge by ann)" in done.err


def test_a_dry_run_makes_no_store(run: Run, tmp_path: Path, many: Path) -> None:
    assert counts(run, many, "b.db", "--dry-run")["documents"] == MANY
    assert not (tmp_path / "b.db").exists()


def test_a_store_is_not_copied_into_itself(run: Run, tmp_path: Path, many: Path) -> None:
    before = many.read_bytes()
    link = tmp_path / "link.db"
    link.symlink_to(many)
    for target in (many, "./many.db", link):
        done = run("sync", many, target)
        assert done.code == 2
        assert "SOURCE and TARGET are one store" in done.err
    assert many.read_bytes() == before


def test_a_source_that_is_not_there_makes_no_target(run: Run, tmp_path: Path) -> None:
    done = run("sync", "missing.db", "b.db")
    assert done.code == 4
    assert "no store at missing.db" in done.err
    assert not (tmp_path / "b.db").exists()


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGKILL])
def test_what_was_broken_off_goes_on(
    run: Run, tmp_path: Path, many: Path, sign: signal.Signals
) -> None:
    target = tmp_path / "b.db"
    process = subprocess.Popen(
        [str(COMMAND), "sync", str(many), str(target), "--batch", "1"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"COLUMNS": "100"},
    )
    while process.poll() is None and documents(target) < 3:
        time.sleep(0.01)
    process.send_signal(sign)
    out, err = process.communicate(timeout=60)
    assert 3 <= documents(target) < MANY
    assert process.returncode == (1 if sign is signal.SIGINT else -sign)
    assert out == b""
    assert b"Traceback" not in err
    left = MANY - documents(target)
    assert counts(run, many, target)["documents"] == left
    assert digest(run, "b.db", tmp_path) == digest(run, "many.db", tmp_path)
