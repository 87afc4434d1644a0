"""``modelkin validate``: stores and files, in both languages; what is hostile is refused."""

import gzip
import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner

from modelkin.cli import modelkin
from modelkin.graph.exporters import exporter_for
from modelkin.graph.stores.sqlite import SqliteStore
from modelkin.ontology.claim import Claim, ClaimKind, Entity, Extraction, Value
from modelkin.ontology.document import Document
from modelkin.ontology.terms import EntityType

SENTENCE = "小白鲸由Llama 2微调。Stable Beluga is open."
NAMES = {"model/小白鲸": "小白鲸", "model/llama-2": "Llama 2"}
PREFIX = "@prefix mk: <https://w3id.org/modelkin/ontology#> .\n"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    document = Document.of(SENTENCE, lang="zh", title="新闻", url="https://example.org/新闻")
    entities = [Entity.of(id, EntityType.MODEL, name) for id, name in NAMES.items()]
    read = {"extractor": "rule@1", "confidence": 0.9}
    claims = [
        Claim.of(*("model/小白鲸", "derivedFrom", "model/llama-2"), document.span(0, 14),
                 qualifiers={"method": "finetune"}, **read),
        Claim.of("model/小白鲸", "openness", Value("open"), document.span(14, 36), **read,
                 kind=ClaimKind.CANDIDATE),
    ]  # fmt: skip
    path = tmp_path / "图.db"
    with SqliteStore.open(path, create=True, read_only=False) as opened:
        opened.merge(Extraction.of(document, entities, claims))
    return path


def run(*arguments: object, code: int = 0) -> str:
    result = CliRunner().invoke(modelkin, [str(argument) for argument in arguments])
    assert result.exit_code == code, result.output
    assert "Traceback" not in result.output
    return result.output


def test_a_store_conforms_with_its_candidates(store: Path) -> None:
    # Two models, two claims, two spans, two statements, a document.
    assert run("--store", store, "validate") == "conforms: 9 nodes checked\n"


@pytest.mark.parametrize("suffix", ["ttl", "trig", "nq", "rdf", "jsonld"])
def test_an_export_conforms(store: Path, tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"导出.{suffix}"
    with SqliteStore.open(store) as opened:
        exporter_for(target).write(opened, target)
    told = json.loads(run("validate", target, "--format", "json"))
    assert told["conforms"]
    assert told["nodes"] >= 3
    assert told["results"] == []


def test_a_claim_against_the_ontology_is_told_of_a_store(store: Path) -> None:
    document = Document.of("Llama 2 由小白鲸领养。", lang="zh")
    entities = [Entity.of(id, EntityType.MODEL, name) for id, name in NAMES.items()]
    claim = Claim.of("model/llama-2", "adoptedBy", "model/小白鲸", document.span(0, 13),
                     extractor="rule@1", confidence=0.9)  # fmt: skip
    with SqliteStore.open(store, read_only=False) as opened:
        opened.merge(Extraction.of(document, entities, [claim]))
    told = run("--store", store, "validate", code=1)
    assert f"claim/{claim.id}" in told
    assert "the predicate is one of the ontology's / 谓词应出自本体" in told
    assert told.endswith("does not conform: 2 violations in 13 nodes\n")


def test_what_is_wrong_in_a_file_is_told_in_both_forms(tmp_path: Path) -> None:
    file = tmp_path / "坏.ttl"
    file.write_text(PREFIX + "<https://w3id.org/modelkin/model/百川> a mk:Model .", "utf-8")
    assert run("validate", file, code=1) == (
        "https://w3id.org/modelkin/model/百川 rdfs:label: "
        "an entity has one name, as written / 实体应有且仅有一个名称\n"
        "does not conform: 1 violations in 1 nodes\n"
    )
    told = json.loads(run("validate", file, "--format", "json", code=1))
    assert told == {
        "conforms": False,
        "nodes": 1,
        "violations": 1,
        "results": [
            {
                "focus": "https://w3id.org/modelkin/model/百川",
                "path": "http://www.w3.org/2000/01/rdf-schema#label",
                "value": None,
                "shape": "https://w3id.org/modelkin/shapes#name",
                "messages": {
                    "en": "an entity has one name, as written",
                    "zh": "实体应有且仅有一个名称",
                },
            }
        ],
    }


def test_packed_files_and_other_suffixes(tmp_path: Path) -> None:
    text = (PREFIX + "<m> a mk:Model .").encode()
    packed, other = tmp_path / "a.ttl.gz", tmp_path / "a.txt"
    packed.write_bytes(gzip.compress(text))
    other.write_bytes(text)
    base = ("--base-iri", "https://example.org/")
    assert "https://example.org/m" in run("validate", packed, *base, code=1)
    assert "https://example.org/m" in run("validate", other, *base, "--from", "turtle", code=1)
    assert "the suffix says no format" in run("validate", other, code=3)
    assert "one of" in run("validate", other, "--from", "word", code=2)
    assert "are about a FILE" in run("validate", "--from", "turtle", code=2)


LETTERS = "abcdefghij"
LAUGHS = '<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">' + "".join(
    f'<!ENTITY {letter} "{f"&{before};" * 10}">' for before, letter in pairwise(LETTERS)
)
HOSTILE = {
    "laughs.rdf": f'<?xml version="1.0"?><!DOCTYPE r [{LAUGHS}]><r>&j;</r>',
    "outside.rdf": '<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/hostname">]><r>&e;</r>',
    "remote.jsonld": '{"@context": "http://127.0.0.1:9/context.jsonld", "@id": "http://e/s"}',
    "deep.jsonld": '{"a":' * 5000 + "1" + "}" * 5000,
    "cut.ttl": '<http://e/s> <http://e/p> "没有结尾',
    "tag.ttl": '<http://e/s> <http://e/p> "x"@1-- .',
    "relative.ttl": "<s> <p> <o> .",
    "other.nq": "这不是 RDF",
    "bytes.ttl": "\udcff\udcfe",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_hostile_is_refused(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(HOSTILE[name].encode("utf-8", "surrogateescape"))
    assert name in run("validate", file, code=3)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert "no.ttl" in run("validate", tmp_path / "no.ttl", code=3)
    run("--store", tmp_path / "no.db", "validate", code=4)


def test_what_a_file_says_of_the_ontology_is_ignored(tmp_path: Path) -> None:
    """A file cannot make its own terms good."""
    file = tmp_path / "a.ttl"
    file.write_text(
        PREFIX
        + "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        + "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n"
        + "mk:hates rdfs:subPropertyOf mk:relatedTo ; rdfs:domain mk:Model .\n"
        + "<http://e/s> a mk:Statement ; rdf:subject <http://e/a> ; rdf:predicate mk:hates ;\n"
        + "  rdf:object <http://e/b> ; mk:claims 1 ; mk:confidence 1 .\n"
        + "<http://e/a> a mk:Model ; rdfs:label 'A' . <http://e/b> a mk:Model ; rdfs:label 'B' .",
        "utf-8",
    )
    assert "the predicate is one of the ontology's" in run("validate", file, code=1)


def test_text_in_a_file_does_not_act_on_a_terminal(tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    label = "\\u001B[2J" + "长" * 1000
    name = "<http://www.w3.org/2000/01/rdf-schema#label>"
    file.write_text(f'{PREFIX}<http://e/a> a mk:Model ; {name} "{label}"@zh .', "utf-8")
    told = run("validate", file, code=1)
    assert "\x1b" not in told
    assert len(told) < 500


def test_the_command_loads_no_rdf_library_before_it_runs() -> None:
    code = "import sys, modelkin.cli.validate; sys.exit('rdflib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
