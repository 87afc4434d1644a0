"""Small stores of Chinese and English articles, for the commands that decide.

What the articles say is given with them, so that no better extractor changes it.
"""

import json
from pathlib import Path

from modelkin.graph.stores import open_store
from modelkin.ontology.claim import Claim, Entity, Extraction, Value
from modelkin.ontology.document import Document
from modelkin.ontology.identifiers import entity_id, entity_type
from modelkin.ontology.terms import EntityType

__all__ = ["ARTICLES", "article", "read", "said"]

MODEL, ORGANIZATION = EntityType.MODEL, EntityType.ORGANIZATION

Names = tuple[EntityType, tuple[str, ...]]
Told = tuple[str, str, str | Value]

EGRET = "organization/egret-ai"
EGRET_ZH = "organization/白鹭智能"

ARTICLES: dict[str, tuple[str, tuple[Names, ...], tuple[Told, ...]]] = {
    "zh1": (
        "白鹭智能(Egret AI)发布了Heron-7B。Heron-7B-Chat基于Heron-7B微调而来,参数量70亿。",
        (
            (ORGANIZATION, ("白鹭智能", "Egret AI")),
            (MODEL, ("Heron-7B",)),
            (MODEL, ("Heron-7B-Chat",)),
        ),
        (
            ("model/heron-7b", "developedBy", EGRET_ZH),
            ("model/heron-7b-chat", "derivedFrom", "model/heron-7b"),
            ("model/heron-7b-chat", "parameters", Value("7B")),
        ),
    ),
    "en1": (
        "Egret AI released Heron-13B.",
        ((ORGANIZATION, ("Egret AI",)), (MODEL, ("Heron-13B",))),
        (("model/heron-13b", "developedBy", EGRET),),
    ),
    "zh2": (
        "由智谱AI开发的Feiniao-7B开源了。",
        ((ORGANIZATION, ("智谱AI",)), (MODEL, ("Feiniao-7B",))),
        (
            ("model/feiniao-7b", "developedBy", "organization/智谱-ai"),
            ("model/feiniao-7b", "openness", Value("open")),
        ),
    ),
    "zh3": (
        "由百川智能开发的Feiniao-7B开源了!",
        ((ORGANIZATION, ("百川智能",)), (MODEL, ("Feiniao-7B",))),
        (("model/feiniao-7b", "developedBy", "organization/百川智能"),),
    ),
    "en2": (
        "Phi-9 was developed by Microsoft.",
        ((ORGANIZATION, ("Microsoft",)), (MODEL, ("Phi-9",))),
        (("model/phi-9", "developedBy", "organization/microsoft"),),
    ),
    "en3": (
        "Phi-9 was developed by Upstage.",
        ((ORGANIZATION, ("Upstage",)), (MODEL, ("Phi-9",))),
        (("model/phi-9", "developedBy", "organization/upstage"),),
    ),
    "alike": (
        "Granite Guild makes 青禾 and Qinghe; Granite Guidl makes none.",
        (
            (ORGANIZATION, ("Granite Guild",)),
            (ORGANIZATION, ("Granite Guidl",)),
            (MODEL, ("青禾",)),
            (MODEL, ("Qinghe",)),
        ),
        (
            ("model/青禾", "developedBy", "organization/granite-guild"),
            ("model/qinghe", "developedBy", "organization/granite-guild"),
        ),
    ),
}
"""Title, text, the names in it, what it says."""


def article(title: str, text: str, named: tuple[Names, ...], told: tuple[Told, ...]) -> Extraction:
    """Make the extraction of an article of which each claim quotes all."""
    document = Document.of(text, lang=title[:2] if title[:2] in ("zh", "en") else "en", title=title)
    entities = [
        Entity.of(entity_id(type, names[0]), type, names[0], names) for type, names in named
    ]
    claims = [
        Claim.of(
            subject,
            predicate,
            object,
            document.span(0, len(text)),
            qualifiers={"method": "finetune"} if predicate == "derivedFrom" else {},
            extractor="test@1",
            confidence=0.9,
        )
        for subject, predicate, object in told
    ]
    assert all(entity_type(entity.id) is entity.type for entity in entities)
    return Extraction.of(document, entities, claims)


def read(store: Path, *titles: str) -> None:
    """Take some of the articles into a store, without seeds where it is new."""
    with open_store(store, create=True, read_only=False, bare=True) as opened:
        for title in titles:
            opened.merge(article(title, *ARTICLES[title]))


def said(state: bytes) -> set[tuple[str, str, str]]:
    """Give what an export in lines of JSON states."""
    records = [json.loads(line) for line in state.decode().splitlines()]
    return {
        (r["subject"], r["predicate"], str(r["object"]))
        for r in records
        if r["record"] == "statement"
    }
