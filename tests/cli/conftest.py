"""The installed command, and a store that has read the sample articles."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
COMMAND = Path(sys.executable).with_name("modelkin")

Run = Callable[..., "Result"]


@dataclass(frozen=True)
class Result:
    code: int
    out: str
    err: str

    def ok(self) -> str:
        assert self.code == 0, f"exit {self.code}\n{self.err}\n{self.out}"
        return self.out


def run_command(*arguments: object, cwd: Path, input: bytes = b"", **environment: str) -> Result:
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("MODELKIN_")}
    done = subprocess.run(
        [str(COMMAND), *map(str, arguments)],
        cwd=cwd,
        input=input,
        capture_output=True,
        timeout=120,
        check=False,
        env=inherited | {"COLUMNS": "100"} | environment,
    )
    return Result(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run the installed command in an empty folder."""

    def run_here(*arguments: object, input: bytes = b"", **environment: str) -> Result:
        return run_command(*arguments, cwd=tmp_path, input=input, **environment)

    return run_here


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the path of a store that has read every sample article; tests only read it."""
    folder = tmp_path_factory.mktemp("sample")
    store = folder / "sample.db"
    run_command("--store", store, "ingest", ROOT / "seeds" / "articles", cwd=folder).ok()
    return store


@pytest.fixture
def ask(run: Run, sample_store: Path) -> Run:
    """Run a command on the sample store."""

    def ask_here(*arguments: object, **rest: object) -> Result:
        return run("--store", sample_store, *arguments, **rest)

    return ask_here
