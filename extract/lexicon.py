"""Small curated word lists that ship with the package."""

from functools import cache
from importlib import resources

__all__ = ["word_list"]


@cache
def word_list(name: str) -> tuple[str, ...]:
    """Give the words of a list, one a line; lines that start with ``#`` are comments.

    Parameters
    ----------
    name : str
        A file in ``extract/data``.

    Examples
    --------
    >>> "PyTorch" in word_list("not_names.txt")
    True
    """
    text = resources.files(__package__).joinpath("data", name).read_text(encoding="utf-8")
    return tuple(
        line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")
    )
