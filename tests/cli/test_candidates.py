"""Candidates at the command line: kept by ingest, and shown by no answer without `--candidates`.

What `extract` prints has no store to wait in: it says the kind of each, or leaves them out.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from modelkin.cli import modelkin
from modelkin.extract import pipeline
from modelkin.graph.stores import open_store
from modelkin.ontology.claim import Claim, ClaimKind, Entity, Extraction, Value
from modelkin.ontology.document import Document
from modelkin.ontology.terms import EntityType

ZH = "阿里云开源了Qwen-7B。Qwen-7B-Chat在Qwen-7B的基础上微调而来,参数量70亿。\n"
EN = "Mistral AI released Mistral 7B. Zephyr-7B is fine-tuned from Mistral 7B.\n"
CHAT, QWEN = "model/qwen-7b-chat", "model/qwen-7b"
ZEPHYR, MISTRAL = "model/zephyr-7b", "model/mistral-7b"

ENTITIES = {
    "zh": [
        Entity.of(CHAT, EntityType.MODEL, "Qwen-7B-Chat"),
        Entity.of(QWEN, EntityType.MODEL, "Qwen-7B"),
        Entity.of("organization/阿里云", EntityType.ORGANIZATION, "阿里云"),
    ],
    "en": [
        Entity.of(ZEPHYR, EntityType.MODEL, "Zephyr-7B"),
        Entity.of(MISTRAL, EntityType.MODEL, "Mistral 7B"),
        Entity.of("organization/mistral-ai", EntityType.ORGANIZATION, "Mistral AI"),
    ],
}
# Subject, predicate, object, and how the words that say it begin and end.
CLAIMS: dict[str, list[tuple[str, str, str | Value, str, str]]] = {
    "zh": [
        (QWEN, "developedBy", "organization/阿里云", "阿里云", "。"),
        (CHAT, "derivedFrom", QWEN, "Qwen-7B-Chat", "微调而来"),
        (CHAT, "parameters", Value("7B"), "Qwen-7B-Chat", "70亿"),
    ],
    "en": [
        (MISTRAL, "developedBy", "organization/mistral-ai", "Mistral AI", "7B."),
        (ZEPHYR, "derivedFrom", MISTRAL, "Zephyr-7B", "from Mistral 7B."),
    ],
}


def read(document: Document) -> Extraction:
    """Read one of the articles, unsure of each derivation."""
    claims = []
    for subject, predicate, object, first, last in CLAIMS[document.lang]:
        start = document.text.index(first)
        end = document.text.index(last, start) + len(last)
        unsure = predicate == "derivedFrom"
        claim = Claim.of(
            subject,
            predicate,
            object,
            document.span(start, end),
            qualifiers={"method": "finetune"} if unsure else {},
            extractor="test@1",
            confidence=0.4 if unsure else 0.9,
            kind=ClaimKind.CANDIDATE if unsure else ClaimKind.EXTRACTED,
        )
        claims.append(claim)
    return Extraction.of(document, ENTITIES[document.lang], claims)


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Give two stores of a Chinese and an English article: one without its derivations, and one
    that keeps them as candidates."""
    folder = tmp_path_factory.mktemp("candidates")
    paths = (folder / "facts.db", folder / "both.db")
    for path in paths:
        with open_store(path, create=True, read_only=False, bare=True) as store:
            for text, lang in ((ZH, "zh"), (EN, "en")):
                whole = read(Document.of(text, lang=lang, title=lang, published="2023-10-07"))
                facts = [c for c in whole.claims if c.kind is not ClaimKind.CANDIDATE]
                alone = Extraction.of(whole.document, whole.entities, facts)
                store.merge(alone if path.stem == "facts" else whole)
    return paths


COMMANDS = [
    ("query", "MATCH (a)-[r]->(b) RETURN a.id, type(r), b.id, r ORDER BY a.id, type(r), b.id"),
    ("query", "MATCH (n) RETURN labels(n), n ORDER BY n.id", "--format", "json"),
    ("query", "MATCH (c:Claim) RETURN c.kind, count(c)", "--format", "csv"),
    *(("lineage", CHAT, "--format", form) for form in ("tree", "json", "jsonl", "csv")),
    ("lineage", "Mistral 7B", "--down", "--why"),
    ("lineage", "Zephyr-7B", "--to", "Mistral 7B"),
    ("show", CHAT),
    ("show", "Zephyr-7B", "--format", "json"),
    ("why", CHAT, "derivedFrom", QWEN),
    ("why", CHAT, "parameters", "7B"),
    ("search", "微调"),
    ("search", "fine-tuned", "--format", "json"),
    ("search", "Zephyr"),
    ("documents", "--format", "csv"),
    ("stats",),
    ("stats", "--format", "json"),
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_answer_shows_them_unasked(run, stores, command) -> None:  # type: ignore[no-untyped-def]
    alone, both = (run("--store", store, *command) for store in stores)
    assert alone == both
    assert "candidate" not in both.out + both.err


@pytest.mark.parametrize("form", ["jsonl", "graphml", "ttl", "trig", "html"])
def test_no_export_shows_them_unasked(run, stores, tmp_path, form) -> None:  # type: ignore[no-untyped-def]
    for store in stores:
        run("--store", store, "export", f"{store.stem}.{form}").ok()
    files = [tmp_path / f"{store.stem}.{form}" for store in stores]
    assert files[0].read_bytes() == files[1].read_bytes()
    run("--store", stores[1], "export", f"full.{form}", "--candidates").ok()
    assert (tmp_path / f"full.{form}").read_bytes() != files[1].read_bytes()
    one = ("export", f"one.{form}", "--candidates", "--lineage", ZEPHYR)
    run("--store", stores[1], *one).ok()
    text = (tmp_path / f"one.{form}").read_text(encoding="utf-8")
    assert "derivedFrom" in text
    assert "candidate" in text


@pytest.fixture
def ask(run, stores):  # type: ignore[no-untyped-def]
    """Run a command on the store that keeps candidates, and ask for them."""

    def ask_here(*arguments: object) -> str:
        return str(run("--store", stores[1], *arguments, "--candidates").ok())

    return ask_here


@pytest.mark.parametrize(("child", "parent"), [(CHAT, QWEN), (ZEPHYR, MISTRAL)])
def test_each_command_shows_them_when_asked(ask, child, parent) -> None:  # type: ignore[no-untyped-def]
    claims = json.loads(ask("why", child, "derivedFrom", parent, "--format", "json"))
    assert {claim["kind"] for claim in claims} == {"candidate"}
    text = ask("why", child, "derivedFrom", parent)
    assert "candidate · method finetune" in text
    assert "confidence 0.40" in text

    shown = ask("show", child)
    assert "1 candidate; confidence 0.40]" in shown
    [told] = json.loads(ask("show", child, "--format", "json"))["out"]
    assert (told["object"], told["claims"], told["candidates"]) == (parent, 1, 1)
    assert [claim["kind"] for claim in told["evidence"]] == ["candidate"]

    rows = list(csv.DictReader(io.StringIO(ask("lineage", child, "--format", "csv"))))
    assert [(row["model"], row["candidates"]) for row in rows] == [(child, ""), (parent, "1")]
    assert "1 candidate;" in ask("lineage", child)
    lineage = json.loads(ask("lineage", child, "--why", "--format", "json"))
    [edge] = lineage["edges"]
    assert edge["candidates"] == 1
    assert [claim["kind"] for claim in edge["evidence"]] == ["candidate"]

    query = (
        f"MATCH (a {{id: '{child}'}})-[r:DERIVED_FROM]->(b) RETURN b.id AS id, r.candidates AS n"
    )
    assert json.loads(ask("query", query, "--format", "json")) == [{"id": parent, "n": 1}]


def test_stats_count_them_on_lines_of_their_own(run, stores, ask) -> None:  # type: ignore[no-untyped-def]
    facts = json.loads(run("--store", stores[1], "stats", "--format", "json").ok())
    asked = json.loads(ask("stats", "--format", "json"))
    assert asked[: len(facts)] == facts
    assert [(r["what"], r["kind"], r["count"]) for r in asked[len(facts) :]] == [
        ("candidates", "derivedFrom", 2)
    ]


@pytest.mark.parametrize(("text", "name"), [("微调", CHAT), ("fine-tuned", ZEPHYR)])
def test_search_finds_their_sentences_when_asked(ask, text, name) -> None:  # type: ignore[no-untyped-def]
    hits = json.loads(ask("search", text, "--format", "json"))
    assert ("quote", name) in [(hit["kind"], hit["entity"]) for hit in hits]


def test_one_help_text_for_all(run) -> None:  # type: ignore[no-untyped-def]
    for command in ("query", "lineage", "show", "why", "search", "export", "stats"):
        words = " ".join(run(command, "--help").ok().split())
        assert "--candidates Take in candidates: claims that are too doubtful to count" in words


# What an extractor is unsure of


@pytest.fixture
def unsure(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> CliRunner:
    """Give a runner in a folder of two articles, for an extractor that doubts derivations."""

    def extract_many(documents: Iterable[Document], *_: object) -> Iterator[Extraction]:
        return map(read, documents)

    monkeypatch.setattr(pipeline, "extract_many", extract_many)
    monkeypatch.chdir(tmp_path)
    for name, text in (("zh", ZH), ("en", EN)):
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    return CliRunner()


def invoke(runner: CliRunner, *arguments: str) -> str:
    result = runner.invoke(modelkin, [*arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return str(result.stdout)


@pytest.mark.parametrize(("name", "child"), [("zh", CHAT), ("en", ZEPHYR)])
def test_extract_says_the_kind_and_gives_facts_alone(
    unsure: CliRunner, name: str, child: str
) -> None:
    facts = json.loads(invoke(unsure, "extract", f"{name}.md", "--facts"))
    assert facts["relations"]
    assert "derivedFrom" not in [r["predicate"] for r in facts["relations"]]
    assert child in [entity["id"] for entity in facts["entities"]]
    asked = json.loads(invoke(unsure, "extract", f"{name}.md"))
    kinds = {(r["predicate"], r.pop("kind")) for r in asked["relations"]}
    assert kinds >= {("derivedFrom", "candidate"), ("developedBy", "extracted")}
    assert {a.pop("kind") for a in asked["attributes"]} <= {"extracted"}
    asked["relations"] = [r for r in asked["relations"] if r["predicate"] != "derivedFrom"]
    assert asked == facts


def test_ingest_says_how_many_it_kept(unsure: CliRunner, tmp_path: Path) -> None:
    def counts(*arguments: str) -> dict[str, int]:
        text = invoke(unsure, *arguments, "--format", "json")
        return {str(row.get("new", row.get("removed"))): row["count"] for row in json.loads(text)}

    arguments = ("ingest", "--bare", "zh.md", "en.md")
    planned = counts(*arguments, "--dry-run")
    assert not (tmp_path / "modelkin.db").exists()
    assert counts(*arguments) == planned
    assert planned["documents"] == planned["candidates"] == 2
    assert planned["claims"] > 0
    again = counts(*arguments)
    assert again == counts(*arguments, "--dry-run")
    assert again == {"documents": 0, "entities": 0, "claims": 0}
    assert counts("remove", "en")["candidates"] == 1
