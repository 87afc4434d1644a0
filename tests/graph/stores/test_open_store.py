"""Opening stores by location: paths, addresses, plugins; seeds come with a new store."""

import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

from modelkin import seeds
from modelkin.graph.errors import StoreError, UnknownStoreError
from modelkin.graph.stores import open_store
from modelkin.graph.stores.sqlite import SqliteStore


class Elsewhere:
    """A plugin that keeps what ``nowhere://`` names in memory, as a file of the test."""

    folder: Path

    @staticmethod
    def accepts(location: str) -> bool:
        return location.startswith("nowhere://")

    @classmethod
    def open(cls, location: str, *, create: bool, read_only: bool, **rest: bool) -> object:
        if location == "nowhere://broken":
            return "no store"
        assert rest in ({}, {"candidates": True})
        return SqliteStore.open(cls.folder / "x.db", create=create, read_only=read_only, **rest)


@pytest.fixture
def plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Elsewhere.folder = tmp_path
    point = metadata.EntryPoint("nowhere", f"{__name__}:Elsewhere", "modelkin.stores")
    sys.modules.setdefault(__name__, sys.modules[Elsewhere.__module__])
    found = metadata.entry_points

    def entry_points(group: str) -> list[metadata.EntryPoint]:
        return [*found(group=group), point]

    monkeypatch.setattr(metadata, "entry_points", entry_points)


def test_a_new_store_holds_the_seeds(tmp_path: Path) -> None:
    with open_store(tmp_path / "new.db", create=True, read_only=False) as store:
        assert store.metadata("seeds") == seeds.version()
        (entity,) = store.find("智谱")
        assert entity.id == "organization/zhipu-ai"
    with open_store(tmp_path / "new.db") as store:
        assert store.find("智谱") == [entity]
        with pytest.raises(StoreError, match="for reading only"):
            store.set_metadata("x", "y")


def test_a_bare_store_stays_bare(tmp_path: Path) -> None:
    with open_store(tmp_path / "bare.db", create=True, read_only=False, bare=True) as store:
        assert list(store.entities()) == []
    with open_store(tmp_path / "bare.db", read_only=False) as store:
        assert list(store.entities()) == []
        assert store.sequence == 0


def test_bare_leaves_an_older_store_as_it_is(tmp_path: Path) -> None:
    open_store(tmp_path / "new.db", create=True, read_only=False).close()
    with open_store(tmp_path / "new.db", read_only=False, bare=True) as store:
        assert store.metadata("seeds") == seeds.version()
        assert store.find("智谱")


@pytest.mark.parametrize("read_only", [True, False])
def test_a_missing_store_is_made_only_when_asked(tmp_path: Path, read_only: bool) -> None:
    with pytest.raises(UnknownStoreError, match="no store at"):
        open_store(tmp_path / "x.db", read_only=read_only)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("location", ["gopher://host", "bolt2://图谱"])
def test_an_unknown_address_lists_the_known_kinds(location: str) -> None:
    with pytest.raises(UnknownStoreError) as caught:
        open_store(location)
    assert location in caught.value.message
    assert "sqlite" in caught.value.hint


@pytest.mark.usefixtures("plugin")
def test_a_plugin_opens_its_addresses(tmp_path: Path) -> None:
    with open_store("nowhere://x", create=True, read_only=False) as store:
        assert store.metadata("seeds") == seeds.version()
    assert (tmp_path / "x.db").exists()
    with pytest.raises(StoreError, match=r"nowhere .* gives no GraphStore"):
        open_store("nowhere://broken")
    with pytest.raises(UnknownStoreError, match="gopher"):
        open_store("gopher://x")


def test_opening_loads_no_engine(tmp_path: Path) -> None:
    open_store(tmp_path / "new.db", create=True, read_only=False).close()
    code = (
        "import sys\n"
        "from modelkin.graph.stores import open_store\n"
        f"with open_store({str(tmp_path / 'new.db')!r}) as store: assert store.find('llama 2')\n"
        "heavy = {'networkx', 'rdflib', 'spacy', 'kglite', 'neo4j', 'rich', 'importlib.metadata'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-S", "-c", "import site; site.main()\n" + code], check=True)
