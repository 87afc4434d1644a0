"""PDF files: the text of their pages, hyphens and hard wraps mended."""

import io
import logging
import re
import time
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from ..errors import InputError, TooLargeError, UnreadableError

if TYPE_CHECKING:
    from pypdf import PdfReader

__all__ = ["join_lines", "read_pdf"]

_MOST_PAGES = 1000
_CJK = "\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef"
_ONE_CJK = re.compile(f"[{_CJK}]")
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"[-–— ]*(?:(?:page|第)\s*)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4}|\s*页)?[-–— ]*"
)
_HYPHENATED = re.compile(r"([A-Za-z]+)-$")
_SENTENCE_END = re.compile(r"[.!?。！？…:：][\"”』」）)]*$")
_WORD_BEFORE = re.compile(r"[a-z]+(?:-[a-z]+)*+(?=-$)")
_WORD_AFTER = re.compile(r"[a-z]+")
_FEWEST_PAGES = 3


def read_pdf(data: bytes, name: str, *, timeout: float) -> tuple[str, str]:
    """Read the text of a PDF file and its title, which may be empty.

    Parameters
    ----------
    data : bytes
    name : str
        What messages call it.
    timeout : float
        Seconds that the reading may take.

    Raises
    ------
    UnreadableError
        When it is broken, asks for a password, or takes too long.
    TooLargeError
        When it has more than 1,000 pages.
    """
    import pypdf

    # What it has to say of a broken file is in the error already.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    deadline = time.monotonic() + timeout
    try:
        return _read(pypdf.PdfReader(io.BytesIO(data)), name, deadline)
    except InputError:
        raise
    except pypdf.errors.DependencyError as error:
        raise UnreadableError(
            f"{name} is encrypted in a way that cannot be read here", hint="save it unprotected"
        ) from error
    except Exception as error:  # a broken file may raise anything in the middle of the parser
        raise UnreadableError(
            f"{name} is a broken PDF file: {type(error).__name__}: {error}",
            hint="open it in a viewer and save it again, or give its text",
        ) from error


def _read(reader: "PdfReader", name: str, deadline: float) -> tuple[str, str]:
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreadableError(f"{name} asks for a password", hint="save it unprotected")
    count = len(reader.pages)
    if count > _MOST_PAGES:
        raise TooLargeError(
            f"{name} has {count:,} pages, more than the limit of {_MOST_PAGES:,}",
            hint="split it",
        )

    def watch(*_: object) -> None:
        if time.monotonic() > deadline:
            raise UnreadableError(
                f"{name} takes too long to read", hint="raise the timeout, or give its text"
            )

    pages: list[list[str]] = []
    for page in reader.pages:
        watch()
        text = page.extract_text(visitor_operand_before=watch)
        pages.append([" ".join(line.split()) for line in text.splitlines()])
    title = reader.metadata.title if reader.metadata else None
    return join_lines(pages), " ".join((title or "").split())


def join_lines(pages: list[list[str]]) -> str:
    """Make paragraphs of the lines of pages.

    Running heads and page numbers go; a line that reaches the margin goes on in the next one; a
    hyphen at the end of a line stays when the word is written with one elsewhere.

    Examples
    --------
    >>> lines = ["Stable Beluga is a family of fine-tuned lan-", "guage models by Stability AI."]
    >>> join_lines([lines])
    'Stable Beluga is a family of fine-tuned language models by Stability AI.'
    >>> join_lines([["百川智能在今年六月发布了百川", "大模型。", "", "7B 先行。"]])
    '百川智能在今年六月发布了百川大模型。\\n\\n7B 先行。'
    """
    lines = [line for page in _without_heads(pages) for line in page]
    words = set(re.findall(r"[a-z]+(?:-[a-z]+)*", " ".join(lines).lower()))
    widths = sorted(width for line in lines if (width := _width(line)))
    margin = widths[len(widths) * 9 // 10] if widths else 0
    paragraphs: list[str] = []
    parts: list[str] = []
    for number, line in enumerate(lines):
        if not line:
            continue
        parts.append(line)
        below = lines[number + 1] if number + 1 < len(lines) else ""
        if not below or not _goes_on(line, below, margin):
            paragraphs.append(_join(parts, words))
            parts = []
    return "\n\n".join(paragraphs)


def _without_heads(pages: list[list[str]]) -> list[list[str]]:
    """Leave out page numbers, and first and last lines that most pages share."""
    trimmed = [_strip(page) for page in pages]
    seen = Counter(
        _DIGITS.sub("#", edge) for page in trimmed for edge in {*page[:1], *page[-1:]} if edge
    )
    often = max(_FEWEST_PAGES, len(pages) // 2)

    def is_head(line: str) -> bool:
        return seen[_DIGITS.sub("#", line)] >= often or _PAGE_NUMBER.fullmatch(line) is not None

    for page in trimmed:
        if page and is_head(page[0]):
            del page[0]
        if page and is_head(page[-1]):
            del page[-1]
    return [_strip(page) for page in trimmed]


def _strip(page: list[str]) -> list[str]:
    start, end = 0, len(page)
    while start < end and not page[start]:
        start += 1
    while end > start and not page[end - 1]:
        end -= 1
    return page[start:end]


def _width(line: str) -> int:
    return len(line) + len(_ONE_CJK.findall(line))


def _goes_on(line: str, below: str, margin: int) -> bool:
    if _HYPHENATED.search(line) or (below[0].islower() and not _SENTENCE_END.search(line)):
        return True
    return _width(line) >= margin * (0.9 if _SENTENCE_END.search(line) else 0.7)


def _join(parts: list[str], words: set[str]) -> str:
    joined = [parts[0]]
    for above, below in pairwise(parts):
        before, after = _WORD_BEFORE.search(above), _WORD_AFTER.match(below)
        hyphen = before and after and ("-" in before[0] or f"{before[0]}-{after[0]}" in words)
        if before and after and not hyphen:
            joined[-1] = joined[-1].removesuffix("-")
            joined.append(below)
        elif _HYPHENATED.search(above) or (_ONE_CJK.match(above[-1]) and _ONE_CJK.match(below[0])):
            joined.append(below)
        else:
            joined.append(" " + below)
    return "".join(joined)
