"""Stores to copy, and all that is to be seen of them."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from graph_store_remade import everything
from sample_extractions import article, named

from modelkin.graph.exporters.jsonl import JsonLinesExporter
from modelkin.graph.protocols import GraphStore
from modelkin.graph.stores.sqlite import SqliteStore
from modelkin.ontology.decision import Decision, DecisionKind

__all__ = ["NEW", "OLD", "RECORD", "URL", "decided", "exported", "opened", "state"]

URL = "https://example.org/a"
OLD = named("苍鹭", text="苍鹭在此。", url=URL, retrieved="2024-01-01", lang="zh")
NEW = named("Egret", text="Egret now.", url=URL, retrieved="2024-02-01")
RECORD = article({"千问 is curated.": []}, [], curated=True)


def decided(kind: DecisionKind, second: int = 0, **arguments: str) -> Decision:
    """Decide something on New Year's Day."""
    return Decision.of(kind, author="ann", time=f"2026-01-01T00:00:{second:02}Z", **arguments)


def exported(store: GraphStore) -> bytes:
    """Give the bytes of a store's export."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder, "graph.jsonl")
        JsonLinesExporter().write(store, target)
        return target.read_bytes()


def state(store: GraphStore) -> tuple[bytes, dict[str, object]]:
    """Give all that is to be seen of a store."""
    return exported(store), everything(store)


@contextmanager
def opened(number: int) -> Iterator[list[SqliteStore]]:
    """Open as many new stores as are asked for."""
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        yield [
            stack.enter_context(SqliteStore.open(Path(folder, f"{n}.db"))) for n in range(number)
        ]
