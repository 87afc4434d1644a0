"""The figures of an evaluation as tables."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import click

from .output import emit

if TYPE_CHECKING:
    from ..extract.evaluation.scoring import Mistake

__all__ = ["PARTS", "write_figures", "write_mistakes"]

PARTS = ("entities", "relations", "attributes")
"""What floors are set for."""

_SETS = ("by_language", "by_kind", "by_group")
_NAMES = {"by_type": "entity", "by_predicate": "relation", "by_attribute": "attribute"}
_COLUMNS = ("precision", "recall", "F1", "right", "false", "missed")


def write_figures(figures: Mapping[str, Any]) -> None:
    """Write what `modelkin.extract.evaluation.report.report` gives, table after table."""
    micro = figures["micro"]
    rows = [("all", part, *_cells(row)) for part, row in micro.items() if _counted(row)]
    rows += [
        (name, part, *_cells(some[part]))
        for table in _SETS
        for name, some in figures[table].items()
        for part in PARTS
    ]
    _table(f"{figures['documents']} documents", ("documents", "part", *_COLUMNS), rows)
    means = [
        (part, *(f"{row[key]:.3f}" for key in ("p", "r", "f1")), row["documents"])
        for part, row in figures["macro"].items()
    ]
    _table("Means of documents", ("part", *_COLUMNS[:3], "documents"), means)
    _table(
        "Apart",
        ("part", "name", *_COLUMNS),
        (
            (part, name, *_cells(row))
            for table, part in _NAMES.items()
            for name, row in micro[table].items()
        ),
    )
    phenomena = figures["by_phenomenon"].items()
    rows = [(name, *_cells(row)) for name, row in phenomena]
    _table("Relations by phenomenon", ("phenomenon", *_COLUMNS), rows)
    accuracy = micro["comparableTo_qualifier_accuracy"]
    if accuracy is not None:
        click.echo(f"Comparisons found that say who is better as annotated: {accuracy:.3f}")
    _write_trust(figures)


def _write_trust(figures: Mapping[str, Any]) -> None:
    facts = figures["facts"]["all"]
    every = facts["right"] + facts["false"]
    click.echo(f"Facts right: {facts['right']} of {every}, precision {facts['precision']:.3f}")
    facts_alone = [(part, *_cells(row)) for part, row in figures["facts_only"].items()]
    _table("Facts alone", ("part", *_COLUMNS), facts_alone)
    bins = [
        (
            name.replace("_", " "),
            f"{bin['low']:.1f}-{bin['high']:.1f}",
            bin["claims"],
            f"{bin['confidence']:.3f}",
            f"{bin['right']:.3f}",
        )
        for name, table in figures["calibration"].items()
        for bin in table["bins"]
    ]
    _table("Calibration", ("of", "range", "claims", "mean confidence", "share right"), bins)
    if "novelty" in figures:
        rows = [
            (name.replace("_", " "), f"{r['recall']:.3f}", r["found"], r["annotated"])
            for name, r in figures["novelty"].items()
        ]
        _table("Against the training documents", ("what", "recall", "found", "annotated"), rows)


def write_mistakes(mistakes: "Mapping[str, Iterable[Mistake]]") -> None:
    """Write what was missed and what is false, document by document."""
    rows = [(id, m.part, m.kind, m.what) for id, some in mistakes.items() for m in some]
    _table("Errors", ("document", "part", "kind", "what"), rows)


def _counted(row: object) -> bool:
    return isinstance(row, Mapping) and "tp" in row


def _cells(row: Mapping[str, Any]) -> tuple[object, ...]:
    shares = (f"{row[key]:.3f}" for key in ("p", "r", "f1"))
    return (*shares, row["tp"], row["fp"], row["fn"])


def _table(title: str, columns: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> None:
    click.echo(f"\n{title}")
    emit(columns, rows, "table")
