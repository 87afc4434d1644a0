"""What keeps a hostile file of RDF from exhausting memory, the stack or the network."""

import io
import json
import re
import zlib
from typing import IO, TYPE_CHECKING, Any
from xml.parsers import expat

from ..errors import ImportFileError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = ["DEEPEST", "Depth", "Guarded", "check_xml", "without_remote_contexts"]

DEEPEST = 100
"""How deep triple terms may lie in one another."""
_DEEPEST_XML = 1000
_LARGEST_XML = 256_000_000
"""Characters of text and attributes, entities expanded."""
# What begins and ends texts, addresses and comments in Turtle, by what is open.
_MARKS = {
    b"": re.compile(rb"\"\"\"|\'\'\'|[\"\'#]|<<|>>|<|\\.", re.DOTALL),
    b'"': re.compile(rb"\\.|[\"\n\r]", re.DOTALL),
    b"'": re.compile(rb"\\.|[\'\n\r]", re.DOTALL),
    b'"""': re.compile(rb"\\.|\"\"\"", re.DOTALL),
    b"'''": re.compile(rb"\\.|\'\'\'", re.DOTALL),
    b"#": re.compile(rb"[\n\r]"),
    b"<": re.compile(rb"[>\n\r]"),
}
_SCHEMA = re.compile(r"https?://schema\.org(?:/|/docs/jsonldcontext\.jsonld?)?")


class Guarded(io.RawIOBase):
    """Passes a file on as it is read, and stops where it grows too large or too deep.

    Parameters
    ----------
    file : binary file
    plain : binary file
        What is closed with this one.
    name : str
        The file's name, for messages.
    largest : int
        Bytes, unpacked.
    depth : Depth, optional
        What counts how deep triple terms lie in one another.
    """

    def __init__(
        self,
        file: IO[bytes],
        plain: IO[bytes],
        name: str,
        largest: int,
        depth: "Depth | None" = None,
    ) -> None:
        self._file, self._plain, self._name = file, plain, name
        self._largest, self._depth = largest, depth
        self._size = 0

    def readable(self) -> bool:
        """Say yes."""
        return True

    def close(self) -> None:
        """Close the file."""
        self._plain.close()
        super().close()

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Read on.

        Raises
        ------
        ImportFileError
            When the file is too large, too deep, or packed and damaged.
        """
        view = memoryview(buffer).cast("B")
        try:
            data = self._file.read(len(view))
        except (EOFError, zlib.error, OSError) as error:
            raise ImportFileError(
                f"{self._name} cannot be read to its end: {error}",
                hint="fetch the file again",
            ) from error
        self._size += len(data)
        if self._size > self._largest:
            raise ImportFileError(
                f"{self._name} holds more than {self._largest // 1_000_000} MB",
                hint="split the file",
            )
        if self._depth is not None and self._depth.after(data) > DEEPEST:
            raise ImportFileError(
                f"{self._name}: triple terms lie more than {DEEPEST} deep in one another",
                hint="nobody means that: look at the file",
            )
        view[: len(data)] = data
        return len(data)


class Depth:
    r"""Counts, in Turtle and its kin, how deep triple terms lie in one another.

    What stands in texts, addresses and comments does not count.

    Examples
    --------
    >>> Depth().after(b'<a> <b> <<( <c> <d> <<( <e> <f> "<<( <<(" # <<( >>\n )>> )>> .  ')
    2
    """

    def __init__(self) -> None:
        self._state, self._rest = b"", b""
        self._now = self._most = 0

    def after(self, data: bytes) -> int:
        """Give how deep they lay at most, after these bytes too."""
        ahead = self._rest + data
        # A mark may be cut by the end of the bytes.
        end = len(ahead) - 2 if data else len(ahead)
        at = 0
        while at < end:
            found = _MARKS[self._state].search(ahead, at)
            if found is None or found.start() >= end:
                at = max(at, end)
                break
            at = found.end()
            self._see(found.group())
        self._rest = ahead[at:]
        return self._most

    def _see(self, mark: bytes) -> None:
        if mark[:1] == b"\\":
            return
        if self._state:
            self._state = b""
        elif mark == b"<<":
            self._now += 1
            self._most = max(self._most, self._now)
        elif mark == b">>":
            self._now = max(0, self._now - 1)
        else:
            self._state = mark


def check_xml(file: IO[bytes], name: str) -> None:
    """Read XML through once, so that what would blow a reader up is found before.

    Raises
    ------
    ImportFileError
        When it is not well-formed, names anything outside of it, or its entities or elements are
        too many.

    Examples
    --------
    >>> bomb = b'<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/passwd">]><r>&e;</r>'
    >>> try:
    ...     check_xml(io.BytesIO(bomb), "a.rdf")
    ... except ImportFileError as error:
    ...     print(error.message)
    a.rdf, line 1: the entity 'e' lies outside the file
    """
    parser = expat.ParserCreate()
    depth = size = 0

    def wrong(reason: str) -> ImportFileError:
        return ImportFileError(
            f"{name}, line {parser.CurrentLineNumber}: {reason}", hint="look at the file"
        )

    def grow(number: int) -> None:
        nonlocal size
        size += number
        if size > _LARGEST_XML:
            raise wrong(f"more than {_LARGEST_XML // 1_000_000} MB of text, entities expanded")

    def begin(_: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST_XML:
            raise wrong(f"elements lie more than {_DEEPEST_XML} deep in one another")
        grow(sum(map(len, attributes.values())))

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1

    def doctype(_: str, system: str | None, public: str | None, __: bool) -> None:
        if system or public:
            raise wrong("its document type lies outside the file")

    def entity(entity: str, _: bool, value: str | None, *__: str | None) -> None:
        if value is None:
            raise wrong(f"the entity {entity!r} lies outside the file")

    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    parser.CharacterDataHandler = lambda text: grow(len(text))
    parser.StartDoctypeDeclHandler = doctype
    parser.EntityDeclHandler = entity
    try:
        parser.ParseFile(file)
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        raise ImportFileError(
            f"{name}, line {error.lineno}, column {error.offset + 1}: {reason}",
            hint="the file is no well-formed XML",
        ) from error
    # What no reader of XML has to know.
    except (LookupError, ValueError) as error:
        raise ImportFileError(f"{name}: {error}", hint="save it as UTF-8") from error


def without_remote_contexts(data: bytes, name: str, contexts: dict[str, Any]) -> bytes:
    """Give JSON-LD in which the contexts that are known by address stand in full.

    Parameters
    ----------
    data : bytes
    name : str
        The file's name, for messages.
    contexts : dict
        What is known, by address; that of schema.org is known besides.

    Raises
    ------
    ImportFileError
        When it is no JSON, or names a context that is not known: none is ever fetched.

    Examples
    --------
    >>> data = b'{"@context": "https://schema.org/", "name": "Qwen"}'
    >>> without_remote_contexts(data, "a.jsonld", {})
    b'{"@context": {"@vocab": "http://schema.org/"}, "name": "Qwen"}'
    """
    try:
        document = json.loads(data)
    except UnicodeDecodeError as error:
        raise ImportFileError(
            f"{name}: the text is not UTF-8 at byte {error.start}", hint="save it as UTF-8"
        ) from error
    except json.JSONDecodeError as error:
        raise ImportFileError(
            f"{name}, line {error.lineno}, column {error.colno}: {error.msg}",
            hint="the file is no JSON",
        ) from error
    # Of a number of many digits, and of brackets in brackets, JSON says other things.
    except (ValueError, RecursionError) as error:
        raise ImportFileError(
            f"{name}: no JSON that can be read: {error}", hint="look at the file"
        ) from error
    changed = False
    ahead: list[Any] = [document]
    while ahead:
        item = ahead.pop()
        if isinstance(item, dict):
            if "@context" in item:
                given = item["@context"]
                several = given if isinstance(given, list) else [given]
                known = [
                    _context(one, name, contexts) if isinstance(one, str) else one
                    for one in several
                ]
                if known != several:
                    changed = True
                    item["@context"] = known if isinstance(given, list) else known[0]
            ahead += [value for key, value in item.items() if key != "@context"]
        elif isinstance(item, list):
            ahead += item
    # Untouched bytes keep the lines that messages name.
    return json.dumps(document, ensure_ascii=False).encode("utf-8", "replace") if changed else data


def _context(address: str, name: str, contexts: dict[str, Any]) -> Any:
    if address in contexts:
        return contexts[address]
    if _SCHEMA.fullmatch(address):
        return {"@vocab": "http://schema.org/"}
    shown = address if len(address) <= 100 else f"{address[:99]}…"
    raise ImportFileError(
        f"{name}: its context lies at {shown}, and nothing is fetched",
        hint="write the context into the file",
    )
