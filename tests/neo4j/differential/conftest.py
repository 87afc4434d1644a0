"""Lets the tests of this folder import what they share, and opens a session for them."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from neo4j import GraphDatabase, Session
from neo4j_server import RunningNeo4j, clear

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[2] / "graph"))
sys.path.insert(0, str(Path(__file__).parents[2] / "graph" / "projections"))


@pytest.fixture(scope="module")
def session(neo4j_server: RunningNeo4j) -> Iterator[Session]:
    """Give a session on a database that may be emptied; what random queries miss is no news."""
    login = (neo4j_server.user, neo4j_server.password)
    uri = neo4j_server.uri
    with (
        GraphDatabase.driver(uri, auth=login, notifications_min_severity="OFF") as driver,
        driver.session() as opened,
    ):
        clear(driver, schema=True)
        yield opened
        clear(driver, schema=True)
