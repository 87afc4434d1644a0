"""Which terms of other vocabularies say what terms of the ontology say, by its alignments."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

import pyoxigraph

from ...ontology.terms import DERIVATIONS, Attribute, EntityType, Method, Predicate
from ..rdf.addresses import ontology_name
from ..rdf.syntax import PREFIXES

__all__ = ["Meaning", "Vocabulary", "normal", "source", "vocabulary"]

_EQUIVALENT, _NARROWER, _CLOSE = 0.95, 0.85, 0.8
# The relations of the alignments, and how surely a statement of the one is one of the other.
_RELATIONS = {
    PREFIXES["owl"] + "equivalentProperty": _EQUIVALENT,
    PREFIXES["owl"] + "equivalentClass": _EQUIVALENT,
    PREFIXES["rdfs"] + "subPropertyOf": _NARROWER,
    PREFIXES["rdfs"] + "subClassOf": _NARROWER,
    PREFIXES["skos"] + "exactMatch": _EQUIVALENT,
    PREFIXES["skos"] + "closeMatch": _CLOSE,
}
_RELATED = PREFIXES["skos"] + "relatedMatch"
_INVERSE = PREFIXES["owl"] + "inverseOf"
_FILES = ("modelkin.ttl", "alignments.ttl")

_SCHEMA, _DCTERMS = "http://schema.org/", PREFIXES["dcterms"]
_HUGGING_FACE = "https://huggingface.co/"
# Terms in use that the alignments leave out, since they say no more of them than "about".
_FURTHER = {
    f"{_SCHEMA}author": Predicate.DEVELOPED_BY,
    f"{_DCTERMS}creator": Predicate.DEVELOPED_BY,
    "http://xmlns.com/foaf/0.1/maker": Predicate.DEVELOPED_BY,
    "http://purl.org/dc/elements/1.1/creator": Predicate.DEVELOPED_BY,
    "http://creativecommons.org/ns#license": Predicate.RELEASED_UNDER,
}
# The metadata of model cards, under whatever address of the site it was written.
_CARDS = {
    "author": Predicate.DEVELOPED_BY,
    "base_model": Predicate.DERIVED_FROM,
    "datasets": Predicate.TRAINED_ON,
    "license": Predicate.RELEASED_UNDER,
}
_CARD_METHODS = {
    "adapter": Method.ADAPTER,
    "finetune": Method.FINETUNE,
    "merge": Method.MERGE,
    "quantized": Method.QUANTIZATION,
}
_SOURCES = {
    "modelkin": PREFIXES["mk"],
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": _DCTERMS,
    "fair4ml": "https://w3id.org/fair4ml#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "huggingface": _HUGGING_FACE,
    "mls": "http://www.w3.org/ns/mls#",
    "prov": PREFIXES["prov"],
    "schema.org": _SCHEMA,
    "spdx": "https://spdx.org/rdf/",
    "wikidata": "http://www.wikidata.org/",
}
# Vocabularies of models alone: what they speak of need not be typed.
_OF_MODELS = ("modelkin", "fair4ml", "huggingface")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a foreign property says.

    Parameters
    ----------
    predicate : str
        A predicate or an attribute.
    confidence : float
    qualifiers : tuple of (str, str)
    inverse : bool
        Whether subject and object change places.
    """

    predicate: str
    confidence: float
    qualifiers: tuple[tuple[str, str], ...] = ()
    inverse: bool = False


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What foreign terms mean.

    Parameters
    ----------
    properties : mapping of str to Meaning
        The surest meaning of each property, by its address.
    classes : mapping of str to tuple of (EntityType, float)
        What an instance of each class can be, the surest first.
    """

    properties: Mapping[str, Meaning] = field(default_factory=dict)
    classes: Mapping[str, tuple[tuple[EntityType, float], ...]] = field(default_factory=dict)

    def meaning(self, property: str) -> Meaning | None:
        """Give what a property says, None where it is not known."""
        property = normal(property)
        if property in self.properties or not property.startswith(_HUGGING_FACE):
            return self.properties.get(property)
        name = property.replace("#", "/").rstrip("/").rpartition("/")[2]
        if name not in _CARDS:
            return None
        return Meaning(_CARDS[name], _CLOSE)

    def types(self, classes: Iterable[str]) -> dict[EntityType, float]:
        """Give what a thing of these classes can be, and how surely."""
        found: dict[EntityType, float] = {}
        for one in classes:
            for type, confidence in self.classes.get(normal(one), ()):
                found[type] = max(confidence, found.get(type, 0))
        return found


def normal(address: str) -> str:
    """Give the one address of a term that people write in several ways.

    Examples
    --------
    >>> normal("https://schema.org/license")
    'http://schema.org/license'
    """
    if address.startswith("https://schema.org/"):
        return "http" + address.removeprefix("https")
    return address


def source(property: str) -> str:
    """Give the name of the vocabulary that a property comes from.

    Examples
    --------
    >>> source("https://schema.org/license"), source("http://example.org/a")
    ('schema.org', 'other')
    """
    property = normal(property)
    for name, namespace in _SOURCES.items():
        if property.startswith(namespace):
            return name
    return "other"


def of_models(property: str) -> bool:
    """Tell whether a property is only ever said of models and what belongs to them."""
    return source(property) in _OF_MODELS


@cache
def vocabulary() -> Vocabulary:
    """Read the alignments of the ontology.

    Examples
    --------
    >>> vocabulary().meaning("https://schema.org/license").predicate
    'releasedUnder'
    >>> vocabulary().meaning("https://w3id.org/fair4ml#fineTunedFrom").qualifiers
    (('method', 'finetune'),)
    >>> vocabulary().types(["https://w3id.org/fair4ml#MLModel"])
    {<EntityType.MODEL: 'Model'>: 0.95}
    """
    related: dict[str, list[tuple[str, float]]] = defaultdict(list)
    inverses: dict[str, str] = {}
    for file in _FILES:
        text = (files("modelkin.ontology") / file).read_bytes()
        for quad in pyoxigraph.parse(text, pyoxigraph.RdfFormat.TURTLE):
            subject, object = quad.subject, quad.object
            if not isinstance(subject, pyoxigraph.NamedNode) or not isinstance(
                object, pyoxigraph.NamedNode
            ):
                continue
            ours = ontology_name(subject.value)
            if ours is None:
                continue
            relation = quad.predicate.value
            theirs = ontology_name(object.value)
            if relation == _INVERSE and theirs is not None:
                inverses.setdefault(ours, theirs)
                inverses.setdefault(theirs, ours)
            elif theirs is None and relation in _RELATIONS:
                related[ours].append((normal(object.value), _RELATIONS[relation]))
            elif theirs is None and relation == _RELATED:
                related[ours].append((normal(object.value), 0))
    return Vocabulary(_properties(related, inverses), _classes(related))


def _properties(
    related: Mapping[str, list[tuple[str, float]]], inverses: Mapping[str, str]
) -> dict[str, Meaning]:
    own = {str(p): Meaning(str(p), _EQUIVALENT) for p in (*Predicate, *Attribute)}
    for method, name in DERIVATIONS.items():
        if name != Predicate.DERIVED_FROM:
            pair = ("method", str(method))
            own[name] = Meaning(Predicate.DERIVED_FROM, _EQUIVALENT, (pair,))
    for name, meaning in list(own.items()):
        other = inverses.get(name)
        if other is not None and other not in own and meaning.predicate in list(Predicate):
            own[other] = Meaning(meaning.predicate, _EQUIVALENT, meaning.qualifiers, inverse=True)
    found: dict[str, list[Meaning]] = defaultdict(list)
    for name, meaning in own.items():
        found[PREFIXES["mk"] + name].append(meaning)
        for address, confidence in related.get(name, ()):
            if confidence:
                found[address].append(
                    Meaning(meaning.predicate, confidence, meaning.qualifiers, meaning.inverse)
                )
    for address, predicate in _FURTHER.items():
        found[address].append(Meaning(predicate, _CLOSE))
    for word, method in _CARD_METHODS.items():
        for namespace in (f"{_HUGGING_FACE}base_model:", f"{_HUGGING_FACE}base_model/"):
            pair = ("method", str(method))
            found[namespace + word].append(Meaning(Predicate.DERIVED_FROM, _CLOSE, (pair,)))
    # Of several meanings the surest stands, then the one that says least.
    return {
        address: min(ms, key=lambda m: (-m.confidence, len(m.qualifiers), m.predicate))
        for address, ms in found.items()
    }


def _classes(
    related: Mapping[str, list[tuple[str, float]]],
) -> dict[str, tuple[tuple[EntityType, float], ...]]:
    found: dict[str, dict[EntityType, float]] = defaultdict(dict)
    for type in EntityType:
        found[PREFIXES["mk"] + type.value][type] = 1.0
        for address, confidence in related.get(type.value, ()):
            # Benchmarks are datasets to others: a mere relation is enough where one is asked for.
            found[address][type] = max(confidence or 0.6, found[address].get(type, 0))
    return {
        address: tuple(sorted(types.items(), key=lambda item: (-item[1], item[0].value)))
        for address, types in found.items()
    }
