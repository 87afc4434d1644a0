"""A plugin: what becomes of tests whose server cannot be had, and one loud line that says so."""

import os
import re
from typing import NoReturn

import pytest

__all__ = ["lacking"]

_LACK = re.compile(r"\b(NO [A-Z0-9]+): (.*)", re.DOTALL)


def lacking(server: str, reason: object) -> NoReturn:
    """Skip a test for want of a server, or fail it where one is required.

    Parameters
    ----------
    server : str
        ``NEO4J``: where ``MODELKIN_REQUIRE_NEO4J`` is 1, its lack is a failure.
    reason : object
        In words.
    """
    if os.environ.get(f"MODELKIN_REQUIRE_{server}") == "1":
        pytest.fail(f"NO {server}: {reason}", pytrace=False)
    pytest.skip(f"NO {server}: {reason}")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say once for each server, loudly, what was not tested and why."""
    reasons: dict[str, list[str]] = {}
    for report in terminalreporter.stats.get("skipped", ()):
        if isinstance(report.longrepr, tuple) and (found := _LACK.search(report.longrepr[2])):
            reasons.setdefault(found[1], []).append(found[2])
    for lack, same in sorted(reasons.items()):
        terminalreporter.write_line(
            f"{lack}: {len(same)} tests were skipped: {same[0]}", red=True, bold=True
        )
