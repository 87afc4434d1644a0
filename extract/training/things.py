"""What a document under construction speaks of: invented things, and values with their forms."""

from dataclasses import dataclass, field

from ...ontology.terms import EntityType

__all__ = ["Cell", "Thing", "Value"]


@dataclass(eq=False, slots=True)
class Thing:
    """An invented thing with a name.

    Parameters
    ----------
    type : EntityType
    name : str
    forms : tuple of str
        The names from which a text chooses; the name itself when there are none.
    parent : Thing, optional
        The family or size of which the name is made, for a model.
    separator : str
        What stands before a mark that is added to the name.
    properties : dict
        What is true of it in the document, filled in as frames ask for it.
    """

    type: EntityType
    name: str
    forms: tuple[str, ...] = ()
    parent: "Thing | None" = None
    separator: str = "-"
    properties: dict[str, "Cell"] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"{self.type}:{self.name}"


@dataclass(frozen=True, slots=True)
class Value:
    """A value in its normal form, with the ways in which texts write it.

    Parameters
    ----------
    value : str
    forms : tuple of str
        None: the value is never written, it only stands in facts.
    """

    value: str
    forms: tuple[str, ...]


Cell = Thing | Value
"""What a slot of a frame may hold."""
