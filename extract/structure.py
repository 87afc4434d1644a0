"""The structure of a text: headings, lists, tables, front matter, with offsets into the text."""

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Block", "BlockKind", "Cell", "Structure"]


class BlockKind(StrEnum):
    """What a block of lines is."""

    FRONT_MATTER = "front-matter"
    """One key of the YAML front matter; `Block.key` holds it."""
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list-item"
    TABLE_HEADER = "table-header"
    TABLE_ROW = "table-row"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table row: its offsets without the blanks around it."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text that reads as one thing.

    Parameters
    ----------
    kind : BlockKind
    start, end : int
        Offsets into the text; a paragraph may span several hard-wrapped lines.
    level : int
        1-6 for headings, nesting depth from 1 for list items, else 0.
    heading : int
        Index of the nearest heading block above, -1 before the first; for a heading, of the
        heading of a higher rank that it stands under.
    cells : tuple of Cell
        Of a table row or header; a cell may be empty (where another one spans its column).
    header : int
        Index of the table's header block, for rows of a table that has one, else -1.
    key : str
        The front matter key.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    heading: int = -1
    cells: tuple[Cell, ...] = ()
    header: int = -1
    key: str = ""


@dataclass(frozen=True, slots=True)
class Structure:
    """The blocks of a text in order, and what of it is no prose.

    Parameters
    ----------
    blocks : tuple of Block
        In order of their offsets, never overlapping. They may begin or end with hidden spans.
    hidden : tuple of (int, int)
        Spans inside or between blocks that carry no names: code blocks, HTML comments and tags,
        link targets, bare addresses. Sorted, never overlapping.
    title : str
        The front matter's title or the first top-level heading, as plain text; may be empty.
    published : str or None
        The front matter's date, ISO.
    """

    blocks: tuple[Block, ...]
    hidden: tuple[tuple[int, int], ...] = ()
    title: str = ""
    published: str | None = None
