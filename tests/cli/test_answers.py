"""The commands that answer from a store, on the sample articles."""

import csv
import io
import json

import pytest


def test_lineage_of_stable_beluga_names_both_generations(ask):
    rows = csv.DictReader(io.StringIO(ask("lineage", "Stable Beluga", "--format", "csv").ok()))
    parents = {row["model"]: row["method"] for row in rows if row["depth"] == "1"}
    assert parents == {"model/llama": "finetune", "model/llama-2": "finetune"}
    told = json.loads(ask("lineage", "Stable Beluga", "--why", "--format", "json").ok())
    quotes = [claim["quote"] for edge in told["edges"] for claim in edge["evidence"]]
    assert any("微调" in quote for quote in quotes)
    assert any("fine-tuned" in quote for quote in quotes)


@pytest.mark.parametrize("name", ("Llama 2", "llama2", "LLaMA-2", "model/llama-2"))
def test_names_resolve_as_typed(ask, name):
    assert json.loads(ask("show", name, "--format", "json").ok())["id"] == "model/llama-2"


def test_lineage_tree_shows_methods_and_sentences(ask):
    out = ask("lineage", "Stable Beluga 2", "--why").ok()
    assert "← Llama 2 70B" in out
    assert "finetune" in out
    assert "“" in out
    assert "curated" in out


def test_lineage_down_and_to(ask):
    down = ask("lineage", "Llama 2 70B", "--down", "--format", "csv").ok()
    names = {row["name"] for row in csv.DictReader(io.StringIO(down))}
    assert "Stable Beluga 2" in names
    arguments = ("lineage", "Llama 2", "--down", "--to", "Stable Beluga 2", "--variants")
    rows = list(csv.DictReader(io.StringIO(ask(*arguments, "--format", "csv").ok())))
    assert ("Llama 2 70B", "1") in [(row["name"], row["depth"]) for row in rows]
    leaves = {row["model"] for row in rows} - {row["parent"] for row in rows}
    assert leaves == {"model/stable-beluga-2"}


def test_show_in_chinese_gives_attributes_and_claims(ask):
    record = json.loads(ask("show", "百川智能", "--format", "json").ok())
    assert record["type"] == "Organization"
    makers = {s["subject"] for s in record["in"] if s["predicate"] == "developedBy"}
    assert any("7b" in maker for maker in makers)
    for statement in record["in"] + record["out"] + record["attributes"]:
        assert statement["evidence"]
        for claim in statement["evidence"]:
            assert claim["quote"]
            assert claim["document"]["id"]


def test_show_tells_curated_and_extracted_apart(ask):
    out = ask("show", "Stable Beluga 2").ok()
    assert "curated" in out
    assert "extracted" in out


def test_why_names_the_rule_the_document_and_the_offsets(ask):
    claims = json.loads(
        ask("why", "Stable Beluga 2", "derived-from", "Llama 2 70B", "--format", "json").ok()
    )
    assert {claim["kind"] for claim in claims} == {"curated", "extracted"}
    for claim in claims:
        assert claim["end"] - claim["start"] == len(claim["quote"])
        assert claim["extractor"]


def test_why_says_when_nothing_is_said(ask):
    result = ask("why", "Llama 2", "derivedFrom", "Stable Beluga 2")
    assert result.code == 2
    assert "next:" in result.err


def test_an_unknown_name_is_an_error_with_suggestions(ask):
    result = ask("show", "Lama 2")
    assert result.code == 2
    assert "Llama 2" in result.err


def test_an_unknown_predicate_lists_the_known(ask):
    result = ask("why", "Llama 2", "begets", "Stable Beluga 2")
    assert result.code == 2
    assert "derivedFrom" in result.err


@pytest.mark.parametrize("text", ("belug", "千问", "LLAMA", "开"))
def test_search_finds_substrings_in_both_languages(ask, text):
    hits = json.loads(ask("search", text, "--format", "json").ok())
    assert hits
    assert all(text.casefold() in hit["text"].casefold() for hit in hits)


def test_search_takes_any_text_as_text(ask):
    for text in ('"', "'; DROP TABLE claims; --", "a* OR b", "%", "_"):
        ask("search", text).ok()


def test_query_formats_agree(ask):
    query = (
        "MATCH (m:Model)-[r:DERIVED_FROM]->(b:Model {name: $base}) "
        "RETURN m.name AS model, r.method AS method ORDER BY model"
    )
    arguments = ("query", query, "-P", "base=Llama 2")
    rows = json.loads(ask(*arguments, "--format", "json").ok())
    assert "Stable Beluga" in [row["model"] for row in rows]
    lines = [json.loads(line) for line in ask(*arguments, "--format", "jsonl").ok().splitlines()]
    assert lines == rows
    table = list(csv.DictReader(io.StringIO(ask(*arguments, "--format", "csv").ok())))
    assert [row["model"] for row in table] == [row["model"] for row in rows]
    assert "Stable Beluga" in ask(*arguments).ok()


def test_query_from_a_file_and_from_stdin(ask, tmp_path):
    text = "MATCH (d:Document) RETURN count(d) AS n"
    (tmp_path / "count.cypher").write_text(text, encoding="utf-8")
    from_file = ask("query", "-f", tmp_path / "count.cypher", "--format", "json").ok()
    from_stdin = ask("query", "-f", "-", "--format", "json", input=text.encode()).ok()
    assert json.loads(from_file) == json.loads(from_stdin)
    assert json.loads(from_file)[0]["n"] > 8


def test_ready_made_queries_are_listed_and_run(ask):
    listed = json.loads(ask("query", "--list", "--format", "json").ok())
    named = {row["name"]: row for row in listed}
    assert named["lineage_up"]["parameters"] == "$model"
    assert named["lineage_up"]["asks"].startswith("What a model was made from")
    model = "model/stable-beluga"
    arguments = ("query", "--named", "lineage_up", "-P", f"model={model}", "--format", "json")
    assert json.loads(ask(*arguments).ok())[0]["path"][0] == model
    assert ask("query", "-n", "models_by_licence").ok()


def test_ready_made_queries_say_what_is_amiss(ask):
    missing = ask("query", "--named", "lineage_up")
    assert missing.code == 5
    assert "$model" in missing.err
    unknown = ask("query", "--named", "nothing")
    assert unknown.code == 5
    assert "lineage_up" in unknown.err
    assert ask("query", "--named", "hosts", "RETURN 1").code == 2
    assert ask("query", "--list", "--named", "hosts").code == 2


@pytest.mark.parametrize(
    "query",
    (
        "CREATE (m:Model {name: 'x'})",
        "MATCH (m) DETACH DELETE m",
        "MATCH (m:Model) SET m.name = 'x'",
        "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
    ),
)
def test_queries_only_read(ask, query):
    result = ask("query", query)
    assert result.code == 5
    assert "next:" in result.err
    assert "Traceback" not in result.err


def test_wrong_queries_are_errors(ask):
    for query in ("MATCH (m RETURN m", "MATCH (m) RETURN m.name LIMIT $n", "nonsense"):
        result = ask("query", query)
        assert result.code == 5, query
        assert "Traceback" not in result.err
    assert ask("query").code == 2
    assert ask("query", "RETURN 1", "-P", "novalue").code == 2


def test_stats_counts_both_kinds_of_claims(ask):
    rows = json.loads(ask("stats", "--format", "json").ok())
    derived = next(row for row in rows if row["kind"] == "derivedFrom")
    assert derived["extracted claims"] > 0
    assert derived["curated claims"] > 0


@pytest.mark.parametrize("suffix", ("jsonl", "graphml", "ttl", "trig", "html"))
def test_exports_are_written_and_repeat_themselves(ask, tmp_path, suffix):
    first, second = tmp_path / f"a.{suffix}", tmp_path / f"b.{suffix}"
    ask("export", first).ok()
    ask("export", second, PYTHONHASHSEED="7").ok()
    assert first.stat().st_size > 1000
    assert first.read_bytes() == second.read_bytes()


def test_a_lineage_is_exported_alone(ask, tmp_path):
    ask("export", tmp_path / "all.html").ok()
    ask("export", tmp_path / "one.html", "--lineage", "Stable Beluga 2").ok()
    assert (tmp_path / "one.html").stat().st_size < (tmp_path / "all.html").stat().st_size


def test_an_unknown_format_lists_the_known(ask, tmp_path):
    result = ask("export", tmp_path / "graph.docx")
    assert result.code == 6
    assert "graphml" in result.err
    assert not (tmp_path / "graph.docx").exists()


def test_remove_takes_a_document_out(run, tmp_path):
    text = "Meta released Llama 2. Zephyr-7B, made by Hugging Face, is based on Mistral 7B.\n"
    (tmp_path / "one.md").write_text(text, encoding="utf-8")
    (tmp_path / "two.md").write_text("Meta released Llama 2.\n", encoding="utf-8")
    run("--store", "two.db", "ingest", "two.md").ok()
    run("ingest", "two.md", "one.md").ok()
    run("remove", "one").ok()
    for store in ("two.db", "modelkin.db"):
        run("--store", store, "export", f"{store}.jsonl").ok()
    assert (tmp_path / "two.db.jsonl").read_bytes() == (tmp_path / "modelkin.db.jsonl").read_bytes()
    assert run("remove", "one").code == 2


def test_hostile_text_does_not_act_in_a_terminal(run, tmp_path):
    text = "Meta released Evil\x1b[2J\u202e-7B. Evil\x1b[2J-7B is based on Llama 2.\n"
    (tmp_path / "evil.md").write_text(text, encoding="utf-8")
    run("ingest", "evil.md").ok()
    for arguments in (["search", "Evil"], ["show", "Llama 2"], ["documents"]):
        assert "\x1b" not in run(*arguments).ok()
