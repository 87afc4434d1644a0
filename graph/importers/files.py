"""One file of RDF: what a store had read, if it is ours, else an extraction."""

from dataclasses import dataclass
from pathlib import Path

import pyoxigraph

from ...ontology.claim import Extraction
from ..errors import ImportFileError
from ..rdf.addresses import Addresses
from .backup import Backup
from .foreign import MOST, ForeignReport, extraction
from .reading import quads

__all__ = ["Imported", "read"]


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file holds: one of the two.

    Parameters
    ----------
    backup : Backup or None
        What a store of modelkin had read and decided.
    said : Extraction or None
        What a file of others says.
    report : ForeignReport or None
        What became of its statements.
    """

    backup: Backup | None = None
    said: Extraction | None = None
    report: ForeignReport | None = None


def read(path: Path, format: str | None = None, base: str | None = None) -> Imported:
    """Read a file of RDF.

    Parameters
    ----------
    path : Path
    format : str, optional
        One of `modelkin.graph.importers.reading.FORMATS`; else the suffix decides.
    base : str, optional
        What relative addresses in the file are relative to, and under which ids of entities lie.

    Raises
    ------
    ImportFileError
        When the file cannot be read or holds nothing that can be taken in.
    """
    backup = Backup(str(path))
    foreign: list[pyoxigraph.Quad] = []
    found = False
    for quad in quads(path, format, base):
        if backup.take(quad):
            # What else a store's file says follows from its originals.
            found = True
            foreign.clear()
        elif not found and len(foreign) <= MOST:
            foreign.append(quad)
    if found:
        return Imported(backup)
    if len(foreign) > MOST:
        raise ImportFileError(
            f"{path} holds more than {MOST} statements and no originals of a store",
            hint="split the file",
        )
    if not foreign:
        raise ImportFileError(f"{path} states nothing", hint="give a file with statements")
    addresses = Addresses() if base is None else Addresses(base)
    said, report = extraction(foreign, path.name, addresses)
    return Imported(said=said, report=report)
