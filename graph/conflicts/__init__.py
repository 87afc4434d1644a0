"""What cannot all hold in a graph, and what people decided about it."""

from .conflict import Conflict, ConflictKind, Side
from .find import conflicts

__all__ = ["Conflict", "ConflictKind", "Side", "conflicts"]
