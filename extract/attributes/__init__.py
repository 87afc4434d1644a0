"""Attributes of the named things of a text, read by rules."""

from collections.abc import Iterator
from weakref import WeakKeyDictionary

from ..discourse import Reading, reading_of
from ..mention import Analysis, Finding
from .context import read_context_lengths
from .dates import document_year, read_release_dates
from .draft import Draft
from .openness import read_open_lists, read_openness
from .parameters import read_parameters
from .settle import settle
from .strategy import read_strategies
from .tables import read_tables

__all__ = ["drafts_of", "find_attributes", "read_attributes"]

_DRAFTS: WeakKeyDictionary[Reading, list[Draft]] = WeakKeyDictionary()


def find_attributes(analysis: Analysis) -> list[Finding]:
    """Read the attributes that a text states of its mentions.

    Parameters
    ----------
    analysis : Analysis
        With structure, sentences and mentions; not changed.

    Returns
    -------
    list of Finding
        In the order of their evidence; one for each subject, attribute, value and sentence.
    """
    return settle(drafts_of(reading_of(analysis)))


def drafts_of(reading: Reading) -> list[Draft]:
    """Give what `read_attributes` gives; the components share it.

    Parameters
    ----------
    reading : Reading
    """
    drafts = _DRAFTS.get(reading)
    if drafts is None:
        drafts = _DRAFTS[reading] = list(read_attributes(reading))
    return drafts


def read_attributes(reading: Reading) -> Iterator[Draft]:
    """Give all that the rules read, the doubtful and the repeated too; for measuring the rules.

    Parameters
    ----------
    reading : Reading
    """
    year = document_year(reading)
    yield from read_tables(reading, year)
    yield from read_open_lists(reading)
    for passage in reading.passages:
        yield from read_parameters(reading, passage)
        yield from read_openness(reading, passage)
        yield from read_release_dates(reading, passage, year)
        yield from read_context_lengths(reading, passage)
        yield from read_strategies(reading, passage)
