"""Reads documents that people annotated: a text, and beside it a JSON file that says what it says.

The shape of an annotated document::

    {"id": "llama-2-news", "lang": "en", "kind": "news",
     "entities": [{"id": "e1", "type": "Model", "name": "Llama 2", "names": ["Llama 2"]}, …],
     "relations": [{"subject": "e1", "predicate": "developedBy", "object": "e2",
                    "evidence": "Meta released Llama 2", "qualifiers": {}}],
     "attributes": [{"subject": "e1", "attribute": "parameters", "value": "7B",
                     "evidence": "7 billion parameters"}]}
"""

import json
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from ...ontology.claim import Qualifiers, qualifiers_of
from ...ontology.document import Document, normalise_text
from ...ontology.terms import Attribute, EntityType, Predicate, Qualifier
from ..errors import GoldError

__all__ = [
    "KINDS",
    "GoldAttribute",
    "GoldDocument",
    "GoldEntity",
    "GoldRelation",
    "read_all_gold",
    "read_gold",
]

KINDS = ("news", "blog", "readme", "paper-abstract")
"""The kinds of text that are told apart."""

_LANGUAGES = ("zh", "en")
_TEXTS = (".md", ".txt", ".html")
_TYPES = frozenset(map(str, EntityType))
_PREDICATES = frozenset(map(str, Predicate))
_ATTRIBUTES = frozenset(map(str, Attribute))
_QUALIFIERS = frozenset(map(str, Qualifier))


@dataclass(frozen=True, slots=True)
class GoldEntity:
    """A named thing of a document.

    Parameters
    ----------
    id : str
        What the document's relations and attributes call it.
    type : str
        An `EntityType`.
    name : str
        Its main name.
    names : tuple of str
        Every name that the text has for it, as written.
    """

    id: str
    type: str
    name: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoldRelation:
    """A relation of a document; its ends are ids of entities.

    Parameters
    ----------
    subject : str
    predicate : str
        A `Predicate`.
    object : str
    qualifiers : tuple of (str, str)
        ``method``, ``relation``, ``role`` …
    evidence : str
        The words that say it, whitespace aside.
    """

    subject: str
    predicate: str
    object: str
    qualifiers: Qualifiers = ()
    evidence: str = ""

    def qualifier(self, key: str) -> str | None:
        """Give the value of one qualifier.

        Examples
        --------
        >>> GoldRelation("e1", "derivedFrom", "e2", (("method", "merge"),)).qualifier("method")
        'merge'
        """
        return next((value for name, value in self.qualifiers if name == key), None)


@dataclass(frozen=True, slots=True)
class GoldAttribute:
    """A value that a document gives for an entity.

    Parameters
    ----------
    subject : str
        The id of an entity.
    attribute : str
        An `Attribute`.
    value : str
        In its normal form: ``7B``, ``2023-07``, ``open``.
    evidence : str
        The words that say it, whitespace aside.
    """

    subject: str
    attribute: str
    value: str
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A text and what people found in it.

    Parameters
    ----------
    id : str
    lang : str
        ``zh`` or ``en``.
    kind : str
        One of `KINDS`.
    text : str
        In the one form that modelkin stores (see `normalise_text`).
    entities : tuple of GoldEntity
    relations : tuple of GoldRelation
    attributes : tuple of GoldAttribute
    path : Path
        The file of the annotations.
    """

    id: str
    lang: str
    kind: str
    text: str
    entities: tuple[GoldEntity, ...]
    relations: tuple[GoldRelation, ...]
    attributes: tuple[GoldAttribute, ...]
    path: Path

    @property
    def document(self) -> Document:
        """The text as the extractor takes it."""
        return Document.of(self.text, lang=self.lang, title=self.id)


def read_gold(folder: Path) -> list[GoldDocument]:
    """Read every annotated document of a folder and of the folders in it.

    Parameters
    ----------
    folder : Path
        Holds pairs of ``NAME.json`` and ``NAME.md``, ``.txt`` or ``.html``.

    Returns
    -------
    list of GoldDocument
        Sorted by id.

    Raises
    ------
    GoldError
        When there are none, when two have one id, or when one is malformed; names the file and
        what is wrong in it.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "news.json")
    ...     _ = path.write_text('{"id": "news", "lang": "en", "kind": "news", "entities": '
    ...         '[{"id": "e1", "type": "Model", "name": "Llama 2", "names": ["Llama 2"]}]}')
    ...     _ = path.with_suffix(".txt").write_text("Llama 2 is out.")
    ...     [document] = read_gold(Path(folder))
    >>> document.entities
    (GoldEntity(id='e1', type='Model', name='Llama 2', names=('Llama 2',)),)
    """
    if not folder.is_dir():
        raise GoldError(f"no folder at {folder}", hint="name a folder of annotated documents")
    known: dict[str, GoldDocument] = {}
    for path in sorted(folder.rglob("*.json")):
        document = _read_document(path)
        if document.id in known:
            raise _malformed(path, f"{known[document.id].path} has the id {document.id!r} too")
        known[document.id] = document
    if not known:
        raise GoldError(
            f"no annotated documents in {folder}",
            hint="it needs pairs of NAME.json and NAME.md, .txt or .html",
        )
    return [known[id] for id in sorted(known)]


def read_all_gold(folders: Iterable[Path]) -> list[GoldDocument]:
    """Read every annotated document of several folders.

    Returns
    -------
    list of GoldDocument
        Sorted by id.

    Raises
    ------
    GoldError
        As `read_gold` does, and when two folders have a document of one id.
    """
    known: dict[str, GoldDocument] = {}
    for folder in folders:
        for document in read_gold(folder):
            if document.id in known:
                other = known[document.id].path
                raise _malformed(document.path, f"{other} has the id {document.id!r} too")
            known[document.id] = document
    return [known[id] for id in sorted(known)]


def _malformed(path: Path, reason: str) -> GoldError:
    return GoldError(
        f"{path}: {reason}", hint="an annotated document looks as docs/extraction.md shows"
    )


def _read_document(path: Path) -> GoldDocument:
    raw = _json(path)
    if not isinstance(raw, Mapping):
        raise _malformed(path, "holds no JSON object")
    fields = _Fields(path, "the document", raw)
    id = fields.text("id")
    if Path(id).name != id:
        raise _malformed(path, f"the id {id!r} is no file name")
    entities = _entities(fields)
    known = frozenset(entity.id for entity in entities)
    return GoldDocument(
        id=id,
        lang=fields.one_of("lang", _LANGUAGES),
        kind=fields.one_of("kind", KINDS),
        text=_text_beside(path),
        entities=entities,
        relations=tuple(_relation(r, known) for r in fields.objects("relations")),
        attributes=tuple(_attribute(a, known) for a in fields.objects("attributes")),
        path=path,
    )


def _json(path: Path) -> object:
    try:
        return cast(object, json.loads(path.read_text(encoding="utf-8-sig")))
    except OSError as error:
        raise _malformed(path, f"cannot be read: {error.strerror or error}") from error
    except (ValueError, RecursionError) as error:
        raise _malformed(path, f"is no JSON in UTF-8: {error}") from error


def _text_beside(path: Path) -> str:
    for suffix in _TEXTS:
        beside = path.with_suffix(suffix)
        if not beside.is_file():
            continue
        try:
            return normalise_text(beside.read_text(encoding="utf-8"))
        except OSError as error:
            raise _malformed(beside, f"cannot be read: {error.strerror or error}") from error
        except UnicodeDecodeError as error:
            raise _malformed(beside, f"is no UTF-8: {error}") from error
    raise _malformed(path, f"no text beside it: no {path.stem}{', '.join(_TEXTS)}")


def _entities(fields: "_Fields") -> tuple[GoldEntity, ...]:
    known: dict[str, GoldEntity] = {}
    for entity in fields.objects("entities", required=True):
        id, name = entity.text("id"), entity.text("name")
        if id in known:
            raise _malformed(fields.path, f"two entities have the id {id!r}")
        type = entity.one_of("type", _TYPES)
        known[id] = GoldEntity(id, type, name, entity.texts("names") or (name,))
    return tuple(known.values())


def _relation(fields: "_Fields", entities: Set[str]) -> GoldRelation:
    return GoldRelation(
        subject=fields.one_of("subject", entities),
        predicate=fields.one_of("predicate", _PREDICATES),
        object=fields.one_of("object", entities),
        qualifiers=fields.qualifiers(),
        evidence=fields.text("evidence", required=False),
    )


def _attribute(fields: "_Fields", entities: Set[str]) -> GoldAttribute:
    return GoldAttribute(
        subject=fields.one_of("subject", entities),
        attribute=fields.one_of("attribute", _ATTRIBUTES),
        value=fields.text("value"),
        evidence=fields.text("evidence", required=False),
    )


@dataclass(frozen=True, slots=True)
class _Fields:
    """One JSON object of a file, read with checks that name the file and the place."""

    path: Path
    place: str
    raw: Mapping[str, Any]

    def wrong(self, reason: str) -> GoldError:
        return _malformed(self.path, f"{self.place} {reason}")

    def text(self, key: str, *, required: bool = True) -> str:
        value = self.raw.get(key)
        if value is None and not required:
            return ""
        if not isinstance(value, str) or (required and not value.strip()):
            raise self.wrong(f"needs a text as {key!r}, not {value!r}")
        return normalise_text(value)

    def texts(self, key: str) -> tuple[str, ...]:
        values = self.raw.get(key, [])
        if not isinstance(values, list) or not all(isinstance(v, str) and v for v in values):
            raise self.wrong(f"needs a list of texts as {key!r}")
        return tuple(map(normalise_text, values))

    def one_of(self, key: str, known: Iterable[str]) -> str:
        value = self.text(key)
        if value not in known:
            what = ", ".join(sorted(known)) if len(set(known)) <= 20 else "an id of the document"
            raise self.wrong(f"has {value!r} as {key!r}; known: {what}")
        return value

    def objects(self, key: str, *, required: bool = False) -> "list[_Fields]":
        values = self.raw.get(key) if required else self.raw.get(key, [])
        if not isinstance(values, list) or not all(isinstance(v, Mapping) for v in values):
            raise self.wrong(f"needs a list of objects as {key!r}")
        return [_Fields(self.path, f"{key}[{n}]", value) for n, value in enumerate(values)]

    def qualifiers(self) -> Qualifiers:
        pairs = self.raw.get("qualifiers", {})
        if not isinstance(pairs, Mapping) or not all(isinstance(v, str) for v in pairs.values()):
            raise self.wrong("needs an object of texts as 'qualifiers'")
        if unknown := sorted(set(pairs) - _QUALIFIERS):
            raise self.wrong(f"has the unknown qualifier {unknown[0]!r}")
        return qualifiers_of(pairs)
