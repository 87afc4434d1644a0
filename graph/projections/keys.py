"""Lets a query ask by the keys that the embedded engine keeps properties by."""

from collections.abc import Mapping, Sequence

from .kept_keys import KEPT
from .tokens import Kind, Token, closing

__all__ = ["ask_by_kept_keys", "fresh", "look_up_by_kept_keys"]

# Words after which a bracket is a list and not a look-up.
_BEFORE_LISTS = (
    *("AND", "BY", "CASE", "CONTAINS", "DISTINCT", "ELSE", "IN", "LIMIT", "NOT", "OR", "RETURN"),
    *("SKIP", "THEN", "UNWIND", "WHEN", "WHERE", "WITH", "XOR", "AS"),
)


def ask_by_kept_keys(
    words: Sequence[Token], texts: list[list[str | None]], places: Sequence[int]
) -> None:
    """Write ``n.title``, ``{title: …}`` and ``n['title']`` by the key that is kept.

    Parameters
    ----------
    words : sequence of Token
        Without blanks.
    texts : list of list
        What each token is written as; changed.
    places : sequence of int
        Where each word stands among `texts`.
    """
    maps: list[bool] = []
    for position, word in enumerate(words):
        before = words[position - 1] if position else None
        after = words[position + 1] if position + 1 < len(words) else None
        if word.is_sign("(", "[", "{"):
            maps.append(word.is_sign("{"))
        elif word.is_sign(")", "]", "}"):
            maps.pop()
        if before is None or (after is None and not before.is_sign(".")):
            continue
        name = word.value if word.kind in (Kind.QUOTED, Kind.STRING) else word.text
        if name not in KEPT:
            continue
        in_map = bool(maps) and maps[-1] and before.is_sign("{", ",")
        if word.kind is Kind.STRING:
            if (
                before.is_sign("[")
                and after
                and after.is_sign("]")
                and _looks_up(words, position - 1)
            ):
                texts[places[position]] = [f"'{KEPT[name]}'"]
        elif word.is_name and (before.is_sign(".") or (in_map and after and after.is_sign(":"))):
            texts[places[position]] = [KEPT[name]]
        elif word.is_name and in_map and after and after.is_sign(",", "}"):
            # n {title} takes the key from the variable.
            texts[places[position]] = [f"{KEPT[name]}: ", *texts[places[position]]]


def look_up_by_kept_keys(
    words: Sequence[Token], texts: list[list[str | None]], places: Sequence[int]
) -> None:
    """Let ``n[key]`` and ``keys(n)`` know the kept keys; as `ask_by_kept_keys`."""
    name = fresh("key_", words)
    for position, word in enumerate(words):
        if word.is_sign("[") and _looks_up(words, position):
            end = closing(words, position)
            if _is_computed(words[position + 1 : end]):
                texts[places[position]].append(f"head([{name} IN [")
                texts[places[end]].insert(0, f"] | {_other(name, KEPT)}])")
        elif word.is_name and word.value.lower() == "keys" and words[position + 1 : position + 2]:
            dotted = position and words[position - 1].is_sign(".", ":")
            if words[position + 1].is_sign("(") and not dotted:
                end = closing(words, position + 1)
                texts[places[position]].insert(0, f"([{name} IN ")
                shown = {kept: key for key, kept in KEPT.items()}
                texts[places[end]].append(f" | {_other(name, shown)}])")


def fresh(name: str, words: Sequence[Token]) -> str:
    """Give a name that a query does not use."""
    taken = {part for word in words if word.is_name for part in (word.text, word.value)}
    while name in taken or name.upper() in taken:
        name += "_"
    return name


def _other(name: str, others: Mapping[str, str]) -> str:
    cases = " ".join(f"WHEN '{key}' THEN '{other}'" for key, other in others.items())
    return f"CASE {name} {cases} ELSE {name} END"


def _looks_up(words: Sequence[Token], opening: int) -> bool:
    """Tell whether a bracket takes something out of what stands before it."""
    before = words[opening - 1] if opening else None
    if before is None or before.is_word(*_BEFORE_LISTS):
        return False
    return before.is_name or before.is_sign(")", "]", "}") or before.kind is Kind.PARAMETER


def _is_computed(inside: Sequence[Token]) -> bool:
    """Tell whether what a bracket holds is no plain number, no range and no plain text."""
    if not inside or (inside[-1].kind is Kind.NUMBER and len(inside) <= 2):
        return False
    if len(inside) == 1 and inside[0].kind is Kind.STRING:
        return False
    depth = 0
    for word in inside:
        depth += word.is_sign("(", "[", "{") - word.is_sign(")", "]", "}")
        if depth == 0 and word.is_sign(".."):
            return False
    return True
