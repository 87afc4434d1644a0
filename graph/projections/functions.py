"""Functions and quotients that the embedded engine works out in its own way, put otherwise.

- ``round(-1.5)`` is -1.0: halves go up, and not away from zero.
- ``stDev`` of one value, or of none, is 0.0 and not null.
- ``toString`` writes very large and very small floats as ``1.0E7``: the engine does not, so that
  such a value is an error.
- ``1 / 0.0`` has no value among those that can be shown: it is an error.
"""

from collections.abc import Iterator, Sequence

from .fences import is_name_of
from .keys import fresh
from .tokens import Kind, Token, closing

__all__ = ["work_out"]

_SYNONYMS = {
    "char_length": "size",
    "character_length": "size",
    "lower": "toLower",
    "upper": "toUpper",
}
# What the engine calls an error, with a value that the optimizer cannot know beforehand.
_ERROR = "1 / (size({value}) - size({value}))"


def work_out(words: Sequence[Token], texts: list[list[str | None]], places: Sequence[int]) -> None:
    """Write functions and quotients as the engine works them out rightly.

    Parameters
    ----------
    words : sequence of Token
        Without blanks.
    texts : list of list
        What each token is written as; changed.
    places : sequence of int
        Where each word stands among `texts`.
    """
    value = fresh("value_", words)
    for position, word in enumerate(words):
        if is_name_of(words, position) and not _is_dotted(words, position):
            _call(words, position, texts, places, value)
        elif word.is_sign("/", "%") and position + 1 < len(words):
            _divide(words, position, texts, places, value)


def _call(
    words: Sequence[Token],
    position: int,
    texts: list[list[str | None]],
    places: Sequence[int],
    value: str,
) -> None:
    name = words[position].value.lower()
    opening = position + 1
    end = closing(words, opening)
    start, last = texts[places[position]], texts[places[end]]
    if name in _SYNONYMS:
        texts[places[position]] = [_SYNONYMS[name]]
    elif name == "stdev":
        start.insert(0, "coalesce(")
        last.append(", 0.0)")
    elif name == "tostring":
        start.insert(0, f"head([{value} IN [")
        texts[places[opening]] = [" "]
        texts[places[position]] = start[:-1]
        texts[places[end]] = [
            f"] | CASE WHEN {value} = toString({value}) THEN {value} "
            f"WHEN toString({value}) CONTAINS '.' AND "
            f"(abs({value}) >= 1e7 OR (abs({value}) < 1e-3 AND {value} <> 0)) "
            f"THEN {_ERROR.format(value=f'toString({value})')} ELSE toString({value}) END])"
        ]
    elif name == "round":
        commas = list(_commas(words, opening, end))
        if not commas or words[commas[0] + 1].text == "0":
            texts[places[position]] = ["floor"]
            texts[places[opening]].append("(")
            if commas:
                texts[places[commas[0]]] = [") + 0.5"]
                texts[places[commas[0] + 1]] = [""]
            else:
                last.insert(0, ") + 0.5")


def _commas(words: Sequence[Token], opening: int, end: int) -> Iterator[int]:
    depth = 0
    for place in range(opening + 1, end):
        word = words[place]
        depth += word.is_sign("(", "[", "{") - word.is_sign(")", "]", "}")
        if depth == 0 and word.is_sign(","):
            yield place


def _divide(
    words: Sequence[Token],
    position: int,
    texts: list[list[str | None]],
    places: Sequence[int],
    value: str,
) -> None:
    """Let a division by zero be an error, of floats too."""
    first = position + 1
    last = _divisor_end(words, first)
    if words[first].kind is Kind.NUMBER and last == first and _float_of(words[first]) != 0:
        return
    texts[places[first]].insert(0, f"head([{value} IN [")
    texts[places[last]].append(
        f"] | CASE WHEN {value} = 0 THEN {_ERROR.format(value=f'toString({value})')} "
        f"ELSE {value} END])"
    )


def _float_of(number: Token) -> float:
    """Give the value of a number as written, 0 where it is not known."""
    try:
        return float(number.text)
    except ValueError:
        return 0.0


def _divisor_end(words: Sequence[Token], place: int) -> int:
    """Give the last place of what a division is by: signs, one value, what is taken from it."""
    while words[place].is_sign("-", "+") and place + 1 < len(words):
        place += 1
    if words[place].is_word("CASE"):
        return _case_end(words, place)
    while True:
        if words[place].is_sign("(", "[", "{"):
            place = closing(words, place)
        after = words[place + 1 : place + 2]
        if not after or not after[0].is_sign("(", "[", "{", ".", "^"):
            return place
        place += 1 if after[0].is_sign("(", "[", "{") else 2


def _case_end(words: Sequence[Token], place: int) -> int:
    depth = 0
    for end in range(place, len(words)):
        before = words[end - 1] if end else None
        if before is not None and before.is_sign(".", ":"):
            continue
        depth += words[end].is_word("CASE") - words[end].is_word("END")
        if depth == 0:
            return end
    return len(words) - 1


def _is_dotted(words: Sequence[Token], position: int) -> bool:
    return position > 0 and words[position - 1].is_sign(".")
