"""Relations between the named things of a text, read by rules."""

from collections.abc import Iterator
from weakref import WeakKeyDictionary

from ..discourse import Reading, reading_of
from ..mention import Analysis, Finding
from .attach import attach
from .compared import COMPARED
from .derived import DERIVED
from .developed import DEVELOPED
from .draft import Draft
from .front_matter import read_front_matter
from .headed import read_headed
from .lineage import LINEAGE
from .names import read_generations, read_name_parts, read_names
from .people import PEOPLE
from .rule import match_rules, with_topics
from .settle import settle
from .tables import read_tables

__all__ = ["drafts_of", "find_relations", "read_relations"]

_DRAFTS: WeakKeyDictionary[Reading, list[Draft]] = WeakKeyDictionary()
_RULES = (*DEVELOPED, *DERIVED, *with_topics(COMPARED), *LINEAGE, *PEOPLE)


def find_relations(analysis: Analysis) -> list[Finding]:
    """Read the relations that a text states between its mentions.

    Parameters
    ----------
    analysis : Analysis
        With structure, sentences and mentions; not changed.

    Returns
    -------
    list of Finding
        In the order of their evidence; one for each subject, predicate, object and sentence.
    """
    reading = reading_of(analysis)
    return settle(reading, drafts_of(reading))


def drafts_of(reading: Reading) -> list[Draft]:
    """Give what `read_relations` gives; the components share it.

    Parameters
    ----------
    reading : Reading
    """
    drafts = _DRAFTS.get(reading)
    if drafts is None:
        drafts = _DRAFTS[reading] = list(read_relations(reading))
    return drafts


def read_relations(reading: Reading) -> Iterator[Draft]:
    """Give all that the rules read, the doubtful and the repeated too; for measuring the rules.

    Parameters
    ----------
    reading : Reading
    """
    yield from read_front_matter(reading)
    yield from read_tables(reading)
    yield from read_headed(reading)
    yield from read_names(reading)
    yield from read_name_parts(reading)
    found: list[Draft] = []  # the passages of a long text are walked over only once
    for passage in reading.passages:
        yield from read_generations(passage)
        found.extend(match_rules(reading, passage, _RULES))
        found.extend(attach(reading, passage))
    yield from found
