"""Decisions as a text file that is fit for version control: one a line, in one order."""

import json
import re
from collections.abc import Callable, Iterable
from datetime import datetime

from ..ontology.decision import Decision, DecisionKind
from ..ontology.errors import InvariantError
from ..ontology.identifiers import entity_type
from ..ontology.terms import Attribute, Datatype, Predicate
from .errors import DecisionError

__all__ = ["LARGEST", "decode", "in_order", "read", "write"]

LARGEST = 50_000_000
"""Bytes; nobody decides so much."""

_FORMAT = "decisions"
_VERSION = 1
_FIELDS = ("id", "kind", "arguments", "author", "time", "reason")
_DEEPEST = 100
"""How often an undoing may be undone again: more than anybody means."""

_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_ID = re.compile(r"[0-9a-f]{16}")
_DATATYPES = tuple(datatype.value for datatype in Datatype)


def write(decisions: Iterable[Decision]) -> str:
    r"""Give decisions as text: a first line that names the format, then one decision a line.

    The same decisions give the same text, whatever order they come in.

    Parameters
    ----------
    decisions : iterable of Decision

    Returns
    -------
    str
        Lines of JSON, each with the same keys in the same order.

    Examples
    --------
    >>> decision = Decision.of(DecisionKind.RENAME, author="ann", time="2026-11-24T17:05:00Z",
    ...                        entity="model/qwen", name="通义千问")
    >>> header, line = write([decision]).splitlines()
    >>> header
    '{"modelkin": "decisions", "version": 1}'
    >>> list(json.loads(line))
    ['id', 'kind', 'arguments', 'author', 'time', 'reason']
    >>> read(write([decision])) == [decision]
    True
    """
    known = {decision.id: decision for decision in decisions}
    records: list[dict[str, object]] = [{"modelkin": _FORMAT, "version": _VERSION}]
    records += [
        {
            "id": decision.id,
            "kind": decision.kind.value,
            "arguments": dict(decision.arguments),
            "author": decision.author,
            "time": decision.time,
            "reason": decision.reason,
        }
        for decision in sorted(known.values(), key=_place)
    ]
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def decode(data: bytes) -> str:
    r"""Give the text of a file of decisions.

    Raises
    ------
    DecisionError
        When it is too large or not UTF-8.

    Examples
    --------
    >>> decode("\ufeff百川".encode())
    '百川'
    """
    if len(data) > LARGEST:
        raise DecisionError(
            f"the file of decisions is larger than {LARGEST // 1_000_000} MB",
            hint="give a file that was written by: modelkin decisions export",
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _wrong(line, "the text is not UTF-8") from error


def read(text: str) -> list[Decision]:
    """Read decisions from a text that `write` gave, by time and id.

    The lines may stand in any order and more than once, as when two files were joined; line ends
    of Windows, a byte order mark and empty lines do no harm.

    Parameters
    ----------
    text : str

    Returns
    -------
    list of Decision

    Raises
    ------
    DecisionError
        Naming the line: another version, no JSON, fields that are missing, unknown or malformed,
        an id that is not the hash of the content.

    Examples
    --------
    >>> try:
    ...     read('{"modelkin": "decisions", "version": 2}')
    ... except DecisionError as error:
    ...     print(error.message)
    the decisions are of version 2 of their format; this modelkin reads version 1
    """
    numbered = enumerate(text.removeprefix("\ufeff").split("\n"), 1)
    lines = ((number, line.strip(" \t\r")) for number, line in numbered)
    filled = [(number, line) for number, line in lines if line]
    if not filled:
        raise DecisionError(
            "the file of decisions is empty",
            hint="a file without decisions has one line, which names the format",
        )
    _check_header(*filled[0])
    found: dict[str, Decision] = {}
    for number, line in filled[1:]:
        decision = _decision(number, _object(number, line))
        found[decision.id] = decision
    return sorted(found.values(), key=_place)


def in_order(decisions: Iterable[Decision]) -> list[Decision]:
    """Give decisions by time and id, save that an undoing comes after what it takes back.

    Two that are of one second may else stand the wrong way round.

    Raises
    ------
    DecisionError
        When undoings are undone so often that nobody can mean it.

    Examples
    --------
    >>> when = "2026-11-24T17:05:00Z"
    >>> one = Decision.of(DecisionKind.RENAME, author="ann", time=when, entity="model/a", name="A")
    >>> undo = Decision.of(DecisionKind.UNDO, author="ann", time=when, decision=one.id)
    >>> in_order([undo, one]) == [one, undo]
    True
    """
    known = {decision.id: decision for decision in sorted(decisions, key=_place)}
    placed: dict[str, int] = {}
    for decision in known.values():
        # An id is the hash of what it takes back among others: the way cannot go round.
        way = [decision]
        while way[-1].kind is DecisionKind.UNDO and way[-1]["decision"] in known:
            way.append(known[way[-1]["decision"]])
            if len(way) > _DEEPEST:
                raise DecisionError(
                    f"undoings are undone more than {_DEEPEST} times, up to {decision.id}",
                    hint="leave out those that cancel each other",
                )
        for earlier in reversed(way):
            placed.setdefault(earlier.id, len(placed))
    return [known[id] for id in placed]


def _place(decision: Decision) -> tuple[str, str]:
    return decision.time, decision.id


def _wrong(line: int, reason: str, hint: str = "") -> DecisionError:
    return DecisionError(
        f"line {line}: {reason}",
        hint=hint or "write the file anew with: modelkin decisions export",
    )


def _object(line: int, text: str) -> dict[str, object]:
    try:
        value = json.loads(text)
    # Of a number of many digits, and of brackets in brackets, JSON says other things.
    except (ValueError, RecursionError) as error:
        raise _wrong(line, "this is no JSON") from error
    if not isinstance(value, dict):
        raise _wrong(line, "this is no JSON object")
    return value


def _check_header(line: int, text: str) -> None:
    header = _object(line, text)
    if header.get("modelkin") != _FORMAT:
        raise _wrong(line, f'the file does not begin with {{"modelkin": "{_FORMAT}", …}}')
    version = header.get("version")
    if version != _VERSION or isinstance(version, bool):
        raise DecisionError(
            f"the decisions are of version {_shown(version)} of their format; "
            f"this modelkin reads version {_VERSION}",
            hint="update modelkin",
        )


def _decision(line: int, record: dict[str, object]) -> Decision:
    """Make a decision of one line, and see that it is the one that was written."""
    missing = [field for field in _FIELDS if field not in record]
    unknown = sorted(record.keys() - set(_FIELDS))
    if missing or unknown:
        told = [f"no {', '.join(missing)}"] * bool(missing)
        told += [f"an unknown {', '.join(map(_shown, unknown))}"] * bool(unknown)
        raise _wrong(line, f"the decision has {' and '.join(told)}")
    texts: dict[str, str] = {}
    for field in ("id", "kind", "author", "time", "reason"):
        value = record[field]
        if not isinstance(value, str):
            raise _wrong(line, f"{field} is no text: {_shown(value)}")
        texts[field] = value
    if texts["kind"] not in list(DecisionKind):
        raise _wrong(
            line,
            f"unknown kind {_shown(texts['kind'])}",
            hint=f"this modelkin knows {', '.join(DecisionKind)}; update modelkin",
        )
    if not _is_time(texts["time"]):
        raise _wrong(line, f"{_shown(texts['time'])} is no time like 2026-11-24T17:05:00Z")
    arguments = _arguments(line, record["arguments"])
    try:
        decision = Decision.of(
            DecisionKind(texts["kind"]),
            author=texts["author"],
            time=texts["time"],
            reason=texts["reason"],
            **arguments,
        )
    except InvariantError as error:
        raise _wrong(line, error.message) from error
    if decision.id != texts["id"]:
        raise _wrong(
            line,
            f"the decision was changed: its id is {_shown(texts['id'])} and should be "
            f"{decision.id}",
            hint="decide it anew; what was decided is never changed",
        )
    return decision


def _arguments(line: int, given: object) -> dict[str, str | list[str]]:
    if not isinstance(given, dict):
        raise _wrong(line, f"arguments are no JSON object: {_shown(given)}")
    arguments: dict[str, str | list[str]] = {}
    for key, value in given.items():
        if key not in _CHECKS:
            raise _wrong(line, f"unknown argument {_shown(key)}")
        several = key in _SEVERAL and isinstance(value, list)
        items = value if several else [value]
        for item in items:
            if not isinstance(item, str) or not _CHECKS[key](item):
                raise _wrong(line, f"{key} cannot be {_shown(item)}")
        arguments[key] = value
    return arguments


def _is_entity(text: str) -> bool:
    try:
        entity_type(text)
    except InvariantError:
        return False
    return True


def _is_predicate(text: str) -> bool:
    return text in list(Predicate) or text in list(Attribute)


def _is_object(text: str) -> bool:
    lexical, sign, datatype = text.rpartition("^^")
    return _is_entity(text) or bool(sign and lexical[:1] == '"' and datatype in _DATATYPES)


def _is_time(text: str) -> bool:
    if not _TIME.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _shown(value: object) -> str:
    """Give a value as a message can show it, however long it is."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:59]}…"


_SEVERAL = ("names", "documents")
_CHECKS: dict[str, Callable[[str], bool]] = {
    **dict.fromkeys(("entity", "into", "other", "new", "subject"), _is_entity),
    **dict.fromkeys(("name", "names", "documents"), lambda text: bool(text.strip())),
    "predicate": _is_predicate,
    "object": _is_object,
    "decision": lambda text: bool(_ID.fullmatch(text)),
}
