"""The SQLite store keeps the contract of stores, and its search tables in step."""

import tempfile
from pathlib import Path
from random import Random

from graph_store_contract import GraphStoreContract
from hypothesis import given
from hypothesis import strategies as st
from opened_store import few
from sample_extractions import lots

from modelkin.graph.exporters.jsonl import JsonLinesExporter
from modelkin.graph.stores.sqlite import SqliteStore
from modelkin.ontology.claim import Extraction


class TestSqliteStore(GraphStoreContract):
    def open(self, folder: Path, *, candidates: bool = False) -> SqliteStore:
        return SqliteStore.open(folder / "store.db", candidates=candidates)


@few
@given(extractions=lots(), data=st.data())
def test_search_tables_hold_what_is_there_and_no_more(
    extractions: list[Extraction], data: st.DataObject
) -> None:
    with tempfile.TemporaryDirectory() as folder, SqliteStore.open(Path(folder, "x.db")) as store:
        for extraction in extractions:
            store.merge(extraction)
        store.remove(data.draw(st.sampled_from(extractions)).document.id)
        store.merge(data.draw(st.sampled_from(extractions)))
        for table in ("quote_search", "spelling_search"):
            store._connection.run(
                f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)"
            )


@few
@given(extractions=lots(), random=st.randoms())
def test_exports_are_the_same_bytes_whatever_the_order(
    extractions: list[Extraction], random: Random
) -> None:
    shuffled = random.sample(extractions, len(extractions))
    with tempfile.TemporaryDirectory() as folder:
        exports = []
        for number, order in enumerate((extractions, shuffled)):
            target = Path(folder, f"{number}.jsonl")
            with SqliteStore.open(Path(folder, f"{number}.db")) as store:
                for extraction in order:
                    store.merge(extraction)
                JsonLinesExporter().write(store, target)
            exports.append(target.read_bytes())
        assert exports[0] == exports[1]
