"""The prefixes that a SPARQL query may use without saying so."""

from ...ontology.identifiers import BASE_IRI
from ..rdf.syntax import PREFIXES as WRITTEN

__all__ = ["BASE", "PREFIXES", "shortened"]

BASE = BASE_IRI
"""What relative addresses are relative to: ``<model/llama-2>`` is the model."""

PREFIXES = dict(
    sorted(
        {
            **WRITTEN,
            "dcat": "http://www.w3.org/ns/dcat#",
            "fair4ml": "https://w3id.org/fair4ml#",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "odrl": "http://www.w3.org/ns/odrl/2/",
            "schema": "http://schema.org/",
            "sh": "http://www.w3.org/ns/shacl#",
            "spdx-ai": "https://spdx.org/rdf/3.0.1/terms/AI/",
            "spdx-core": "https://spdx.org/rdf/3.0.1/terms/Core/",
            "spdx-dataset": "https://spdx.org/rdf/3.0.1/terms/Dataset/",
            "spdx-software": "https://spdx.org/rdf/3.0.1/terms/Software/",
            "wd": "http://www.wikidata.org/entity/",
            "wdt": "http://www.wikidata.org/prop/direct/",
        }.items()
    )
)
"""From prefix to namespace; a query that declares one of them otherwise is right for itself."""

_NAMESPACES = sorted(((space, name) for name, space in PREFIXES.items()), reverse=True)


def shortened(address: str, base: str = BASE) -> str:
    """Give an address as people read it: with a prefix, or relative to the base, where it can be.

    Examples
    --------
    >>> shortened("https://w3id.org/modelkin/ontology#derivedFrom")
    'mk:derivedFrom'
    >>> shortened("https://w3id.org/modelkin/model/llama-2"), shortened("urn:a")
    ('<model/llama-2>', '<urn:a>')
    """
    for space, name in _NAMESPACES:
        local = address.removeprefix(space)
        if local != address and local.replace("-", "").replace("_", "").isalnum():
            return f"{name}:{local}"
    return f"<{address.removeprefix(base) or address}>"
