"""Bytes into text: UTF-8, UTF-16 and UTF-32 with their mark, GB18030 and its older kin."""

import codecs
import re

from ..errors import UnreadableError

__all__ = ["decode"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF-", "a PDF file", "give it the suffix .pdf"),
    (b"PK\x03\x04", "a ZIP archive, as .docx, .xlsx and .epub are", "save it as text, HTML or PDF"),
    (b"\x1f\x8b", "compressed", "decompress it first"),
    (b"\x89PNG", "a picture", "give the text that goes with it"),
    (b"\xff\xd8\xff", "a picture", "give the text that goes with it"),
    (b"\xd0\xcf\x11\xe0", "an old Office file", "save it as text, HTML or PDF"),
)
_SUPERSETS = {"gb2312": "gb18030", "gbk": "gb18030", "ascii": "utf-8", "iso8859-1": "cp1252"}
# Not text but transformations; punycode takes quadratic time besides.
_REFUSED = frozenset(("idna", "punycode", "raw_unicode_escape", "undefined", "unicode_escape"))
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MOST_CONTROLS = 0.005
_CHINESE = re.compile("[\u3400-\u9fff]")
_SAMPLE = 5000
_FEWEST_COMMON = 0.75
_ADVICE = "save it as UTF-8, or name its encoding"


def decode(data: bytes, name: str, *, encoding: str | None = None, declared: str = "") -> str:
    r"""Decode the bytes of a text; nothing is replaced or left out.

    Parameters
    ----------
    data : bytes
    name : str
        What messages call the text.
    encoding : str, optional
        The user's word, which alone counts. Without it: the byte order mark, then `declared`,
        then UTF-8, then GB18030 where the result reads like Chinese.
    declared : str
        What a page or server says. Declared Latin-1, which fits any bytes, comes last.

    Raises
    ------
    UnreadableError
        When the bytes are no text, or in another encoding.

    Examples
    --------
    >>> decode("智谱发布了 GLM".encode("gbk"), "news.txt")
    '智谱发布了 GLM'
    >>> try:
    ...     decode(b"\x00\x01", "news.txt")
    ... except UnreadableError as error:
    ...     print(error.message)
    news.txt is not text: it holds NUL bytes
    """
    if encoding is not None:
        return _as_told(data, name, encoding)
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return _checked(_try(data[len(mark) :], codec), name, codec)
    _refuse_binary(data, name)
    codec = _known(declared)
    weak = codec == "cp1252"
    candidates = [codec] if codec and not weak else []
    candidates += [c for c in ("utf-8", "gb18030") if c not in candidates]
    for candidate in candidates:
        text = _try(data, candidate)
        if text is None or (candidate == "gb18030" != codec and not _reads_like_chinese(text)):
            continue
        return _checked(text, name, candidate)
    text = _try(data, codec) if weak else None
    if text is not None:
        return _checked(text, name, codec)
    tried = " nor ".join(candidate.upper() for candidate in candidates)
    raise UnreadableError(f"{name} is neither {tried}", hint=_ADVICE)


def _as_told(data: bytes, name: str, encoding: str) -> str:
    codec = _known(encoding)
    if not codec:
        raise UnreadableError(
            f"{name}: no text encoding is called {encoding!r}",
            hint="try utf-8, gb18030, big5 or utf-16",
        )
    try:
        text = data.decode(codec)
    except UnicodeError as error:
        place = f" at byte {error.start:,}" if isinstance(error, UnicodeDecodeError) else ""
        raise UnreadableError(
            f"{name} is not {encoding}: it does not decode{place}",
            hint="leave the encoding out to have it recognised, or name another one",
        ) from error
    return _checked(text, name, codec)


def _known(encoding: str) -> str:
    """Give the codec to decode with, empty when there is none of that name."""
    try:
        codec = codecs.lookup(encoding.strip().strip("\"'")).name
        "a".encode(codec)
    except (LookupError, ValueError):
        return ""
    return "" if codec in _REFUSED else _SUPERSETS.get(codec, codec)


def _try(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeError:
        return None


def _refuse_binary(data: bytes, name: str) -> None:
    for magic, what, advice in _MAGIC:
        if data.startswith(magic):
            raise UnreadableError(f"{name} is not text: it is {what}", hint=advice)
    if b"\x00" in data:
        raise UnreadableError(
            f"{name} is not text: it holds NUL bytes", hint="give a text, HTML or PDF file"
        )


def _checked(text: str | None, name: str, codec: str) -> str:
    if text is None:
        raise UnreadableError(
            f"{name} opens with the mark of {codec.upper()} but does not decode as such",
            hint=_ADVICE,
        )
    controls = len(_CONTROLS.findall(text))
    if controls > _MOST_CONTROLS * len(text) or "\x00" in text:
        raise UnreadableError(
            f"{name} is not text: {controls:,} of {len(text):,} characters are control codes",
            hint="give a text, HTML or PDF file",
        )
    return text


def _reads_like_chinese(text: str) -> bool:
    """Whether most Chinese characters are common ones.

    GB18030 decodes much that is in other encodings, into rare characters.
    """
    characters = _CHINESE.findall(text)[:_SAMPLE]
    common = sum(_is_common(character) for character in characters)
    return bool(characters) and common >= _FEWEST_COMMON * len(characters)


def _is_common(character: str) -> bool:
    """Whether the character is of level 1 of GB 2312, the 3,755 most used."""
    code = character.encode("gb18030")
    return len(code) == 2 and 0xB0 <= code[0] <= 0xD7 and code[1] >= 0xA1
