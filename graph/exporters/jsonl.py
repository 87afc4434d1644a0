"""Lines of JSON: everything a view holds, one record a line."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from ..protocols import View
from ..records import Record, claim_record, document_record, entity_record, statement_record
from .writing import whole_file

__all__ = ["JsonLinesExporter"]

_VERSION = 1


class JsonLinesExporter:
    """Writes documents with their text, entities, claims and statements.

    The key ``record`` tells them apart; the first line says which version of the format it is.
    Statements are what the claims add up to: a reader that builds a graph needs the claims alone.
    """

    @property
    def format(self) -> str:
        """The format's name."""
        return "jsonl"

    @property
    def suffixes(self) -> Sequence[str]:
        """The suffixes that ask for it."""
        return (".jsonl", ".ndjson")

    def write(self, view: View, target: Path) -> None:
        """Write the view, record by record: nothing is held in memory."""
        with whole_file(target) as file:
            for record in _records(view):
                file.write(json.dumps(record, ensure_ascii=False, allow_nan=False) + "\n")


def _records(view: View) -> Iterator[Record]:
    yield {"record": "header", "format": "modelkin", "version": _VERSION}
    for document in view.documents():
        yield {"record": "document"} | document_record(document)
    for entity in view.entities():
        yield {"record": "entity"} | entity_record(entity)
    for claim in view.claims():
        yield {"record": "claim"} | claim_record(claim)
    for statement in view.statements():
        yield {"record": "statement"} | statement_record(statement)
