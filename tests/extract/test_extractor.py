"""The spaCy extractor keeps the contract; its pipeline is spaCy's in every way."""

import gc
import multiprocessing
import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
import spacy
from cpu_time import grows_at_most
from extractor_contract import CHINESE, ENGLISH, ExtractorContract

from modelkin.extract import pipeline
from modelkin.extract.errors import ExtractionError
from modelkin.extract.mention import Finding
from modelkin.extract.pipeline import SpacyExtractor, build_pipeline, extract_many
from modelkin.extract.records import gold_shape
from modelkin.ontology.claim import Claim, Entity, Extraction, Value
from modelkin.ontology.document import Document
from modelkin.ontology.terms import EntityType

NLP = build_pipeline()

PRINT_RECORDS = """
import json
from extractor_contract import CHINESE, ENGLISH
from modelkin.extract.pipeline import SpacyExtractor
from modelkin.extract.records import gold_shape
for extraction in SpacyExtractor().pipe([CHINESE, ENGLISH]):
    print(json.dumps(gold_shape(extraction, "x")))
"""


class TestSpacyExtractor(ExtractorContract):
    @pytest.fixture
    def extractor(self) -> SpacyExtractor:
        return SpacyExtractor(NLP)

    def test_findings_that_the_ontology_forbids_are_counted(
        self, extractor: SpacyExtractor
    ) -> None:
        def forbidden(doc: spacy.tokens.Doc) -> spacy.tokens.Doc:
            analysis = doc.user_data["analysis"]
            model = next(m.entity for m in analysis.mentions if m.type is EntityType.MODEL)
            other = next(m.entity for m in analysis.mentions if m.type is not EntityType.MODEL)
            analysis.findings = [
                Finding(model, "derivedFrom", other, 0, 5, "wrong-types", 0.5),
                Finding(model, "derivedFrom", "model/unheard-of", 0, 5, "unknown", 0.5),
                Finding(model, "derivedFrom", model, 0, 5, "itself", 0.5),
                Finding(model, "openness", Value("open"), 0, 5, "good", 0.5),
            ]
            return doc

        nlp = build_pipeline()
        nlp.remove_pipe("modelkin_attributes")
        nlp.remove_pipe("modelkin_relations")
        spacy.Language.component("forbidden", func=forbidden)
        nlp.add_pipe("forbidden")
        stricter = SpacyExtractor(nlp)
        [extraction] = stricter.pipe([ENGLISH])
        assert [claim.extractor for claim in extraction.claims] == [f"good@{stricter.version}"]
        assert sum(stricter.rejected.values()) == 3

    def test_what_fails_names_the_document(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def fails(*_: object) -> None:
            raise ZeroDivisionError("on purpose")

        extractor = SpacyExtractor(NLP)
        monkeypatch.setattr(extractor, "_analyse", fails)
        with pytest.raises(ExtractionError, match="weekly") as caught:
            list(extractor.pipe([CHINESE]))
        assert isinstance(caught.value.__cause__, ZeroDivisionError)


def found(nlp: spacy.Language, text: str) -> list[tuple[str, str, str]]:
    doc = nlp(text)
    return [(span.text, span.label_, span.kb_id_) for span in doc.spans["mentions"]]


@pytest.mark.parametrize("text", [CHINESE.text, ENGLISH.text], ids=["zh", "en"])
def test_the_pipeline_survives_writing_and_reading(tmp_path, text: str) -> None:
    expected = found(NLP, text)
    assert expected
    NLP.to_disk(tmp_path)
    assert found(spacy.load(tmp_path), text) == expected
    again = spacy.blank("xx").from_config(NLP.config).from_bytes(NLP.to_bytes())
    assert found(again, text) == expected


def test_components_say_what_they_need() -> None:
    assert not any(NLP.analyze_pipes()["problems"].values())
    assert NLP.get_pipe_meta("modelkin_entities").assigns == ["doc.user_data", "doc.spans"]


def test_every_mention_is_a_span() -> None:
    doc = NLP(CHINESE.text)
    named = doc.user_data["analysis"].mentions
    assert len(doc.spans["mentions"]) == len(named)
    assert any(m.source == "elided" and CHINESE.text[m.start : m.end] == "13B" for m in named)


def _path() -> str:
    return os.pathsep.join(entry for entry in sys.path if entry)


def test_the_hash_seed_changes_nothing() -> None:
    outputs = set()
    for seed in ("0", "7"):
        environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": _path()}
        done = subprocess.run(
            [sys.executable, "-c", PRINT_RECORDS], env=environment, capture_output=True, check=True
        )
        outputs.add(done.stdout)
    assert len(outputs) == 1


@pytest.mark.parametrize("enabled", [True, False])
def test_the_collector_is_left_as_it_was(monkeypatch: pytest.MonkeyPatch, enabled: bool) -> None:
    seen: list[bool] = []
    analyse = SpacyExtractor._analyse

    def watched(extractor: SpacyExtractor, document: Document) -> object:
        seen.append(gc.isenabled())
        if document is ENGLISH:
            raise ValueError("on purpose")
        return analyse(extractor, document)

    monkeypatch.setattr(SpacyExtractor, "_analyse", watched)
    before = gc.isenabled()
    (gc.enable if enabled else gc.disable)()
    try:
        list(SpacyExtractor(NLP).pipe([CHINESE]))
        assert gc.isenabled() is enabled
        with pytest.raises(ExtractionError, match="on purpose"):
            list(SpacyExtractor(NLP).pipe([ENGLISH]))
        assert gc.isenabled() is enabled
    finally:
        (gc.enable if before else gc.disable)()
    assert seen == [False, False]


def test_processes_change_nothing() -> None:
    documents = [CHINESE, ENGLISH] * 12
    alone = list(extract_many(iter(documents), jobs=1))
    assert list(extract_many(iter(documents), jobs=2)) == alone
    assert [outcome.document for outcome in alone] == documents


def test_one_failure_leaves_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    class Picky(SpacyExtractor):
        def _analyse(self, document: Document):
            if document is ENGLISH:
                raise ValueError("on purpose")
            return super()._analyse(document)

    monkeypatch.setattr(pipeline, "_extractor", lambda: Picky(NLP))
    first, second, third = extract_many([CHINESE, ENGLISH, CHINESE])
    assert first == third
    assert isinstance(second, ExtractionError)


def test_a_process_that_dies_is_told() -> None:
    outcomes = extract_many([ENGLISH] * 400, jobs=2)
    next(outcomes)
    for worker in multiprocessing.active_children():
        worker.kill()
    with pytest.raises(ExtractionError, match="died"):
        list(outcomes)


def test_workers_start_without_warnings_beside_threads() -> None:
    code = """
import threading
from extractor_contract import CHINESE, ENGLISH
from modelkin.extract.pipeline import extract_many
if __name__ == "__main__":
    stop = threading.Event()
    threading.Thread(target=stop.wait, daemon=True).start()
    print(sum(len(outcome.claims) for outcome in extract_many([CHINESE, ENGLISH] * 10, jobs=2)))
    stop.set()
"""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        env=os.environ | {"PYTHONPATH": _path()},
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(done.stdout) > 0
    assert not done.stderr


def test_documents_are_not_all_read_before_the_first_is_done() -> None:
    taken = 0

    def documents() -> Iterator[Document]:
        nonlocal taken
        for _ in range(1_000):
            taken += 1
            yield ENGLISH

    outcomes = extract_many(documents(), jobs=2)
    next(outcomes)
    outcomes.close()
    assert taken < 200


def test_a_megabyte_in_one_line_is_read() -> None:
    text = ("百川智能开源了Baichuan-13B。" + "这句话很长，没有说到任何东西，" * 40) * 1_700
    assert len(text) > 1_000_000
    [extraction] = SpacyExtractor(NLP).pipe([Document.of(text, lang="zh")])
    assert "Baichuan-13B" in {entity.name for entity in extraction.entities}


def test_time_is_linear_in_the_text() -> None:
    def read(times: int) -> None:
        text = "百川智能开源了Baichuan-13B，它基于Llama 2。" * times
        list(SpacyExtractor(NLP).pipe([Document.of(text, lang="zh")]))

    grows_at_most(30, lambda: read(150), lambda: read(1_500), slack=1.0)


def test_records_quote_at_most_120_characters() -> None:
    text = "Foo-7B " + "is a very long story " * 12 + "from Quarry Labs."
    document = Document.of(text, lang="en")
    entities = [
        Entity.of("model/foo-7b", EntityType.MODEL, "Foo-7B"),
        Entity.of("organization/quarry-labs", EntityType.ORGANIZATION, "Quarry Labs"),
    ]
    claim = Claim.of(
        "model/foo-7b",
        "developedBy",
        "organization/quarry-labs",
        document.span(0, len(text)),
        extractor="test@0",
        confidence=0.5,
    )
    record = gold_shape(Extraction.of(document, entities, [claim]), "news")
    [relation] = record["relations"]
    assert len(relation["evidence"]) <= 120
    assert text[relation["start"] : relation["end"]] == relation["evidence"]
