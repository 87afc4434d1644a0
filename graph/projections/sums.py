"""A list and nothing add up to nothing.

To the embedded engine ``null + [x]`` is ``[null, x]``. So a sum that may hold both a list and null
asks first whether one of its parts is null, and each part is worked out once.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from .fences import is_clause
from .keys import fresh
from .tokens import Kind, Token

__all__ = ["add_up"]

_KEYWORDS = (
    *("ALL", "AND", "AS", "ASC", "ASCENDING", "BY", "CALL", "CASE", "CONTAINS", "DESC"),
    *(
        "DESCENDING",
        "DISTINCT",
        "ELSE",
        "END",
        "ENDS",
        "IN",
        "IS",
        "LIMIT",
        "MATCH",
        "NOT",
        "OPTIONAL",
        "OR",
        "ORDER",
    ),
    *("RETURN", "SKIP", "STARTS", "THEN", "UNION", "UNWIND", "WHEN", "WHERE", "WITH", "XOR"),
)
# What gives no list, and what gives no null.
_SCALAR = (
    *("ABS", "AVG", "CEIL", "CHAR_LENGTH", "COUNT", "FLOOR", "LEFT", "LENGTH", "LTRIM", "REPLACE"),
    *("RIGHT", "ROUND", "RTRIM", "SIGN", "SIZE", "SUBSTRING", "SUM", "TOFLOAT", "TOINTEGER"),
    *("TOLOWER", "TOSTRING", "TOUPPER", "TRIM", "TYPE"),
)
_PRESENT = ("COLLECT", "COUNT", "SUM")
# Where a part begins and ends.
_Part = tuple[int, int]
_PRODUCTS = ("*", "/", "%", "^", "-")


def add_up(words: Sequence[Token], texts: list[list[str | None]], places: Sequence[int]) -> None:
    """Write the sums of a query so that null stays null.

    Parameters
    ----------
    words : sequence of Token
        Without blanks.
    texts : list of list
        What each token is written as; changed.
    places : sequence of int
        Where each word stands among `texts`.
    """
    for number, parts in enumerate(_sums(words)):
        lists = [part for part in parts if not _is_scalar(words, *part)]
        nothings = [part for part in parts if not _is_present(words, *part)]
        if not any(one != other for one in lists for other in nothings):
            continue
        sum_, part_ = fresh(f"sum_{number}_", words), fresh(f"part_{number}_", words)
        texts[places[parts[0][0]]].insert(0, f"head([{sum_} IN [[")
        for _, last in parts[:-1]:
            texts[places[last + 1]] = [","]
        total = " + ".join(f"{sum_}[{place}]" for place in range(len(parts)))
        texts[places[parts[-1][1]]].append(
            f"]] | CASE WHEN none({part_} IN {sum_} WHERE {part_} IS NULL) THEN {total} END])"
        )


def _sums(words: Sequence[Token]) -> Iterator[list[_Part]]:
    """Give the sums of a query, each by its parts."""
    pairs = _pairs(words)
    ends = {end: start for start, end in pairs.items()}
    seen: set[int] = set()
    for place, word in enumerate(words):
        if place in seen or not (word.is_sign("+") and place and _ends(words, place - 1, ends)):
            continue
        start, end = _start(words, place - 1, ends), _end(words, place + 1, pairs)
        signs = list(_signs(words, start, end, pairs))
        pluses = [sign for sign in signs if words[sign].is_sign("+")]
        seen.update(pluses)
        minuses = [sign for sign in signs if words[sign].is_sign("-")]
        if minuses and pluses and max(minuses) > min(pluses):
            # What is taken away from is a number.
            continue
        edges = [start - 1, *pluses, end + 1]
        yield [(a + 1, b - 1) for a, b in pairwise(edges)]


def _pairs(words: Sequence[Token]) -> dict[int, int]:
    """Give for each opening bracket, and each CASE, the place of its end."""
    waiting: list[int] = []
    pairs: dict[int, int] = {}
    for place, word in enumerate(words):
        if word.is_sign("(", "[", "{") or _is_keyword(words, place, "CASE"):
            waiting.append(place)
        elif waiting and (word.is_sign(")", "]", "}") or _is_keyword(words, place, "END")):
            pairs[waiting.pop()] = place
    return pairs


def _is_keyword(words: Sequence[Token], place: int, *keywords: str) -> bool:
    return words[place].is_word(*keywords) and is_clause(words, place)


def _ends(words: Sequence[Token], place: int, ends: Mapping[int, int]) -> bool:
    """Tell whether a part of a sum can end there."""
    word = words[place]
    if place in ends:
        return True
    if word.kind is Kind.SIGN:
        return False
    return not _is_keyword(words, place, *_KEYWORDS)


def _start(words: Sequence[Token], place: int, ends: Mapping[int, int]) -> int:
    while place >= 0:
        if place in ends:
            place = ends[place]
        elif not _goes_on(words, place):
            break
        place -= 1
    return place + 1


def _end(words: Sequence[Token], place: int, pairs: Mapping[int, int]) -> int:
    while place < len(words):
        if place in pairs:
            place = pairs[place]
        elif not _goes_on(words, place):
            break
        place += 1
    return place - 1


def _goes_on(words: Sequence[Token], place: int) -> bool:
    word = words[place]
    if word.kind is Kind.SIGN:
        return word.is_sign(".", "+", *_PRODUCTS)
    return not _is_keyword(words, place, *_KEYWORDS)


def _signs(words: Sequence[Token], start: int, end: int, pairs: Mapping[int, int]) -> Iterator[int]:
    """Give the signs between parts, those of numbers and those inside brackets left aside."""
    place = start
    while place <= end:
        if place in pairs:
            place = pairs[place]
        elif _is_binary(words, place, start):
            yield place
        place += 1


def _is_scalar(words: Sequence[Token], first: int, last: int) -> bool:
    """Tell whether a part gives a text, a number or null, and no list."""
    if any(word.is_sign(*_PRODUCTS) for word in _outside(words, first, last)):
        return True
    if first == last:
        return words[first].kind in (Kind.STRING, Kind.NUMBER)
    return _is_call(words, first, last, _SCALAR)


def _is_present(words: Sequence[Token], first: int, last: int) -> bool:
    """Tell whether a part is never null."""
    if first == last:
        return words[first].kind in (Kind.STRING, Kind.NUMBER)
    if words[first].is_sign("[") and words[last].is_sign("]"):
        return len(list(_outside(words, first, last))) == 2 and not _is_rule(words, first)
    return _is_call(words, first, last, _PRESENT)


def _is_rule(words: Sequence[Token], first: int) -> bool:
    """Tell whether a list in brackets is made of another, which may be null."""
    return words[first + 2].is_word("IN")


def _is_call(words: Sequence[Token], first: int, last: int, names: Sequence[str]) -> bool:
    if not words[first].is_word(*names) or not words[first + 1].is_sign("(", "{"):
        return False
    return len(list(_outside(words, first, last))) == 3


def _outside(words: Sequence[Token], first: int, last: int) -> Iterator[Token]:
    """Give the tokens of a part that stand in no bracket of it, and the brackets."""
    depth = 0
    for word in words[first : last + 1]:
        closes = word.is_sign(")", "]", "}")
        depth -= closes
        if depth == 0:
            yield word
        depth += word.is_sign("(", "[", "{")


def _is_binary(words: Sequence[Token], place: int, start: int) -> bool:
    """Tell whether a plus or minus stands between two parts and is not the sign of a number."""
    if place == start or not words[place].is_sign("+", "-"):
        return False
    return not words[place - 1].is_sign("+", ".", *_PRODUCTS)
