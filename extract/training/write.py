"""Writes annotated documents into a folder, each as a text with its annotations beside it."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ..evaluation.gold import GoldDocument

__all__ = ["record", "write_documents"]

SOURCE = "made from frames"


def record(document: GoldDocument) -> dict[str, Any]:
    """Give the annotations of a document as one JSON object.

    Examples
    --------
    >>> empty = GoldDocument("a", "en", "news", "Text.", (), (), (), Path("a.json"))
    >>> record(empty)["kind"]
    'news'
    """
    return {
        "id": document.id,
        "lang": document.lang,
        "source": SOURCE,
        "commit": "",
        "kind": document.kind,
        "entities": [
            {"id": e.id, "type": e.type, "name": e.name, "names": list(e.names)}
            for e in document.entities
        ],
        "relations": [
            {
                "subject": r.subject,
                "predicate": r.predicate,
                "object": r.object,
                "qualifiers": dict(r.qualifiers),
                "evidence": r.evidence,
            }
            for r in document.relations
        ],
        "attributes": [
            {"subject": a.subject, "attribute": a.attribute, "value": a.value,
             "evidence": a.evidence}
            for a in document.attributes
        ],
    }  # fmt: skip


def write_documents(documents: Iterable[GoldDocument], folder: Path) -> int:
    """Write pairs of ``ID.md`` and ``ID.json``; says how many.

    Parameters
    ----------
    documents : iterable of GoldDocument
    folder : Path
        Made when there is none.
    """
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    for document in documents:
        folder.joinpath(f"{document.id}.md").write_text(document.text, encoding="utf-8")
        text = json.dumps(record(document), ensure_ascii=False, indent=1)
        folder.joinpath(f"{document.id}.json").write_text(text + "\n", encoding="utf-8")
        count += 1
    return count
