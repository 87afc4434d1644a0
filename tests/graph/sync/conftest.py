"""Three new stores; the tests of this folder import the helpers of the contract of stores."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from modelkin.graph.stores.sqlite import SqliteStore

sys.path[:0] = [str(Path(__file__).parents[2] / "contracts"), str(Path(__file__).parent)]


@pytest.fixture
def stores() -> Iterator[list[SqliteStore]]:
    from copied_stores import opened

    with opened(3) as stores:
        yield stores
