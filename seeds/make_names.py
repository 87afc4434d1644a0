"""Make ``names.csv`` from a collected list of names: ``python -m modelkin.seeds.make_names FILE``.

The list has the columns of ``names.csv`` (see `modelkin.seeds.names`). A name that is curated
takes the curated entity's name as its canonical form; a name that ``not_aliases.csv`` denies to
an entity stands for itself, and is left out where it is no name at all; names that are curated
and not in the list join it. What happened to how many rows is reported.
"""

import csv
import io
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..ontology.identifiers import name_key
from ..ontology.terms import EntityType
from .catalogue import entities, resolve
from .errors import SeedError
from .names import COLUMNS
from .tables import rows

__all__ = ["main", "make_names"]

_DENIAL_COLUMNS = ("type", "name", "canonical", "reason")
_NO_NAME = "not a name"
_HAN = range(0x4E00, 0xA000)
# How a collected list calls its own files; a public list is cited by its public name.
_PUBLIC_SOURCES = {
    "ecosystem_graphs.jsonl": "stanford-crfm/ecosystem-graphs@576655a",
    "epoch_base_models.csv": "Epoch AI, Data on AI Models (CC BY 4.0)",
    "hf_mistral_small_tree.csv": "hamidahoderinwale/model_metadata_analyses",
    "hub_licence_gaps.csv": "huggingface/hub-docs",
}

Row = dict[str, str]


def make_names(collected: Iterable[Row]) -> tuple[list[Row], Counter[str]]:
    """Give the rows of ``names.csv``, sorted, and how many rows met which fate.

    Parameters
    ----------
    collected : iterable of dict
        Rows with the columns of ``names.csv``.

    Returns
    -------
    rows : list of dict
        One for each name and type.
    fates : Counter
        ``kept as collected``, ``canonical form curated`` …

    Raises
    ------
    SeedError
        When a row has an unknown type or an ambiguity other than 0, 1, 2.

    Examples
    --------
    >>> fields = ("千问", "Model", "zh", "千问", "somewhere", "1")
    >>> row = dict(zip(COLUMNS, fields, strict=True))
    >>> made, fates = make_names([row])
    >>> [(made_row["canonical"], made_row["ambiguous"]) for made_row in made
    ...  if made_row["name"] == "千问"]
    [('Qwen', '1')]
    >>> fates["canonical form curated"]
    1
    """
    denied = {
        (row["type"], row["name"]): row["reason"]
        for _, row in rows("not_aliases.csv", _DENIAL_COLUMNS)
    }
    made: dict[tuple[str, str], Row] = {}
    fates: Counter[str] = Counter()
    for row in collected:
        key = (row["type"], row["name"])
        if row["ambiguous"] not in ("0", "1", "2"):
            raise SeedError(f"{row['name']!r} has the ambiguity {row['ambiguous']!r}, not 0, 1, 2")
        if key in made:
            fates["left out, there twice"] += 1
            continue
        canonical = _canonical(row, denied.get(key))
        if canonical is None:
            fates["left out, no name"] += 1
            continue
        same = canonical == row["canonical"]
        fates["kept as collected" if same else "canonical form curated"] += 1
        made[key] = {**row, "canonical": canonical, "source": _public(row["source"])}
    doubts = _doubts(made.values())
    for key, row in _curated():
        if key not in made:
            fates["added, curated"] += 1
            doubt = doubts.get(name_key(row["name"]), "0")
            made[key] = {**row, "ambiguous": max(row["ambiguous"], doubt)}
    return [made[key] for key in sorted(made, key=lambda key: (key[1], key[0]))], fates


def main(arguments: list[str]) -> int:
    """Write ``names.csv`` beside this file and report the counts to standard error."""
    if len(arguments) != 1:
        print("usage: python -m modelkin.seeds.make_names FILE.csv", file=sys.stderr)
        return 2
    with Path(arguments[0]).open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            print(f"{arguments[0]} has not the columns {', '.join(COLUMNS)}", file=sys.stderr)
            return 1
        made, fates = make_names(reader)
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(made)
    target = Path(__file__).with_name("names.csv")
    target.write_text(buffer.getvalue(), encoding="utf-8", newline="\n")
    for fate, count in sorted(fates.items()):
        print(f"{count:6} {fate}", file=sys.stderr)
    print(f"{len(made):6} names in {target.name}", file=sys.stderr)
    return 0


def _canonical(row: Row, reason: str | None) -> str | None:
    try:
        type = EntityType(row["type"])
    except ValueError as error:
        raise SeedError(f"{row['name']!r}: {error}") from error
    curated = resolve(row["name"], type)
    if curated is not None:
        return curated.name
    if reason == _NO_NAME:
        return None
    if reason is not None:
        return row["name"]
    curated = resolve(row["canonical"], type)
    return row["canonical"] if curated is None else curated.name


def _public(source: str) -> str:
    path = Path(source.partition(" ")[0])
    local = ":" not in source and path.suffix in (".csv", ".jsonl")
    return _PUBLIC_SOURCES.get(path.name, "curated") if local else source


def _doubts(made: Iterable[Row]) -> dict[str, str]:
    """Give the highest ambiguity that any spelling of a name has."""
    doubts: dict[str, str] = {}
    for row in made:
        key = name_key(row["name"])
        doubts[key] = max(row["ambiguous"], doubts.get(key, "0"))
    return doubts


def _curated() -> Iterator[tuple[tuple[str, str], Row]]:
    types: dict[str, set[str]] = {}
    for entity in entities():
        for name in entity.names:
            types.setdefault(name_key(name), set()).add(entity.type.value)
    for entity in entities():
        for name in entity.names:
            if name.startswith("LicenseRef-"):
                continue
            values = (
                name,
                entity.type.value,
                "zh" if any(ord(character) in _HAN for character in name) else "en",
                entity.name,
                "curated",
                "2" if len(types[name_key(name)]) > 1 else "0",
            )
            yield (entity.type.value, name), dict(zip(COLUMNS, values, strict=True))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
