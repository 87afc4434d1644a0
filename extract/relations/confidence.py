"""How often each rule is right, as measured on annotated text."""

import json
from functools import cache
from pathlib import Path

__all__ = ["LEAST", "confidence"]

LEAST = 0.5
"""Rules that are right less often state nothing."""

_UNMEASURED = 0.6
_TABLE = Path(__file__).parent.parent / "data" / "confidence.json"


@cache
def _table() -> dict[str, float]:
    if not _TABLE.exists():
        return {}
    measured: dict[str, float] = json.loads(_TABLE.read_text(encoding="utf-8"))
    return measured


def confidence(rule: str) -> float:
    """Give a rule's measured precision."""
    return _table().get(rule, _UNMEASURED)
