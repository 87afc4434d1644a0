"""Addresses: ids of entities, documents and claims as IRIs under a base, and back."""

import hashlib
import re
from dataclasses import dataclass
from urllib.parse import quote, unquote

from ...ontology.claim import Claim, Statement, object_key
from ...ontology.errors import InvariantError
from ...ontology.identifiers import BASE_IRI, iri
from .syntax import PREFIXES, node, web_address

__all__ = ["Addresses", "ontology_name", "ontology_term"]

_ONTOLOGY = PREFIXES["mk"]
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9-]*")


def ontology_term(name: str) -> str:
    """Give the term of the ontology that has this name, however odd the name is.

    Examples
    --------
    >>> ontology_term("derivedFrom"), ontology_term("a b")
    ('<https://w3id.org/modelkin/ontology#derivedFrom>', '<https://w3id.org/modelkin/ontology#a%20b>')
    """
    plain = name if _PLAIN.fullmatch(name) else quote(name, safe="-._~", errors="replace")
    return f"<{_ONTOLOGY}{plain}>"


def ontology_name(address: str) -> str | None:
    """Give the name of a term of the ontology by its address, None for any other address.

    Examples
    --------
    >>> ontology_name("https://w3id.org/modelkin/ontology#a%20b"), ontology_name("urn:a")
    ('a b', None)
    """
    if not address.startswith(_ONTOLOGY):
        return None
    return unquote(address.removeprefix(_ONTOLOGY)) or None


@dataclass(frozen=True, slots=True)
class Addresses:
    """What things are called in RDF, under one base.

    Ids are percent-encoded, so that an address is a URI too and can be asked for by any client;
    `id` takes it back to the letter.

    Parameters
    ----------
    base : str
        A web address that ends in ``/``, or one that ends in ``#``.

    Raises
    ------
    InvariantError
        When the base is no such address.

    Examples
    --------
    >>> here = Addresses()
    >>> here.thing("organization/智谱-ai")
    '<https://w3id.org/modelkin/organization/%E6%99%BA%E8%B0%B1-ai>'
    >>> here.id("https://w3id.org/modelkin/organization/%E6%99%BA%E8%B0%B1-ai")
    'organization/智谱-ai'
    >>> Addresses("https://example.org/kg/").thing("model/llama-2")
    '<https://example.org/kg/model/llama-2>'
    """

    base: str = BASE_IRI

    def __post_init__(self) -> None:
        if not web_address(self.base) or self.base[-1] not in "/#" or "?" in self.base:
            raise InvariantError(
                f"{self.base!r} cannot be the base of addresses",
                hint="give a web address that ends in / or #, like https://example.org/kg/",
            )

    def thing(self, id: str) -> str:
        """Give the term of an id: ``model/llama-2``, ``claim/…``, ``document/…``."""
        return node(iri(id, self.base))

    def part(self, id: str, name: str) -> str:
        """Give the term of a part of a thing: the span of a claim, the original of a document."""
        # Under a base with a fragment another fragment cannot follow.
        return node(iri(id, self.base) + ("/" if self.base.endswith("#") else "#") + name)

    def statement(self, said: Claim | Statement) -> str:
        """Give the term of a statement: of the one that a claim supports, too."""
        content = "\n".join((said.subject, said.predicate, object_key(said.object)))
        digest = hashlib.sha256(content.encode("utf-8", "replace")).hexdigest()[:32]
        return self.thing(f"statement/{digest}")

    def id(self, address: str) -> str | None:
        """Give the id of an address, None where it does not lie under the base."""
        if not address.startswith(self.base) or address == self.base:
            return None
        return unquote(address.removeprefix(self.base))
