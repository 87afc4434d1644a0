"""Small curated word lists that ship with the package."""

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any

__all__ = ["alternatives", "data_text", "left_out", "word_list", "word_table"]


def data_text(name: str) -> str:
    """Give a file of ``extract/data``.

    Parameters
    ----------
    name : str
        The name of the file.
    """
    return resources.files(__package__).joinpath("data", name).read_text(encoding="utf-8")


@cache
def word_list(name: str) -> tuple[str, ...]:
    """Give the words of a list, one a line; lines that start with ``#`` are comments.

    Parameters
    ----------
    name : str
        A ``.txt`` file of ``extract/data``.

    Examples
    --------
    >>> "PyTorch" in word_list("not_names.txt")
    True
    """
    lines = (line.strip() for line in data_text(name).splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))


@cache
def word_table(name: str) -> dict[str, dict[str, Any]]:
    """Give the tables of a ``.toml`` file of ``extract/data``; not to be changed.

    Examples
    --------
    >>> "University" in word_table("organisations.toml")["english"]["endings"]
    True
    """
    return tomllib.loads(data_text(name))


def alternatives(words: Iterable[str]) -> str:
    """Give the pattern that matches any of some patterns; earlier ones win.

    Examples
    --------
    >>> alternatives(["labs?", "inc"])
    '(?:labs?|inc)'
    """
    return f"(?:{'|'.join(words)})"


@cache
def left_out() -> frozenset[str]:
    """Give what is named often and is no entity, case-folded.

    Tools, hardware and general terms; media and social networks, which publish articles and take
    no part in them.

    Examples
    --------
    >>> "pytorch" in left_out(), "techcrunch" in left_out()
    (True, True)
    """
    names = ("media.txt", "not_names.txt")
    return frozenset(word.casefold() for name in names for word in word_list(name))
