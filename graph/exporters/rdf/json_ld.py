"""Quads as JSON-LD: one tree for each entity, in the words of the shipped context."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from ....ontology.claim import Claim, Entity, object_key
from ...protocols import View
from ...rdf.quads import Quads, Texts
from ...rdf.syntax import RDF_TYPE, Quad
from ...rdf.terms import Literal, parsed

__all__ = ["context", "trees"]

Tree = dict[str, Any]


@cache
def context() -> Tree:
    """Give the context that the package ships."""
    file = files("modelkin.ontology") / "context.jsonld"
    shipped: Tree = json.loads(file.read_text(encoding="utf-8"))["@context"]
    return shipped


def trees(quads: Quads, view: View) -> Iterator[Tree]:
    """Give a tree for each entity, then the documents and the extractors.

    In an entity lie its names, what is stated of it, the statements and under each the claims
    that support it, with their words.

    Examples
    --------
    >>> from modelkin.ontology.terms import EntityType
    >>> class One:
    ...     def entities(self): yield Entity("model/qwen", EntityType.MODEL, "Qwen", ("千问",))
    ...     def statements(self, *_): return iter(())
    ...     claims = documents = statements
    >>> list(trees(Quads(), One()))  # doctest: +NORMALIZE_WHITESPACE
    [{'id': 'https://w3id.org/modelkin/model/qwen', 'type': 'Model', 'name': 'Qwen',
      'aliases': ['千问']}]
    """
    words = _Words(context())
    texts = Texts(view)
    extractors: set[str] = set()
    for entity in view.entities():
        yield _entity(quads, view, entity, words, texts, extractors)
    for document in view.documents():
        yield from words.nodes(quads.document(document)).values()
    for extractor in sorted(extractors):
        yield from words.nodes(quads.extractor(extractor)).values()


def _entity(
    quads: Quads,
    view: View,
    entity: Entity,
    words: "_Words",
    texts: Texts,
    extractors: set[str],
) -> Tree:
    supporting: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in view.claims(entity.id):
        supporting[claim.predicate, object_key(claim.object)].append(claim)
        extractors.add(claim.extractor)
    said = quads.entity(entity)
    address = said[0].subject
    statements: list[Tree] = []
    for statement in view.statements(entity.id):
        known = quads.statement(statement)
        # The triple that it states hangs on the entity itself; that it is of it, on the tree.
        said += [quad for quad in known if quad.subject == address]
        [tree] = words.nodes(q for q in known if q.subject != address and not _of(q)).values()
        claims = supporting.get((statement.predicate, object_key(statement.object)), ())
        if claims:
            tree["claims"] = [
                _claim(quads.claim(claim, texts.document(claim.evidence.document)), words)
                for claim in claims
            ]
        statements.append(tree)
    [tree] = words.nodes(said).values()
    if statements:
        tree["statements"] = statements
    return tree


def _of(quad: Quad) -> bool:
    return quad.predicate == _SUBJECT


def _claim(quads: list[Quad], words: "_Words") -> Tree:
    """Give a claim with the parts of its evidence inside it."""
    named, *about = quads
    supported = (q for q in about if q.predicate != _SUPPORTS)
    nodes = words.nodes(supported)
    claim = nodes.pop(named.graph[1:-1])
    for part in list(nodes.values()):
        # A selector lies in the span, the span in the claim.
        for key, value in part.items():
            if isinstance(value, list):
                part[key] = [nodes.get(one, one) if isinstance(one, str) else one for one in value]
    claim["evidence"] = nodes[claim["evidence"]]
    claim["@graph"] = list(words.nodes([named]).values())
    return claim


class _Words:
    """Writes quads in the words of a context."""

    def __init__(self, context: Tree) -> None:
        self._names: dict[str, str] = {}
        self._kinds: dict[str, str] = {}
        self._sets: set[str] = set()
        self._prefixes = {
            address: prefix
            for prefix, address in context.items()
            if isinstance(address, str) and address.endswith(("#", "/"))
        }
        prefixes = {prefix: address for address, prefix in self._prefixes.items()}
        for word, entry in context.items():
            if word.startswith("@") or word in prefixes:
                continue
            meant = entry if isinstance(entry, str) else entry.get("@id")
            if meant is None or meant.startswith("@"):
                continue
            prefix, _, local = meant.partition(":")
            address = prefixes[prefix] + local
            self._names[address] = word
            if not isinstance(entry, str):
                self._kinds[word] = self._address(entry.get("@type", ""), prefixes)
                if entry.get("@container") == "@set":
                    self._sets.add(word)

    def nodes(self, quads: Iterable[Quad]) -> dict[str, Tree]:
        """Give a node for each subject, by its address."""
        nodes: dict[str, Tree] = {}
        for quad in quads:
            subject = quad.subject[1:-1]
            tree = nodes.setdefault(subject, {"id": subject})
            if quad.predicate == RDF_TYPE:
                word, value = "type", self._short(quad.object[1:-1])
            else:
                word = self._short(quad.predicate[1:-1])
                value = self._value(word, quad.object)
            if word in tree:
                kept = tree[word]
                tree[word] = [*kept, value] if isinstance(kept, list) else [kept, value]
            else:
                tree[word] = [value] if word in self._sets else value
        return nodes

    def _value(self, word: str, term: str) -> Any:
        object = parsed(term)
        kind = self._kinds.get(word, "")
        if isinstance(object, Literal):
            if object.datatype == kind:
                return object.text
            if not object.datatype:
                return {"@value": object.text}
            return {"@value": object.text, "@type": self._short(object.datatype)}
        if kind == "@vocab":
            return self._short(object)
        return object if kind == "@id" else {"id": object}

    def _short(self, address: str) -> str:
        """Give the word of the context, else a name with a prefix, else the address."""
        if address in self._names:
            return self._names[address]
        for namespace, prefix in self._prefixes.items():
            if address.startswith(namespace) and not address.startswith("//", len(namespace)):
                return f"{prefix}:{address.removeprefix(namespace)}"
        return address

    @staticmethod
    def _address(name: str, prefixes: dict[str, str]) -> str:
        prefix, _, local = name.partition(":")
        return prefixes[prefix] + local if prefix in prefixes else name


_SUBJECT = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#subject>"
_SUPPORTS = "<https://w3id.org/modelkin/ontology#supports>"
