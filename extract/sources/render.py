"""The main text of a page written as Markdown, which keeps headings, lists and tables."""

import re
from dataclasses import dataclass, field

from .page import Element, walk

__all__ = ["render"]

_CJK = "\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\uffef"
_BLANKS = re.compile(r"\s+")
_CJK_BREAK = re.compile(rf"(?<=[{_CJK}])[ \t]{{0,200}}+\n\s{{0,200}}+(?=[{_CJK}])")
_MARKUP = re.compile(r"[#>|]|`{3}|~{3}|<!--|[-=]{3}")
_SAYS_SOMETHING = re.compile(r"\w")
_HEADINGS = {f"h{level}": "#" * level + " " for level in range(1, 7)}
_PARAGRAPHS = frozenset(
    {"p", "div", "section", "article", "main", "header", "blockquote", "figure", "figcaption"}
    | {"dl", "dt", "dd", "details", "summary", "address", "center", "body", "caption", "hr"}
)
_LAYOUT = frozenset(("p", "div", "table", "ul", "ol", "h1", "h2", "h3", "h4", "article", "section"))
_BOLD = frozenset(("b", "strong"))
_LONGEST_BOLD = 80
_WIDEST = 50
_LONGEST_REPEATED = 60


def render(root: Element) -> str:
    """Write an element as Markdown.

    Links are their labels, pictures are left out, preformatted text is fenced. Takes time linear
    in the element.

    Examples
    --------
    >>> from .page import parse_page
    >>> html = "<h1>GLM</h1><ul><li>by <a href='/z'>Zhipu</a></ul><table><tr><th>a<th>b</table>"
    >>> print(render(parse_page(html, "page")))
    # GLM
    <BLANKLINE>
    - by Zhipu
    <BLANKLINE>
    | a | b |
    |---|---|
    """
    writer = _Writer(layout=_layout_tables(root))
    for node, entering in walk(root):
        if isinstance(node, str):
            writer.text(node)
        elif entering:
            writer.enter(node)
        else:
            writer.leave(node)
    writer.flush()
    return "\n".join(writer.lines).strip("\n")


def _layout_tables(root: Element) -> set[int]:
    """Find the tables that only place things: those with blocks in their cells, or one column."""
    layout: set[int] = set()
    open_tables: list[tuple[Element, int]] = []
    columns = 0
    for node, entering in walk(root):
        if isinstance(node, str):
            continue
        if node.tag == "table":
            if entering:
                if open_tables:
                    layout.update(id(table) for table, _ in open_tables)
                open_tables.append((node, 0))
            else:
                table, widest = open_tables.pop()
                if max(widest, columns) < 2 or table.attributes.get("role") == "presentation":
                    layout.add(id(table))
            columns = 0
        elif open_tables and entering:
            if node.tag == "tr":
                table, widest = open_tables[-1]
                open_tables[-1] = (table, max(widest, columns))
                columns = 0
            elif node.tag in ("td", "th"):
                columns += 1
            elif node.tag in _LAYOUT and _has_many(node):
                layout.add(id(open_tables[-1][0]))
    return layout


def _has_many(node: Element) -> bool:
    """Whether a block in a cell makes it a page rather than a cell: one paragraph does not."""
    return node.tag not in ("p", "div", "ul", "ol") or node.prose > 400


@dataclass(slots=True)
class _Writer:
    layout: set[int]
    lines: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    """The texts of the block being read."""
    prefix: str = ""
    lists: list[int] = field(default_factory=list)
    """The next number of each open list, 0 for bullets."""
    bold: int = 0
    is_bold: bool = True
    fenced: int = 0
    table: Element | None = None
    rows: list[list[str]] = field(default_factory=list)
    below: dict[int, tuple[int, str]] = field(default_factory=dict)
    """How many rows more the cell of a column covers, and what it says."""
    header: bool = False
    after: str = ""

    def text(self, text: str) -> None:
        if not self.bold and not text.isspace():
            self.is_bold = False
        self.words.append(text)

    def enter(self, node: Element) -> None:
        tag = node.tag
        if tag in _BOLD:
            self.bold += 1
        elif tag == "br":
            if self.fenced:
                self.words.append("\n")
            elif self.table or self.prefix:
                self.words.append(" ")
            else:
                self.flush()
        elif self.table:
            self._enter_table(node)
        elif tag == "table" and id(node) not in self.layout:
            self.flush()
            self.table, self.rows, self.below, self.header = node, [], {}, False
        elif tag in _HEADINGS:
            self.flush()
            self.prefix = _HEADINGS[tag]
        elif tag in ("ul", "ol"):
            self.flush()
            self.lists.append(1 if tag == "ol" else 0)
        elif tag == "li":
            self.flush()
            self._item()
        elif tag == "pre":
            self.flush()
            self.fenced += 1
        elif tag in _PARAGRAPHS or tag in ("td", "th", "tr", "table"):
            self._break()

    def leave(self, node: Element) -> None:
        tag = node.tag
        if tag in _BOLD:
            self.bold -= 1
        elif self.table:
            self._leave_table(node)
        elif tag in ("ul", "ol"):
            self.flush()
            self.lists.pop()
        elif tag == "pre":
            self._fence()
            self.fenced -= 1
        elif tag in _HEADINGS or tag == "li" or tag in _PARAGRAPHS or tag in ("td", "th", "tr"):
            self.flush()

    def _break(self) -> None:
        """Begin a paragraph, unless it is the first thing in a list item or heading."""
        if self.prefix and not "".join(self.words).strip():
            return
        self.flush()

    def _item(self) -> None:
        indent = "  " * min(max(0, len(self.lists) - 1), 20)
        number = self.lists[-1] if self.lists else 0
        if number:
            self.lists[-1] += 1
        self.prefix = f"{indent}{number}. " if number else f"{indent}- "

    def flush(self) -> None:
        """Write the block that was being read."""
        words = _collapse("".join(self.words))
        prefix, is_bold = self.prefix, self.is_bold
        self.words.clear()
        self.prefix = ""
        self.is_bold = True
        if not _SAYS_SOMETHING.search(words):
            return
        kind = "item" if prefix.lstrip()[:1] in ("-", *"0123456789") and prefix else "block"
        if not prefix and is_bold and len(words) <= _LONGEST_BOLD and "*" not in words:
            words = f"**{words}**"
        elif _MARKUP.match(words):
            words = "\\" + words
        if self.lines and not (kind == self.after == "item"):
            self.lines.append("")
        self.lines.append(prefix + words)
        self.after = kind

    def _fence(self) -> None:
        code = "".join(self.words).strip("\n")
        self.words.clear()
        self.is_bold = True
        if code.strip():
            longest = max((len(run) for run in re.findall("`+", code)), default=0)
            fence = "`" * max(3, longest + 1)
            self.lines += ["", fence, code, fence]
            self.after = "block"

    def _enter_table(self, node: Element) -> None:
        if node.tag == "tr":
            self.rows.append([])
        elif node.tag in ("td", "th", "caption"):
            self.words.clear()
            if node.tag == "th" and len(self.rows) == 1:
                self.header = True
        elif node.tag in _PARAGRAPHS or node.tag == "li":
            self.words.append(" ")

    def _leave_table(self, node: Element) -> None:
        if node.tag == "caption":
            table, self.table = self.table, None
            self.flush()
            self.table = table
        elif node.tag in ("td", "th"):
            cell = _collapse("".join(self.words)).replace("|", "\\|")
            self.words.clear()
            if not self.rows:
                self.rows.append([])
            row = self.rows[-1]
            self._cover(row)
            # A cell over several columns or rows speaks for each of them.
            repeated = cell if len(cell) <= _LONGEST_REPEATED else ""
            rows = _number(node, "rowspan")
            for column in range(_number(node, "colspan")):
                if rows > 1:
                    self.below[len(row)] = (rows - 1, repeated)
                if len(row) < _WIDEST:
                    row.append(repeated if column else cell)
        elif node.tag == "tr":
            if self.rows:
                self._cover(self.rows[-1])
        elif node is self.table:
            self._write_table()

    def _cover(self, row: list[str]) -> None:
        """Fill the columns that a cell from above covers."""
        while len(row) < _WIDEST:
            rows, cell = self.below.get(len(row), (0, ""))
            if not rows:
                return
            self.below[len(row)] = (rows - 1, cell)
            row.append(cell)

    def _write_table(self) -> None:
        self.words.clear()
        self.table = None
        rows = [row for row in self.rows if any(row)]
        self.is_bold = True
        if not rows:
            return
        width = max(len(row) for row in rows)
        self.lines.append("")
        for number, row in enumerate(rows):
            self.lines.append("| " + " | ".join(row + [""] * (width - len(row))) + " |")
            if number == 0 and self.header:
                self.lines.append("|" + "---|" * width)
        self.after = "block"


def _number(node: Element, attribute: str) -> int:
    number = node.attributes.get(attribute, "1").strip()
    return min(max(1, int(number)), _WIDEST) if number.isascii() and number.isdigit() else 1


def _collapse(text: str) -> str:
    return _BLANKS.sub(" ", _CJK_BREAK.sub("", text)).strip()
