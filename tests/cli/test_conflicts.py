"""`modelkin conflicts`: both sides with their sentences, and an exit code for scripts."""

import csv
import io
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from modelkin.cli import modelkin
from modelkin.cli.conflicts import _KINDS
from modelkin.graph.conflicts import ConflictKind

EN = "Phi-9 was developed by {}. It is a small model.\n"
ZH = "由{}开发的Feiniao-7B开源了。\n"


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a bare store of four articles, two of which contradict the other two."""
    folder = tmp_path_factory.mktemp("conflicts")
    for text, makers in ((EN, ("Microsoft", "Upstage")), (ZH, ("智谱AI", "百川智能"))):
        for day, maker in enumerate(makers, 1):
            (folder / "article.md").write_text(text.format(maker), encoding="utf-8")
            arguments = ["--store", str(folder / "c.db"), "ingest", str(folder / "article.md")]
            arguments += ["--bare", "--published", f"2024-01-0{day}"]
            done = CliRunner().invoke(modelkin, arguments)
            assert done.exit_code == 0, done.stderr
    return folder / "c.db"


@pytest.fixture
def store(read: Path, tmp_path: Path) -> str:
    """Give the name of a copy in the test's own folder."""
    shutil.copy(read, tmp_path)
    return read.name


def test_both_sides_are_shown_with_their_sentences(run, store):
    result = run("--store", store, "conflicts")
    assert result.code == 1
    assert result.err == ""
    for words in ("Phi-9", "Microsoft", "Upstage", "2024-01-01", "extracted"):
        assert words in result.out
    assert "“由智谱AI开发的Feiniao-7B开源了。”" in result.out
    assert "“由百川智能开发的Feiniao-7B开源了。”" in result.out


def test_every_format_says_the_same(run, store):
    listed = json.loads(run("--store", store, "conflicts", "--format", "json").out)
    lines = run("--store", store, "conflicts", "--format", "jsonl").out.splitlines()
    assert [json.loads(line) for line in lines] == listed
    assert [conflict["kind"] for conflict in listed] == ["developer", "developer"]
    flat = list(
        csv.DictReader(io.StringIO(run("--store", store, "conflicts", "--format", "csv").out))
    )
    told = {
        (conflict["id"], side["object"], claim["quote"])
        for conflict in listed
        for side in conflict["sides"]
        for claim in side["evidence"]
    }
    assert {(row["id"], row["object"], row["quote"]) for row in flat} == told
    assert {row["claim_kind"] for row in flat} == {"extracted"}


def test_names_and_kinds_narrow_what_is_shown(run, store):
    for name in ("Feiniao-7B", "智谱AI"):
        (only,) = json.loads(run("--store", store, "conflicts", name, "--format", "json").out)
        assert only["name"] == "Feiniao-7B"
    none = run("--store", store, "conflicts", "--kind", "cycle")
    assert (none.code, none.out, none.err) == (0, "", "no conflicts\n")
    both = run("--store", store, "conflicts", "--kind", "cycle", "--kind", "developer")
    assert both.code == 1
    assert run("--store", store, "conflicts", "--kind", "quarrel").code == 2
    assert run("--store", store, "conflicts", "Nobody").code == 2


def test_what_was_not_yet_known_contradicts_nothing(run, store):
    assert run("--store", store, "conflicts", "--known-at", "2024-01-01").code == 0
    assert run("--store", store, "conflicts", "--known-at", "2024-01").code == 1
    assert run("--store", store, "conflicts", "--as-of", "2020").code == 1


def test_a_decision_settles_a_conflict(run, store, tmp_path):
    from modelkin.graph.stores.sqlite import SqliteStore
    from modelkin.ontology.decision import Decision, DecisionKind

    before = json.loads(run("--store", store, "conflicts", "Phi-9", "--format", "json").out)
    right, wrong = (side["object"] for side in before[0]["sides"])
    with SqliteStore.open(tmp_path / store) as opened:
        for kind, model, object in (
            (DecisionKind.UPHOLD, before[0]["subject"], right),
            (DecisionKind.REJECT, before[0]["subject"], wrong),
        ):
            opened.decide(
                Decision.of(
                    kind,
                    author="ann",
                    time="2026-11-24T17:05:00Z",
                    subject=model,
                    predicate="developedBy",
                    object=object,
                )
            )
    after = run("--store", store, "conflicts", "Phi-9", "--format", "json")
    assert (after.code, json.loads(after.out)) == (0, [])
    settled = run("--store", store, "conflicts", "Phi-9", "--settled", "--format", "json")
    assert settled.code == 0
    (conflict,) = json.loads(settled.out)
    assert conflict["settled"]
    assert conflict["id"] == before[0]["id"]
    assert {c["kind"] for side in conflict["sides"] for c in side["evidence"]} == {
        "extracted",
        "rejected",
    }
    assert "settled" in run("--store", store, "conflicts", "--settled").out
    assert run("--store", store, "conflicts").code == 1


def test_the_samples_contradict_curated_facts(ask):
    result = ask("conflicts", "--kind", "curated", "--format", "json")
    assert result.code == 1
    for conflict in json.loads(result.out):
        curated = [side["curated"] for side in conflict["sides"]]
        assert any(curated)
        assert not all(curated)


def test_every_kind_can_be_asked_for():
    assert tuple(kind.value for kind in ConflictKind) == _KINDS
