"""Stores published to a real Fuseki: the same quads, incremental, resumable, clear errors."""

import json
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph
import pytest
from fuseki_server import Fuseki
from lacking_servers import lacking
from samples import parts
from server_jars import NoServerError

from modelkin.graph.errors import StoreBusyError, StoreError, UnknownStoreError
from modelkin.graph.protocols import GraphStore
from modelkin.graph.publishing import PUBLICATION, Counts, PublishReport, publish
from modelkin.graph.rdf.quads import Quads
from modelkin.graph.rdf.syntax import lines
from modelkin.graph.sparql_server import SparqlServer, endpoint
from modelkin.graph.stores.sqlite import SqliteStore
from modelkin.ontology.claim import Claim, Entity, Extraction
from modelkin.ontology.document import Document
from modelkin.ontology.terms import EntityType

COMMAND = Path(sys.executable).with_name("modelkin")
MANY = 300


def many(path: Path) -> None:
    """Make a store of many short texts in both languages."""
    base = Entity.of("model/llama", EntityType.MODEL, "LLaMA")
    with SqliteStore.open(path) as store, store.transaction():
        for number in range(MANY):
            name = f"{'苍鹭' if number % 2 else 'Heron'}-{number}B"
            model = Entity.of(f"model/{name.lower()}", EntityType.MODEL, name)
            text = f"{name} 由 LLaMA 微调而来。"
            document = Document.of(text, lang="zh")
            claim = Claim.of(
                model.id,
                "derivedFrom",
                base.id,
                document.span(0, len(text)),
                extractor="r@1",
                confidence=0.9,
            )
            store.merge(Extraction.of(document, [model, base], [claim]))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    with SqliteStore.open(tmp_path / "graph.db") as made:
        for extraction in parts():
            made.merge(extraction)
        yield made


def send(store: GraphStore, fuseki: Fuseki, **options: object) -> PublishReport:
    with SparqlServer(endpoint(fuseki.location), timeout=60, pause=0.01) as server:
        return publish(store, server, **options)  # type: ignore[arg-type]


def expected(store: GraphStore) -> set[str]:
    # Fuseki's memory keeps numbers by their value, as Oxigraph does.
    kept = pyoxigraph.Store()
    kept.load("".join(lines(Quads().view(store))), format=pyoxigraph.RdfFormat.N_QUADS)
    return {str(quad) for quad in kept}


def shown(fuseki: Fuseki) -> set[str]:
    return {quad for quad in fuseki.quads() if not quad.endswith(f"<{PUBLICATION}>")}


def test_the_server_shows_the_store(store: SqliteStore, fuseki: Fuseki) -> None:
    report = send(store, fuseki, batch=3)
    claims = len(list(store.claims()))
    assert report.claims == Counts(new=claims)
    assert report.updates > 5
    assert shown(fuseki) == expected(store)
    with SparqlServer(endpoint(fuseki.location)) as server:
        rows = server.select(
            "PREFIX mk: <https://w3id.org/modelkin/ontology#> SELECT ?q { "
            "GRAPH ?c { ?m mk:developedBy ?o } ?c mk:evidence/mk:quote ?q "
            "FILTER(CONTAINS(?q, '百川')) }"
        )
    assert rows == [{"q": "百川智能推出百川大模型。"}]


def test_a_second_run_sends_nothing(store: SqliteStore, fuseki: Fuseki) -> None:
    send(store, fuseki)
    before = fuseki.quads()
    with SparqlServer(endpoint(fuseki.location)) as server:
        assert publish(store, server) == PublishReport()
        assert server.requests == 1
    assert fuseki.quads() == before


def test_what_is_gone_is_taken_out_and_the_rest_stays(store: SqliteStore, fuseki: Fuseki) -> None:
    send(store, fuseki)
    fuseki.update("INSERT DATA { <urn:mine> <urn:p> 1 GRAPH <urn:g> { <urn:mine> <urn:p> 2 } }")
    theirs = shown(fuseki) - expected(store)
    assert len(theirs) == 2
    chinese = next(d for d in store.documents() if d.lang == "zh")
    gone = store.remove(chinese.id).removed
    report = send(store, fuseki, batch=2)
    assert report.claims == Counts(removed=gone)
    assert report.others.removed > 0
    assert shown(fuseki) == expected(store) | theirs
    store.merge(parts()[0])
    report = send(store, fuseki)
    assert report.claims == Counts(new=gone)
    assert shown(fuseki) == expected(store) | theirs


def test_a_dry_run_writes_nothing(store: SqliteStore, fuseki: Fuseki) -> None:
    report = send(store, fuseki, dry_run=True)
    assert report.claims.new == len(list(store.claims()))
    assert (report.updates, fuseki.quads()) == (0, set())


def test_another_store_gives_way_only_when_told(
    store: SqliteStore, fuseki: Fuseki, tmp_path: Path
) -> None:
    send(store, fuseki)
    with SqliteStore.open(tmp_path / "other.db") as other:
        other.merge(parts()[1])
        before = fuseki.quads()
        with pytest.raises(StoreError, match="shows another store"):
            send(other, fuseki)
        assert fuseki.quads() == before
        report = send(other, fuseki, replace=True)
        assert report.claims.new == 0
        assert report.claims.removed > 0
        assert shown(fuseki) == expected(other)


def test_one_that_was_killed_goes_on_where_it_ended(fuseki: Fuseki, tmp_path: Path) -> None:
    many(tmp_path / "many.db")
    process = subprocess.Popen(
        [COMMAND, "sync", tmp_path / "many.db", fuseki.location, "--batch", "5"],
        stdout=subprocess.DEVNULL,
    )
    with SparqlServer(endpoint(fuseki.location)) as server:
        count = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
        while int(server.select(count)[0]["n"]) < 60:
            assert process.poll() is None
            time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    with SqliteStore.open(tmp_path / "many.db") as store:
        sent = len(shown(fuseki))
        assert 0 < sent < len(expected(store))
        report = send(store, fuseki)
        assert report.claims.new + report.others.new < MANY * 4
        assert shown(fuseki) == expected(store)
        assert send(store, fuseki) == PublishReport()


def run(*arguments: object, cwd: Path, **environment: str) -> tuple[int, str, str]:
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("MODELKIN_")}
    done = subprocess.run(
        [COMMAND, *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env=inherited | environment,
    )
    return done.returncode, done.stdout, done.stderr


def test_the_command(store: SqliteStore, fuseki: Fuseki, tmp_path: Path) -> None:
    code, out, _ = run("sync", "graph.db", fuseki.location, "--format", "json", cwd=tmp_path)
    assert code == 0
    assert [row["published"] for row in json.loads(out)] == ["claims", "other resources"]
    code, out, err = run("sync", "graph.db", fuseki.location, "--format", "csv", cwd=tmp_path)
    assert (code, err) == (0, "")
    assert out == "published,new,changed,removed\nclaims,0,0,0\nother resources,0,0,0\n"
    assert run("sync", fuseki.location, "graph.db", cwd=tmp_path)[0] == 2
    missing = fuseki.location.replace("/ds", "/no")
    code, _, err = run("sync", "graph.db", missing, cwd=tmp_path)
    assert (code, "takes no SPARQL query there\n  next: " in err) == (4, True)


def test_errors_say_what_to_do(store: SqliteStore, fuseki: Fuseki) -> None:
    with SparqlServer(endpoint(fuseki.location)) as server:
        with pytest.raises(StoreError, match="answers 400"):
            server.select("SELECT")
        with pytest.raises(StoreError, match="answers 400"):
            server.update("INSERT")
    page = endpoint(f"sparql+http://127.0.0.1:{fuseki.port}/$/ping")
    with SparqlServer(page) as server, pytest.raises(StoreError):
        server.select("ASK {}")


def test_a_server_that_hangs(store: SqliteStore, fuseki: Fuseki) -> None:
    fuseki.suspend()
    late = pytest.raises(StoreBusyError, match=r"did not answer within 0\.5 seconds")
    with SparqlServer(endpoint(fuseki.location), timeout=0.5) as server, late:
        publish(store, server)


@pytest.fixture
def another(tmp_path: Path) -> Iterator[Callable[..., Fuseki]]:
    """Start servers of other settings."""
    servers: list[Fuseki] = []

    def start(**options: object) -> Fuseki:
        home = tmp_path / f"fuseki-{len(servers)}"
        home.mkdir()
        try:
            servers.append(Fuseki(home, **options))  # type: ignore[arg-type]
        except NoServerError as error:
            lacking("FUSEKI", error)
        return servers[-1].start()

    yield start
    for server in servers:
        server.stop()


def test_passwords(store: SqliteStore, another: Callable[..., Fuseki], tmp_path: Path) -> None:
    password = secrets.token_hex(8)
    server = another(users={"ada": password})
    named = server.location.replace("//", "//ada@")
    code, _, err = run("sync", "graph.db", named, cwd=tmp_path)
    assert (code, "401" in err, "MODELKIN_SPARQL_PASSWORD" in err) == (4, True, True)
    given = {"MODELKIN_SPARQL_PASSWORD": password}
    code, _, err = run("sync", "graph.db", named, cwd=tmp_path, **given)
    assert (code, err) == (0, "")
    again = run("sync", "graph.db", server.location, "--user", "ada", cwd=tmp_path, **given)
    assert again[0] == 0
    wrong = run("sync", "graph.db", named, cwd=tmp_path, MODELKIN_SPARQL_PASSWORD="guess")
    assert (wrong[0], "guess" in wrong[2]) == (4, False)


def test_a_server_that_is_only_read(store: SqliteStore, another: Callable[..., Fuseki]) -> None:
    server = another(updates=False)
    with pytest.raises(StoreError, match=r"400 Bad Request: No operation .*\n.*may be written to"):
        send(store, server)


def test_nobody_there(store: SqliteStore) -> None:
    refused = pytest.raises(UnknownStoreError, match="refuses the connection")
    nobody = endpoint("sparql+http://127.0.0.1:1/ds")
    with SparqlServer(nobody, pause=0.01) as server, refused:
        publish(store, server)
