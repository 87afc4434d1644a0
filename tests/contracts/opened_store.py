"""What the parts of the contract of stores share."""

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis.strategies import SearchStrategy

from modelkin.graph.protocols import GraphStore, View
from modelkin.ontology.claim import ClaimKind, object_key

__all__ = ["OpenedStore", "by_chance", "check_statements", "contents", "few"]


def contents(store: GraphStore) -> dict[str, object]:
    """Give all that a store can be asked, save for the history of its changes."""
    entities = list(store.entities())
    names = sorted({name for entity in entities for name in entity.names})
    return {
        "entities": entities,
        "statements": list(store.statements()),
        "claims": list(store.claims()),
        "documents": list(store.documents()),
        "found": [store.find(name) for name in names],
        "searched": [store.search(text) for text in [*names, "说", "说了", "l", "A-2"]],
    }


def check_statements(view: View) -> None:
    """Compare the statements with sums over the claims, made the plainest way."""
    published = {document.id: document.published for document in view.documents()}
    claims = sorted(view.claims(), key=lambda c: (c.subject, c.predicate, object_key(c.object)))
    statements = iter(view.statements())
    for key, group in groupby(claims, key=lambda c: (c.subject, c.predicate, object_key(c.object))):
        members = list(group)
        statement = next(statements)
        assert (statement.subject, statement.predicate, object_key(statement.object)) == key
        assert statement.claims == len(members)
        assert statement.curated == sum(c.kind is ClaimKind.CURATED for c in members)
        assert statement.candidates == sum(c.kind is ClaimKind.CANDIDATE for c in members)
        methods = Counter(value for c in members for k, value in c.qualifiers if k == "method")
        ranked = sorted(methods, key=lambda method: (-methods[method], method))
        assert list(statement.methods) == ([m for m in ranked if m != "unspecified"] or ranked)
        dates = [d for c in members if (d := published[c.evidence.document])]
        assert statement.first_stated == min(dates, default=None)
        assert statement.last_stated == max(dates, default=None)
        doubt = 1.0
        for document in {c.evidence.document for c in members}:
            doubt *= 1 - max(c.confidence for c in members if c.evidence.document == document)
        expected = 1.0 if statement.curated else min(0.999, 1 - doubt)
        assert statement.confidence == pytest.approx(expected, abs=1e-4)
        assert statement.confidence == round(statement.confidence, 4)
    assert next(statements, None) is None


few = settings(max_examples=30, deadline=None)
"""For tests of properties that open stores."""


def by_chance(
    examples: int = 30, **strategies: SearchStrategy[Any]
) -> Callable[[Callable[..., None]], Callable[["OpenedStore"], None]]:
    """Make a test of a contract one that is given examples.

    Where stores are slow (see `OpenedStore.stride`), it is given fewer.
    """

    def decorate(test: Callable[..., None]) -> Callable[["OpenedStore"], None]:
        def run(self: OpenedStore) -> None:
            fewer = settings(max_examples=max(1, examples // self.stride), deadline=None)
            fewer(given(**strategies)(test))(self)

        run.__name__, run.__doc__ = test.__name__, test.__doc__
        return run

    return decorate


class OpenedStore:
    """Subclass it and say how a store is opened."""

    stride = 1
    """One in so many examples of a property is tried."""

    def open(self, folder: Path, *, candidates: bool = False) -> GraphStore:
        """Open the store of this folder, new if there is none, for writing and without seeds.

        It shows candidates where they are asked for.
        """
        raise NotImplementedError

    @pytest.fixture
    def store(self, tmp_path: Path) -> Iterator[GraphStore]:
        with self.open(tmp_path) as store:
            yield store
