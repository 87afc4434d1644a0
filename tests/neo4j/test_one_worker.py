"""Each group of tests runs on one worker, and two groups side by side."""

import os
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

HELPERS = Path(__file__).parents[1] / "helpers"
TESTS = """
import pytest

@pytest.mark.parametrize("number", range({count}))
def test_number(number):
    pass
"""


@pytest.mark.parametrize("others", [{"a": 40, "z": 9}, {"a": 3}, {}])
def test_groups_stay_together(others: dict[str, int], tmp_path: Path):
    counts = {"neo4j": 30, "neo4j/other": 7, "z/neo4j": 5} | others
    for folder, count in counts.items():
        (tmp_path / folder).mkdir(parents=True, exist_ok=True)
        name = f"test_{folder.replace('/', '_')}.py"
        (tmp_path / folder / name).write_text(TESTS.format(count=count), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-v", "-n", "2", "-p", "one_worker", "--rootdir", "."],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env=os.environ | {"PYTHONPATH": str(HELPERS)},
    )
    assert f"{sum(counts.values())} passed" in done.stdout, done.stdout
    workers = defaultdict(set)
    for worker, folder in re.findall(r"\[(gw\d)\].* PASSED (.*)/test_\w+\.py", done.stdout):
        workers[folder].add(worker)
    assert workers["neo4j"] == workers["z/neo4j"]
    assert len(workers["neo4j"]) == len(workers["neo4j/other"]) == 1
    assert workers["neo4j"] != workers["neo4j/other"]
