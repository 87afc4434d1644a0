"""A store made anew from the articles is the same store, to the byte of its export."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

ROOT = Path(__file__).parents[2]
ARTICLES = sorted((ROOT / "seeds" / "articles").glob("*.md"))


def export(run: Run, store: str) -> str:
    run("--store", store, "export", f"{store}.jsonl").ok()
    return f"{store}.jsonl"


@pytest.mark.parametrize(
    ("jobs", "seed"), [("1", "1"), ("2", "2")], ids=["one-process", "two-processes"]
)
def test_order_jobs_and_hash_seed_leave_no_trace(
    run: Run, tmp_path: Path, jobs: str, seed: str
) -> None:
    run("--store", "a.db", "ingest", *ARTICLES, PYTHONHASHSEED="0").ok()
    for article in reversed(ARTICLES[4:]):
        run("--store", "b.db", "ingest", article, PYTHONHASHSEED=seed).ok()
    run("--store", "b.db", "ingest", *ARTICLES[:6], "--jobs", jobs, PYTHONHASHSEED=seed).ok()
    first, second = ((tmp_path / export(run, name)).read_bytes() for name in ("a.db", "b.db"))
    assert hashlib.sha256(first).digest() == hashlib.sha256(second).digest()


def test_a_changed_article_takes_the_place_of_its_earlier_text(run: Run, tmp_path: Path) -> None:
    url = "https://example.org/heron"
    old, new = tmp_path / "old.md", tmp_path / "new.md"
    old.write_text("Heron Labs released Heron-7B, fine-tuned from Llama 2.\n")
    new.write_text("Heron Labs released Heron-7B, fine-tuned from Mistral 7B.\n")
    run("--store", "s.db", "ingest", old, "--url", url).ok()
    before = (tmp_path / export(run, "s.db")).read_bytes()
    run("--store", "s.db", "ingest", new, "--url", url).ok()
    shown = run("--store", "s.db", "lineage", "Heron-7B", "--candidates", "--format", "json").ok()
    assert "mistral-7b" in shown
    assert "llama-2" not in shown
    documents = run("--store", "s.db", "documents", "--format", "csv").ok()
    [id] = [line.split(",")[0] for line in documents.splitlines() if url in line]
    run("--store", "s.db", "remove", id).ok()
    assert (tmp_path / export(run, "s.db")).read_bytes() == before
