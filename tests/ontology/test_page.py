"""docs/ontology.md is what the ontology says."""

import re
from importlib import util
from pathlib import Path
from types import ModuleType

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, URIRef

import modelkin
from modelkin.ontology.generate import MK, load

ROOT = Path(modelkin.__file__).parent


@pytest.fixture(scope="module")
def writer() -> ModuleType:
    spec = util.spec_from_file_location("write_ontology", ROOT / "docs" / "write_ontology.py")
    assert spec is not None and spec.loader is not None
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_current(writer: ModuleType) -> None:
    page = (ROOT / "docs" / "ontology.md").read_text("utf-8")
    assert writer.text() == page, "next: make docs"


def test_every_term_is_on_the_page_once(writer: ModuleType) -> None:
    page, graph = writer.text(), load()
    heads = re.findall(r"^### mk:(\S+): ", page, re.MULTILINE)
    assert len(heads) == len(set(heads))
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    terms = {s for kind in (*kinds, RDFS.Datatype) for s in graph.subjects(RDF.type, kind)}
    schemes = set(graph.objects(None, MK.valuesIn))
    expected = {t for t in terms | schemes if isinstance(t, URIRef) and t in MK}
    assert {MK[head] for head in heads} == expected
    for concept in graph.subjects(RDF.type, SKOS.Concept):
        assert f"`{graph.value(concept, SKOS.notation)}`" in page


def test_the_page_speaks_both_languages_and_names_no_address_of_its_own_making(
    writer: ModuleType,
) -> None:
    page = writer.text()
    assert "派生自" in page and "derived from" in page
    assert "中医药" in page
    assert not re.search(r"\b(?:ns|schema)\d+:", page)


def test_the_diagram_joins_the_classes(writer: ModuleType) -> None:
    diagram = writer.text().split("```")[1]
    assert '  Model["model<br>模型"]' in diagram
    assert re.search(r"Model -->\|\"[^|]*derivedFrom[^|]*\"\| Model", diagram)
