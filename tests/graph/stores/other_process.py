"""Other processes for the tests of concurrency: scripts that work on a store and talk by lines."""

import contextlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

__all__ = ["HOLD", "MERGE", "process", "work"]

_START = """
import sys
sys.path[:0] = {folders!r}
from other_process import work
from modelkin.graph.stores.sqlite import SqliteStore
store = SqliteStore.open({path!r}, timeout=20)
print("ready", flush=True)
sys.stdin.readline()
"""

MERGE = """
for number in range({first}, {last}):
    store.merge(work(number))
    print(number, flush=True)
store.close()
"""
"""Merge a range of documents, and say each number."""

HOLD = """
with store.transaction():
    store.merge(work(999))
    print("holding", flush=True)
    sys.stdin.readline()
print("done", flush=True)
store.close()
"""
"""Hold the store in the middle of a write until told to go on."""


def work(number: int, claims: int = 30):  # type: ignore[no-untyped-def]
    """Make the extraction of a document with so many claims, some of them shared with others."""
    from sample_extractions import article

    from modelkin.ontology.claim import Entity, Value
    from modelkin.ontology.terms import EntityType

    models = [Entity.of(f"model/{n}", EntityType.MODEL, f"模型 {n}") for n in range(claims + 1)]
    sentences = {
        f"第{number}篇说模型 {n} 来自模型 {n + 1}。": [
            (models[n].id, "derivedFrom", models[n + 1].id, {"method": "merge"}),
            (models[n].id, "parameters", Value(f"{number}B"), {}),
        ]
        for n in range(claims)
    }
    return article(sentences, models, title=str(number), confidence=0.5)


@contextlib.contextmanager
def process(script: str, path: Path, **values: int) -> Iterator[subprocess.Popen[str]]:
    """Run a script on a store in another process; it is ready when the block begins."""
    folders = [str(Path(__file__).parent), str(Path(__file__).parents[2] / "contracts")]
    code = _START.format(folders=folders, path=str(path)) + script.format(**values)
    child = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert child.stdin is not None
    assert child.stdout is not None
    try:
        assert child.stdout.readline() == "ready\n"
        child.stdin.write("go\n")
        child.stdin.flush()
        yield child
    finally:
        child.kill()
        child.stdin.close()
        child.stdout.close()
        child.wait()
