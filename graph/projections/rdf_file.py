"""The store as RDF in Oxigraph, in a folder beside the store.

Beside ``modelkin.db`` stands ``modelkin.db.rdf``, with a folder for each state that is kept: one of
facts alone and one with candidates. A state's folder is named by its key, appears whole or not at
all, and is never changed: a reader sees one state. When another state is asked for, its folder is
made, and the one before goes.
"""

import contextlib
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import StoreError
from ..protocols import GraphStore, View
from ..rdf.addresses import Addresses
from ..rdf.quads import Quads
from ..rdf.syntax import Quad, lines
from .cache import GraphFile, key_of
from .rdf_prefixes import BASE

if TYPE_CHECKING:
    import pyoxigraph

__all__ = ["SUFFIX", "cached", "forget", "opened", "prepared", "prepared_view", "quads", "state_of"]

SUFFIX = ".rdf"
"""What the name of the folder beside a store ends with."""

# Grows whenever the same store would be kept as other quads.
_LAYOUT = 1
_ATTEMPTS = 5
_PART = "part-"
# A folder that is not finished after so many seconds is what a crash left behind.
_ABANDONED = 24 * 60 * 60


def quads(view: View, base: str = BASE) -> Iterator[Quad]:
    """Give a view as quads, as a query sees it, with addresses under a base.

    These are those of an export. Where a view shows candidates, the triples of statements that
    rest on nothing else stand in the default graph too, as their edges do in the property graph.
    """
    shape = Quads(Addresses(base))
    yield from shape.view(view)
    for statement in view.statements():
        if statement.candidates and statement.candidates == statement.claims:
            yield Quad(*shape.triple(statement))


def state_of(store: GraphStore, base: str = BASE) -> str | None:
    """Give the name of a store's state under a base; None when states cannot be told apart."""
    key = key_of(store)
    if key is None:
        return None
    digest = sha256(f"{key} {_LAYOUT} {base}".encode()).hexdigest()[:32]
    return f"{'candidates' if store.candidates else 'facts'}-{digest}"


def cached(store: GraphStore, base: str = BASE) -> GraphFile | None:
    """Give the folder beside a store that shows the store's state, if there is one."""
    home, state = _home_of(store), state_of(store, base)
    if home is None or state is None or not (home / state / "CURRENT").is_file():
        return None
    return GraphFile(home / state, state)


@contextlib.contextmanager
def prepared(store: GraphStore, base: str = BASE, *, keep: bool = True) -> Iterator[GraphFile]:
    """Make a folder of a store's state.

    Parameters
    ----------
    store : GraphStore
    base : str
        What all addresses are under.
    keep : bool
        Whether to keep it beside the store, where that can be; else it lives as long as the
        block.
    """
    home, state = _home_of(store), state_of(store, base)
    if keep and home is not None and state is not None:
        made = _kept(store, base, home)
        if made is not None:
            yield made
            return
    with _passing(store.location) as folder:
        yield GraphFile(folder / "graph", _of_one_state(store, base, folder) or "")


@contextlib.contextmanager
def prepared_view(view: View, base: str = BASE) -> Iterator[GraphFile]:
    """Make a folder of a view that lives as long as the block and has no key."""
    with _passing("the view") as folder:
        _fill(folder, view, base)
        yield GraphFile(folder / "graph", "")


@contextlib.contextmanager
def opened(view: View, base: str = BASE) -> Iterator["pyoxigraph.Store"]:
    """Open a view in Oxigraph, to read, for as long as the block.

    A store that is a file is opened from the folder beside it, which is made where it is not
    there yet.
    """
    from pyoxigraph import Store

    with contextlib.ExitStack() as stack:
        if isinstance(view, GraphStore):
            file = cached(view, base) or stack.enter_context(prepared(view, base))
        else:
            file = stack.enter_context(prepared_view(view, base))
        yield Store.read_only(str(file.path))


def forget(location: Path) -> None:
    """Delete what is kept beside a store."""
    shutil.rmtree(location.with_name(location.name + SUFFIX), ignore_errors=True)


def _home_of(store: GraphStore) -> Path | None:
    """Give the folder of all states; None for a store that is no file."""
    path = Path(store.location)
    try:
        return path.with_name(path.name + SUFFIX) if path.is_file() else None
    except (OSError, ValueError):
        return None


def _kept(store: GraphStore, base: str, home: Path) -> GraphFile | None:
    """Make the folder of a store's state beside it; None where that cannot be."""
    try:
        mode = Path(store.location).stat().st_mode & 0o666
        home.mkdir(exist_ok=True)
        home.chmod(_for_folders(mode))
        part = Path(tempfile.mkdtemp(prefix=_PART, dir=home))
    except OSError:
        return None
    try:
        state = _of_one_state(store, base, part)
        if state is None:
            return None
        for file in (part / "graph").iterdir():
            file.chmod(mode)
        (part / "graph").chmod(_for_folders(mode))
        # Another process may have made the same at the same time: either is as good.
        with contextlib.suppress(OSError):
            (part / "graph").rename(home / state)
        _tidy(home, state)
    except OSError:
        return None
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return cached(store, base)


def _of_one_state(store: GraphStore, base: str, folder: Path) -> str | None:
    """Fill a folder with one state even while others write, and give its name."""
    for _ in range(_ATTEMPTS):
        before = (store.sequence, state_of(store, base))
        _fill(folder, store, base)
        if (store.sequence, state_of(store, base)) == before:
            return before[1]
    raise StoreError(f"{store.location} changes faster than it can be read", hint="try again later")


def _fill(folder: Path, view: View, base: str) -> None:
    """Make the engine's own folder, ``graph``, of a view."""
    from pyoxigraph import RdfFormat, Store

    graph, written = folder / "graph", folder / "quads"
    shutil.rmtree(graph, ignore_errors=True)
    with written.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(lines(quads(view, base)))
    try:
        store: Any = Store(str(graph))
        store.bulk_load(path=str(written), format=RdfFormat.N_QUADS)
        store.flush()
        del store
    except SyntaxError as error:
        raise StoreError(
            f"a name or value cannot be written as RDF: {error}", hint="report it as a bug"
        ) from error
    finally:
        written.unlink()
    # The engine's diary: it names folders of this machine, and no reader wants it.
    (graph / "LOG").unlink(missing_ok=True)


@contextlib.contextmanager
def _passing(what: str) -> Iterator[Path]:
    """Give a folder in the system's temporary one for as long as the block."""
    try:
        with tempfile.TemporaryDirectory(prefix="modelkin-") as folder:
            yield Path(folder)
    except OSError as error:
        raise StoreError(
            f"no place to keep the graph of {what} for the query: {error}",
            hint="make the folder of the store or the system's temporary folder writable",
        ) from error


def _tidy(home: Path, state: str) -> None:
    """Delete the folders of other states of the same kind, and what crashes left behind."""
    kind = state.partition("-")[0] + "-"
    for folder in home.iterdir():
        if folder.name.startswith(kind) and folder.name != state:
            shutil.rmtree(folder, ignore_errors=True)
        elif folder.name.startswith(_PART):
            with contextlib.suppress(OSError):
                if time.time() - folder.stat().st_mtime > _ABANDONED:
                    shutil.rmtree(folder, ignore_errors=True)


def _for_folders(mode: int) -> int:
    """Give the permissions of a folder: who may read its files may enter it.

    Examples
    --------
    >>> oct(_for_folders(0o640)), oct(_for_folders(0o600))
    ('0o750', '0o700')
    """
    return mode | stat.S_IRWXU | (mode & 0o444) >> 2
