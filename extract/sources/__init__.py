"""Where documents come from: files, folders, standard input, the web, and plugins."""

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import entry_points

from ..errors import UnsupportedFormatError
from ..protocols import Reading, ReadOptions, Source

__all__ = ["read", "sources"]

_GROUP = "modelkin.sources"


@cache
def sources() -> tuple[Source, ...]:
    """Give the installed sources, plugins before the package's own, each kind by name.

    Examples
    --------
    >>> [type(source).__name__ for source in sources() if source.accepts("-")]
    ['StandardInputSource']
    """
    entries = sorted(
        entry_points(group=_GROUP),
        key=lambda entry: (entry.value.startswith("modelkin."), entry.name),
    )
    return tuple(entry.load()() for entry in entries)


def read(locations: Iterable[str], options: ReadOptions | None = None) -> Iterator[Reading]:
    """Read locations one after another; what fails is a reading too, and the rest goes on.

    Parameters
    ----------
    locations : iterable of str
        Files, folders, ``-`` or addresses.
    options : ReadOptions, optional

    Yields
    ------
    Reading
        One a document, made when it is asked for.

    Examples
    --------
    >>> for reading in read(["gopher://example.org/llama"]):
    ...     print(reading.error)
    gopher://example.org/llama: nothing installed reads this kind of location
      next: give a file, a folder, '-' for standard input or an http(s) address
    """
    options = options or ReadOptions()
    for location in locations:
        source = next((source for source in sources() if source.accepts(location)), None)
        if source is not None:
            yield from source.read(location, options)
            continue
        yield Reading(
            location,
            error=UnsupportedFormatError(
                f"{location}: nothing installed reads this kind of location",
                hint="give a file, a folder, '-' for standard input or an http(s) address",
            ),
        )
