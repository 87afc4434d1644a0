"""A View that holds its extractions in memory: the plainest reading of what a view gives."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from modelkin.ontology.claim import (
    Claim,
    ClaimKind,
    Entity,
    Extraction,
    Qualifiers,
    Statement,
    Value,
    object_key,
)
from modelkin.ontology.document import Document, DocumentKind
from modelkin.ontology.terms import EntityType

Object = str | Value
Row = tuple[str, str, Object, str, dict[str, str]]


class MemoryView:
    """Answers as a store that merged the extractions would, slowly."""

    def __init__(self, extractions: Iterable[Extraction]) -> None:
        parts = list(extractions)
        names: dict[str, set[str]] = defaultdict(set)
        self._entities: dict[str, Entity] = {}
        for part in parts:
            for entity in part.entities:
                names[entity.id].update(entity.names)
                kept = self._entities.setdefault(entity.id, entity)
                if entity.name < kept.name:
                    self._entities[entity.id] = entity
        self._entities = {
            id: Entity.of(id, entity.type, entity.name, names[id])
            for id, entity in sorted(self._entities.items())
        }
        self._documents = {p.document.id: p.document for p in parts}
        claims = {claim.id: claim for part in parts for claim in part.claims}
        self._claims = [claims[id] for id in sorted(claims)]
        groups: dict[tuple[str, str, str], list[Claim]] = defaultdict(list)
        for claim in self._claims:
            groups[claim.subject, claim.predicate, object_key(claim.object)].append(claim)
        self._statements = [self._sum(groups[key]) for key in sorted(groups)]

    def _sum(self, claims: list[Claim]) -> Statement:
        methods = Counter(
            value for c in claims for key, value in c.qualifiers if key in ("method", "relation")
        )
        if len(methods) > 1:
            methods.pop("unspecified", None)
        doubt = 1.0
        for claim in claims:
            doubt *= 1 - claim.confidence
        dates = sorted(
            d for c in claims if (d := self._documents[c.evidence.document].published) is not None
        )
        return Statement(
            claims[0].subject,
            claims[0].predicate,
            claims[0].object,
            tuple(sorted(methods, key=lambda m: (-methods[m], m))),
            len(claims),
            sum(c.kind is ClaimKind.CURATED for c in claims),
            round(1 - doubt, 6),
            dates[0] if dates else None,
            dates[-1] if dates else None,
        )

    def entities(self) -> Iterator[Entity]:
        yield from self._entities.values()

    def statements(
        self,
        subject: str | None = None,
        predicate: str | None = None,
        object: Object | None = None,
    ) -> Iterator[Statement]:
        yield from (s for s in self._statements if _fits(s, subject, predicate, object))

    def claims(
        self,
        subject: str | None = None,
        predicate: str | None = None,
        object: Object | None = None,
    ) -> Iterator[Claim]:
        yield from (c for c in self._claims if _fits(c, subject, predicate, object))

    def documents(self) -> Iterator[Document]:
        yield from (self._documents[id] for id in sorted(self._documents))

    def entity(self, id: str) -> Entity | None:
        return self._entities.get(id)

    def document(self, id: str) -> Document | None:
        return self._documents.get(id)


def _fits(
    item: Claim | Statement, subject: str | None, predicate: str | None, object: Object | None
) -> bool:
    return (
        subject in (None, item.subject)
        and predicate in (None, item.predicate)
        and object in (None, item.object)
    )


def article(
    entities: Iterable[Entity],
    sentences: Iterable[tuple[str, list[Row]]],
    *,
    lang: str = "en",
    title: str = "article",
    url: str | None = None,
    published: str | None = None,
    kind: ClaimKind = ClaimKind.EXTRACTED,
    confidence: float = 0.9,
) -> Extraction:
    """Make an extraction from sentences, each with the claims that it makes."""
    pairs = list(sentences)
    text = "\n".join(sentence for sentence, _ in pairs)
    document = Document.of(
        text,
        lang=lang,
        title=title,
        url=url,
        published=published,
        kind=DocumentKind.CURATED if kind is ClaimKind.CURATED else DocumentKind.ARTICLE,
    )
    claims, start = [], 0
    for sentence, rows in pairs:
        for subject, predicate, object, extractor, qualifiers in rows:
            claims.append(
                Claim.of(
                    subject,
                    predicate,
                    object,
                    document.span(start, start + len(sentence)),
                    qualifiers=qualifiers,
                    extractor=extractor,
                    confidence=confidence,
                    kind=kind,
                )
            )
        start += len(sentence) + 1
    return Extraction.of(document, entities, claims)


def derivations(edges: Iterable[tuple[int, int]], nodes: int) -> MemoryView:
    """Make a view of numbered models, each pair a model and what it derives from."""
    pairs = sorted(set(edges))
    models = [Entity(f"model/{n}", EntityType.MODEL, f"Model {n}") for n in range(nodes)]
    rows: list[Row] = [
        (f"model/{a}", "derivedFrom", f"model/{b}", "test@1", {"method": "finetune"})
        for a, b in pairs
    ]
    return MemoryView([article(models, [("They derive from each other.", rows)])])


__all__ = ["MemoryView", "Qualifiers", "Row", "article", "derivations"]
