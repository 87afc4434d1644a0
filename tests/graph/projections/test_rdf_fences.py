"""What SPARQL queries may not do, and where the errors point."""

import socket
import subprocess
import sys
import threading
from pathlib import Path

import pyoxigraph
import pytest
from cpu_time import takes_at_most
from hypothesis import given
from hypothesis import strategies as st

from modelkin.graph.errors import QueryError, QueryRefusedError, QuerySyntaxError
from modelkin.graph.projections import rdf_fences
from modelkin.graph.projections.rdf_fences import check, syntax_error

WORKER = "modelkin.graph.projections.rdf_worker"
ASKS_ANOTHER = (
    "SELECT * { SERVICE <http://127.0.0.1:9999/x> { ?s ?p ?o } }",
    "select * { service silent <http://127.0.0.1:9999/x>{ ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o.SERVICE<http://127.0.0.1:9999/x>{ ?s ?p ?o } }",
    "SELECT * { ?s ?p 1SERVICE ?x { ?s ?p ?o } }",
    "SELECT * { ?s ?p trueSERVICE<http://127.0.0.1:9999/x>{ ?s ?p ?o } }",
    "SELECT * { SERVICE # a comment\n <http://127.0.0.1:9999/x> { ?s ?p ?o } }",
    "SELECT * { SERVICE <http://127.0.0.1:9999/x> # a comment {\n { ?s ?p ?o } }",
    "SELECT * { SERVICE SILENT\n\n?x # …\n { ?s ?p ?o } }",
    # To one reading an address and a text, to another a comparison and a comment.
    'SELECT * { FILTER(?a<x:y#>"""\n)SERVICE<http://127.0.0.1:9999/x>{}#"""\n}',
    "PREFIX ₠: <http://127.0.0.1:9999/> SELECT * { SERVICE ₠:x { ?s ?p ?o } }",
    "PREFIX 服务: <http://127.0.0.1:9999/> SELECT * { ?s ?p '1'SERVICE 服务:x\\# { ?s ?p ?o } }",
)


@pytest.mark.parametrize("text", ASKS_ANOTHER)
def test_no_other_server_is_asked(text: str) -> None:
    with pytest.raises(QueryRefusedError, match="SERVICE would ask another server"):
        check(text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?service { ?service a schema:Service ; schema:provider [] . }",
        "PREFIX d: <http://www.w3.org/ns/sparql-service-description#> SELECT * { ?s a d:Service }",
        "PREFIX s: <https://example.org/service#> SELECT * { ?s s:service ?service { ?a ?b ?c } }",
        'SELECT * { ?s rdfs:label "customer service" }',
        "SELECT * { GRAPH ?service { ?s ?p ?o } }",
        "SELECT ?s FROM NAMED <https://w3id.org/modelkin/claim/1> { GRAPH ?g { ?s ?p ?o } }",
        "SELECT ?s { ?s rdfs:comment '数据来自 http://example.org' }",
    ],
)
def test_what_only_looks_like_it_is_asked(text: str) -> None:
    check(text)


@pytest.mark.parametrize("graph", ["file:///etc/passwd", "http://127.0.0.1/x", "urn:a"])
@pytest.mark.parametrize("named", ["", "NAMED "])
def test_no_graph_is_fetched(graph: str, named: str) -> None:
    with pytest.raises(QueryRefusedError, match=r"line 2, column 1: .* nothing is fetched"):
        check(f"SELECT ?s\nFROM {named}<{graph}> {{ ?s ?p ?o }}")


@pytest.mark.parametrize("text", ["a" * 65_537, "ASK {}\x00", "ASK { ?s ?p '\ud800' }"])
def test_what_cannot_be_sent(text: str) -> None:
    with pytest.raises(QueryError):
        check(text)


def engine_error(text: str) -> QueryError:
    with pytest.raises(SyntaxError) as caught:
        pyoxigraph.Store().query(text, prefixes=rdf_fences.PREFIXES, base_iri=rdf_fences.BASE)
    return syntax_error(text, str(caught.value))


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <a> <b> <c> }",
        "prefix a: <urn:a>\n# …\ndelete where { ?s ?p ?o }",
        "LOAD <file:///etc/passwd>",
        "LOAD <http://127.0.0.1/> INTO GRAPH <urn:a>",
        "CLEAR ALL",
        "DROP DEFAULT",
        "CREATE GRAPH <urn:a>",
        "COPY <urn:a> TO <urn:b>",
        "WITH <urn:a> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ],
)
def test_nothing_is_changed(update: str) -> None:
    error = engine_error(update)
    assert isinstance(error, QueryRefusedError)
    assert "only reads" in error.message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT * {\n  ?s foo:bar ?o }", "line 2, column 6: the prefix foo: is not known"),
        ("SELECT * { ?s 不知:名 ?o }", "line 1, column 15: the prefix 不知: is not known"),
        ('SELECT * { ?s rdfs:label "a:b", <c:d>, e:f }', "column 40: the prefix e: is not known"),
        ("SELECT * { ?s ?p ?o", "at the end"),
        ("SELECT ?模型 {\n ?模型 ?p }", "line 2, column "),
        ("", "line 1, column 1: not SPARQL at the end"),
    ],
)
def test_errors_name_the_place(text: str, message: str) -> None:
    error = engine_error(text)
    assert isinstance(error, QuerySyntaxError)
    assert message in error.message


@given(st.text(alphabet="SERVICE{}<>?#\"'\\: \n.)a1", max_size=60))
def test_no_text_that_the_engine_takes_asks_unseen(text: str) -> None:
    query = "SELECT * { ?s ?p ?o " + text + " SERVICE <http://127.0.0.1:1/x> { ?a ?b ?c } }"
    with pytest.raises(QueryRefusedError):
        check(query)


@pytest.mark.parametrize(
    "piece", [".SERVICE", "SERVICE ", "SERVICE\n", "SERVICE<", "<", '"', "#", "PREFIX a:", "a:"]
)
def test_any_text_is_read_in_time(piece: str) -> None:
    text = piece * (rdf_fences.LONGEST // len(piece))

    def read() -> None:
        try:
            check(text)
        except QueryRefusedError:
            return
        syntax_error(text, "error at 1:65000: expected ")

    takes_at_most(0.5, read)


def test_the_process_opens_no_connection(tmp_path: Path) -> None:
    """What the check would let through, the process that answers cannot do."""
    pyoxigraph.Store(str(tmp_path / "graph")).flush()
    asked = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            with connection:
                asked.append(connection.recv(1))

        thread = threading.Thread(target=listen)
        thread.start()
        port = server.getsockname()[1]
        query = f"SELECT * {{ SERVICE SILENT <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}"
        done = subprocess.run(
            [sys.executable, "-m", WORKER, str(tmp_path / "graph"), "key", str(2**32)],
            input=f'{{"text": "{query}"}}\n',
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        server.shutdown(socket.SHUT_RDWR)
        thread.join()
    assert '"ready": true' in done.stdout
    assert asked == []
