"""What can be chosen about an RDF file."""

from dataclasses import dataclass, field
from typing import Protocol, Self, runtime_checkable

from ...rdf.addresses import Addresses
from ...rdf.quads import Quads

__all__ = ["RdfExporter", "RdfOptions"]


@dataclass(frozen=True, slots=True)
class RdfOptions:
    """How a view is written as RDF.

    Parameters
    ----------
    addresses : Addresses
        The base of all addresses.
    reifiers : bool
        Whether claims and statements point at their triple by a triple term (RDF 1.2).
    originals : bool
        Whether a store's documents, with their texts and as they were read, and its decisions
        go into a file that can hold them, so that the store can be made of it again.
    """

    addresses: Addresses = field(default_factory=Addresses)
    reifiers: bool = False
    originals: bool = True

    @property
    def quads(self) -> Quads:
        """What gives the quads."""
        return Quads(self.addresses, self.reifiers)


@runtime_checkable
class RdfExporter(Protocol):
    """An exporter that writes RDF."""

    def chosen(self, options: RdfOptions) -> Self:
        """Give the exporter that writes as the options say.

        Raises
        ------
        ExportError
            When the format cannot hold what they ask for.
        """
        ...
