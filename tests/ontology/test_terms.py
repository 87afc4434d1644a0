"""terms.py is what the ontology says, and loads in a moment."""

import subprocess
import sys
from pathlib import Path

import pytest
from rdflib import RDFS, Graph, Literal

from modelkin.ontology import generate, terms
from modelkin.ontology.errors import InvariantError
from modelkin.ontology.generate import MK


def test_the_committed_terms_are_the_generated_ones() -> None:
    assert generate.TERMS.read_text(encoding="utf-8") == generate.generate(generate.load())
    assert generate.main(["--check"]) == 0


def test_the_order_of_the_ontology_does_not_matter() -> None:
    graph = generate.load()
    shuffled = Graph()
    for triple in sorted(graph, reverse=True):
        shuffled.add(triple)
    assert generate.generate(shuffled) == generate.generate(graph)


def test_check_finds_an_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "terms.py"
    monkeypatch.setattr(generate, "TERMS", target)
    assert generate.main(["--check"]) == 1
    assert "make terms" in capsys.readouterr().err
    assert not target.exists()
    assert generate.main([]) == 0
    assert generate.main(["--check"]) == 0


def test_a_new_predicate_is_one_edit() -> None:
    graph = generate.load()
    graph.parse(
        data="""
        @prefix mk: <https://w3id.org/modelkin/ontology#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        mk:fundedBy rdfs:subPropertyOf mk:relatedTo ;
            rdfs:label "funded by"@en , "资助方"@zh ;
            rdfs:domain mk:Organization ; rdfs:range mk:Organization .
        """,
        format="turtle",
    )
    text = generate.generate(graph)
    assert '    FUNDED_BY = "fundedBy"\n' in text
    assert "    Predicate.FUNDED_BY: (EntityType.ORGANIZATION,),\n" in text
    assert '    Predicate.FUNDED_BY: {"en": "funded by", "zh": "资助方"},\n' in text


@pytest.mark.parametrize(
    ("relation", "reason"),
    [(RDFS.domain, "domain"), (RDFS.range, "range"), (RDFS.label, "no label in en")],
)
def test_a_term_that_lacks_something_is_named(relation: object, reason: str) -> None:
    graph = generate.load()
    graph.remove((MK.operates, relation, None))
    with pytest.raises(InvariantError, match=reason) as caught:
        generate.generate(graph)
    assert "operates" in str(caught.value)


def test_an_end_that_is_no_entity_type_is_named() -> None:
    graph = generate.load()
    graph.set((MK.operates, RDFS.range, MK.Claim))
    with pytest.raises(InvariantError, match="which is no entity type"):
        generate.generate(graph)
    graph.set((MK.operates, RDFS.range, Literal("Platform")))
    with pytest.raises(InvariantError, match="needs a name"):
        generate.generate(graph)


def test_the_vocabulary_has_its_size() -> None:
    assert len(terms.EntityType) == 10
    assert len(terms.Predicate) == 14
    assert len(terms.Attribute) == 6
    assert len(terms.Method) == 10
    assert len(terms.Comparison) == 4


def test_importing_the_terms_loads_no_rdflib() -> None:
    code = "import sys, modelkin.ontology.schema; sys.exit('rdflib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
