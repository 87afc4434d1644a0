"""Reading beyond single names: sentence views, lists of names, pronouns, topics, name families."""

from .reading import Passage, Reading, reading_of
from .view import Group, Slot, View

__all__ = ["Group", "Passage", "Reading", "Slot", "View", "reading_of"]
