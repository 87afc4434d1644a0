"""Sets of ids that hang together."""

from collections.abc import Iterable

__all__ = ["groups"]


def groups(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Join what pairs join, however long the chain between two of them.

    Parameters
    ----------
    pairs : iterable of (str, str)
        Ids that belong together; one paired with itself stands alone.

    Returns
    -------
    dict of str to str
        The least id of its group for each id, sorted.

    Examples
    --------
    >>> groups([("d", "c"), ("b", "a"), ("c", "e")])
    {'a': 'a', 'b': 'a', 'c': 'c', 'd': 'c', 'e': 'c'}
    """
    parents: dict[str, str] = {}

    def least(id: str) -> str:
        while (parent := parents.setdefault(id, id)) != id:
            parents[id] = parents[parent]
            id = parent
        return id

    for one, other in pairs:
        low, high = sorted((least(one), least(other)))
        parents[high] = low
    return {id: least(id) for id in sorted(parents)}
