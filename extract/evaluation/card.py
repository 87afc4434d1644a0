"""The card of trained models: what they were trained on, with what, and how well they read."""

import hashlib
import json
import platform
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from ... import __version__
from .gold import GoldDocument

__all__ = ["FORMAT", "card_text", "data_digest", "model_card"]

FORMAT = "modelkin-models"
"""What a card says of its folder."""

_LIBRARIES = ("lightgbm", "numpy", "python-crfsuite", "scikit-learn", "scipy", "spacy")
_SCORES = ("entities", "relations", "attributes")


def data_digest(documents: Iterable[GoldDocument]) -> str:
    """Give a hash of documents: of their ids, texts and annotations, in the order of their ids.

    Returns
    -------
    str
        64 hexadecimal digits; where the documents lie makes no difference.
    """
    digest = hashlib.sha256()
    for document in sorted(documents, key=lambda document: document.id):
        said = [
            document.id,
            document.lang,
            document.kind,
            document.text,
            [[e.id, e.type, e.name, e.names] for e in document.entities],
            [
                [r.subject, r.predicate, r.object, r.qualifiers, r.evidence]
                for r in document.relations
            ],
            [[a.subject, a.attribute, a.value, a.evidence] for a in document.attributes],
        ]
        digest.update(json.dumps(said, ensure_ascii=False).encode() + b"\n")
    return digest.hexdigest()


def model_card(
    documents: Sequence[GoldDocument],
    *,
    seed: int,
    config: Mapping[str, Any],
    files: Mapping[str, bytes],
    scores: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Describe models.

    Parameters
    ----------
    documents : sequence of GoldDocument
        What they were trained on.
    seed : int
    config : mapping
        The settings of the training.
    files : mapping of str to bytes
        The files that the training wrote, by name.
    scores : mapping, optional
        Of a cross-validation over the same documents.

    Returns
    -------
    dict
        The same for the same documents, settings and libraries.
    """
    return {
        "format": FORMAT,
        "modelkin": __version__,
        "data": {
            "sha256": data_digest(documents),
            "documents": len(documents),
            "characters": sum(len(document.text) for document in documents),
            "by_language": _counted(document.lang for document in documents),
            "by_kind": _counted(document.kind for document in documents),
            "entities": sum(len(document.entities) for document in documents),
            "relations": sum(len(document.relations) for document in documents),
            "attributes": sum(len(document.attributes) for document in documents),
        },
        "seed": seed,
        "config": dict(config),
        "libraries": {"python": platform.python_version()} | _versions(),
        "files": {
            name: {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
            for name, content in sorted(files.items())
        },
        "scores": None if scores is None else dict(scores),
    }


def _counted(keys: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(keys).items()))


def _versions() -> dict[str, str]:
    found: dict[str, str] = {}
    for name in _LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def card_text(card: Mapping[str, Any]) -> str:
    """Give a card as Markdown, for people."""
    data = card["data"]
    lines = [
        "# Models of modelkin's extractor",
        "",
        f"Trained by modelkin {card['modelkin']} on {data['documents']} annotated documents "
        f"({_list(data['by_language'])}; {_list(data['by_kind'])}), "
        f"{data['characters']} characters with {data['entities']} entities, "
        f"{data['relations']} relations and {data['attributes']} attributes.",
        "",
        f"- Data: sha256 `{data['sha256']}`",
        f"- Seed: {card['seed']}",
        f"- Libraries: {_list(card['libraries'])}",
        *(f"- {key}: {json.dumps(value)}" for key, value in sorted(card["config"].items())),
        "",
        "| file | bytes | sha256 |",
        "|---|---|---|",
        *(
            f"| {name} | {file['bytes']} | `{file['sha256'][:16]}…` |"
            for name, file in card["files"].items()
        ),
        "",
        *_score_lines(card["scores"]),
    ]
    return "\n".join(lines) + "\n"


def _list(counts: Mapping[str, object]) -> str:
    return ", ".join(f"{key} {value}" for key, value in counts.items())


def _score_lines(scores: Mapping[str, Any] | None) -> list[str]:
    if scores is None:
        return ["No scores were asked for (`modelkin train --cross-validate`)."]
    lines = [
        f"Scores of a cross-validation in {scores['folds']} parts: each document is read by "
        "models trained without its part.",
        "",
        "| documents | part | precision | recall | F1 |",
        "|---|---|---|---|---|",
    ]
    sets = {"all": scores["micro"]} | scores["by_language"] | scores["by_group"]
    for name, figures in sets.items():
        for part in _SCORES:
            row = figures[part]
            lines.append(f"| {name} | {part} | {row['p']:.3f} | {row['r']:.3f} | {row['f1']:.3f} |")
    return lines
