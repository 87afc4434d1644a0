"""The words of a Cypher query: what is name, string, comment or sign, and nothing else.

A query is judged by its tokens, so that nothing hides in a string, a comment or an escape, and a
word in a string is never taken for a clause.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from ..errors import QuerySyntaxError

__all__ = ["Kind", "Token", "closing", "openings", "tokenize"]

_ESCAPES = {
    "\\": "\\",
    "'": "'",
    '"': '"',
    "`": "`",
    "b": "\b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
}
_PAIRS = {"(": ")", "[": "]", "{": "}"}
_SIGNS = ("<=", ">=", "<>", "=~", "..", "+=", "||", "::", "!=")


class Kind(Enum):
    """What a token is."""

    NAME = auto()
    """A word: a clause, a function, a variable, a label, a key."""
    QUOTED = auto()
    """A name in back-ticks, never a clause."""
    STRING = auto()
    NUMBER = auto()
    PARAMETER = auto()
    """``$name``; the value is the name."""
    SIGN = auto()
    BLANK = auto()
    """Blanks and comments; the value is one blank."""


@dataclass(frozen=True, slots=True)
class Token:
    """One token.

    Parameters
    ----------
    kind : Kind
    text : str
        As written.
    value : str
        What it means: a name in capitals, the content of a string or of quoted names.
    start : int
        Where it stands in the query.
    """

    kind: Kind
    text: str
    value: str
    start: int

    def is_sign(self, *signs: str) -> bool:
        """Tell whether it is one of these signs."""
        return self.kind is Kind.SIGN and self.text in signs

    def is_word(self, *words: str) -> bool:
        """Tell whether it is one of these words, given in capitals; quoted names are none."""
        return self.kind is Kind.NAME and self.value in words

    @property
    def is_name(self) -> bool:
        """Whether it can name a thing: a word or a quoted name."""
        return self.kind in (Kind.NAME, Kind.QUOTED)


def tokenize(text: str) -> list[Token]:
    r"""Split a query into its tokens, blanks and comments among them.

    Parameters
    ----------
    text : str
        A Cypher query.

    Returns
    -------
    list of Token
        Their texts, joined, are the query.

    Raises
    ------
    QuerySyntaxError
        When a string, a quoted name or a comment does not end, an escape is unknown, or a
        character has no place outside strings.

    Examples
    --------
    >>> [t.value for t in tokenize("match (n) /* all */ RETURN 'a\\'b'") if t.kind != Kind.BLANK]
    ['MATCH', '(', 'N', ')', 'RETURN', "a'b"]
    """
    tokens: list[Token] = []
    position = 0
    while position < len(text):
        token = _token(text, position)
        tokens.append(token)
        position += len(token.text)
    return tokens


def openings(tokens: Sequence[Token]) -> list[int | None]:
    """Give for each place that of the innermost bracket that is open there, None outside all.

    Examples
    --------
    >>> openings(tokenize("a(b[c])"))
    [None, None, 1, 1, 3, 3, 1]
    """
    waiting: list[int] = []
    found: list[int | None] = []
    for place, token in enumerate(tokens):
        found.append(waiting[-1] if waiting else None)
        if token.is_sign("(", "[", "{"):
            waiting.append(place)
        elif token.is_sign(")", "]", "}") and waiting:
            waiting.pop()
    return found


def closing(tokens: Sequence[Token], opening: int) -> int:
    """Give the place of the bracket that closes the one at `opening`.

    Parameters
    ----------
    tokens : sequence of Token
    opening : int
        The place of ``(``, ``[`` or ``{``.

    Raises
    ------
    QuerySyntaxError
        When it is not closed, or another one is closed first.
    """
    expected: list[str] = []
    for place in range(opening, len(tokens)):
        token = tokens[place]
        if token.is_sign("(", "[", "{"):
            expected.append(_PAIRS[token.text])
        elif token.is_sign(")", "]", "}"):
            if token.text != expected.pop():
                break
            if not expected:
                return place
    raise QuerySyntaxError(
        f"the bracket {tokens[opening].text} at character {tokens[opening].start + 1} "
        "of the query is not closed",
        hint="close it",
    )


def _token(text: str, start: int) -> Token:
    char = text[start]
    two = text[start : start + 2]
    if char.isspace() or two in ("//", "/*"):
        return _blank(text, start)
    if char in "'\"":
        return _string(text, start)
    if char == "`":
        return _quoted(text, start)
    if char == "$":
        return _parameter(text, start)
    if char.isascii() and char.isdigit():
        return _number(text, start)
    if _begins_name(char):
        end = _end_of_name(text, start)
        return Token(Kind.NAME, text[start:end], text[start:end].upper(), start)
    if two in _SIGNS:
        return Token(Kind.SIGN, two, two, start)
    if char in "()[]{},.:;|+-*/%^=<>!&":
        return Token(Kind.SIGN, char, char, start)
    # A backslash outside strings would let an engine read words that are not written.
    raise _wrong(text, start, f"unexpected character {char!r}", "write clauses and names plainly")


def _blank(text: str, start: int) -> Token:
    if text[start].isspace():
        end = start
        while end < len(text) and text[end].isspace():
            end += 1
    elif text.startswith("//", start):
        end = start
        while end < len(text) and text[end] not in "\r\n":
            end += 1
    else:
        found = text.find("*/", start + 2)
        if found < 0:
            raise _wrong(text, start, "a comment that does not end", "end it with */")
        end = found + 2
    return Token(Kind.BLANK, text[start:end], " ", start)


def _string(text: str, start: int) -> Token:
    quote = text[start]
    value: list[str] = []
    position = start + 1
    while position < len(text):
        char = text[position]
        if char == quote:
            return Token(Kind.STRING, text[start : position + 1], "".join(value), start)
        if char == "\\":
            meaning, length = _escape(text, position)
            value.append(meaning)
            position += length
        else:
            value.append(char)
            position += 1
    raise _wrong(text, start, "a string that does not end", f"end it with {quote}")


def _escape(text: str, start: int) -> tuple[str, int]:
    letter = text[start + 1 : start + 2]
    if letter in ("u", "U"):
        length = 4 if letter == "u" else 8
        digits = text[start + 2 : start + 2 + length]
        try:
            if len(digits) == length and digits.isalnum():
                return chr(int(digits, 16)), 2 + length
        except (ValueError, OverflowError):
            pass
    elif letter in _ESCAPES:
        return _ESCAPES[letter], 2
    raise _wrong(text, start, f"unknown escape {text[start : start + 2]}", r"write \\ for \ ")


def _quoted(text: str, start: int) -> Token:
    value: list[str] = []
    position = start + 1
    while position < len(text):
        if text.startswith("``", position):
            value.append("`")
            position += 2
        elif text[position] == "`":
            return Token(Kind.QUOTED, text[start : position + 1], "".join(value), start)
        else:
            value.append(text[position])
            position += 1
    raise _wrong(text, start, "a quoted name that does not end", "end it with `")


def _parameter(text: str, start: int) -> Token:
    if text.startswith("`", start + 1):
        name = _quoted(text, start + 1)
        return Token(Kind.PARAMETER, "$" + name.text, name.value, start)
    end = _end_of_name(text, start + 1)
    if end == start + 1:
        raise _wrong(text, start, "a $ without a name", "name the parameter: $name")
    return Token(Kind.PARAMETER, text[start:end], text[start + 1 : end], start)


def _number(text: str, start: int) -> Token:
    end = start
    while (
        end < len(text)
        and (
            text[end].isalnum()
            or text[end] == "_"
            # 1..3 is a range, 1.5 a number.
            or (
                text[end] == "."
                and text[end + 1 : end + 2].isdigit()
                and "." not in text[start:end]
            )
            or (text[end] in "+-" and _is_exponent(text[start:end]))
        )
    ):
        end += 1
    return Token(Kind.NUMBER, text[start:end], text[start:end], start)


def _is_exponent(digits: str) -> bool:
    return digits[-1:] in ("e", "E") and not digits.startswith(("0x", "0X"))


def _begins_name(char: str) -> bool:
    return char == "_" or char.isidentifier()


def _end_of_name(text: str, start: int) -> int:
    end = start
    while end < len(text) and (text[end] == "_" or f"a{text[end]}".isidentifier()):
        end += 1
    return end


def _wrong(text: str, start: int, what: str, hint: str) -> QuerySyntaxError:
    line = text.count("\n", 0, start) + 1
    column = start - (text.rfind("\n", 0, start) + 1) + 1
    return QuerySyntaxError(f"{what} at line {line}, column {column} of the query", hint=hint)
