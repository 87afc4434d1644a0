"""Generates annotated documents."""

from ..evaluation.gold import GoldDocument
from .compose import compose

__all__ = ["generate"]


def generate(seed: int = 0, documents: int = 300) -> list[GoldDocument]:
    """Write annotated documents, half of them Chinese; the same for the same seed.

    Parameters
    ----------
    seed : int
    documents : int

    Examples
    --------
    >>> [document.id for document in generate(seed=1, documents=2)]
    ['made-zh-0000', 'made-en-0001']
    """
    return [compose(seed, number) for number in range(documents)]
