"""One HTML page: the lineages of a view, drawn, with the sentence behind each line.

The page holds everything it needs and asks no server for anything. What articles say is hostile
until proven otherwise: it reaches the page as JSON that cannot end its script element, the page
writes it as text only, and a content security policy lets no other script run.
"""

import base64
import hashlib
import html
import json
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path

from ...ontology.claim import Claim, Statement, object_key
from ..protocols import View
from ..records import Record, claim_record, document_record, entity_record, statement_record
from .writing import whole_file

__all__ = ["HtmlExporter"]

_SCRIPTS = ("1-texts", "2-model", "3-layout", "4-draw", "5-panel", "6-main")
# These could end the element that holds the JSON, or a line in old readers of it.
_UNSAFE = re.compile("[<>&\u2028\u2029]")
_REPEATED = ("subject", "predicate", "object")


class HtmlExporter:
    """Writes a page that shows models, what they come from, and the sentences that say so."""

    @property
    def format(self) -> str:
        """The format's name."""
        return "html"

    @property
    def suffixes(self) -> Sequence[str]:
        """The suffixes that ask for it."""
        return (".html", ".htm")

    def write(self, view: View, target: Path) -> None:
        """Write the page; the view is held in memory, all but the texts of its documents."""
        viewer = files(__package__) / "viewer"
        style = (viewer / "style.css").read_text(encoding="utf-8")
        parts = [(viewer / f"{name}.js").read_text(encoding="utf-8") for name in _SCRIPTS]
        script = '"use strict";\n(() => {\n' + "\n".join(parts) + "})();\n"
        policy = (
            f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}; "
            "base-uri 'none'; form-action 'none'"
        )
        page = _fill(
            (viewer / "page.html").read_text(encoding="utf-8"),
            {
                "policy": html.escape(policy),
                "style": style,
                "data": _json(_graph(view)),
                "script": script,
            },
        )
        with whole_file(target) as file:
            file.write(page)


def _graph(view: View) -> Record:
    evidence: defaultdict[tuple[str, str, str], list[Claim]] = defaultdict(list)
    for claim in view.claims():
        evidence[_key(claim)].append(claim)
    return {
        "entities": [entity_record(entity) for entity in view.entities()],
        "statements": [
            statement_record(statement)
            | {"evidence": [_proof(claim) for claim in _best_first(evidence[_key(statement)])]}
            for statement in view.statements()
        ],
        "documents": [document_record(document, text=False) for document in view.documents()],
    }


def _key(said: Claim | Statement) -> tuple[str, str, str]:
    return said.subject, said.predicate, object_key(said.object)


def _best_first(claims: list[Claim]) -> list[Claim]:
    return sorted(claims, key=lambda claim: (claim.kind.place, -claim.confidence))


def _proof(claim: Claim) -> Record:
    return {key: value for key, value in claim_record(claim).items() if key not in _REPEATED}


def _json(data: Record) -> str:
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return _UNSAFE.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _fill(template: str, values: Mapping[str, str]) -> str:
    """Put each value in the place that carries its name; values are not looked into."""
    return re.sub(r"\{\{(\w+)\}\}", lambda place: values[place.group(1)], template)
