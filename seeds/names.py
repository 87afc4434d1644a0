"""The names by which an article may call a thing: many more than are curated.

They were collected from public repositories and packages; ``names.csv`` gives the source of each.
Names from the Ecosystem Graphs (Stanford CRFM) and from Epoch AI, "Data on AI Models", published
online at epoch.ai under CC BY 4.0, are among them.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from ..ontology.terms import EntityType
from .tables import rows

__all__ = ["COLUMNS", "KnownName", "known_names"]

COLUMNS = ("name", "type", "lang", "canonical", "source", "ambiguous")
"""The columns of ``names.csv``."""


@dataclass(frozen=True, slots=True)
class KnownName:
    """A name and what it stands for.

    Parameters
    ----------
    name : str
        As it is written.
    type : EntityType
        What it names.
    canonical : str
        The name that all names of the thing share.
    ambiguous : int
        0: sure. 1: an ordinary or noisy word too, no more than a weak hint. 2: a name of things
        of several types.
    """

    name: str
    type: EntityType
    canonical: str
    ambiguous: int


def known_names() -> Iterator[KnownName]:
    """Give all known names, sorted by name and type.

    Raises
    ------
    SeedError
        When the data of the package is damaged.

    Examples
    --------
    >>> [known.canonical for known in known_names() if known.name == "智谱"]
    ['Zhipu AI']
    """
    for _, row in rows("names.csv", COLUMNS):
        yield KnownName(
            row["name"], EntityType(row["type"]), row["canonical"], int(row["ambiguous"])
        )
