"""SPARQL over stores and views: answers, formats, limits, the folder beside the store."""

import csv
import io
import json
import shutil
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph
import pytest
from samples import hostile, parts, tiny
from small_stores import ForeignStore, chinese, curated, english, sqlite_store

from modelkin.graph.errors import QueryError, QueryRefusedError, QueryTimeoutError
from modelkin.graph.projections import process, rdf, rdf_file
from modelkin.graph.projections.rdf_answer import (
    Answer,
    Term,
    as_csv,
    as_json,
    as_turtle,
    as_xml,
)
from modelkin.graph.rdf.quads import Quads
from modelkin.graph.stores.sqlite import SqliteStore
from modelkin.graph.timed import TimedView

RESULTS = "{http://www.w3.org/2005/sparql-results#}"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
# A product of five whole graphs: nobody waits for that.
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?q ?o }"


@pytest.fixture(scope="module", autouse=True)
def _no_process_is_left() -> Iterator[None]:
    yield
    rdf._POOL.close()


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStore]:
    path = tmp_path_factory.mktemp("store") / "graph.db"
    with sqlite_store(path, [english(), chinese(), curated()]) as made:
        yield made


def values(store: SqliteStore, text: str) -> list[tuple[str, ...]]:
    rows = rdf.run(store, text).rows
    return [tuple("" if term is None else term.shown() for term in row) for row in rows]


def folders(store: SqliteStore) -> list[str]:
    home = Path(store.location + rdf_file.SUFFIX)
    return sorted(folder.name for folder in home.iterdir()) if home.exists() else []


def test_lineage_over_a_path(store: SqliteStore) -> None:
    text = (
        'SELECT ?base { ?m rdfs:label "Stable Beluga 2" ; mk:derivedFrom+ ?b . '
        "?b rdfs:label ?base } ORDER BY ?base"
    )
    assert values(store, text) == [("LLaMA",), ("Llama 2",)]


def test_chinese_names_texts_and_variables(store: SqliteStore) -> None:
    text = 'SELECT ?机构 { ?模型 rdfs:label "GLM-4" ; mk:developedBy/rdfs:label ?机构 }'
    answer = rdf.run(store, text)
    assert (answer.variables, answer.rows) == (("机构",), ((Term("literal", "智谱AI"),),))


def test_claims_are_graphs_with_their_sentence(store: SqliteStore) -> None:
    text = (
        "SELECT ?quote { GRAPH ?claim { <model/glm-4> mk:developedBy ?who } "
        "?claim mk:evidence/mk:quote ?quote }"
    )
    assert values(store, text) == [("智谱AI开发了GLM-4。",)]


def test_the_quads_are_those_of_the_view(store: SqliteStore) -> None:
    written = set(Quads().view(store))
    [[graphs]] = values(store, "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }")
    [[others]] = values(store, COUNT)
    assert int(graphs) == sum(1 for quad in written if quad.graph)
    assert int(graphs) + int(others) == len(written)


def test_ask_construct_describe(store: SqliteStore) -> None:
    assert rdf.run(store, "ASK { ?m mk:derivedFrom+ ?m }").boolean is False
    made = rdf.run(store, "CONSTRUCT { ?b mk:baseOf ?m } WHERE { ?m mk:derivedFrom ?b }")
    assert made.form == "graph"
    assert len(made.rows) == 2
    described = rdf.run(store, "DESCRIBE <model/llama-2>")
    again = list(pyoxigraph.parse(as_turtle(described), format=pyoxigraph.RdfFormat.TURTLE))
    assert {str(quad.triple) for quad in again} == {
        " ".join(map(str, row)) for row in described.rows
    }
    assert any(row[2] == Term("literal", "羊驼 2") for row in described.rows)


@pytest.mark.parametrize("text", [COUNT, "SELECT * { ?s rdfs:label ?l } ORDER BY ?l", "ASK {}"])
def test_formats_say_the_same_as_the_engine_would(store: SqliteStore, text: str) -> None:
    answer = rdf.run(store, text)
    for written, format in (
        (as_json(answer), pyoxigraph.QueryResultsFormat.JSON),
        (as_xml(answer), pyoxigraph.QueryResultsFormat.XML),
    ):
        read = pyoxigraph.parse_query_results(written, format=format)
        if isinstance(read, pyoxigraph.QueryBoolean):
            assert bool(read) is answer.boolean
            continue
        assert isinstance(read, pyoxigraph.QuerySolutions)
        rows = [[None if t is None else str(t) for t in solution] for solution in read]
        assert rows == [[None if t is None else str(t) for t in row] for row in answer.rows]


def test_formats_hold_what_is_odd() -> None:
    inner = (Term("uri", "urn:a"), Term("uri", "urn:b"), Term("literal", "<&>", "zh-Hans"))
    odd = (
        Term("literal", 'a "b", <c> & \r\n\x07'),
        Term("triple", "", parts=inner),
        Term("bnode", "x"),
        None,
    )
    answer = Answer("select", ("一", "b", "c", "d"), (odd,))
    read = json.loads(as_json(answer))["results"]["bindings"]
    assert [sorted(row) for row in read] == [["b", "c", "一"]]
    assert read[0]["b"]["value"]["object"] == {
        "type": "literal",
        "value": "<&>",
        "xml:lang": "zh-Hans",
    }
    tree = ElementTree.fromstring(as_xml(answer))
    assert [each.get("name") for each in tree.iter(f"{RESULTS}binding")] == ["一", "b", "c"]
    assert tree.find(f".//{RESULTS}literal").text == 'a "b", <c> & \r\n\ufffd'  # type: ignore[union-attr]
    [_, row] = csv.reader(io.StringIO(as_csv(answer), newline=""))
    assert row == [odd[0].value, '<<( <urn:a> <urn:b> "<&>"@zh-Hans )>>', "_:x", ""]  # type: ignore[union-attr]


def test_turtle_is_for_graphs(store: SqliteStore) -> None:
    with pytest.raises(QueryError, match="is no graph"):
        as_turtle(rdf.run(store, COUNT))


def test_a_query_is_killed_in_time(store: SqliteStore) -> None:
    started = time.monotonic()
    with pytest.raises(QueryTimeoutError, match=r"more than 0\.2 s"):
        rdf.run(store, ENDLESS, timeout=0.2)
    assert time.monotonic() - started < 60
    assert rdf.run(store, "ASK { ?s ?p ?o }").boolean is True


@pytest.mark.parametrize(
    "text",
    ["SELECT * { ?s ?p ?o }", "CONSTRUCT { ?o ?p ?s } WHERE { ?s ?p ?o . FILTER(isIRI(?o)) }"],
)
def test_too_many_rows_are_refused(
    store: SqliteStore, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rdf, "ROW_LIMIT", 20)
    with pytest.raises(QueryRefusedError, match="more than 20 rows"):
        rdf.run(store, text)
    assert len(rdf.run(store, "SELECT * { ?s ?p ?o } LIMIT 20").rows) == 20


def test_a_query_that_takes_all_memory_takes_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "MEMORY_LIMIT", 3 * 2**29)
    doubled = " ".join(f"BIND(CONCAT(?t{n}, ?t{n}) AS ?t{n + 1})" for n in range(31))
    with sqlite_store(tmp_path / "one.db", [english()]) as store:
        with pytest.raises(QueryError, match="GiB of memory"):
            rdf.run(store, f'SELECT (STRLEN(?t31) AS ?n) {{ BIND("千问" AS ?t0) {doubled} }}')
        assert rdf.run(store, "ASK { ?s ?p ?o }").boolean is True


def test_no_time_no_answer(store: SqliteStore) -> None:
    with pytest.raises(QueryError, match="leaves no time"):
        rdf.run(store, COUNT, timeout=0)


def test_the_folder_follows_the_store(tmp_path: Path) -> None:
    with sqlite_store(tmp_path / "one.db", [english()]) as store:
        assert folders(store) == []
        rdf.run(store, COUNT)
        [first] = folders(store)
        home = Path(store.location + rdf_file.SUFFIX)
        stamp = (home / first / "CURRENT").stat().st_mtime_ns
        rdf._POOL.close()
        before = rdf.run(store, COUNT)
        assert (home / first / "CURRENT").stat().st_mtime_ns == stamp
        store.merge(chinese())
        after = rdf.run(store, COUNT)
        assert after.rows != before.rows
        [second] = folders(store)
        assert second != first


def test_who_may_read_the_store_may_read_the_folder(tmp_path: Path) -> None:
    with sqlite_store(tmp_path / "one.db", [english()]) as store:
        Path(store.location).chmod(0o640)
        rdf.run(store, COUNT)
        home = Path(store.location + rdf_file.SUFFIX)
        modes = {path.stat().st_mode & 0o777 for path in home.rglob("*") if path.is_file()}
        assert modes == {0o640}
        assert home.stat().st_mode & 0o777 == 0o750


def test_a_damaged_folder_is_made_anew(tmp_path: Path) -> None:
    with sqlite_store(tmp_path / "one.db", [english()]) as store:
        before = rdf.run(store, COUNT)
        rdf._POOL.close()
        home = Path(store.location + rdf_file.SUFFIX)
        for file in home.rglob("*.sst"):
            file.write_bytes(b"\0" * 100)
        assert rdf.run(store, COUNT) == before


def test_a_file_in_its_place_or_crashes_do_no_harm(tmp_path: Path) -> None:
    with sqlite_store(tmp_path / "one.db", [english()]) as store:
        home = Path(store.location + rdf_file.SUFFIX)
        home.write_text("not a folder", encoding="utf-8")
        before = rdf.run(store, COUNT)
        assert home.read_text(encoding="utf-8") == "not a folder"
        rdf._POOL.close()
        home.unlink()
        home.mkdir()
        (home / "part-young").mkdir()
        assert rdf.run(store, COUNT) == before
        assert len(folders(store)) == 2
        rdf_file.forget(Path(store.location))
        assert not home.exists()


def test_answers_survive_the_folder_that_another_process_takes_away(store: SqliteStore) -> None:
    before = rdf.run(store, COUNT)
    shutil.rmtree(store.location + rdf_file.SUFFIX)
    assert rdf.run(store, COUNT) == before


def test_views_and_stores_that_are_no_file() -> None:
    everything = rdf.run_on_view(tiny(), COUNT)
    assert rdf.run(ForeignStore(parts()), COUNT) == everything  # type: ignore[arg-type]
    early = rdf.run_on_view(
        TimedView(tiny(), None, "2023-08"), "SELECT ?t { ?d a mk:Document ; dcterms:title ?t }"
    )
    titles = {row[0].value for row in early.rows if row[0]}
    assert titles == {"Llama 2", "lineages"}


def test_hostile_texts_come_back_as_they_are() -> None:
    view = hostile()
    names = {
        row[0].value
        for row in rdf.run_on_view(view, "SELECT ?l { ?s a mk:Model ; rdfs:label ?l }").rows
        if row[0]
    }
    assert names == {entity.name.replace("\ud800", "\ufffd") for entity in view.entities()}


# rdflib warns of what it does itself.
@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")
def test_through_rdflib(store: SqliteStore) -> None:
    with rdf.dataset(store) as dataset:
        rows = list(
            dataset.query(
                "PREFIX mk: <https://w3id.org/modelkin/ontology#> "
                "SELECT ?a ?b { ?a mk:derivedFrom+ ?b }"
            )
        )
        graphs = [str(graph.identifier) for graph in dataset.graphs() if len(graph) == 1]
    assert len(rows) == 3
    assert len(graphs) == len(list(store.claims()))
    with rdf.dataset(tiny()) as dataset:
        assert len(list(dataset.quads())) == len(set(Quads().view(tiny())))
