"""Validation says of any graph what pyshacl says of the whole of it, and takes bounded time."""

import logging
import warnings

import pyoxigraph as ox
import pytest
from cpu_time import takes_at_most
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import RDF, SH, Graph

from modelkin.graph import validation
from modelkin.graph.errors import ImportFileError
from modelkin.graph.validation import validate
from modelkin.graph.validation_shapes import shapes

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # its own imports deprecate one another
    import pyshacl

MK = "https://w3id.org/modelkin/ontology#"
BASE = "https://example.org/"
PREFIXES = f"""
@prefix mk: <{MK}> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@base <{BASE}> .
"""
NODES = [f"<n{number}>" for number in range(4)] + ["<节点>"]
TYPES = ["mk:Model", "mk:License", "mk:Claim", "mk:Span", "mk:Document", "mk:Statement", "mk:X"]
PREDICATES = [
    "rdf:subject", "rdf:predicate", "rdf:object", "rdfs:label", "skos:altLabel", "mk:statedIn",
    "mk:evidence", "mk:extractor", "mk:kind", "mk:confidence", "mk:supports", "mk:method",
    "mk:start", "mk:end", "mk:quote", "mk:size", "mk:role", "mk:validFrom", "mk:claims",
    "mk:candidates", "mk:text", "mk:releasedUnder", "mk:derivedFrom",
]  # fmt: skip
VALUES = [
    *NODES, "mk:derivedFrom", "mk:method-merge", '""', '"名"', '"Name"', '"名"@zh', '"extracted"',
    '"article"', "0", "1", "7", "-1", "0.5", "1.5", '"7B"', '"大"', '"x"^^xsd:integer',
    '"2023"^^xsd:gYear', '"2023-07"', '"01"^^xsd:integer',
]  # fmt: skip
TYPED = st.tuples(st.sampled_from(NODES), st.just("a"), st.sampled_from(TYPES))
SAID = st.tuples(*map(st.sampled_from, (NODES, PREDICATES, VALUES)))


def read(text: str) -> list[ox.Quad]:
    return list(ox.parse((PREFIXES + text).encode(), ox.RdfFormat.TURTLE))


def core(text: str) -> set[tuple[str, str]]:
    """What pyshacl says of the whole graph, but for what is asked in SPARQL."""
    known = shapes()
    data = Graph().parse(data=PREFIXES + text, format="turtle") + known.hierarchy
    _, report, _ = pyshacl.validate(data, shacl_graph=known.core)
    assert isinstance(report, Graph)
    return {
        (str(report.value(result, SH.focusNode)), str(report.value(result, SH.sourceShape)))
        for result in report.subjects(RDF.type, SH.ValidationResult)
    }


@settings(max_examples=60, deadline=None)
@given(st.lists(TYPED, min_size=1, max_size=6), st.lists(SAID, max_size=30))
def test_what_is_found_is_what_pyshacl_finds(
    types: list[tuple[str, str, str]], said: list[tuple[str, str, str]]
) -> None:
    logging.getLogger("rdflib.term").setLevel(logging.CRITICAL)
    text = "".join(f"{' '.join(triple)} .\n" for triple in [*types, *said])
    asked = {constraint.name for constraint in shapes().constraints}
    asked.add(f"{shapes().namespace}quoted")
    report = validate(read(text))
    ours = {(v.focus, v.shape) for v in report.violations if v.shape not in asked}
    assert ours == core(text)


@given(st.lists(TYPED, min_size=1, max_size=6), st.lists(SAID, max_size=20), st.randoms())
@settings(max_examples=30, deadline=None)
def test_the_order_does_not_matter(types: list, said: list, random) -> None:  # type: ignore[no-untyped-def,type-arg]
    quads = read("".join(f"{' '.join(triple)} .\n" for triple in [*types, *said]))
    report = validate(quads)
    random.shuffle(quads)
    assert validate(quads) == report


def test_nodes_that_are_alike_are_all_named() -> None:
    text = "".join(f"<model/模型{n}> a mk:Model . " for n in range(700))
    report = validate(read(text))
    assert report.total == report.nodes == 700
    assert {v.focus for v in report.violations} == {f"{BASE}model/模型{n}" for n in range(700)}


def test_a_report_is_bounded() -> None:
    text = "".join(f"<model/{n}> a mk:Model . " for n in range(1500))
    report = validate(read(text))
    assert (report.total, len(report.violations)) == (1500, 1000)


@pytest.mark.parametrize(
    "text",
    [
        # Products of all values of one node.
        "<c> a mk:Claim ; rdf:subject {} ; rdf:predicate {} ; rdf:object {} .",
        "<s> a mk:Span ; mk:start {} ; mk:end {} ; mk:quote {} .",
        "<m> a mk:Model ; rdfs:label {} ; skos:altLabel {} .",
        "<c> a mk:Claim ; mk:validFrom {} ; mk:validUntil {} .",
        "<s> a mk:Statement ; mk:claims {} ; mk:candidates {} .",
    ],
)
def test_many_values_take_no_more_time_than_they_are(text: str) -> None:
    many = [" , ".join(f'"{kind}{n}"' for n in range(3000)) for kind in "甲乙丙"]
    quads = read(text.format(*many[: text.count("{}")]))
    takes_at_most(5, lambda: validate(quads))


def test_one_text_that_many_quote_is_looked_at_once_for_each() -> None:
    text = "长" * 1_000_000
    quads = read(f'<d> a mk:Document ; mk:text "{text}" .')
    quads += read(
        "".join(
            f"<c{n}> mk:statedIn <d> ; mk:evidence <s{n}> . "
            f'<s{n}> a mk:Span ; mk:start {900_000 + n} ; mk:end {900_002 + n} ; mk:quote "长长" .'
            for n in range(2000)
        )
    )
    takes_at_most(5, lambda: validate(quads))


def test_too_many_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(validation, "_MOST_QUADS", 10)
    with pytest.raises(ImportFileError, match="more than 10 triples"):
        validate(read("".join(f"<m{n}> a mk:Model . " for n in range(11))))
