"""Markdown and plain text read as structure: headings, lists, tables, paragraphs, front matter."""

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise

from .embedded_html import find_html_blocks
from .front_matter import find_front_matter
from .hidden import find_hidden, merge_spans, visible
from .structure import Block, BlockKind, Cell, Structure

__all__ = ["parse_structure"]

_CJK = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_QUOTE = re.compile(r"(?:[ \t]{0,3}>)++[ \t]?")
_ATX = re.compile(
    rf"[ ]{{0,3}}(#{{1,6}}+)(?:[ \t]++|(?=[{_CJK}])(?![^#\n]{{1,80}}+#)|(?<=##)(?=\S))"
)
_BOLD = re.compile(r"(?:\*\*[^*\n]{1,80}+\*\*|__[^_\n]{1,80}+__)[:：]?")
_SETEXT = re.compile(r"[ ]{0,3}(?:={2,}+|-{2,}+)[ \t]*+$")
_ITEM = re.compile(
    rf"""(?:[-*+](?=[ \t])|-(?=[{_CJK}])|[•·●▪◦‣○■◆]|\d{{1,3}}[.．](?=[ \t{_CJK}A-Za-z])
    |\d{{1,3}}[)）、]|[（(](?:\d{{1,3}}|[一二三四五六七八九十]{{1,3}})[)）]
    |[一二三四五六七八九十]{{1,3}}[、.．]|[①-⑳])[ \t\u3000]*+(?:\[[ xX]\][ \t]++)?""",
    re.VERBOSE,
)
_DELIMITER_ROW = re.compile(r"[ \t]*+\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-*+:?[ \t]*+)++$")
_SPACED_PIPE = re.compile(r"[ \t]\|[ \t]")
_PIPE = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"[-*_][-*_ \t]{2,}+$")
_ALERT = re.compile(r"\[!\w{1,20}\]$")
_SENTENCE_END = re.compile(r"[。！？!?.:：；;…][\"”』」）)*_]{0,3}$")
_OPEN_END = re.compile(
    r"(?:,|\b(?:a|an|and|as|at|by|for|from|in|is|of|on|or|that|the|to|which|with))$"
)
_WORD = re.compile(rf"[{_CJK}]|[^\s{_CJK}]++")
_WIDEST_TABLE = 1000
_WIDEST_WRAP = 130
_NARROWEST_WRAP = 50
_LONGEST_SETEXT = 120


def parse_structure(text: str) -> Structure:
    r"""Read the structure of a Markdown or plain text.

    Takes time linear in the text and reads every text: what is no Markdown is paragraphs.
    Malformed front matter is read as prose (`find_front_matter` says what is wrong with it).

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    Structure
        Offsets point into `text`.

    Examples
    --------
    >>> text = "# Llama 2\n\n- made by\n  Meta\n\n| model | size |\n|---|---|\n| 7B | 13 GB |\n"
    >>> for block in parse_structure(text).blocks:
    ...     print(block.kind, block.level, block.heading, repr(text[block.start : block.end]))
    heading 1 -1 'Llama 2'
    list-item 1 0 'made by\n  Meta'
    table-header 0 0 '| model | size |'
    table-row 0 0 '| 7B | 13 GB |'
    """
    front_matter = find_front_matter(text)
    start = front_matter.end if front_matter else 0
    hidden, tags = find_hidden(text, start)
    shown = visible(text, hidden)
    html = find_html_blocks(text, tags, shown)
    # Line breaks in place of HTML blocks keep paragraphs from running across them.
    body = _cut(shown, [(outer_start, outer_end) for outer_start, outer_end, _ in html])
    reader = _Reader(text, body)
    reader.read(start)
    blocks: list[Block] = []
    if front_matter:
        hidden = find_hidden(text[:start])[0] + hidden
        blocks = [
            Block(BlockKind.FRONT_MATTER, key.start, key.end, key=key.key)
            for key in front_matter.keys
        ]
    ahead = len(blocks)
    blocks += [
        replace(block, header=block.header + ahead) if block.header >= 0 else block
        for block in reader.blocks
    ]
    blocks = _arrange(blocks, [block for _, _, block in html])
    title = front_matter.title if front_matter else ""
    return Structure(
        blocks=tuple(blocks),
        hidden=tuple(merge_spans([*hidden, *reader.hidden])),
        title=title or _title(shown, blocks),
        published=front_matter.published if front_matter else None,
    )


def _cut(text: str, spans: list[tuple[int, int]]) -> str:
    pieces = []
    position = 0
    for start, end in spans:
        pieces.append(text[position:start])
        pieces.append("\n" * (end - start))
        position = end
    return "".join([*pieces, text[position:]])


def _arrange(blocks: list[Block], html: list[Block]) -> list[Block]:
    """Put the blocks of both kinds in order and say which heading each stands under."""
    tagged = [(block.start, 0, number, block) for number, block in enumerate(blocks)]
    tagged += [(block.start, 1, number, block) for number, block in enumerate(html)]
    tagged.sort(key=lambda entry: entry[:3])
    index = {(kind, number): at for at, (_, kind, number, _) in enumerate(tagged)}
    arranged: list[Block] = []
    above: list[tuple[int, int]] = []
    for at, (_, kind, _, block) in enumerate(tagged):
        header = index[kind, block.header] if block.header >= 0 else -1
        if block.kind is BlockKind.HEADING:
            while above and above[-1][0] >= block.level:
                above.pop()
        arranged.append(
            Block(
                block.kind,
                block.start,
                block.end,
                level=block.level,
                heading=above[-1][1] if above else -1,
                cells=block.cells,
                header=header,
                key=block.key,
            )
        )
        if block.kind is BlockKind.HEADING:
            above.append((block.level, at))
    return arranged


def _title(shown: str, blocks: list[Block]) -> str:
    headings = [block for block in blocks if block.kind is BlockKind.HEADING]
    top = next((block for block in headings if block.level == 1), None)
    if top is None and headings and headings[0] is blocks[0]:
        top = headings[0]
    if top is None:
        return ""
    words = shown[top.start : top.end].replace("**", "").replace("`", "")
    return " ".join(words.replace("![", "").replace("[", "").split())


@dataclass(slots=True)
class _Line:
    start: int
    end: int
    shown: str
    """What is visible, without quote marks and blanks at the end."""

    @property
    def indent(self) -> int:
        blanks = self.shown[: len(self.shown) - len(self.shown.lstrip(" \t"))]
        return len(blanks.expandtabs(4))

    @property
    def width(self) -> int:
        """Columns on a terminal, near enough: CJK counts two."""
        return len(self.shown) + (len(self.shown.encode("utf-8", "replace")) - len(self.shown)) // 2


@dataclass(slots=True)
class _Reader:
    """Walks over the lines once; each method of a kind takes its lines or leaves them."""

    text: str
    body: str
    blocks: list[Block] = field(default_factory=list)
    hidden: list[tuple[int, int]] = field(default_factory=list)
    lines: list[_Line] = field(default_factory=list)
    indents: list[int] = field(default_factory=list)
    """The indents of the open list items, outermost first."""
    level: int = 0
    """The level of the last heading that is not merely bold."""

    def read(self, start: int) -> None:
        self._split(start)
        at = 0
        blank_above = True
        while at < len(self.lines):
            line = self.lines[at]
            stripped = line.shown.strip()
            if not stripped or _is_rule(stripped) or _ALERT.match(stripped):
                blank_above = True
                at += 1
                continue
            taken = (
                self._heading(at, stripped)
                or self._table(at, stripped)
                or self._item(at)
                or self._paragraph(at, blank_above)
            )
            blank_above = False
            at += taken

    def _split(self, start: int) -> None:
        for shown in self.body[start:].split("\n"):
            end = start + len(shown)
            begin = start
            if quote := _QUOTE.match(shown):
                begin += quote.end()
                self.hidden.append((start, begin))
                shown = shown[quote.end() :]
            self.lines.append(_Line(begin, end, shown.rstrip()))
            start = end + 1

    def _add(
        self,
        kind: BlockKind,
        start: int,
        end: int,
        *,
        level: int = 0,
        cells: tuple[Cell, ...] = (),
        header: int = -1,
    ) -> None:
        piece = self.text[start:end]
        inner = piece.strip()
        if inner:
            start += len(piece) - len(piece.lstrip())
            self.blocks.append(
                Block(kind, start, start + len(inner), level=level, cells=cells, header=header)
            )

    def _heading(self, at: int, stripped: str) -> int:
        line = self.lines[at]
        if match := _ATX.match(line.shown):
            start = line.start + match.end()
            end = line.start + len(line.shown.rstrip("#")) if stripped[-1] == "#" else line.end
            self._open(start, max(start, end), len(match[1]))
            return 1
        if _is_bold_heading(stripped):
            start = line.start + len(line.shown) - len(line.shown.lstrip()) + 2
            length = len(stripped.rstrip(":：")) - 4
            self._add(
                BlockKind.HEADING, start, start + length, level=min(6, max(1, self.level) + 1)
            )
            self.indents.clear()
            return 1
        below = self.lines[at + 1].shown if at + 1 < len(self.lines) else ""
        underlined = len(stripped) <= _LONGEST_SETEXT and _SETEXT.match(below) is not None
        if underlined and "-" in below and stripped[-1] in "。.；;":
            return 0
        if underlined and not self._is_item(at) and not self._is_row(at, stripped):
            self._open(line.start, line.end, 1 if "=" in below else 2)
            return 2
        return 0

    def _open(self, start: int, end: int, level: int) -> None:
        self._add(BlockKind.HEADING, start, end, level=level)
        self.level = level
        self.indents.clear()

    def _is_row(self, at: int, stripped: str) -> bool:
        pipes = stripped.count("|")
        if not pipes or pipes > _WIDEST_TABLE:
            return False
        below = self.lines[at + 1].shown if at + 1 < len(self.lines) else ""
        return (
            (pipes > 1 and stripped[0] == "|")
            or _DELIMITER_ROW.match(below) is not None
            or (len(_SPACED_PIPE.findall(stripped)) > 1 and not self._is_item(at))
        )

    def _table(self, at: int, stripped: str) -> int:
        if not self._is_row(at, stripped) and not _DELIMITER_ROW.match(stripped):
            return 0
        taken = 0
        header = -1
        while at + taken < len(self.lines):
            line = self.lines[at + taken]
            pipes = line.shown.count("|")
            if not pipes or pipes > _WIDEST_TABLE:
                break
            if taken and header < 0 and not self._is_row(at + taken, line.shown.strip()):
                break
            taken += 1
            if _DELIMITER_ROW.match(line.shown):
                continue
            below = self.lines[at + taken].shown if at + taken < len(self.lines) else ""
            if _DELIMITER_ROW.match(below):
                self._row(line, BlockKind.TABLE_HEADER, -1)
                header = len(self.blocks) - 1
            else:
                self._row(line, BlockKind.TABLE_ROW, header)
        return taken

    def _row(self, line: _Line, kind: BlockKind, header: int) -> None:
        stripped = line.shown.strip()
        first = line.start + len(line.shown) - len(line.shown.lstrip())
        edges = [first + match.start() for match in _PIPE.finditer(stripped)]
        if stripped[0] != "|":
            edges.insert(0, first - 1)
        if stripped[-1] != "|" or stripped[-2:] == "\\|":
            edges.append(line.end)
        cells = tuple(self._cell(start + 1, end) for start, end in pairwise(edges))
        self._add(kind, first, min(edges[-1] + 1, line.end), cells=cells, header=header)

    def _cell(self, start: int, end: int) -> Cell:
        piece = self.text[start:end]
        inner = piece.strip()
        start += len(piece) - len(piece.lstrip()) if inner else 0
        return Cell(start, start + len(inner))

    def _is_item(self, at: int) -> re.Match[str] | None:
        shown = self.lines[at].shown
        return _ITEM.match(shown, len(shown) - len(shown.lstrip()))

    def _item(self, at: int) -> int:
        match = self._is_item(at)
        if match is None:
            return 0
        line = self.lines[at]
        indent = line.indent
        while self.indents and self.indents[-1] > indent:
            self.indents.pop()
        if not self.indents or self.indents[-1] < indent:
            self.indents.append(indent)
        taken = 1
        while self._continues(at + taken, indent):
            taken += 1
        start = line.start + match.end()
        end = self.lines[at + taken - 1].end
        self._add(BlockKind.LIST_ITEM, start, end, level=len(self.indents))
        return taken

    def _continues(self, at: int, indent: int) -> bool:
        """Whether the line goes on with the list item above it."""
        if not self._is_prose(at):
            return False
        line = self.lines[at]
        return line.indent > indent or self._is_wrapped(self.lines[at - 1], line, _WIDEST_WRAP)

    def _is_prose(self, at: int) -> bool:
        if at >= len(self.lines):
            return False
        stripped = self.lines[at].shown.strip()
        return bool(stripped) and not (
            _is_rule(stripped)
            or _ALERT.match(stripped)
            or _ATX.match(self.lines[at].shown)
            or _is_bold_heading(stripped)
            or self._is_row(at, stripped)
            or _DELIMITER_ROW.match(stripped)
            or self._is_item(at)
            or (at + 1 < len(self.lines) and self.lines[at + 1].shown.startswith("=="))
        )

    def _paragraph(self, at: int, blank_above: bool) -> int:
        if blank_above and self.lines[at].indent < 2:
            self.indents.clear()
        taken = 1
        widest = self.lines[at].width
        while self._is_prose(at + taken):
            widest = max(widest, self.lines[at + taken].width)
            taken += 1
        start = at
        for number in range(at + 1, at + taken + 1):
            above = self.lines[number - 1]
            if number == at + taken or not self._is_wrapped(above, self.lines[number], widest):
                self._add(BlockKind.PARAGRAPH, self.lines[start].start, above.end)
                start = number
        return taken

    def _is_wrapped(self, above: _Line, line: _Line, widest: int) -> bool:
        """Whether the break between two lines only keeps them short."""
        ended = _SENTENCE_END.search(above.shown[-4:]) is not None
        if self.text[above.start : above.end].endswith(("  ", "\\")):
            return False
        first = line.shown.lstrip()
        if (first[0].islower() and not ended) or _OPEN_END.search(above.shown[-8:]):
            return True
        if not _NARROWEST_WRAP <= widest <= _WIDEST_WRAP:
            return False
        word = _WORD.match(first)
        room = widest - above.width - 1 - (word.end() if word else 0)
        return room < widest // (10 if ended else 4)


def _is_rule(stripped: str) -> bool:
    return set(stripped[:9]) == {"="} or _RULE.match(stripped) is not None


def _is_bold_heading(stripped: str) -> bool:
    if not stripped.startswith(("**", "__")) or _BOLD.fullmatch(stripped) is None:
        return False
    return stripped.rstrip(":：")[-3] not in "。.；;，,"
