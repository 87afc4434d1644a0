"""What a language model answered, read with suspicion: any form, any size, any types."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

__all__ = [
    "MOST_ITEMS",
    "Answer",
    "MalformedAnswerError",
    "NamedThing",
    "Reject",
    "Said",
    "read_answer",
]

MOST_ITEMS = 400
"""The most entities, relations and attributes, each, that one answer may hold."""

_LONGEST_NAME = 120
_LONGEST_QUOTE = 400
_LONGEST_WORDS = 80
_THOUGHTS = re.compile(r"^\s*<think>.*?</think>", re.DOTALL)
_FENCE = "```"

Item = TypeVar("Item")
Reject = Callable[[str, object], None]
"""Called with a reason and with what is rejected."""


class MalformedAnswerError(ValueError):
    """An answer that is not the JSON object that was asked for; the message says why."""


@dataclass(frozen=True, slots=True)
class NamedThing:
    """An entity as it was answered."""

    name: str
    type: str


@dataclass(frozen=True, slots=True)
class Said:
    """A relation or an attribute as it was answered.

    Parameters
    ----------
    subject : str
        A name.
    term : str
        A predicate or an attribute, if the answer keeps to the schema.
    object : str
        A name, or the value.
    quote : str
    qualifiers : tuple of (str, str)
    attribute : bool
        Whether it was listed among the attributes.
    """

    subject: str
    term: str
    object: str
    quote: str
    qualifiers: tuple[tuple[str, str], ...]
    attribute: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """All that was answered to one question, in order."""

    entities: tuple[NamedThing, ...]
    said: tuple[Said, ...]


def read_answer(content: str, reject: Reject) -> Answer:
    r"""Read an answer.

    Parameters
    ----------
    content : str
        The words of the model: JSON, perhaps inside a code fence or behind its thoughts.
    reject : callable
        Called for each item that is left out.

    Raises
    ------
    MalformedAnswerError
        When it holds no JSON object with a list of entities.

    Examples
    --------
    >>> content = '```json\n{"entities": [{"name": "Llama 2", "type": "Model"}, 7]}\n```'
    >>> read_answer(content, lambda reason, item: print(reason, item)).entities
    an entity of the wrong form 7
    (NamedThing(name='Llama 2', type='Model'),)
    """
    found = _load(content)
    if not isinstance(found, dict):
        raise MalformedAnswerError("it is no JSON object")
    if "entities" not in found:
        raise MalformedAnswerError('it has no key "entities"')
    for key in ("entities", "relations", "attributes"):
        if not isinstance(found.get(key) or [], list):
            raise MalformedAnswerError(f'"{key}" is no list')
    return Answer(
        _all(found, "entities", "an entity", _thing, reject),
        (
            *_all(found, "relations", "a relation", _relation, reject),
            *_all(found, "attributes", "an attribute", _attribute, reject),
        ),
    )


def _load(content: str) -> Any:
    content = _THOUGHTS.sub("", content)
    start, end = content.find("{"), content.rfind("}") + 1
    if start < 0:
        raise MalformedAnswerError("it holds no JSON object")
    problem = ""
    for candidate in (content, _fenced(content), content[start:end]):
        try:
            return json.loads(candidate)
        except json.JSONDecodeError as error:
            problem = f"{error.msg} at character {error.pos}"
        except (RecursionError, ValueError):
            # Brackets a thousand deep, or a number of a million digits.
            raise MalformedAnswerError("no reader takes such JSON") from None
    raise MalformedAnswerError(problem)


def _fenced(content: str) -> str:
    """Give what stands in the first code fence, which may be left open."""
    _, _, behind = content.partition(_FENCE)
    _, _, inside = behind.partition("\n")
    return inside.partition(_FENCE)[0]


def _all(
    found: dict[str, Any],
    key: str,
    called: str,
    read: Callable[[Any], Item | None],
    reject: Reject,
) -> tuple[Item, ...]:
    given = found.get(key) or []
    if len(given) > MOST_ITEMS:
        reject(f"more than {MOST_ITEMS} {key} in one answer", f"{len(given) - MOST_ITEMS} of them")
    items: list[Item] = []
    for each in given[:MOST_ITEMS]:
        item = read(each) if isinstance(each, dict) else None
        if item is None:
            reject(f"{called} of the wrong form", each)
        else:
            items.append(item)
    return tuple(items)


def _thing(given: dict[str, Any]) -> NamedThing | None:
    name, type = _words(given, "name", _LONGEST_NAME), _words(given, "type")
    return NamedThing(name, type) if name and type else None


def _relation(given: dict[str, Any]) -> Said | None:
    return _said(given, "predicate", _words(given, "object", _LONGEST_NAME), False)


def _attribute(given: dict[str, Any]) -> Said | None:
    value = given.get("value")
    # Models write lengths and years as numbers, whatever the schema says.
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**12:
        return _said(given, "attribute", str(value), True)
    return _said(given, "attribute", _words(given, "value"), True)


def _said(given: dict[str, Any], key: str, object: str, attribute: bool) -> Said | None:
    subject = _words(given, "subject", _LONGEST_NAME)
    term, quote = _words(given, key), _words(given, "quote", _LONGEST_QUOTE)
    if not (subject and term and object and quote):
        return None
    listed = given.get("qualifiers")
    pairs = listed.items() if isinstance(listed, dict) else ()
    qualifiers = tuple(
        sorted(
            (key, value.strip())
            for key, value in pairs
            if isinstance(value, str) and value.strip() and len(value) <= _LONGEST_WORDS
        )
    )
    return Said(subject, term, object, quote, qualifiers, attribute)


def _words(given: dict[str, Any], key: str, longest: int = _LONGEST_WORDS) -> str:
    """Give the text under a key without blanks around it; empty where there is none."""
    value = given.get(key)
    if not isinstance(value, str):
        return ""
    value = value.strip()
    return value if len(value) <= longest else ""
