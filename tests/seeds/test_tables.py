"""Tables are read whole or not at all, and their version follows their content."""

import subprocess
import sys

import pytest
from cpu_time import takes_at_most

from modelkin import seeds
from modelkin.seeds import SeedError, tables


def test_a_missing_table_is_an_error_with_a_next_step():
    with pytest.raises(SeedError, match=r"nothing\.csv") as caught:
        tables.read_table("nothing.csv")
    assert "install modelkin again" in caught.value.hint


def test_a_table_that_is_not_utf_8_is_an_error(monkeypatch):
    monkeypatch.setattr(tables, "read_table", lambda name: b"a,b\n\xff,1\n")
    with pytest.raises(SeedError, match="not UTF-8"):
        list(tables.rows("some.csv", ("a", "b")))


def test_other_columns_are_an_error(monkeypatch):
    monkeypatch.setattr(tables, "read_table", lambda name: b"a,c\n1,2\n")
    with pytest.raises(SeedError, match="has the columns"):
        list(tables.rows("some.csv", ("a", "b")))


@pytest.mark.parametrize("changed", tables.CURATED_TABLES)
def test_the_version_changes_with_any_curated_table(monkeypatch, changed):
    before = seeds.version()
    real = tables.read_table
    monkeypatch.setattr(
        tables, "read_table", lambda name: real(name) + (b"\n" if name == changed else b"")
    )
    assert tables.version.__wrapped__() != before


def test_the_version_changes_with_the_package(monkeypatch):
    before = seeds.version()
    monkeypatch.setattr(tables, "__version__", "999.0.0")
    assert tables.version.__wrapped__() != before


def test_the_version_stays_while_nothing_changes():
    assert tables.version.__wrapped__() == seeds.version()


def test_the_version_is_cheap():
    takes_at_most(0.01, tables.version.__wrapped__)


def test_importing_the_seeds_reads_no_table_and_loads_nothing_heavy():
    code = (
        "import sys, modelkin.seeds as s;"
        "heavy = {'spacy', 'rdflib', 'neo4j', 'kglite', 'rich', 'yaml', 'importlib.resources'};"
        "print(sorted(heavy & set(sys.modules)), s.entities.cache_info().misses)"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[] 0"
