"""Lets the tests of this folder import what they share."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session", autouse=True)
def _no_process_is_left() -> object:
    """End the processes that wait for queries when the last test is over."""
    yield
    from modelkin.graph.projections import cypher

    cypher._POOL.close()
