"""Writes annotated training texts: invented models in the constructions that real texts have
rarely. See `frames` for how the sentences are kept."""

from .compose import compose
from .generate import generate
from .write import record, write_documents

__all__ = ["compose", "generate", "record", "write_documents"]
