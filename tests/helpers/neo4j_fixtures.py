"""A plugin: one real Neo4j for all tests that ask for it.

- `MODELKIN_TEST_NEO4J_URI` (`_USER`, `_PASSWORD`) names a running server to use instead. Its
  database is emptied.
- `MODELKIN_REQUIRE_NEO4J=1` makes its lack a failure.

Tests that use a server stand in folders called `neo4j`, which run on one worker and so on one
server (one_worker.py).
"""

from __future__ import annotations

import fcntl
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lacking_servers import lacking
from server_jars import NoServerError

if TYPE_CHECKING:
    from neo4j import Driver
    from neo4j_server import Neo4jServer, RunningNeo4j


@pytest.fixture(scope="session")
def neo4j_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningNeo4j]:
    """Give a server that answers."""
    from neo4j_server import Neo4jServer, RunningNeo4j

    uri = os.environ.get("MODELKIN_TEST_NEO4J_URI")
    if uri:
        user = os.environ.get("MODELKIN_TEST_NEO4J_USER", "neo4j")
        running = RunningNeo4j(uri, user, os.environ.get("MODELKIN_TEST_NEO4J_PASSWORD", "neo4j"))
        # There is one database to empty: workers take turns.
        with _shared(tmp_path_factory).open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield running
        return
    try:
        server = Neo4jServer.start(tmp_path_factory.mktemp("neo4j"), secrets.token_hex(8))
    except NoServerError as error:
        lacking("NEO4J", error)
    yield server
    # Its home is thrown away, so it need not be left tidy.
    server.kill()


def _shared(factory: pytest.TempPathFactory) -> Path:
    base = factory.getbasetemp()
    return (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "neo4j-in-use"


@pytest.fixture
def neo4j_driver(neo4j_server: RunningNeo4j) -> Iterator[Driver]:
    """Give a driver of an empty database, with no constraints or indexes but a store's."""
    from neo4j_server import clear

    with neo4j_server.driver() as driver:
        clear(driver, schema=True)
        yield driver


@pytest.fixture
def owned_neo4j(neo4j_server: RunningNeo4j) -> Iterator[Neo4jServer]:
    """Give the empty server to a test that ends it; it runs again afterwards."""
    from neo4j_server import Neo4jServer, clear

    if not isinstance(neo4j_server, Neo4jServer):
        pytest.skip("a server that is not the tests' own is not ended")
    password = neo4j_server.password
    with neo4j_server.driver() as driver:
        clear(driver, schema=True)
    yield neo4j_server
    neo4j_server.resume()
    if neo4j_server.pid is None or neo4j_server.changed:
        # Its data are thrown away, so it need not be shut down with care.
        neo4j_server.kill()
        neo4j_server.restart()
    if neo4j_server.password != password:
        neo4j_server.set_password(password)
