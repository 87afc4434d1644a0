"""``modelkin import``: stores made again, files of others, batches that go on."""

import gzip
import hashlib
import json
import shutil
from pathlib import Path

import pytest

MODELS = """
@prefix f: <https://w3id.org/fair4ml#> . @prefix s: <https://schema.org/> .
<http://x/heron> a f:MLModel ; s:name "苍鹭-7B" ; s:license "MIT" ; s:url "http://x/heron" ;
    f:fineTunedFrom [ s:name "Egret-7B" ] .
"""


def counts(out: str) -> dict[str, int]:
    return {row["new"]: row["count"] for row in json.loads(out)}


def digest(run, store: object, folder: Path) -> str:
    target = folder / "digest.jsonl"
    run("--store", store, "export", target).ok()
    return hashlib.sha256(target.read_bytes()).hexdigest()


@pytest.mark.parametrize("suffix", ["trig", "nq"])
def test_a_store_is_made_again(run, sample_store, tmp_path, suffix):
    store = shutil.copy(sample_store, tmp_path / "sample.db")
    run("--store", store, "entities", "rename", "model/qwen", "千问", "--author", "a").ok()
    file = tmp_path / f"backup.{suffix}"
    run("--store", store, "export", "--candidates", file).ok()
    first = counts(run("--store", "new.db", "import", file, "--format", "json").ok())
    assert first["documents"] > 8 and first["decisions"] == 1
    assert digest(run, "new.db", tmp_path) == digest(run, store, tmp_path)
    again = counts(run("--store", "new.db", "import", file, "--format", "json").ok())
    assert set(again.values()) == {0}
    # Candidates and originals are there as well.
    files = []
    for one, name in ((store, "one"), ("new.db", "two")):
        files.append(tmp_path / f"{name}.{suffix}")
        run("--store", one, "export", "--candidates", files[-1]).ok()
    assert files[0].read_bytes() == files[1].read_bytes()


def test_another_base_from_the_environment(run, sample_store, tmp_path):
    run("--store", sample_store, "export", "x.nq", MODELKIN_BASE_IRI="https://例子.org/图/").ok()
    assert "<https://例子.org/图/model/" in (tmp_path / "x.nq").read_text(encoding="utf-8")
    run("--store", "new.db", "import", "x.nq").ok()
    assert digest(run, "new.db", tmp_path) == digest(run, sample_store, tmp_path)


def test_a_file_of_others(run, tmp_path):
    (tmp_path / "models.ttl").write_text(MODELS, encoding="utf-8")
    result = run("import", "--bare", "models.ttl", "--format", "json")
    assert counts(result.ok()) == {"documents": 1, "entities": 3, "claims": 2}
    assert "models.ttl: 2 claims from 6 statements; 3 give types" in result.err
    assert "1 http://schema.org/url" in result.err
    why = run("why", "苍鹭-7B", "releasedUnder", "MIT").ok()
    assert '<http://x/heron> <https://schema.org/license> "MIT" .' in why
    again = counts(run("import", "models.ttl", "--format", "json").ok())
    assert again == {"documents": 0, "entities": 0, "claims": 0}


def test_a_new_store_has_seeds_unless_bare(run, tmp_path):
    (tmp_path / "models.ttl").write_text(MODELS, encoding="utf-8")
    run("--store", "seeded.db", "import", "models.ttl").ok()
    run("--store", "bare.db", "import", "--bare", "models.ttl").ok()
    sizes = [
        len(run("--store", store, "documents", "--format", "jsonl").ok().splitlines())
        for store in ("seeded.db", "bare.db")
    ]
    assert digest(run, "seeded.db", tmp_path) != digest(run, "bare.db", tmp_path)
    assert sizes[1] == 1


def test_a_batch_goes_on_and_says_what_failed(run, tmp_path):
    (tmp_path / "a.ttl").write_text(MODELS, encoding="utf-8")
    (tmp_path / "bad.ttl").write_text("<http://a> <http://b> .", encoding="utf-8")
    (tmp_path / "c.ttl.gz").write_bytes(gzip.compress(MODELS.replace("苍鹭", "百灵").encode()))
    result = run(
        "import", "--bare", "bad.ttl", "a.ttl", "none.nq", "x.pdf", "c.ttl.gz", "--format", "json"
    )
    assert result.code == 3
    assert counts(result.out)["documents"] == 2
    assert "3 failed:" in result.err
    assert "bad.ttl, line 1" in result.err
    assert "cannot read none.nq" in result.err
    assert "x.pdf: the suffix says no format" in result.err
    assert "Traceback" not in result.err


def test_a_changed_backup_is_one_of_the_failures(run, sample_store, tmp_path):
    file = tmp_path / "x.nq"
    run("--store", sample_store, "export", file).ok()
    text = file.read_text(encoding="utf-8").replace('#text> "', '#text> "x')
    file.write_text(text, encoding="utf-8")
    result = run("--store", "new.db", "import", file)
    assert result.code == 3
    assert "x.nq, graph <" in result.err and "its text is that of the document" in result.err


@pytest.mark.parametrize("suffix", ["ttl", "trig"])
def test_a_dry_run_writes_nothing(run, sample_store, tmp_path, suffix):
    file = tmp_path / f"x.{suffix}"
    if suffix == "ttl":
        file.write_text(MODELS, encoding="utf-8")
    else:
        run("--store", sample_store, "export", file).ok()
    result = run("import", "--bare", file, "--dry-run", "--format", "json")
    told = counts(result.ok())
    assert "nothing was written" in result.err
    assert not (tmp_path / "modelkin.db").exists()
    assert counts(run("import", "--bare", file, "--format", "json").ok()) == told
    before = (tmp_path / "modelkin.db").read_bytes()
    again = counts(run("import", "--dry-run", file, "--format", "json").ok())
    assert set(again.values()) == {0}
    assert (tmp_path / "modelkin.db").read_bytes() == before


def test_the_format_can_be_given(run, tmp_path):
    (tmp_path / "models").write_text(MODELS, encoding="utf-8")
    assert run("import", "models").code == 3
    run("import", "--bare", "--from", "turtle", "models").ok()


def test_options_of_rdf_are_refused_elsewhere(run, sample_store):
    for option in (("--reifiers",), ("--no-originals",), ("--base-iri", "https://e.org/")):
        result = run("--store", sample_store, "export", *option, "x.html")
        assert result.code == 2
        assert f"{option[0]} is for RDF" in result.err
    result = run("--store", sample_store, "export", "--base-iri", "kg", "x.ttl")
    assert result.code == 2
    assert "cannot be the base" in result.err
    assert run("--store", sample_store, "export", "--reifiers", "x.rdf").code == 6
    run("--store", sample_store, "export", "x.html", MODELKIN_BASE_IRI="https://e.org/").ok()


def test_decisions_that_cannot_stand_are_named(run, sample_store, tmp_path):
    one, other = (shutil.copy(sample_store, tmp_path / name) for name in ("one.db", "other.db"))
    pair = ("organization/meta", "organization/alibaba")
    run("--store", one, "entities", "merge", *pair, "--author", "ann").ok()
    run("--store", other, "entities", "merge", *reversed(pair), "--author", "bob").ok()
    run("--store", one, "export", "one.trig").ok()
    result = run("--store", other, "import", "one.trig", "--format", "json")
    assert result.code == 2
    assert counts(result.out)["decisions refused"] == 1
    assert "1 decisions cannot stand in the store:" in result.err
    assert "(merge by ann)" in result.err
