"""What a process that only extracts does to itself, and that it goes on where loading fails."""

import gc
import multiprocessing
import os

import pytest

from modelkin.extract import pipeline
from modelkin.extract.errors import ExtractionError
from modelkin.extract.workers import NUMERIC_THREADS, one_thread, settle, worker_pool


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in NUMERIC_THREADS:
        monkeypatch.setenv(variable, "")  # so that it is as before afterwards
        monkeypatch.delenv(variable)


def test_threads_are_one_unless_the_user_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "3")
    one_thread()
    assert [os.environ[variable] for variable in NUMERIC_THREADS] == ["1", "3", "1"]


@pytest.mark.parametrize("enabled", [True, False])
def test_settling_leaves_the_collector_as_it_was(enabled: bool) -> None:
    before = gc.isenabled()
    try:
        (gc.enable if enabled else gc.disable)()
        settle()
        assert gc.isenabled() is enabled
        assert gc.get_freeze_count() > 0
    finally:
        gc.unfreeze()
        (gc.enable if before else gc.disable)()


def test_what_fails_to_load_is_told_with_the_document(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise ExtractionError("no data")

    monkeypatch.setattr(pipeline, "warm", broken)
    settle()
    gc.unfreeze()


@pytest.mark.skipif(
    "forkserver" not in multiprocessing.get_all_start_methods(), reason="needs a server of forks"
)
def test_workers_are_not_forked_from_here() -> None:
    with worker_pool(2) as pool:
        assert pool.submit(os.getppid).result() != os.getpid()


def test_workers_start_no_threads_for_numbers() -> None:
    with worker_pool(1) as pool:
        assert pool.submit(os.getenv, "OPENBLAS_NUM_THREADS").result() == "1"
