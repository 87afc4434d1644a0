"""The sample articles of the package."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["articles"]


def articles() -> "tuple[Traversable, ...]":
    """Give the sample articles, Markdown with front matter, sorted by file name.

    Examples
    --------
    >>> all(article.name.endswith(".md") for article in articles())
    True
    """
    from importlib.resources import files

    folder = files("modelkin.seeds") / "articles"
    found = (item for item in folder.iterdir() if item.name.endswith(".md"))
    return tuple(sorted(found, key=lambda item: item.name))
