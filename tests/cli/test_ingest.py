"""``modelkin ingest``: what goes in, once; what cannot, named."""

import csv
import io
import json
import sqlite3
from pathlib import Path

import pytest

ZH = "7月19日,Meta发布了Llama 2。Stability AI的Stable Beluga 2基于Llama 2微调而来。\n"
EN = "Meta released Llama 2. Stable Beluga 2, made by Stability AI, is fine-tuned from Llama 2.\n"


def counts(out: str) -> dict[str, int]:
    return {row["new"]: row["count"] for row in json.loads(out)}


def article(tmp_path: Path, name: str, text: str) -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(("name", "text"), [("zh.txt", ZH), ("en.md", EN)])
def test_an_article_goes_in_once(run, tmp_path, name, text):
    path = article(tmp_path, name, text)
    first = counts(run("ingest", path, "--format", "json").ok())
    assert first["documents"] == 1
    assert first["claims"] >= 2
    second = counts(run("ingest", path, "--format", "json").ok())
    assert second == {"documents": 0, "entities": 0, "claims": 0}
    why = run("why", "Stable Beluga 2", "derivedFrom", "Llama 2", "--format", "json").ok()
    quotes = [claim["quote"] for claim in json.loads(why) if claim["kind"] == "extracted"]
    assert quotes
    assert all(quote in text for quote in quotes)


def test_stdin_with_its_address_and_date(run):
    run(
        "ingest",
        "-",
        "--url",
        "https://example.org/a",
        "--published",
        "2023-10-07",
        input=EN.encode(),
    ).ok()
    [document] = json.loads(run("documents", "--format", "json").ok())
    assert document["url"] == "https://example.org/a"
    assert document["published"] == "2023-10-07"
    assert document["lang"] == "en"


def test_a_dry_run_counts_and_writes_nothing(run, tmp_path):
    path = article(tmp_path, "en.md", EN)
    planned = counts(run("ingest", path, "--dry-run", "--format", "json").ok())
    assert not (tmp_path / "modelkin.db").exists()
    bare = counts(run("ingest", path, "--bare", "--format", "json").ok())
    assert planned == bare
    again = counts(run("ingest", path, "--dry-run", "--format", "json").ok())
    assert again == {"documents": 0, "entities": 0, "claims": 0}


def test_a_bare_store_holds_nothing_curated(run, tmp_path):
    run("ingest", article(tmp_path, "en.md", EN), "--bare").ok()
    rows = list(csv.DictReader(io.StringIO(run("stats", "--format", "csv").ok())))
    assert not [row for row in rows if row["kind"] == "curated"]
    assert all(row["curated claims"] in ("", "0") for row in rows)


def test_a_new_store_holds_the_seeds(run, tmp_path):
    run("ingest", article(tmp_path, "en.md", EN)).ok()
    rows = list(csv.DictReader(io.StringIO(run("stats", "--format", "csv").ok())))
    assert int(next(row for row in rows if row["kind"] == "curated")["count"]) > 1


def test_a_batch_goes_on_past_what_fails(run, tmp_path):
    article(tmp_path, "good.txt", ZH)
    (tmp_path / "empty.md").write_bytes(b"")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 8)
    (tmp_path / "odd.xyz").write_bytes(b"text")
    (tmp_path / "front.md").write_text("---\ntitle: [unclosed\n---\n\nMeta released Llama 2.\n")
    result = run(
        "ingest",
        "good.txt",
        "empty.md",
        "binary.txt",
        "odd.xyz",
        "front.md",
        "missing.md",
        "http://127.0.0.1:9/x",
        "--format",
        "json",
    )
    assert result.code == 3
    assert counts(result.out)["documents"] == 1
    assert "6 failed" in result.err
    for name in ("empty.md", "binary.txt", "odd.xyz", "front.md", "missing.md", "127.0.0.1:9"):
        assert name in result.err
    assert "Traceback" not in result.err
    [document] = json.loads(run("documents", "--format", "json").ok())
    assert document["title"] == "good"


def test_gbk_is_read(run, tmp_path):
    (tmp_path / "gbk.txt").write_bytes(ZH.encode("gbk"))
    assert counts(run("ingest", "gbk.txt", "--format", "json").ok())["claims"] >= 2


def test_a_text_over_the_limit_is_refused(run, tmp_path):
    (tmp_path / "huge.txt").write_bytes(b"Meta released Llama 2. " * 2_200_000)
    result = run("ingest", "huge.txt")
    assert result.code == 3
    assert "huge.txt" in result.err


def test_jobs_change_nothing(run, tmp_path):
    for number in range(4):
        article(tmp_path, f"{number}.txt", f"{ZH}{EN}第{number}篇。")
    outputs = []
    for jobs in (1, 2):
        store = f"jobs-{jobs}.db"
        run("--store", store, "ingest", ".", "--jobs", jobs).ok()
        run("--store", store, "export", f"jobs-{jobs}.jsonl").ok()
        outputs.append((tmp_path / f"jobs-{jobs}.jsonl").read_bytes())
    assert outputs[0] == outputs[1]


def test_a_wrong_date_is_refused(run, tmp_path):
    path = article(tmp_path, "en.md", EN)
    result = run("ingest", path, "--published", "yesterday")
    assert result.code != 0
    assert "yesterday" in result.err
    assert "Traceback" not in result.err


def test_a_file_that_is_no_store_is_left_alone(run, tmp_path):
    path = article(tmp_path, "en.md", EN)
    (tmp_path / "notes.db").write_text("these are my notes", encoding="utf-8")
    result = run("--store", "notes.db", "ingest", path)
    assert result.code == 4
    assert (tmp_path / "notes.db").read_text(encoding="utf-8") == "these are my notes"


def test_the_store_stays_sound(run, tmp_path):
    run("ingest", article(tmp_path, "zh.txt", ZH)).ok()
    connection = sqlite3.connect(tmp_path / "modelkin.db")
    try:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    finally:
        connection.close()
