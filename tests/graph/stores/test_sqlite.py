"""The SQLite store keeps the contract of stores."""

from pathlib import Path

from graph_store_contract import GraphStoreContract

from modelkin.graph.stores.sqlite import SqliteStore


class TestSqliteStore(GraphStoreContract):
    def open(self, folder: Path) -> SqliteStore:
        return SqliteStore.open(folder / "store.db")
