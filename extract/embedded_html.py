"""Headings and table rows that a Markdown text holds as HTML tags."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from .hidden import Tag
from .structure import Block, BlockKind, Cell

__all__ = ["find_html_blocks"]

_SPAN = re.compile(r"""\b(colspan|rowspan)\s{0,9}=\s{0,9}["']?(\d{1,3})""", re.IGNORECASE)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_LONGEST_HEADING = 1000
_WIDEST = 200


def find_html_blocks(text: str, tags: Sequence[Tag], visible: str) -> list[tuple[int, int, Block]]:
    """Find HTML headings and table rows.

    Parameters
    ----------
    text : str
    tags : sequence of Tag
        The tags of the text in order.
    visible : str
        The text with blanks for what is hidden.

    Returns
    -------
    list of (int, int, Block)
        The outer offsets, tags included, and the block. `Block.header` of a row counts the blocks
        of this list; `Block.heading` is left to the caller.
    """
    found: list[tuple[int, int, Block]] = []
    for piece in _pieces(tags):
        if isinstance(piece, _Row):
            block = piece.block(visible)
        else:
            start, end = _trim(visible, piece.start, piece.end)
            block = Block(BlockKind.HEADING, start, end, level=piece.level) if start < end else None
        if block is None:
            continue
        if block.kind is BlockKind.TABLE_ROW and isinstance(piece, _Row):
            header = piece.table.header
            block = Block(block.kind, block.start, block.end, cells=block.cells, header=header)
        elif isinstance(piece, _Row) and piece.table.header < 0:
            piece.table.header = len(found)
        found.append((piece.outer_start, piece.outer_end, block))
    return found


@dataclass(slots=True)
class _Table:
    header: int = -1
    below: dict[int, int] = field(default_factory=dict)
    """How many rows below this one a cell of a column still covers."""


@dataclass(slots=True)
class _Heading:
    outer_start: int
    outer_end: int
    start: int
    end: int
    level: int


@dataclass(slots=True)
class _Row:
    table: _Table
    outer_start: int
    outer_end: int = 0
    cells: list[tuple[int, int, bool, int, int]] = field(default_factory=list)
    """Start, end, whether a header cell, columns and rows covered."""

    def block(self, visible: str) -> Block | None:
        cells: list[Cell] = []
        below = self.table.below

        def fill() -> None:
            while below.get(len(cells), 0) > 0 and len(cells) < _WIDEST:
                below[len(cells)] -= 1
                at = cells[-1].end if cells else self.outer_start
                cells.append(Cell(at, at))

        heads = bool(self.cells) and all(head for _, _, head, _, _ in self.cells)
        for start, end, _, columns, rows in self.cells:
            fill()
            start, end = _trim(visible, start, end)
            for covered in range(columns):
                if len(cells) >= _WIDEST:
                    break
                if rows > 1:
                    below[len(cells)] = rows - 1
                # A header cell names every column below it, a body cell speaks once.
                cells.append(Cell(start, end) if heads or not covered else Cell(end, end))
        fill()
        filled = [cell for cell in cells if cell.start < cell.end]
        if not filled:
            return None
        kind = BlockKind.TABLE_HEADER if heads else BlockKind.TABLE_ROW
        start, end = filled[0].start, filled[-1].end
        clamped = (
            cell if cell.start < cell.end else Cell(at := min(max(cell.start, start), end), at)
            for cell in cells
        )
        return Block(kind, start, end, cells=tuple(clamped))


def _pieces(tags: Sequence[Tag]) -> Iterator[_Row | _Heading]:
    """Give rows and headings in order; a missing closing tag ends with the next opening one."""
    table = _Table()
    row: _Row | None = None
    cell: Tag | None = None
    heading: Tag | None = None
    for tag in tags:
        if tag.name in ("td", "th", "tr", "table"):
            heading = None
            if row and cell:
                columns, rows = _spans(cell.attributes)
                row.cells.append((cell.end, tag.start, cell.name == "th", columns, rows))
                row.outer_end = tag.end if tag.closing else tag.start
            cell = None
            if tag.name in ("tr", "table"):
                if row:
                    if tag.closing:
                        row.outer_end = tag.end
                    if row.outer_end:
                        yield row
                row = None
                if tag.name == "table":
                    table = _Table()
                elif not tag.closing:
                    row = _Row(table, tag.start)
            elif row and not tag.closing:
                cell = tag
        elif tag.name in _HEADINGS and row is None:
            if not tag.closing:
                heading = tag
            elif heading and tag.end - heading.start <= _LONGEST_HEADING:
                level = int(heading.name[1])
                yield _Heading(heading.start, tag.end, heading.end, tag.start, level)
                heading = None


def _spans(attributes: str) -> tuple[int, int]:
    found = {name.lower(): int(number) for name, number in _SPAN.findall(attributes)}
    return max(1, found.get("colspan", 1)), max(1, found.get("rowspan", 1))


def _trim(visible: str, start: int, end: int) -> tuple[int, int]:
    piece = visible[start:end]
    inner = piece.strip()
    if not inner:
        return start, start
    start += len(piece) - len(piece.lstrip())
    return start, start + len(inner)
