"""What is said of servers that fail, and who asks them; no server is needed."""

import sys

import click
import pytest
from neo4j.exceptions import (
    ClientError,
    DatabaseError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
    TransientError,
)

from modelkin.cli.settings import Settings, login
from modelkin.graph.errors import StoreBusyError, StoreError
from modelkin.graph.stores.login import PASSWORD_VARIABLE, Login, is_address
from modelkin.graph.stores.neo4j.server import explained

HERE = "bolt://例子:7687"


def failure(kind: type[Neo4jError], code: str) -> Neo4jError:
    """Make an error as the driver gives it, which only a server can make."""
    made = type("Failure", (kind,), {"code": f"Neo.{code}", "message": "said\n  so"})
    error: Neo4jError = made()
    return error


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (failure(ClientError, "ClientError.Cluster.NotALeader"), "takes no writes"),
        (
            failure(ClientError, "ClientError.General.ForbiddenOnReadOnlyDatabase"),
            "takes no writes",
        ),
        (failure(ClientError, "ClientError.Security.Forbidden"), "may not do this"),
        (failure(ClientError, "ClientError.Database.DatabaseNotFound"), "no such database"),
        (failure(ClientError, "ClientError.Statement.TypeError"), "refuses"),
        (
            failure(TransientError, "TransientError.General.MemoryPoolOutOfMemoryError"),
            "too little memory",
        ),
        (failure(DatabaseError, "DatabaseError.Transaction.TransactionCommitFailed"), "failed"),
        (ServiceUnavailable("said so"), "cannot reach"),
        (SessionExpired("said so"), "cannot reach"),
        (OSError("said so"), "cannot reach"),
    ],
)
def test_every_failure_names_the_server_the_reason_and_a_way_on(
    error: Exception, words: str
) -> None:
    found = explained(error, HERE)
    assert type(found) is StoreError
    assert words in found.message
    assert HERE in found.message
    assert "said so" in found.message
    assert found.hint
    assert found.exit_code == 4


def test_a_busy_server_is_busy() -> None:
    error = failure(TransientError, "TransientError.Transaction.DeadlockDetected")
    assert type(explained(error, HERE)) is StoreBusyError


def test_addresses_are_told_from_paths() -> None:
    for address in ("bolt://h", "neo4j://h:1", "neo4j+s://h", "bolt+ssc://h", "BOLT://h"):
        assert is_address(address)
    for path in ("bolt", "bolt/neo4j.db", "文件.db", "http://h", "sqlite://h", "xbolt://h"):
        assert not is_address(path)


def test_a_password_is_never_shown() -> None:
    assert "secret" not in repr(Login("ada", "secret"))
    assert "secret" not in repr(Settings(password="secret"))


def test_a_password_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PASSWORD_VARIABLE, "从环境来")
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    found = login(Settings(user="ada", database="models"), HERE)
    assert found == Login("ada", "从环境来", "models")


def test_a_password_is_asked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def prompt(text: str, **options: object) -> str:
        asked.append((text, options["hide_input"], options["err"]))
        return "typed"

    monkeypatch.delenv(PASSWORD_VARIABLE, raising=False)
    monkeypatch.setattr(click, "prompt", prompt)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    settings = Settings(user="ada")
    assert login(settings, "modelkin.db") is None
    assert asked == []
    for _ in range(2):
        found = login(settings, HERE)
        assert found is not None
        assert found.password == "typed"
    assert asked == [("Password of ada", True, True)]


def test_nobody_is_asked_in_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(PASSWORD_VARIABLE, raising=False)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False, raising=False)
    assert login(Settings(), HERE) == Login("neo4j", "")
