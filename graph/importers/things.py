"""The things that a foreign file speaks of: their types and names, as entities."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

import pyoxigraph

from ...ontology.claim import Entity
from ...ontology.document import normalise_text
from ...ontology.errors import InvariantError
from ...ontology.identifiers import entity_id, entity_type
from ...ontology.terms import EntityType
from ..rdf.addresses import Addresses
from ..rdf.syntax import PREFIXES
from .mapping import Vocabulary, normal

__all__ = ["NAMES", "Thing", "Things", "key"]

_LABELS = (
    PREFIXES["rdfs"] + "label",
    PREFIXES["skos"] + "prefLabel",
    "http://schema.org/name",
    PREFIXES["dcterms"] + "title",
    "http://purl.org/dc/elements/1.1/title",
    "http://xmlns.com/foaf/0.1/name",
)
_ALIASES = (PREFIXES["skos"] + "altLabel", "http://schema.org/alternateName")
NAMES = frozenset((*_LABELS, *_ALIASES))
"""The properties whose values are names."""

_TEXTS = (PREFIXES["xsd"] + "string", PREFIXES["rdf"] + "langString")
_LANGUAGES = ("", "en", "zh")
_LONGEST = 200
_ENDING = re.compile(r"\.(?:html?|md|git|json|ttl|rdf)$", re.IGNORECASE)
# Q137, a number, a hash: nobody's name.
_NO_NAME = re.compile(r"[QP]?[0-9]+|[0-9a-f]{16,}|[0-9a-f-]{32,}", re.IGNORECASE)
_INFERRED, _FROM_ADDRESS, _UNDECIDED = 0.9, 0.9, 0.8


@dataclass(frozen=True, slots=True)
class Thing:
    """An entity and how surely it is the one that the file speaks of."""

    entity: Entity
    confidence: float


class Things:
    """Gives the entities of the nodes of a file.

    Parameters
    ----------
    vocabulary : Vocabulary
    addresses : Addresses
        A node under their base is the entity of that id.
    """

    def __init__(self, vocabulary: Vocabulary, addresses: Addresses) -> None:
        self._vocabulary, self._addresses = vocabulary, addresses
        self._classes: dict[str, set[str]] = defaultdict(set)
        self._names: dict[str, set[tuple[int, int, str, str]]] = defaultdict(set)

    def see(self, quad: pyoxigraph.Quad) -> bool:
        """Take in what a quad says of a thing's type or name, if it does."""
        property = normal(quad.predicate.value)
        subject, object = key(quad.subject), quad.object
        if property == PREFIXES["rdf"] + "type":
            if isinstance(object, pyoxigraph.NamedNode):
                self._classes[subject].add(object.value)
            return True
        if property not in NAMES or not isinstance(object, pyoxigraph.Literal):
            return False
        text = " ".join(normalise_text(object.value).split())
        if text and len(text) <= _LONGEST:
            language = (object.language or "").partition("-")[0]
            places = [_LANGUAGES.index(language)] if language in _LANGUAGES else [len(_LANGUAGES)]
            rank = _LABELS.index(property) if property in _LABELS else len(_LABELS)
            self._names[subject].add((rank, places[0], text, language))
        return True

    def classes(self, node: str) -> set[str]:
        """Give the classes of a node."""
        return self._classes.get(node, set())

    def types(self, term: Any) -> dict[EntityType, float]:
        """Give what a node is known to be; nothing is guessed."""
        if isinstance(term, pyoxigraph.NamedNode):
            known = self._own(term.value)
            if known is not None:
                return {entity_type(known): 1.0}
        return self._vocabulary.types(sorted(self.classes(key(term))))

    def thing(self, term: Any, allowed: Iterable[EntityType]) -> Thing | None:
        """Give the entity of a node or of a text that names one.

        Parameters
        ----------
        term : a term of pyoxigraph
        allowed : iterable of EntityType
            What it can be where it stands, in the order of the ontology.

        Returns
        -------
        Thing or None
            None where it is of another type or has no name.
        """
        expected = list(allowed)
        if isinstance(term, pyoxigraph.Literal):
            name = " ".join(normalise_text(term.value).split())
            if not name or len(name) > _LONGEST or term.datatype.value not in _TEXTS:
                return None
            type = _default(expected)
            sure = 1.0 if len(expected) == 1 else _UNDECIDED
            return Thing(Entity.of(entity_id(type, name), type, name), sure)
        types = self.types(term)
        if types:
            fitting = [type for type in types if type in expected]
            if not fitting:
                return None
            type = max(fitting, key=lambda one: (types[one], one.value))
            sure = types[type]
        else:
            type = _default(expected)
            sure = _INFERRED if len(expected) == 1 else _UNDECIDED
        return self._named(term, type, sure)

    def _named(self, term: Any, type: EntityType, sure: float) -> Thing | None:
        ranked = sorted(self._names.get(key(term), ()))
        names = [text for _, _, text, _ in ranked]
        own = None
        if isinstance(term, pyoxigraph.NamedNode):
            own = self._own(term.value)
            if not names:
                names = _tail(term.value)
                sure *= _FROM_ADDRESS
        if not names:
            return None
        id = own if own is not None else entity_id(type, names[0])
        return Thing(Entity.of(id, type, names[0], names), sure)

    def _own(self, address: str) -> str | None:
        """Give the id of an entity under our base."""
        id = self._addresses.id(address)
        if id is None:
            return None
        try:
            entity_type(id)
        except InvariantError:
            return None
        return None if "#" in id or "/" in id.partition("/")[2] else id


def key(term: Any) -> str:
    """Give what stands for a node: its address, or its name with ``_:``."""
    return str(term.value) if isinstance(term, pyoxigraph.NamedNode) else str(term)


def _default(expected: list[EntityType]) -> EntityType:
    # Who makes models is an organization, and what has a licence a model, unless it is said.
    for type in (EntityType.MODEL, EntityType.ORGANIZATION):
        if type in expected:
            return type
    return expected[0]


def _tail(address: str) -> list[str]:
    """Give the name that an address ends in, if it is one."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return []
    path = parts.path if parts.netloc else parts.path.replace(":", "/")
    last = parts.fragment or path.rstrip("/").rpartition("/")[2]
    name = _ENDING.sub("", unquote(last)).replace("_", " ").strip()
    if not name or len(name) > _LONGEST or _NO_NAME.fullmatch(name):
        return []
    return [normalise_text(name)]
