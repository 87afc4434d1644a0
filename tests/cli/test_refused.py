"""``ingest`` names each claim that it keeps out, counts it, and takes in the rest."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from modelkin.cli import modelkin
from modelkin.extract import pipeline
from modelkin.graph.stores.sqlite import SqliteStore
from modelkin.ontology.claim import Claim, Entity, Extraction
from modelkin.ontology.document import Document, Span
from modelkin.ontology.screening import admitted
from modelkin.ontology.terms import EntityType

TEXTS = {"zh": "阿里云开源了Qwen-7B。", "en": "Alibaba Cloud released Qwen-7B."}
ENTITIES = [
    Entity.of("model/qwen-7b", EntityType.MODEL, "Qwen-7B"),
    Entity.of("organization/阿里云", EntityType.ORGANIZATION, "阿里云"),
]
READ = {"extractor": "rule@1", "confidence": 0.9}


def careless(documents: Iterable[Document], *_: object) -> Iterator[Extraction]:
    """An extractor that reads one thing well and two badly."""
    for document in documents:
        ends = ("model/qwen-7b", "developedBy", "organization/阿里云")
        claims = [
            Claim.of(*ends, document.span(0, 8), **READ),
            Claim.of(ends[0], "喂养", ends[2], document.span(0, 8), **READ),
            Claim.of(*ends, Span(document.id, 0, 3, "百度云"), **READ),
        ]
        yield admitted(document, ENTITIES, claims)


@pytest.mark.parametrize("lang", TEXTS)
@pytest.mark.parametrize("dry", [False, True])
def test_claims_that_are_kept_out_are_named(
    lang: str, dry: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    article, path = tmp_path / "新闻.txt", tmp_path / "graph.db"
    article.write_text(TEXTS[lang], "utf-8")
    monkeypatch.setattr(pipeline, "extract_many", careless)
    arguments = ["--store", str(path), "ingest", str(article), "--lang", lang]
    arguments += ["--dry-run"] if dry else ["--bare"]
    result = CliRunner().invoke(modelkin, arguments)
    assert result.exit_code == 0
    assert "claims           1\n" in result.stdout
    assert "claims kept out  2\n" in result.stdout
    assert "2 claims kept out:\n" in result.stderr
    said = [line for line in result.stderr.splitlines() if "新闻.txt: " in line]
    assert len(said) == 2
    assert any("unknown predicate '喂养'" in line and "read by rule@1" in line for line in said)
    if not dry:
        with SqliteStore.open(path) as store:
            assert [claim.predicate for claim in store.claims()] == ["developedBy"]


def test_nothing_is_said_where_nothing_is_kept_out(tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text(TEXTS["zh"], "utf-8")
    arguments = ["--store", str(tmp_path / "graph.db"), "ingest", str(article), "--bare"]
    result = CliRunner().invoke(modelkin, arguments)
    assert result.exit_code == 0
    assert "kept out" not in result.output
