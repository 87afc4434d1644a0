"""Extractions for the contract of stores: two told by hand, and any number drawn by chance."""

import dataclasses
from collections.abc import Iterable, Mapping

from hypothesis import strategies as st

from modelkin.ontology.claim import Claim, ClaimKind, Entity, Extraction, Value
from modelkin.ontology.document import Document, DocumentKind
from modelkin.ontology.identifiers import entity_id
from modelkin.ontology.terms import EntityType

__all__ = [
    "BELUGA",
    "LLAMA",
    "META",
    "ORCA",
    "ZHIPU",
    "Fact",
    "article",
    "as_facts",
    "chinese",
    "doubted",
    "english",
    "lots",
    "named",
    "unwritable",
    "without_candidates",
]

Fact = tuple[str, str, str | Value, Mapping[str, str]]

LLAMA = Entity.of("model/llama-2", EntityType.MODEL, "Llama 2", ["Llama2"])
BELUGA = Entity.of("model/stable-beluga", EntityType.MODEL, "Stable Beluga")
ORCA = Entity.of("dataset/orca", EntityType.DATASET, "Orca")
META = Entity.of("organization/meta", EntityType.ORGANIZATION, "Meta", ["Meta AI"])
ZHIPU = Entity.of("organization/zhipu-ai", EntityType.ORGANIZATION, "智谱AI", ["Zhipu AI"])


def article(
    sentences: Mapping[str, Iterable[Fact]],
    entities: Iterable[Entity],
    *,
    lang: str = "en",
    title: str = "article",
    url: str | None = None,
    published: str | None = None,
    retrieved: str | None = None,
    curated: bool = False,
    confidence: float = 0.9,
) -> Extraction:
    """Make the extraction of a text of sentences, each with the facts that it states."""
    document = Document.of(
        "\n".join(sentences),
        lang=lang,
        title=title,
        url=url,
        published=published,
        retrieved=retrieved,
        kind=DocumentKind.CURATED if curated else DocumentKind.ARTICLE,
    )
    claims, start = [], 0
    for sentence, facts in sentences.items():
        for subject, predicate, object, qualifiers in facts:
            claim = Claim.of(
                subject,
                predicate,
                object,
                document.span(start, start + len(sentence)),
                qualifiers=qualifiers,
                extractor="test@1",
                confidence=confidence,
                kind=ClaimKind.CURATED if curated else ClaimKind.EXTRACTED,
            )
            claims.append(claim)
        start += len(sentence) + 1
    return Extraction.of(document, entities, claims)


def english(**fields: object) -> Extraction:
    """Give an English article of two sentences and three claims."""
    return article(
        {
            "Stable Beluga was fine-tuned from Llama 2.": [
                (BELUGA.id, "derivedFrom", LLAMA.id, {"method": "finetune"}),
            ],
            "Meta's Llama 2 comes with 70B parameters.": [
                (LLAMA.id, "developedBy", META.id, {}),
                (LLAMA.id, "parameters", Value("70B"), {}),
            ],
        },
        [LLAMA, BELUGA, META],
        **{"title": "Beluga", "published": "2023-10", **fields},  # type: ignore[arg-type]
    )


def chinese(**fields: object) -> Extraction:
    """Give a Chinese article that shares a statement with the English one."""
    llama = Entity.of(LLAMA.id, LLAMA.type, "Llama 2", ["羊驼2"])
    return article(
        {
            "Stable Beluga由羊驼2微调而来。": [
                (BELUGA.id, "derivedFrom", LLAMA.id, {"method": "finetune"}),
            ],
            "智谱AI走先开后闭的路线。": [(ZHIPU.id, "openStrategy", Value("open-then-closed"), {})],
        },
        [llama, BELUGA, ZHIPU],
        **{"lang": "zh", "title": "开源", "published": "2023-08-01", **fields},  # type: ignore[arg-type]
    )


def doubted(extraction: Extraction, *places: int, confidence: float = 0.4) -> Extraction:
    """Give the extraction with the claims of these places candidates; all where none is given."""
    claims = [
        dataclasses.replace(claim, kind=ClaimKind.CANDIDATE, confidence=confidence)
        if not places or place in places
        else claim
        for place, claim in enumerate(extraction.claims)
    ]
    return Extraction.of(extraction.document, extraction.entities, claims)


def without_candidates(extraction: Extraction) -> Extraction:
    """Give the extraction with its facts alone."""
    facts = [claim for claim in extraction.claims if claim.kind is not ClaimKind.CANDIDATE]
    return Extraction.of(extraction.document, extraction.entities, facts)


def as_facts(extraction: Extraction) -> Extraction:
    """Give the extraction with its candidates taken for facts, just as sure."""
    claims = [
        dataclasses.replace(claim, kind=ClaimKind.EXTRACTED)
        if claim.kind is ClaimKind.CANDIDATE
        else claim
        for claim in extraction.claims
    ]
    return Extraction.of(extraction.document, extraction.entities, claims)


def unwritable() -> Extraction:
    """Give an extraction that fails in its last rows, after all others are written."""
    whole = english()
    other = Document.of(whole.document.text + "\n", lang="en")
    claims = [
        dataclasses.replace(
            claim,
            evidence=other.span(claim.evidence.start, claim.evidence.end),
            extractor="\ud800",
        )
        for claim in whole.claims
    ]
    return Extraction.of(other, [*whole.entities, ORCA], claims)


_NAMES = ("Llama 2", "LLaMA-2", "羊驼2", "Café", "智谱AI", "ΣΊΣΥΦΟΣ", 'a "b" OR', "GLM_%", "Ö")
_THINGS = (
    ("model/a", EntityType.MODEL),
    ("model/b", EntityType.MODEL),
    ("model/智谱", EntityType.MODEL),
    ("organization/c", EntityType.ORGANIZATION),
)
_METHODS = ("finetune", "merge", "unspecified")
_DATES = (None, "2023", "2023-07", "2023-07-18", "2024")


@st.composite
def _content(draw: st.DrawFn, number: int) -> tuple[dict[str, list[Fact]], list[Entity]]:
    entities = [
        Entity.of(id, type, draw(st.sampled_from(_NAMES)), draw(st.sets(st.sampled_from(_NAMES))))
        for id, type in _THINGS
        if draw(st.booleans())
    ]
    ids = [entity.id for entity in entities]
    objects = [*ids, Value("70B"), Value("2023-07", "date")]
    sentences: dict[str, list[Fact]] = {f"第{number}篇。": []}
    for line in range(draw(st.integers(1, 3))):
        facts: list[Fact] = []
        for _ in range(draw(st.integers(0, 3)) if ids else 0):
            subject = draw(st.sampled_from(ids))
            object = draw(st.sampled_from([o for o in objects if o != subject]))
            method = draw(st.sampled_from(_METHODS))
            facts.append((subject, "derivedFrom", object, {"method": method}))
        sentences[f"{draw(st.sampled_from(_NAMES))} 说了 {line}."] = facts
    return sentences, entities


@st.composite
def lots(draw: st.DrawFn, most: int = 5) -> list[Extraction]:
    """Draw extractions of a few texts; a text may come from several places, or be curated too.

    Some claims of an article are candidates, the same ones wherever it comes from.
    """
    contents = [draw(_content(number)) for number in range(draw(st.integers(1, most)))]
    extractions = []
    for number, (sentences, entities) in enumerate(contents):
        doubtful = draw(st.sets(st.integers(0, 8)))
        for _ in range(draw(st.integers(1, 2))):
            curated = draw(st.booleans()) and number % 2 == 0
            extraction = article(
                sentences,
                entities,
                title=draw(st.sampled_from(["", "b", "a", "题"])),
                url=draw(st.sampled_from([None, "https://b.example", "https://a.example"])),
                published=draw(st.sampled_from(_DATES)),
                retrieved=draw(st.sampled_from([None, "2024-01-01", "2024-01-02"])),
                curated=curated,
                confidence=0.2 + number / 10,
            )
            if doubtful and not curated:
                extraction = doubted(extraction, *doubtful, confidence=0.1 + number / 10)
            extractions.append(extraction)
    return extractions


def named(
    name: str,
    *aliases: str,
    type: EntityType = EntityType.ORGANIZATION,
    text: str = "",
    employer: str = "",
    **document: str,
) -> Extraction:
    """Give what a text says that names one thing, by these names, and perhaps an employer."""
    entity = Entity.of(entity_id(type, name), type, name, aliases)
    others, facts = [], []
    if employer:
        id = entity_id(EntityType.ORGANIZATION, employer)
        others.append(Entity.of(id, EntityType.ORGANIZATION, employer))
        facts.append((entity.id, "affiliatedWith", id, {}))
    sentence = text or f"{' '.join([name, *aliases, employer])} is spoken of here."
    return article({sentence: facts}, [entity, *others], **document)
