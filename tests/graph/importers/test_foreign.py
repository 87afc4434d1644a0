"""Files of others: statements in known terms become claims that quote their line."""

from pathlib import Path

import pyoxigraph
import pytest
from sample_extractions import chinese, english

from modelkin.graph.exporters import exporter_for
from modelkin.graph.exporters.rdf import RdfOptions, TriGExporter
from modelkin.graph.importers.files import read
from modelkin.graph.importers.foreign import ForeignReport, extraction
from modelkin.graph.importers.mapping import vocabulary
from modelkin.graph.rdf.addresses import Addresses
from modelkin.graph.stores.sqlite import SqliteStore
from modelkin.ontology.claim import Claim, ClaimKind, Extraction, Value
from modelkin.ontology.identifiers import entity_type
from modelkin.ontology.schema import check_claim
from modelkin.ontology.terms import Attribute, Method, Predicate

PREFIXES = """
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix f: <https://w3id.org/fair4ml#> .
@prefix mk: <https://w3id.org/modelkin/ontology#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix s: <https://schema.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix : <http://example.org/> .
"""


def said(text: str, **rest: Addresses) -> tuple[Extraction, ForeignReport]:
    quads = pyoxigraph.parse(PREFIXES + text, pyoxigraph.RdfFormat.TRIG)
    return extraction(quads, "a.ttl", **rest)


def rows(text: str, **rest: Addresses) -> set[tuple[object, ...]]:
    found, _ = said(text, **rest)
    return {(c.subject, c.predicate, c.object, *c.qualifiers) for c in found.claims}


HERON = ':heron a f:MLModel ; rdfs:label "Heron-7B" . '


UNSPECIFIED, FINETUNE, MERGE = (
    ("method", method) for method in ("unspecified", "finetune", "merge")
)
LLAMA = "<https://huggingface.co/meta-llama/Llama-2-7b-hf>"


@pytest.mark.parametrize(
    ("property", "object", "expected"),
    [
        ("s:license", "<https://spdx.org/licenses/MIT.html>", ("releasedUnder", "license/mit")),
        ("dcterms:license", '"MIT"', ("releasedUnder", "license/mit")),
        ("f:fineTunedFrom", ":Egret", ("derivedFrom", "model/egret", FINETUNE)),
        ("prov:wasDerivedFrom", ":Egret", ("derivedFrom", "model/egret", UNSPECIFIED)),
        ("s:isBasedOn", LLAMA, ("derivedFrom", "model/llama-2-7b-hf", UNSPECIFIED)),
        ("mk:mergedFrom", ":Egret", ("derivedFrom", "model/egret", MERGE)),
        (
            "<https://huggingface.co/terms#base_model>",
            ":Egret",
            ("derivedFrom", "model/egret", UNSPECIFIED),
        ),
        ("f:trainedOn", '[ a s:Dataset ; s:name "鸟语料"@zh ]', ("trainedOn", "dataset/鸟语料")),
        ("f:evaluatedOn", '[ a s:Dataset ; s:name "C1" ]', ("evaluatedOn", "benchmark/c1")),
        ("s:author", '[ a s:Person ; s:name "李雷" ]', ("developedBy", "person/李雷")),
        ("dcterms:creator", '"Acme"', ("developedBy", "organization/acme")),
        (
            "prov:wasAttributedTo",
            '[ a prov:Organization ; rdfs:label "智谱AI" ]',
            ("developedBy", "organization/智谱-ai"),
        ),
        (
            "s:datePublished",
            '"2024-05-01T10:00:00Z"^^xsd:dateTime',
            ("releaseDate", Value("2024-05-01", "date")),
        ),
        ("dcterms:issued", '"2024"^^xsd:gYear', ("releaseDate", Value("2024", "date"))),
        ("mk:parameters", '"7B"', ("parameters", Value("7B"))),
        ("mk:contextLength", "4096", ("contextLength", Value("4096", "integer"))),
        ("s:isVariantOf", ":Heron", ("variantOf", "model/heron")),
        ("dcterms:replaces", ":Heron-6B", ("succeeds", "model/heron-6b")),
    ],
)
def test_known_terms_become_claims(
    property: str, object: str, expected: tuple[object, ...]
) -> None:
    assert rows(f"{HERON} :heron {property} {object} .") == {("model/heron-7b", *expected)}


def test_inverses_change_places() -> None:
    assert rows(f"{HERON} :heron mk:hasVariant :Heron-chat .") == {
        ("model/heron-chat", "variantOf", "model/heron-7b")
    }


def test_claims_quote_their_line_and_say_who_read_it() -> None:
    found, _ = said(f'{HERON} :heron s:license "MIT" ; s:author "百川智能" .')
    assert found.document.text.count("\n") == 4
    assert found.document.title == "a.ttl"
    for claim in found.claims:
        start = claim.evidence.start
        assert start == 0 or found.document.text[start - 1] == "\n"
        assert claim.evidence.quote.endswith(" .")
        assert found.document.text[claim.evidence.end] == "\n"
        assert claim.kind is ClaimKind.EXTRACTED
        assert claim.extractor == "rdf.schema.org@1"
        assert 0 < claim.confidence < 1
    sure = {claim.predicate: claim.confidence for claim in found.claims}
    # A name in a text may be a person's: that it is an organization's is less sure.
    assert sure["developedBy"] < sure["releasedUnder"]


def test_every_line_is_read_again_as_the_statement() -> None:
    text = f'{HERON} :heron s:license "M\\nI\\"T" ; s:author [ s:name "百川" ] .'
    found, report = said(text)
    again = list(pyoxigraph.parse(found.document.text, pyoxigraph.RdfFormat.N_QUADS))
    assert len(again) == report.statements == 5


def test_what_is_not_known_is_counted() -> None:
    found, report = said(
        f'{HERON} :heron s:url "x", "y" ; :likes :fish ; prov:wasDerivedFrom 7 . '
        ':book dcterms:source :other ; s:license "MIT" . :heron mk:parameters "many" .'
    )
    assert found.claims == ()
    assert report.unmapped == {"http://schema.org/url": 2, "http://example.org/likes": 1}
    assert report.described == 2
    # Nothing says that the book is a model.
    subjects = [reason for reason in report.refused if "the subject is not known" in reason]
    assert sorted(reason.partition(":")[0] for reason in subjects) == [
        "derivedFrom",
        "releasedUnder",
    ]
    assert report.refused["parameters cannot be 'many'"] == 1
    assert report.statements == 9 == 2 + 3 + report.refused.total()


@pytest.mark.parametrize(
    "address",
    ["http://www.wikidata.org/entity/Q115564437", "http://x/0123456789abcdef0123", "urn:1"],
)
def test_what_has_no_name_is_no_entity(address: str) -> None:
    found, report = said(f"{HERON} :heron f:fineTunedFrom <{address}> .")
    assert found.claims == ()
    assert report.refused.total() == 1


def test_names_in_both_languages_are_one_entity() -> None:
    found, _ = said(
        ':m a f:MLModel ; s:name "苍鹭"@zh, "Heron"@en ; s:alternateName "HRN" ; s:license "MIT" .'
    )
    model = next(e for e in found.entities if e.id.startswith("model/"))
    assert (model.id, model.name, model.aliases) == ("model/heron", "Heron", ("HRN", "苍鹭"))


def test_the_order_of_the_file_does_not_matter() -> None:
    first = ':m a f:MLModel ; s:name "A1" ; f:trainedOn [ s:name "x" ], [ s:name "y" ] .'
    second = ':m f:trainedOn [ s:name "y" ], [ s:name "x" ] ; s:name "A1" ; a f:MLModel .'
    assert said(first)[0] == said(second)[0]


def test_a_chinese_file_is_chinese() -> None:
    assert said(':m s:name "百川智能发布的大模型" .')[0].document.lang == "zh"
    assert said(':m s:name "a model of some bird" .')[0].document.lang == "en"


def test_own_addresses_are_own_entities() -> None:
    here = Addresses("https://example.org/kg/")
    text = f"<{here.base}model/a-1> f:fineTunedFrom <{here.base}model/%E7%99%BE%E5%B7%9D> ."
    assert rows(text, addresses=here) == {
        ("model/a-1", "derivedFrom", "model/百川", ("method", "finetune"))
    }


def test_every_mapped_term_can_be_a_claim() -> None:
    known = {*Predicate, *Attribute}
    methods = {str(method) for method in Method}
    for address, meaning in vocabulary().properties.items():
        assert meaning.predicate in known, address
        assert {value for _, value in meaning.qualifiers} <= methods
        assert 0.5 < meaning.confidence <= 0.95
    assert len(vocabulary().properties) > 40


@pytest.mark.parametrize("suffix", ["ttl", "rdf", "jsonld", "nq"])
def test_own_files_without_originals_say_what_the_graph_says(
    suffix: str, tmp_path: Path, stores: list[SqliteStore]
) -> None:
    source, target, _ = stores
    for one in (english(), chinese()):
        source.merge(one)
    file = tmp_path / f"graph.{suffix}"
    exporter = exporter_for(file)
    exporter.chosen(RdfOptions(originals=False)).write(source, file)  # type: ignore[attr-defined]
    imported = read(file)
    assert imported.said is not None and imported.report is not None
    assert not imported.report.unmapped and not imported.report.refused
    target.merge(imported.said)
    statements = [
        {(s.subject, s.predicate, str(s.object), s.methods[:1]) for s in store.statements()}
        for store in (source, target)
    ]
    assert statements[0] == statements[1] != set()
    for claim in imported.said.claims:
        end = None if isinstance(claim.object, Value) else entity_type(claim.object)
        check_claim(claim, entity_type(claim.subject), end)


def test_candidates_of_own_files_are_no_facts(tmp_path: Path, stores: list[SqliteStore]) -> None:
    from sample_extractions import doubted

    source, _, _ = stores
    source.merge(doubted(english()))
    with SqliteStore.open(Path(source.location), read_only=True, candidates=True) as store:
        assert list(store.claims())
        TriGExporter(RdfOptions(originals=False)).write(store, tmp_path / "x.trig")
    imported = read(tmp_path / "x.trig")
    assert imported.said is not None
    assert imported.said.claims == ()


def test_a_second_time_changes_nothing(stores: list[SqliteStore]) -> None:
    store = stores[0]
    found, _ = said(f'{HERON} :heron s:license "MIT" .')
    assert store.merge(found).claims == 1
    sequence = store.sequence
    assert store.merge(found).claims == 0
    assert store.sequence == sequence
    [claim] = store.claims()
    assert isinstance(claim, Claim)
