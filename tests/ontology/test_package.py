"""The package's own list of folders and data files says what lies there."""

import tomllib
from pathlib import Path

import modelkin

ROOT = Path(modelkin.__file__).parent
SETUPTOOLS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]
FLOORS = ("cli", "extract", "graph", "ontology", "seeds")


def folder_of(package: str) -> Path:
    return ROOT.joinpath(*package.split(".")[1:])


def test_every_package_folder_is_listed() -> None:
    found = {"modelkin"}
    for floor in FLOORS:
        for init in (ROOT / floor).rglob("__init__.py"):
            found.add(".".join(["modelkin", *init.parent.relative_to(ROOT).parts]))
    assert set(SETUPTOOLS["packages"]) == found


def test_every_folder_with_code_is_a_package() -> None:
    for floor in FLOORS:
        for module in (ROOT / floor).rglob("*.py"):
            assert (module.parent / "__init__.py").exists(), module


def test_data_patterns_match_files() -> None:
    for package, patterns in SETUPTOOLS["package-data"].items():
        for pattern in patterns:
            assert list(folder_of(package).glob(pattern)), f"{package}: {pattern}"


def test_every_data_file_is_in_the_wheel() -> None:
    kept = {
        path
        for package, patterns in SETUPTOOLS["package-data"].items()
        for pattern in patterns
        for path in folder_of(package).glob(pattern)
    }
    for floor in FLOORS:
        for path in (ROOT / floor).rglob("*"):
            if path.is_file() and path.suffix not in (".py", ".pyc"):
                assert path in kept, path
