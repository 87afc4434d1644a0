"""Stores that keep claims."""

import os

from ..errors import StoreError, UnknownStoreError
from ..protocols import GraphStore
from .login import Login, is_address

__all__ = ["Login", "open_store"]

_GROUP = "modelkin.stores"


def open_store(
    location: str | os.PathLike[str],
    *,
    create: bool = False,
    read_only: bool = True,
    bare: bool = False,
    plant: bool = True,
    candidates: bool = False,
    login: Login | None = None,
) -> GraphStore:
    """Open the store at a location: a path, or an address that a plugin accepts.

    A store opened for writing has its curated seeds brought up to date.

    Parameters
    ----------
    location : str or path
        ``modelkin.db``, or an address such as ``bolt://host``.
    create : bool
        Whether a missing store is made; never when `read_only`.
    read_only : bool
        Whether to refuse every write.
    bare : bool
        Whether a new store stays without the curated seeds; an older one stays as it is.
    plant : bool
        Whether a store opened for writing has its curated seeds brought up to date.
    candidates : bool
        Whether it shows candidates too: claims that are too doubtful to count as facts.
    login : Login, optional
        Who asks, where the store is in a server.

    Returns
    -------
    GraphStore
        To be closed by the caller.

    Raises
    ------
    UnknownStoreError
        When no store is there, or nothing registered accepts the location.
    StoreError
        When the store cannot be opened.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     store = open_store(f"{folder}/new.db", create=True, read_only=False, bare=True)
    ...     store.sequence, store.metadata("seeds")
    ...     store.close()
    (0, 'bare')
    """
    store = _open(location, create, read_only, candidates, login)
    if read_only or not plant:
        return store
    try:
        from .. import seeding

        if bare:
            seeding.leave_bare(store)
        seeding.plant(store)
    except BaseException:
        store.close()
        raise
    return store


def _open(
    location: str | os.PathLike[str],
    create: bool,
    read_only: bool,
    candidates: bool,
    login: Login | None,
) -> GraphStore:
    from .sqlite import SqliteStore

    # Paths are SQLite's; only addresses are worth the search through installed packages.
    if SqliteStore.accepts(location):
        return SqliteStore.open(location, create=create, read_only=read_only, candidates=candidates)
    if is_address(location):
        # The driver is loaded by those alone who ask a server.
        from .neo4j.store import Neo4jStore

        return Neo4jStore.open(
            location, create=create, read_only=read_only, candidates=candidates, login=login
        )
    from importlib.metadata import entry_points

    points = sorted(entry_points(group=_GROUP), key=lambda point: point.name)
    for point in points:
        kind = point.load()
        if kind.accepts(location):
            # Named only when asked for: a plugin that keeps no candidates need not know of them.
            asked = {"candidates": True} if candidates else {}
            store = kind.open(location, create=create, read_only=read_only, **asked)
            if not isinstance(store, GraphStore):
                raise StoreError(
                    f"the store plugin {point.name} ({point.value}) gives no GraphStore",
                    hint="update or remove the plugin",
                )
            return store
    known = ", ".join(point.name for point in points)
    raise UnknownStoreError(
        f"no kind of store accepts {os.fspath(location)}",
        hint=f"give a path, or install a plugin; the known kinds are: {known}",
    )
