"""A plugin: one real Fuseki for all tests that ask for it, and one loud line where none can be had.

`MODELKIN_REQUIRE_FUSEKI=1` makes its lack a failure. Tests that use the server stand in the folder
`fuseki`, which runs on one worker and so on one server (one_worker.py).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, NoReturn

import pytest

if TYPE_CHECKING:
    from fuseki_server import Fuseki

_LACK = "NO FUSEKI"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say once, loudly, what was not tested and why."""
    reasons = [
        report.longrepr[2].partition(_LACK)[2]
        for report in terminalreporter.stats.get("skipped", ())
        if isinstance(report.longrepr, tuple) and _LACK in report.longrepr[2]
    ]
    if reasons:
        terminalreporter.write_line(
            f"{_LACK}: {len(reasons)} tests were skipped{reasons[0]}", red=True, bold=True
        )


def lacking(reason: object) -> NoReturn:
    """Skip a test for want of a server, or fail it where one is required."""
    if os.environ.get("MODELKIN_REQUIRE_FUSEKI") == "1":
        pytest.fail(f"{_LACK}: {reason}", pytrace=False)
    pytest.skip(f"{_LACK}: {reason}")


@pytest.fixture(scope="session")
def fuseki_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fuseki]:
    """Give a server that anybody may write to."""
    from fuseki_server import Fuseki, NoFusekiError

    try:
        server = Fuseki(tmp_path_factory.mktemp("fuseki"))
    except NoFusekiError as error:
        lacking(error)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def fuseki(fuseki_process: Fuseki) -> Iterator[Fuseki]:
    """Give the server with an empty dataset."""
    fuseki_process.update("CLEAR ALL")
    yield fuseki_process
    fuseki_process.resume()
