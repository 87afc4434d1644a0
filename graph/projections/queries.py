"""Ready-made Cypher queries, each a file that says what it asks and for which parameters."""

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from ..errors import QueryError
from .tokens import Kind, tokenize

__all__ = ["asks", "names", "parameters", "text"]

_SUFFIX = ".cypher"


def names() -> tuple[str, ...]:
    """Give the names of the queries, sorted.

    Examples
    --------
    >>> "lineage_down" in names()
    True
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


def asks(name: str) -> str:
    """Give what a query asks, in words.

    Parameters
    ----------
    name : str
        One of `names`.

    Examples
    --------
    >>> asks("benchmarks")
    'Which models are measured by which benchmark.'
    """
    lines = []
    for line in text(name).splitlines():
        if line in ("//", "") or not line.startswith("//"):
            break
        lines.append(line.removeprefix("//").strip())
    return " ".join(lines)


def parameters(name: str) -> tuple[str, ...]:
    """Give the names of the parameters of a query, in the order in which it uses them.

    Parameters
    ----------
    name : str
        One of `names`.

    Examples
    --------
    >>> parameters("provenance")
    ('predicate', 'subject', 'object')
    """
    found = (token.value for token in tokenize(text(name)) if token.kind is Kind.PARAMETER)
    return tuple(dict.fromkeys(found))


@cache
def _files() -> dict[str, Traversable]:
    # The package of this module, whatever it is called, and not one that happens to be installed.
    folder = files(__package__.rpartition(".")[0]) / "queries"
    return {
        file.name.removesuffix(_SUFFIX): file
        for file in folder.iterdir()
        if file.name.endswith(_SUFFIX)
    }
