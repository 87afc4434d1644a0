"""The error of the ground floor."""

from .. import ModelKinError

__all__ = ["InvariantError"]


class InvariantError(ModelKinError):
    """A span, claim or entity that contradicts itself or the ontology."""
