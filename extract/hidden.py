"""The spans of a Markdown text that carry no names: code, comments, tags, link targets, URLs."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Tag", "find_hidden", "merge_spans", "visible"]

# Every quantifier that could be tried twice over the same text is possessive or bounded: hostile
# text costs no more than plain text.
_TARGET = (
    r"\]\([ \t]{0,9}+(?:<[^<>\n]{0,2000}+>|(?:[^()\s]|\([^()\s]{0,500}+\)){0,4000}+)"
    r"""(?:\s{1,9}+(?:"[^"]{0,500}+"|'[^']{0,500}+'))?\s{0,9}+\)"""
)
_TOKEN = re.compile(
    rf"""
    (?P<fence>^[ \t>]*+(?:[-*+]|\d{{1,9}}[.)])?[ \t]*+(?P<mark>`{{3,}}+(?=[^`\n]*+$)|~{{3,}}+))
    |(?P<comment><!--)
    |(?P<image>!\[[^\[\]\n]{{0,500}}+{_TARGET})
    |(?P<target>{_TARGET})
    |(?P<url><(?:https?|ftp|mailto):[^<>\s]{{0,4000}}+>
      |(?<![A-Za-z0-9])(?:(?:https?|ftp)://|www\.(?=[A-Za-z0-9]))[A-Za-z0-9\-._~:/?\#@!$&*+,;=%]++)
    |(?P<tag><(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9-]{{0,30}}+)(?P<rest>[^<>]{{0,4000}}+)>)
    """,
    re.VERBOSE | re.MULTILINE,
)
_FENCE_END = re.compile(r"^[ \t>]*+(`{3,}+|~{3,}+)[ \t]*+$", re.MULTILINE)
_NO_NEWLINE = re.compile(r"[^\n]")
_ELEMENTS = re.compile(
    r"""a|abbr|address|article|aside|audio|b|blockquote|body|br|button|caption|center|cite|code|
    col|colgroup|dd|del|details|div|dl|dt|em|embed|figcaption|figure|font|footer|form|h1|h2|
    h3|h4|h5|h6|head|header|hr|html|i|iframe|img|input|ins|kbd|label|li|link|main|map|mark|
    meta|nav|noscript|ol|object|option|p|picture|pre|q|s|samp|script|section|select|small|
    source|span|strike|strong|style|sub|summary|sup|svg|table|tbody|td|textarea|tfoot|th|
    thead|time|title|tr|track|tt|u|ul|var|video|wbr""",
    re.VERBOSE,
)
_CODE_ELEMENTS = frozenset(("pre", "script", "style"))


@dataclass(frozen=True, slots=True)
class Tag:
    """An HTML tag in the text: its lower-case name, attributes as written, and offsets."""

    name: str
    closing: bool
    attributes: str
    start: int
    end: int


def find_hidden(text: str, start: int = 0) -> tuple[list[tuple[int, int]], list[Tag]]:
    """Find the spans from `start` on that carry no names, and the HTML tags among them.

    Returns
    -------
    spans : list of (int, int)
        Sorted, never overlapping.
    tags : list of Tag
        In order, without those inside code and comments.

    Examples
    --------
    >>> text = "See [Llama 2](https://llama.com) <b>now</b>"
    >>> [text[start:end] for start, end in find_hidden(text)[0]]
    ['](https://llama.com)', '<b>', '</b>']
    """
    spans: list[tuple[int, int]] = []
    tags: list[Tag] = []
    unclosed: set[str] = set()
    position = start
    while match := _TOKEN.search(text, position):
        begin, position = match.span()
        kind = match.lastgroup
        if kind == "fence":
            position = _fence_end(text, position, match["mark"])
        elif kind == "comment":
            position = _find_end(text, "-->", position, unclosed)
        elif kind == "image":
            spans.append((begin, begin + 2))
            begin = text.index("](", begin)
        elif kind == "url" and text[begin] != "<":
            position = begin + len(match["url"].rstrip(".,;:!?*_~"))
        elif kind == "tag":
            name = match["name"].lower()
            if not _is_tag(name, match["rest"]):
                position = begin + 1
                continue
            if name in _CODE_ELEMENTS and not match["close"]:
                position = _find_end(text, f"</{name}>", position, unclosed)
            else:
                tags.append(Tag(name, bool(match["close"]), match["rest"], begin, position))
        spans.append((begin, position))
    return merge_spans(spans), tags


def _is_tag(name: str, rest: str) -> bool:
    """``<Llama 2>`` is a title in angle brackets, ``<br/>`` and ``<x-y a="b">`` are tags."""
    if rest and rest[0] not in " \t\n\r/":
        return False
    return "=" in rest or _ELEMENTS.fullmatch(name) is not None


def _fence_end(text: str, position: int, mark: str) -> int:
    line_end = text.find("\n", position)
    if line_end < 0:
        return len(text)
    for end in _FENCE_END.finditer(text, line_end):
        if end[1][0] == mark[0] and len(end[1]) >= len(mark):
            return end.end()
    return len(text)


def _find_end(text: str, closing: str, position: int, unclosed: set[str]) -> int:
    """Give the offset behind the closing mark, `position` when there is none."""
    if closing in unclosed:
        return position
    end = re.compile(re.escape(closing), re.IGNORECASE).search(text, position)
    if end is None:
        unclosed.add(closing)
        return position
    return end.end()


def merge_spans(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sort spans and join those that touch or overlap; empty ones go.

    Examples
    --------
    >>> merge_spans([(4, 6), (0, 2), (2, 3), (9, 9)])
    [(0, 3), (4, 6)]
    """
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if start >= end:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def visible(text: str, hidden: Iterable[tuple[int, int]]) -> str:
    r"""Give the text with blanks for what is hidden; offsets and lines stay the same.

    Examples
    --------
    >>> visible("a<b>c", [(1, 4)])
    'a   c'
    """
    pieces = []
    position = 0
    for start, end in hidden:
        pieces.append(text[position:start])
        pieces.append(_NO_NEWLINE.sub(" ", text[start:end]))
        position = end
    pieces.append(text[position:])
    return "".join(pieces)
