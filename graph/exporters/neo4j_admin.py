"""A folder for ``neo4j-admin database import full``: the fastest way of much into a new database.

The tool splits lists at one character and knows no way to write that character in an item, so one
is chosen that no item holds. All other text is quoted, and comes back to the letter. What cannot
be written is a list without items: such a property is not there after the import, unless the
statements that ``README.txt`` names are run.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TextIO

from ..errors import ExportError
from ..projections.shape import (
    CLAIM,
    DOCUMENT,
    ENTITY,
    EdgeRecord,
    NodeRecord,
    Property,
    edges,
    nodes,
)
from ..protocols import View
from .writing import whole_file, whole_folder

__all__ = ["README", "Neo4jAdminFolder"]

README = "README.txt"
"""The file that says how the others are imported."""

# Control characters that hardly any text holds, then those that Unicode leaves to everybody.
_DELIMITERS = [*map(chr, (*range(0x1F, 0x0D, -1), 0x0C, 0x0B, *range(0x08, 0, -1)))] + [
    chr(code) for code in range(0xE000, 0xF900)
]
_BUFFER = 4 * 1024 * 1024
"""How many bytes of one field the tool holds when it is not told otherwise."""

_MOST_BYTES = 4
"""What one character takes at most."""

_LIST = "string[]"
_WIDEST = ("long", "double", "string", _LIST)
"""The types of columns; each can hold what those before it hold."""

_TOLD = """\
The graph as files for Neo4j's own import tool.

From this folder, for a database that does not exist yet, while the server is down:

{command}

A list without items is no property after that. To have it as modelkin shows it, run then:

  MATCH (e:Entity) WHERE e.aliases IS NULL SET e.aliases = [];
  MATCH (:Entity)-[r]->(:Entity) WHERE r.methods IS NULL SET r.methods = [];

The files hold what is known, not what was read and decided: `modelkin sync` copies that too.
"""


@dataclass(frozen=True, slots=True)
class _Table:
    """One kind of nodes or edges: a file of column names and one of rows.

    Parameters
    ----------
    name : str
        The files are called by it.
    ends : tuple of str
        The columns that every row fills.
    types : mapping of str to str
        The type of each property, by key.
    """

    name: str
    ends: tuple[str, ...]
    types: Mapping[str, str]

    @property
    def header(self) -> str:
        """The line of column names."""
        named = [_name(f"{key}:{type}") for key, type in self.types.items()]
        return ",".join([*self.ends, *named]) + "\n"

    @property
    def files(self) -> tuple[str, str]:
        """The names of the two files."""
        return f"{self.name}-header.csv", f"{self.name}.csv"


class Neo4jAdminFolder:
    """Writes a view as typed CSV; see `modelkin.graph.projections.shape` for the graph."""

    def write(self, view: View, target: Path) -> str:
        """Write the view: the whole folder or none of it; the same view gives the same bytes.

        Parameters
        ----------
        view : View
            Read twice: first for the columns, then for the rows.
        target : Path
            A folder that is not there yet, or is empty.

        Returns
        -------
        str
            The command that imports it, to be run in the folder.

        Raises
        ------
        ExportError
            When the folder holds something already, or cannot be written.
        """
        with whole_folder(target) as folder:
            node_tables, edge_tables, delimiter = _tables(view)
            longest = _write(view, folder, node_tables, edge_tables, delimiter)
            command = _command(node_tables, edge_tables, delimiter, longest)
            indented = "".join(f"  {line}\n" for line in command.split("\n")).rstrip("\n")
            with whole_file(folder / README) as file:
                file.write(_TOLD.format(command=indented))
        return command


_Tables = dict[str, _Table]
"""Tables by the kind of their rows, in the order of the command."""


def _tables(view: View) -> tuple[_Tables, _Tables, str]:
    """Find the columns of each kind, and a character that no item of a list holds."""
    left = dict.fromkeys(_DELIMITERS)
    types: dict[str, dict[str, int]] = defaultdict(dict)

    def look(kind: str, properties: Mapping[str, Property]) -> None:
        found = types[kind]
        for key, value in properties.items():
            found[key] = max(found.get(key, 0), _width(value))
            if isinstance(value, list):
                for item in value:
                    # Ordinary text holds none of them, which is quick to see.
                    if not item.isprintable():
                        for character in item:
                            left.pop(character, None)

    for node in nodes(view):
        look(_node_kind(node), node.properties)
    for edge in edges(view):
        look(_edge_kind(edge), edge.properties)
    delimiter = next(iter(left), None)
    if delimiter is None:
        raise ExportError("the names in the graph leave no character to tell lists apart")

    def columns(kind: str) -> dict[str, str]:
        return {key: _WIDEST[width] for key, width in sorted(types[kind].items())}

    return (
        {
            kind: _Table(kind, (f"id:ID({space})", ":LABEL"), columns(kind))
            for kind, space in _NODES.items()
        },
        {
            kind: _Table(kind, (f":START_ID({one})", f":END_ID({other})", ":TYPE"), columns(kind))
            for kind, (one, other) in _EDGES.items()
        },
        delimiter,
    )


def _write(
    view: View, folder: Path, node_tables: _Tables, edge_tables: _Tables, delimiter: str
) -> int:
    """Write all files; give the characters of the longest field."""
    longest = 0
    with ExitStack() as stack:
        rows: dict[str, TextIO] = {}
        for kind, table in chain(node_tables.items(), edge_tables.items()):
            header, data = (stack.enter_context(whole_file(folder / n)) for n in table.files)
            header.write(table.header)
            rows[kind] = data

        def put(table: _Table, ends: Iterable[str], properties: Mapping[str, Property]) -> None:
            nonlocal longest
            fields = [_text(end) for end in ends]
            fields += [
                _field(properties.get(key), type, delimiter) for key, type in table.types.items()
            ]
            longest = max(longest, *map(len, fields))
            rows[table.name].write(",".join(fields) + "\n")

        for node in nodes(view):
            ends = (node.id, delimiter.join(node.labels))
            put(node_tables[_node_kind(node)], ends, node.properties)
        for edge in edges(view):
            put(
                edge_tables[_edge_kind(edge)],
                (edge.source, edge.target, edge.type),
                edge.properties,
            )
    return longest


def _command(node_tables: _Tables, edge_tables: _Tables, delimiter: str, longest: int) -> str:
    """Give the command that imports the files; the database's name must come first."""
    bytes = longest * _MOST_BYTES
    return " \\\n  ".join(
        [
            "neo4j-admin database import full neo4j",
            f"--array-delimiter=U+{ord(delimiter):04X}",
            "--multiline-fields=true",
            *([f"--read-buffer-size={2 * bytes}"] if bytes > _BUFFER // 2 else []),
            *(f"--nodes={','.join(table.files)}" for table in node_tables.values()),
            *(f"--relationships={','.join(table.files)}" for table in edge_tables.values()),
        ]
    )


_NODES = {"entities": ENTITY, "documents": DOCUMENT, "claims": CLAIM}
"""The ids of each kind are told apart from those of the others."""

_EDGES = {
    "statements": (ENTITY, ENTITY),
    "claims-about": (CLAIM, ENTITY),
    "claims-stated-in": (CLAIM, DOCUMENT),
}

_NODE_KINDS = {CLAIM: "claims", DOCUMENT: "documents"}


def _node_kind(node: NodeRecord) -> str:
    return _NODE_KINDS.get(node.labels[0], "entities")


def _edge_kind(edge: EdgeRecord) -> str:
    if edge.source_label != CLAIM:
        return "statements"
    return "claims-stated-in" if edge.target_label == DOCUMENT else "claims-about"


def _width(value: Property) -> int:
    """Give the place of a value's type in `_WIDEST`."""
    if isinstance(value, list):
        return 3
    return 2 if isinstance(value, str) else 1 if isinstance(value, float) else 0


_WRITERS: dict[str, Callable[[Property], str]] = {
    "long": str,
    "double": lambda value: repr(float(value)),  # type: ignore[arg-type]
    "string": lambda value: _text(str(value)),
}


def _field(value: Property | None, type: str, delimiter: str) -> str:
    """Give one field; what is not there is empty, and a text is quoted even if it is empty."""
    if value is None:
        return ""
    if type != _LIST:
        return _WRITERS[type](value)
    items = value if isinstance(value, list) else [str(value)]
    return _text(delimiter.join(items)) if items else ""


def _text(text: str) -> str:
    r"""Quote a text.

    Examples
    --------
    >>> _text('a "big", 百川\n')
    '"a ""big"", 百川\n"'
    """
    return '"' + text.replace('"', '""') + '"'


def _name(column: str) -> str:
    """Give the name of a column, quoted where it is no plain word.

    Examples
    --------
    >>> _name("name:string"), _name("a,b:string")
    ('name:string', '"a,b:string"')
    """
    plain = column.partition(":")[0].isidentifier()
    return column if plain else _text(column)
