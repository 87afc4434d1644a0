"""Trains the tagger of names and the judge of relations on annotated documents.

Only this package needs the libraries of the extra ``train``.
"""

from .training import train_models

__all__ = ["train_models"]
