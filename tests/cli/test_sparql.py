"""``modelkin sparql``: formats, clocks, candidates, errors with their codes."""

import csv
import io
import json
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import rdflib

from modelkin.cli.sparql import command

Run = Callable[..., Any]

BASES = (
    'SELECT ?base { ?m rdfs:label "Stable Beluga" . ?m mk:derivedFrom+/rdfs:label ?base } '
    "ORDER BY ?base"
)
COUNT = "SELECT (COUNT(*) AS ?n) { ?a mk:derivedFrom ?b }"


def examples() -> list[str]:
    """Give the queries of the examples in the help."""
    assert command.help is not None
    return command.help.partition("Examples:")[2].split("'")[1::2]


def test_every_format_says_the_same(ask: Run) -> None:
    bases = [row["base"]["value"] for row in bindings(ask, BASES)]
    assert "LLaMA" in bases
    assert bases == sorted(bases)
    assert ask("sparql", BASES).ok().split("\n") == ["base", *bases, ""]
    rows = list(csv.reader(io.StringIO(ask("sparql", BASES, "--format", "csv").ok())))
    assert rows == [["base"], *([base] for base in bases)]
    tree = ElementTree.fromstring(ask("sparql", BASES, "--format", "xml").ok())
    assert [each.text for each in tree.iter("{http://www.w3.org/2005/sparql-results#}literal")] == (
        bases
    )


def bindings(ask: Run, text: str, *options: object) -> list[dict[str, dict[str, str]]]:
    answer = json.loads(ask("sparql", text, *options, "--format", "json").ok())
    rows: list[dict[str, dict[str, str]]] = answer["results"]["bindings"]
    return rows


def count(ask: Run, *options: object) -> int:
    return int(bindings(ask, COUNT, *options)[0]["n"]["value"])


def test_ask_and_describe(ask: Run) -> None:
    assert ask("sparql", "ASK { ?m mk:derivedFrom ?b }").ok() == "true\n"
    asked = json.loads(ask("sparql", "ASK { ?m mk:no ?b }", "--format", "json").ok())
    assert asked == {"head": {}, "boolean": False}
    turtle = ask("sparql", "DESCRIBE <model/llama-2>", "--format", "ttl").ok()
    graph = rdflib.Graph().parse(data=turtle, format="turtle")
    model = rdflib.URIRef("https://w3id.org/modelkin/model/llama-2")
    assert (model, rdflib.RDFS.label, rdflib.Literal("Llama 2")) in graph
    shown = ask("sparql", "DESCRIBE <model/llama-2>").ok()
    assert shown.startswith("subject ")
    assert "<model/llama-2>" in shown
    assert "rdfs:label" in shown


def test_from_files_and_stdin(ask: Run, tmp_path: Path) -> None:
    text = 'SELECT ?名称 { ?m a mk:Model ; rdfs:label ?名称 . FILTER(?名称 = "Llama 2") }'
    (tmp_path / "名称.rq").write_text(text, encoding="utf-8")
    assert ask("sparql", "-f", tmp_path / "名称.rq").ok() == "名称\nLlama 2\n"
    assert ask("sparql", "-f", "-", input=text.encode()).ok() == "名称\nLlama 2\n"
    for wrong in ((), (COUNT, "-f", "名称.rq"), ("-f", "missing.rq")):
        assert ask("sparql", *wrong).code == 2


def test_candidates_and_clocks_are_those_of_query(ask: Run) -> None:
    cypher = "MATCH ()-[r:DERIVED_FROM]->() RETURN count(r) AS n"
    counts = []
    for options in ((), ("--candidates",), ("--known-at", "2023-07"), ("--as-of", "2023-03")):
        [row] = json.loads(ask("query", cypher, *options, "--format", "json").ok())
        counts.append(count(ask, *options))
        assert counts[-1] == row["n"]
    assert counts[2] < counts[0] < counts[1]


def test_a_base_of_ones_own(ask: Run) -> None:
    base = "https://example.org/模型/"
    text = 'SELECT ?m { ?m rdfs:label "Llama 2" } LIMIT 1'
    [row] = bindings(ask, text, "--base-iri", base)
    assert row["m"]["value"] == f"{base}model/llama-2"
    assert ask("sparql", text, MODELKIN_BASE_IRI=base).ok() == "m\n<model/llama-2>\n"
    named = ask("sparql", "ASK { <model/llama-2> a mk:Model }", "--base-iri", base)
    assert named.ok() == "true\n"
    assert ask("sparql", text, "--base-iri", "nowhere").code == 2


@pytest.mark.parametrize("text", examples())
def test_the_examples_of_the_help_are_answered(ask: Run, text: str, tmp_path: Path) -> None:
    answer = ask("sparql", text, "--format", "json").ok()
    assert json.loads(answer)


def test_there_are_examples_in_both_languages() -> None:
    assert sum("机构" in text for text in examples()) == 1
    assert len(examples()) == 6


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("SELECT * {\n ?s foo:x ?o }", "line 2, column 5: the prefix foo: is not known"),
        ("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", "SERVICE would ask"),
        ("DELETE WHERE { ?s ?p ?o }", "DELETE would change the graph"),
        ("LOAD <file:///etc/passwd>", "LOAD would change the graph"),
        ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", "nothing is fetched"),
        ("模型", "line 1, column 3: not SPARQL at the end"),
    ],
)
def test_errors_have_place_next_step_and_code(ask: Run, text: str, says: str) -> None:
    result = ask("sparql", text)
    assert (result.code, result.out) == (5, "")
    assert says in result.err
    assert "\n  next: " in result.err
    assert "Traceback" not in result.err


def test_turtle_for_rows_and_queries_that_take_too_long(ask: Run) -> None:
    assert "is no graph" in ask("sparql", COUNT, "--format", "ttl").err
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    late = ask("sparql", endless, "--timeout", "0.3")
    assert late.code == 5
    assert "took more than 0.3 s" in late.err
