"""Lets the tests of this folder import the helpers of stores; no test may reach a network."""

import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from modelkin.graph.stores.sqlite import SqliteStore

TESTS = Path(__file__).parents[2]
sys.path[:0] = [str(TESTS / "contracts"), str(TESTS / "graph" / "sync")]


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a file of RDF made the network be asked")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    for name in ("getaddrinfo", "create_connection"):
        monkeypatch.setattr(socket, name, refuse)


@pytest.fixture
def stores() -> Iterator[list[SqliteStore]]:
    """Open three new stores."""
    from copied_stores import opened

    with opened(3) as stores:
        yield stores
