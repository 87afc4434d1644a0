"""People of one name: those who share no employer are taken for different people.

A name is all that an article gives of most people, and many share one. What tells them apart is
for whom they work; an article that names two employers of somebody joins the two.
"""

from collections.abc import Iterable, Iterator

from ...ontology.claim import Extraction
from ...ontology.identifiers import entity_type
from ...ontology.terms import EntityType, Predicate
from ..grouping import groups

__all__ = ["employers", "namesakes", "shared_id"]

_BETWEEN = "~"
"""Stands in no slug: no other id is like that of one of several people of a name."""


def employers(extraction: Extraction) -> Iterator[tuple[str, str]]:
    """Give the ids of people and of those for whom the document says as a fact that they work.

    Examples
    --------
    >>> from modelkin.ontology.document import Document
    >>> list(employers(Extraction(Document.of("Ann.", lang="en"))))
    []
    """
    found = {
        (claim.subject, claim.object)
        for claim in extraction.claims
        if claim.predicate == Predicate.AFFILIATED_WITH
        and claim.kind.is_fact
        and isinstance(claim.object, str)
        and entity_type(claim.subject) is EntityType.PERSON
    }
    yield from sorted((subject, str(object)) for subject, object in found)


def shared_id(person: str) -> str:
    """Give the id that documents name one of several people of a name by; any other id as it is.

    Examples
    --------
    >>> shared_id("person/li-ming~heron-labs"), shared_id("model/heron")
    ('person/li-ming', 'model/heron')
    """
    return person.partition(_BETWEEN)[0]


def namesakes(person: str, working: Iterable[tuple[str, Iterable[str]]]) -> dict[str, str]:
    """Give which of the people of one name a document means.

    Parameters
    ----------
    person : str
        The id that the name gives.
    working : iterable of (str, iterable of str)
        The ids of documents and of the employers that they name.

    Returns
    -------
    dict of str to str
        For each document that names employers the id of the person; of one person all told,
        where all documents hang together, it is empty. Documents without an employer mean
        nobody in particular.

    Examples
    --------
    >>> alone = [("d1", ["organization/a"]), ("d2", ["organization/a", "organization/b"])]
    >>> namesakes("person/li-ming", alone)
    {}
    >>> namesakes("person/li-ming", [*alone, ("d3", ["organization/c"])])["d3"]
    'person/li-ming~c'
    """
    given = {document: sorted(set(named)) for document, named in working}
    known = {document: named for document, named in given.items() if named}
    together = groups((named[0], other) for named in known.values() for other in named)
    people = {document: together[named[0]] for document, named in known.items()}
    if len(set(people.values())) < 2:
        return {}
    return {
        document: f"{person}{_BETWEEN}{employer.partition('/')[2]}"
        for document, employer in sorted(people.items())
    }
