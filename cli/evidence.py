"""Showing claims: the sentence, where it stands, who read it."""

from collections.abc import Iterable

import click

from ..graph.protocols import View
from ..graph.records import Record, claim_record, document_record
from ..ontology.claim import Claim, ClaimKind, Statement, Value
from .output import printable

__all__ = ["claim_records", "object_name", "print_claims", "weight"]


def claim_records(view: View, claims: Iterable[Claim]) -> list[Record]:
    """Give claims as plain records, each with its document in the place of the document's id."""
    records = []
    for claim in claims:
        record = claim_record(claim)
        document = view.document(claim.evidence.document)
        if document is not None:
            retrieved = {"retrieved": document.retrieved}
            record["document"] = document_record(document, text=False) | retrieved
        records.append(record)
    return records


def print_claims(view: View, claims: Iterable[Claim], margin: str) -> None:
    """Print claims for people, two lines each, in the order of their kinds.

    Parameters
    ----------
    view : View
    claims : iterable of Claim
    margin : str
        What every line begins with.
    """
    for claim in sorted(claims, key=lambda claim: (claim.kind.place, -claim.confidence, claim.id)):
        document = view.document(claim.evidence.document)
        evidence = claim.evidence
        source = [claim.kind.value]
        source += [f"{key} {value}" for key, value in claim.qualifiers if key != "source"]
        reference = dict(claim.qualifiers).get("source")
        if reference is not None:
            source.append(reference)
        elif document is not None:
            source.append(", ".join(filter(None, (document.title, document.published))))
        source.append(f"{evidence.document[:12]} [{evidence.start}–{evidence.end}]")
        if claim.kind is not ClaimKind.CURATED:
            source += [claim.extractor, f"confidence {claim.confidence:.2f}"]
        said = " ".join(evidence.quote.split())
        click.echo(f"{margin}“{printable(said)}”")
        click.echo(f"{margin}  {printable(' · '.join(source))}")


def object_name(view: View, object: str | Value) -> str:
    """Give an object as people read it: an entity's name or a value."""
    if isinstance(object, Value):
        return object.lexical
    entity = view.entity(object)
    return entity.name if entity else object


def weight(statement: Statement) -> str:
    """Give how many claims of each kind a statement rests on, and how sure it is.

    Examples
    --------
    >>> weight(Statement("model/a", "derivedFrom", "model/b", claims=3, curated=1))
    '[2 extracted, 1 curated; confidence 1.00]'
    >>> weight(Statement("model/a", "derivedFrom", "model/b", candidates=1, confidence=0.4))
    '[1 candidate; confidence 0.40]'
    """
    extracted = statement.claims - statement.curated - statement.candidates
    counts = [f"{extracted} extracted"] * bool(extracted)
    counts += [f"{statement.curated} curated"] * bool(statement.curated)
    doubtful = "candidate" if statement.candidates == 1 else "candidates"
    counts += [f"{statement.candidates} {doubtful}"] * bool(statement.candidates)
    return f"[{', '.join(counts)}; confidence {statement.confidence:.2f}]"
