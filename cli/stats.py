"""``modelkin stats``: how much of what the store holds."""

from collections import Counter

import click

from .output import emit
from .settings import Settings, format_option, open_for_reading, store_option

__all__ = ["command"]


@click.command("stats")
@store_option
@format_option()
@click.pass_obj
def command(settings: Settings, format: str) -> None:
    """Count documents, entities, statements and claims.

    \b
    Examples:
      modelkin stats
      modelkin stats --format json
    """
    with open_for_reading(settings) as store:
        documents = Counter(document.kind.value for document in store.documents())
        entities = Counter(entity.type.value for entity in store.entities())
        statements: Counter[str] = Counter()
        extracted: Counter[str] = Counter()
        curated: Counter[str] = Counter()
        for statement in store.statements():
            statements[statement.predicate] += 1
            extracted[statement.predicate] += statement.claims - statement.curated
            curated[statement.predicate] += statement.curated
    rows: list[tuple[str, str, int, int | None, int | None]] = [
        ("documents", kind, number, None, None) for kind, number in sorted(documents.items())
    ]
    rows += [("entities", type, number, None, None) for type, number in sorted(entities.items())]
    rows += [
        ("statements", predicate, number, extracted[predicate], curated[predicate])
        for predicate, number in sorted(statements.items())
    ]
    emit(("what", "kind", "count", "extracted claims", "curated claims"), rows, format)
