"""A store of articles in two languages on which people decide."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from read_articles import ARTICLES, read

Ask = Callable[..., list[dict[str, object]]]


@pytest.fixture(scope="session")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a store of articles in two languages; tests only copy it."""
    store = tmp_path_factory.mktemp("entities") / "articles.db"
    read(store, *ARTICLES)
    return store


@pytest.fixture
def state(run: Callable[..., Any], tmp_path: Path) -> Callable[[], bytes]:
    """Give all that the test's store says, as bytes."""

    def state_now() -> bytes:
        run("export", "state.jsonl", "--candidates").ok()
        return (tmp_path / "state.jsonl").read_bytes()

    return state_now


@pytest.fixture
def ask(run: Callable[..., Any], articles: Path, tmp_path: Path) -> Ask:
    """Run a command on a copy of the store, and give its JSON."""
    shutil.copy(articles, tmp_path / "modelkin.db")

    def ask_here(*arguments: object, **environment: str) -> list[dict[str, object]]:
        answer = run(*arguments, "--format", "json", **environment).ok()
        found: list[dict[str, object]] = json.loads(answer)
        return found

    return ask_here
