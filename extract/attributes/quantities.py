"""Sizes of models and lengths of contexts in words and figures."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Quantity", "context_length", "find_sizes", "size_value"]

_UNITS = {
    "b": 1e9,
    "m": 1e6,
    "t": 1e12,
    "k": 1e3,
    "billion": 1e9,
    "million": 1e6,
    "trillion": 1e12,
    "bn": 1e9,
    "亿": 1e8,
    "千亿": 1e11,
    "百亿": 1e10,
    "十亿": 1e9,
    "万亿": 1e12,
    "万": 1e4,
}
_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"
_SIZE = re.compile(
    rf"(?<![A-Za-z0-9_.$¥€])(?P<more>超过?|近|约|over |about |around |~|≈|more than )?"
    rf"(?P<times>\d+\s?[x×]\s?)?(?P<number>{_NUMBER})(?P<tail>\s?-?\s?(?:至|到|to|-|–|~)\s?)?"
    rf"\s?-?(?P<unit>万亿|千亿|百亿|十亿|亿|billion|million|trillion|bn|[bmt])(?![a-z0-9])"
)
_SHARED = re.compile(
    rf"(?<![A-Za-z0-9_.|])(?P<numbers>{_NUMBER}(?:\|{_NUMBER})+)(?P<unit>[bm])(?![a-z0-9])"
)
_VAGUE = re.compile(r"(?P<over>超)?(?P<unit>千亿|百亿|十亿|万亿)(?=级|参数|规模|的?参数|大模型)")
_CONTEXT = re.compile(rf"({_NUMBER})\s?(k|m|万|million|thousand)?")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A size found in a text.

    Parameters
    ----------
    start, end : int
        Positions in the text that was searched.
    value : str
        ``7B``, ``>100B``, ``~100B``.
    """

    start: int
    end: int
    value: str


def size_value(number: float, prefix: str = "") -> str:
    """Write a count of parameters.

    Examples
    --------
    >>> size_value(7e9), size_value(1.76e12), size_value(3.5e8), size_value(1e11, "~")
    ('7B', '1760B', '350M', '~100B')
    """
    unit, letter = (1e9, "B") if number >= 1e9 else (1e6, "M")
    figure = f"{number / unit:.4f}".rstrip("0").rstrip(".")
    return f"{prefix}{figure}{letter}"


def find_sizes(text: str) -> Iterator[Quantity]:
    """Find the sizes in a lower case text, in order; whether they count parameters is open.

    Examples
    --------
    >>> [q.value for q in find_sizes("含70亿、130亿和700亿三种参数规模")]
    ['7B', '13B', '70B']
    >>> [q.value for q in find_sizes("an 8x7b mixture, 1.3 billion parameters, 千亿级参数")]
    ['8x7B', '1.3B', '~100B']
    """
    found: list[Quantity] = []
    for match in _SIZE.finditer(text):
        number = float(match["number"].replace(",", ""))
        if match["times"]:
            times = re.sub(r"\D", "", match["times"])
            value = f"{times}x{number:g}{match['unit'].upper()}"
        else:
            value = size_value(number * _UNITS[match["unit"]])
        found.append(Quantity(match.start(), match.end(), value))
    for match in _SHARED.finditer(text):
        whole = match.start(), match.end()
        found = [q for q in found if not whole[0] <= q.start < whole[1]]
        unit = _UNITS[match["unit"]]
        for part in re.finditer(_NUMBER, match["numbers"]):
            at = match.start() + part.start()
            end = match.end() if part.end() == len(match["numbers"]) else match.start() + part.end()
            found.append(Quantity(at, end, size_value(float(part.group()) * unit)))
    taken = [(q.start, q.end) for q in found]
    for match in _VAGUE.finditer(text):
        if not any(a < match.end() and match.start() < b for a, b in taken):
            prefix = ">" if match["over"] else "~"
            value = size_value(_UNITS[match["unit"]], prefix)
            found.append(Quantity(match.start(), match.end(), value))
    return iter(sorted(found, key=lambda q: q.start))


def context_length(words: str) -> str | None:
    """Give a context length in tokens.

    Examples
    --------
    >>> context_length("32k"), context_length("200k"), context_length("4,096"), context_length("1m")
    ('32768', '200000', '4096', '1000000')
    """
    match = _CONTEXT.search(words.lower())
    if not match:
        return None
    number = float(match[1].replace(",", ""))
    unit = match[2] or ""
    if unit == "k":
        number *= 1024 if number in (1, 2, 4, 8, 16, 32, 64, 128, 256, 512) else 1000
    elif unit == "thousand":
        number *= 1000
    elif unit in ("m", "million"):
        number *= 1_000_000
    elif unit == "万":
        number *= 10_000
    return str(int(number)) if 256 <= number <= 200_000_000 else None
