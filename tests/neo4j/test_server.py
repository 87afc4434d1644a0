"""The server that other tests stand on."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from neo4j import Driver
from neo4j.exceptions import AuthError
from neo4j_server import Neo4jServer, RunningNeo4j, clear

LEAVES_A_SERVER = """
import sys
from pathlib import Path
from neo4j_server import Neo4jServer

server = Neo4jServer.start(Path(sys.argv[1]), "a-password")
print(server.pid, flush=True)
input()
"""


def runs(process: int) -> bool:
    """Say whether a process is there and is no zombie."""
    try:
        return bool(Path(f"/proc/{process}/cmdline").read_bytes())
    except OSError:
        return False


def test_it_answers(neo4j_server: RunningNeo4j):
    with neo4j_server.driver() as driver:
        records, _, _ = driver.execute_query("RETURN 1 AS one, '通义千问' AS name")
    assert [record.data() for record in records] == [{"one": 1, "name": "通义千问"}]


def test_it_is_emptied(neo4j_driver: Driver):
    neo4j_driver.execute_query("CREATE CONSTRAINT one FOR (m:羊驼) REQUIRE m.id IS UNIQUE")
    neo4j_driver.execute_query("CREATE FULLTEXT INDEX two FOR (m:羊驼) ON EACH [m.name]")
    neo4j_driver.execute_query("UNWIND range(1, 25000) AS i CREATE (:Model {id: i})")
    neo4j_driver.execute_query("MATCH (a {id: 1}), (b {id: 2}) CREATE (a)-[:DERIVED_FROM]->(b)")
    clear(neo4j_driver, schema=True)
    assert neo4j_driver.execute_query("MATCH (n) RETURN count(n)")[0][0][0] == 0
    # Those of a store stay: they are the same for every store.
    for what in ("CONSTRAINTS YIELD name", "INDEXES YIELD name, type WHERE type <> 'LOOKUP'"):
        rest, _, _ = neo4j_driver.execute_query(f"SHOW {what} RETURN name")
        assert [row["name"] for row in rest if not row["name"].startswith("modelkin_")] == []


def test_what_was_committed_outlives_a_crash(owned_neo4j: Neo4jServer):
    uri = owned_neo4j.uri
    with owned_neo4j.driver() as driver:
        driver.execute_query("CREATE (:Model {name: '通义千问'})")
        with driver.session() as session:
            session.begin_transaction().run("CREATE (:Model {name: 'lost'})").consume()
            owned_neo4j.kill()
    assert owned_neo4j.pid is None
    owned_neo4j.restart()
    assert owned_neo4j.uri == uri
    with owned_neo4j.driver() as driver:
        records, _, _ = driver.execute_query("MATCH (m:Model) RETURN m.name AS name")
    assert [record["name"] for record in records] == ["通义千问"]


def test_the_password_changes(owned_neo4j: Neo4jServer):
    old = owned_neo4j.password
    owned_neo4j.set_password("another-password")
    with owned_neo4j.driver() as driver:
        driver.verify_connectivity()
    late = RunningNeo4j(owned_neo4j.uri, owned_neo4j.user, old).driver()
    with late, pytest.raises(AuthError):
        late.verify_connectivity()


def test_the_admin_tool_runs_while_it_is_down(owned_neo4j: Neo4jServer):
    with pytest.raises(AssertionError, match="down"):
        owned_neo4j.admin("database", "info")
    owned_neo4j.stop()
    done = owned_neo4j.admin("database", "info", "--format=json")
    assert done.returncode == 0, done.stderr
    assert '"databaseName":"neo4j"' in done.stdout


@pytest.mark.skipif(sys.platform != "linux", reason="the parent's death is seen on Linux alone")
def test_no_server_outlives_who_started_it(owned_neo4j: Neo4jServer, tmp_path: Path):
    helpers = Path(__file__).parents[1] / "helpers"
    with subprocess.Popen(
        [sys.executable, "-c", LEAVES_A_SERVER, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(helpers)},
    ) as parent:
        server = int(parent.stdout.readline())
        parent.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 30
    while runs(server) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not runs(server)


@pytest.mark.parametrize("required", ["", "1"])
def test_its_lack_is_told_once_or_fails(required: str, tmp_path: Path):
    """Without Java the tests are skipped with one line, where nothing requires them."""
    hidden = ("MODELKIN_TEST_NEO4J_URI", "PYTEST_XDIST_WORKER", "PYTEST_ADDOPTS")
    inherited = {name: value for name, value in os.environ.items() if name not in hidden}
    tests = ["test_it_answers", "test_it_is_emptied"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
        + [f"{__file__}::{test}" for test in tests],
        capture_output=True,
        text=True,
        check=False,
        env=inherited | {"PATH": str(tmp_path), "MODELKIN_REQUIRE_NEO4J": required},
    )
    if required:
        assert done.returncode == 1, done.stdout
        assert "2 errors" in done.stdout
        return
    assert done.returncode == 0, done.stdout
    assert done.stdout.count("NO NEO4J: 2 tests were skipped: java lacks") == 1
    assert done.stdout.count("NO NEO4J") == 1
