"""When two names, or two values of an attribute, count as the same."""

import re
import unicodedata
from collections.abc import Iterable

__all__ = ["Key", "fold_name", "fold_names", "repeats_size", "same_value", "value_key"]

Key = str | float
"""A value in the form in which it is compared."""

_UNSEEN = frozenset({"Pd", "Cf"})  # hyphens and dashes, marks that do not show
_SCALES = {
    "k": 1e3,
    "thousand": 1e3,
    "万": 1e4,
    "m": 1e6,
    "million": 1e6,
    "亿": 1e8,
    "b": 1e9,
    "billion": 1e9,
    "t": 1e12,
    "trillion": 1e12,
}
_QUANTITY = re.compile(
    r"(?:(?P<times>\d+)\s*x\s*)?"
    r"(?P<figure>\d+(?:\.\d+)?)\s*"
    r"(?P<scale>thousand|million|billion|trillion|[kmbt万亿])?"
)
_LENGTH = re.compile(r"(?P<figure>\d+(?:\.\d+)?)\s*(?P<scale>[km])?")
_SIZE_IN_NAME = re.compile(r"(?<![\d.])(?P<figure>\d+(?:\.\d+)?)\s*(?P<scale>[mbt])(?![a-z])")
_POWERS = frozenset(2.0**n for n in range(10))
_TOLERANCES = {"parameters": 0.005, "contextLength": 0.05}
_ANSWERS = {"true": "yes", "false": "no"}


def fold_name(name: str) -> str:
    """Give a name without what spellings differ in: case, width, blanks, hyphens, underscores.

    Examples
    --------
    >>> fold_name("ＱＷＥＮ-7B_Chat"), fold_name("Qwen 7B Chat"), fold_name("零一 万物")
    ('qwen7bchat', 'qwen7bchat', '零一万物')
    """
    return "".join(
        sign
        for sign in _wide(name)
        if sign != "_" and not sign.isspace() and unicodedata.category(sign) not in _UNSEEN
    )


def fold_names(names: Iterable[str]) -> frozenset[str]:
    """Give every name as `fold_name` does; one that has nothing left is left out."""
    return frozenset(map(fold_name, names)) - {""}


def value_key(attribute: str, value: str) -> Key:
    """Give a value in the form in which two of an attribute are compared.

    Examples
    --------
    >>> value_key("parameters", "70 亿"), value_key("parameters", "7B")
    (7000000000.0, 7000000000.0)
    >>> value_key("contextLength", "32K"), value_key("contextLength", "100k")
    (32768.0, 100000.0)
    >>> value_key("releaseDate", "2023.07"), value_key("openness", "Open")
    ('2023-07', 'open')
    """
    if attribute == "releaseDate":
        return re.sub("[./]", "-", unicodedata.normalize("NFKC", value).strip())
    folded = fold_name(value)
    if attribute == "commercialUse":
        return _ANSWERS.get(folded, folded)
    number = None
    if attribute == "parameters":
        number = _quantity(value)
    elif attribute == "contextLength":
        number = _length(value)
    return folded if number is None else number


def same_value(attribute: str, one: str, other: str) -> bool:
    """Tell whether two values of an attribute say the same.

    A date agrees with one that is less precise; sizes may differ by half a percent, context
    lengths by five percent.

    Examples
    --------
    >>> same_value("releaseDate", "2023-07", "2023-07-18"), same_value("openness", "open", "closed")
    (True, False)
    >>> same_value("releaseDate", "--07-18", "2023-07-18")
    True
    >>> same_value("contextLength", "128000", "128K")
    True
    """
    first, second = value_key(attribute, one), value_key(attribute, other)
    if isinstance(first, str) and isinstance(second, str):
        return _same_date(first, second) if attribute == "releaseDate" else first == second
    if isinstance(first, float) and isinstance(second, float):
        return abs(first - second) <= _TOLERANCES[attribute] * max(first, second)
    return False


def repeats_size(names: Iterable[str], value: str) -> bool:
    """Tell whether a number of parameters only repeats a size that one of the names carries.

    Examples
    --------
    >>> repeats_size(["Qwen-7B-Chat"], "7B"), repeats_size(["Qwen-7B-Chat"], "7.7B")
    (True, False)
    """
    size = _quantity(value)
    if size is None:
        return False
    return any(
        abs(float(carried["figure"]) * _SCALES[carried["scale"]] - size) <= 0.005 * size
        for name in names
        for carried in _SIZE_IN_NAME.finditer(_wide(name))
    )


def _wide(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _quantity(value: str) -> float | None:
    found = _QUANTITY.search(_wide(value).replace(",", ""))
    if found is None:
        return None
    number = float(found["figure"]) * float(found["times"] or 1)
    return number * _SCALES[found["scale"]] if found["scale"] else number


def _length(value: str) -> float | None:
    found = _LENGTH.search(_wide(value).replace(",", ""))
    if found is None:
        return None
    number = float(found["figure"])
    if found["scale"] == "m":
        return number * 1e6
    if found["scale"] == "k":
        # People say 32K for 32,768 and 200K for 200,000.
        return number * (1024 if number in _POWERS else 1000)
    return number


def _same_date(first: str, second: str) -> bool:
    """Compare two dates; one that begins with two hyphens has no year."""
    if first.startswith("--") or second.startswith("--"):
        bare = first.lstrip("-"), second.lstrip("-")
        if not all(bare):
            return False
        return (
            first == second
            or (first.startswith("--") and bare[1].endswith(f"-{bare[0]}"))
            or (second.startswith("--") and bare[0].endswith(f"-{bare[1]}"))
        )
    return first == second or first.startswith(f"{second}-") or second.startswith(f"{first}-")
