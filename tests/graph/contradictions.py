"""Documents that contradict each other, as people write them."""

from collections.abc import Mapping

from memory_view import MemoryView, Row, article

from modelkin.graph.conflicts import Conflict, conflicts
from modelkin.ontology.claim import ClaimKind, Entity, Extraction, Value, object_key
from modelkin.ontology.identifiers import entity_id
from modelkin.ontology.terms import EntityType

ORGANIZATIONS = ("Meta", "Microsoft", "Upstage", "Stability AI", "CarperAI", "百川智能", "Alibaba")
ORGANIZATIONS += ("Alibaba Cloud", "清华大学", "智谱AI")
MODELS = (
    "Phi-2",
    "Falcon 180B",
    "Falcon-40B",
    "Falcon",
    "Llama 2",
    "Llama 2 70B",
    "LLaMA",
    "LLaMA 65B",
)
MODELS += (
    "Vicuna",
    "StableVicuna",
    "Goliath",
    "百川",
    "Baichuan-7B",
    "Baichuan-53B",
    "DeepSeek-R1",
)
MODELS += ("R1-Distill-Qwen-7B", "Qwen2.5-7B", "Falcon-7B", "Falcon-7B-Instruct", "Stable Beluga")
LICENCES = ("Apache License 2.0", "MIT License", "Falcon-180B TII License", "Yi License")
LICENCES += ("Llama 2 Community License", "Llama 2 License Agreement", "CC BY-NC 4.0", "CC BY 4.0")
NAMES: Mapping[str, str] = {
    name: entity_id(type, name)
    for type, names in (
        (EntityType.ORGANIZATION, ORGANIZATIONS),
        (EntityType.MODEL, MODELS),
        (EntityType.LICENSE, LICENCES),
        (EntityType.PERSON, ("Rombach", "王小川")),
    )
    for name in names
}
ENTITIES = [
    Entity.of(id, next(t for t in EntityType if id.startswith(t.value.lower() + "/")), name)
    for name, id in NAMES.items()
]
FINETUNE, SCALING = {"method": "finetune"}, {"method": "scaling"}
MERGE, DISTILLATION = {"method": "merge"}, {"method": "distillation"}


def told(
    *said: tuple[str, str, str, dict[str, str]],
    quote: str = "",
    published: str | None = None,
    curated: bool = False,
    lang: str = "zh",
) -> Extraction:
    """Give a document of one sentence that says all of it; names and values as people write."""
    rows: list[Row] = [
        (
            NAMES[subject],
            predicate,
            NAMES.get(object) or Value(object, "date" if predicate == "releaseDate" else "string"),
            "test@1",
            qualifiers,
        )
        for subject, predicate, object, qualifiers in said
    ]
    return article(
        ENTITIES,
        [(quote or f"{said} {published} {curated}", rows)],
        lang=lang,
        published=published,
        kind=ClaimKind.CURATED if curated else ClaimKind.EXTRACTED,
        confidence=1.0 if curated else 0.9,
    )


def found(*parts: Extraction, **rest: object) -> list[Conflict]:
    return list(conflicts(MemoryView(parts), **rest))  # type: ignore[arg-type]


def shown(*parts: Extraction) -> list[tuple[str, str, list[str]]]:
    """Give kind, subject and the objects of the sides of each conflict."""
    return [
        (c.kind.value, c.subject, [object_key(side.statement.object) for side in c.sides])
        for c in found(*parts)
    ]


def developed(model: str, by: str, **rest: object) -> Extraction:
    return told((model, "developedBy", by, {}), **rest)  # type: ignore[arg-type]


def derived(model: str, base: str, method: dict[str, str], **rest: object) -> Extraction:
    return told((model, "derivedFrom", base, method), **rest)  # type: ignore[arg-type]
