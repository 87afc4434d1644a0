"""A plugin: one real Fuseki for all tests that ask for it.

`MODELKIN_REQUIRE_FUSEKI=1` makes its lack a failure. Tests that use the server stand in the folder
`fuseki`, which runs on one worker and so on one server (one_worker.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from lacking_servers import lacking
from server_jars import NoServerError

if TYPE_CHECKING:
    from fuseki_server import Fuseki


@pytest.fixture(scope="session")
def fuseki_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fuseki]:
    """Give a server that anybody may write to."""
    from fuseki_server import Fuseki

    try:
        server = Fuseki(tmp_path_factory.mktemp("fuseki"))
    except NoServerError as error:
        lacking("FUSEKI", error)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def fuseki(fuseki_process: Fuseki) -> Iterator[Fuseki]:
    """Give the server with an empty dataset."""
    fuseki_process.update("CLEAR ALL")
    yield fuseki_process
    fuseki_process.resume()
