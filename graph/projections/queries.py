"""Ready-made Cypher queries, each a file that says what it asks and for which parameters."""

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from ..errors import QueryError

__all__ = ["names", "text"]

_SUFFIX = ".cypher"


def names() -> tuple[str, ...]:
    """Give the names of the queries, sorted.

    Examples
    --------
    >>> names()
    ('lineage_down', 'lineage_up', 'models_by_licence', 'paths_between', 'provenance')
    """
    return tuple(sorted(_files()))


def text(name: str) -> str:
    """Give the Cypher text of a query.

    Parameters
    ----------
    name : str
        One of `names`.

    Raises
    ------
    QueryError
        When there is no such query.

    Examples
    --------
    >>> text("lineage_up").splitlines()[0]
    '// What a model was made from, step by step: every path of derivations upwards.'
    """
    try:
        return _files()[name].read_text(encoding="utf-8")
    except KeyError:
        raise QueryError(
            f"no query is named {name!r}", hint=f"there are: {', '.join(names())}"
        ) from None


@cache
def _files() -> dict[str, Traversable]:
    # The package of this module, whatever it is called, and not one that happens to be installed.
    folder = files(__package__.rpartition(".")[0]) / "queries"
    return {
        file.name.removesuffix(_SUFFIX): file
        for file in folder.iterdir()
        if file.name.endswith(_SUFFIX)
    }
