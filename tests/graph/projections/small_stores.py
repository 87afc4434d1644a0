"""Stores for the tests of this folder."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from memory_view import MemoryView, Row, article

from modelkin.graph.protocols import Change
from modelkin.graph.stores.sqlite import SqliteStore
from modelkin.ontology.claim import ClaimKind, Entity, Extraction, Value
from modelkin.ontology.terms import Datatype, EntityType

META = Entity.of("organization/meta", EntityType.ORGANIZATION, "Meta")
ZHIPU = Entity.of("organization/智谱-ai", EntityType.ORGANIZATION, "智谱AI", ["Zhipu AI"])
LLAMA = Entity.of("model/llama", EntityType.MODEL, "LLaMA")
LLAMA_2 = Entity.of("model/llama-2", EntityType.MODEL, "Llama 2", ["Llama2", "羊驼 2"])
BELUGA = Entity.of("model/stable-beluga-2", EntityType.MODEL, "Stable Beluga 2")
GLM = Entity.of("model/glm-4", EntityType.MODEL, "GLM-4")
LICENCE = Entity.of("license/llama-2", EntityType.LICENSE, "Llama 2 Community License")


def english() -> Extraction:
    return article(
        [META, LLAMA, LLAMA_2, BELUGA, LICENCE],
        [
            (
                "Stable Beluga 2 is a fine-tune of Llama 2.",
                [(BELUGA.id, "derivedFrom", LLAMA_2.id, "r@1", {"method": "finetune"})],
            ),
            (
                "Meta's Llama 2 (7B, 70B) builds on LLaMA.",
                [
                    (LLAMA_2.id, "derivedFrom", LLAMA.id, "r@1", {"method": "scaling"}),
                    (LLAMA_2.id, "developedBy", META.id, "r@1", {}),
                    (LLAMA_2.id, "parameters", Value("70B"), "r@1", {}),
                    (LLAMA_2.id, "parameters", Value("7B"), "r@1", {}),
                ],
            ),
            (
                "Both come under Meta's licence.",
                [
                    (LLAMA_2.id, "releasedUnder", LICENCE.id, "r@1", {}),
                    (BELUGA.id, "releasedUnder", LICENCE.id, "r@1", {}),
                ],
            ),
        ],
        title="Herd",
        url="https://example.org/herd",
        published="2023-07-21",
    )


def chinese() -> Extraction:
    return article(
        [ZHIPU, GLM, LLAMA_2],
        [
            ("智谱AI开发了GLM-4。", [(GLM.id, "developedBy", ZHIPU.id, "r@1", {})]),
            ("Llama 2 有 7B 版本。", [(LLAMA_2.id, "parameters", Value("7B"), "r@1", {})]),
        ],
        lang="zh",
        title="国产大模型",
        published="2024-01",
    )


def curated() -> Extraction:
    return article(
        [LLAMA_2, BELUGA],
        [
            (
                "model card",
                [(BELUGA.id, "derivedFrom", LLAMA_2.id, "seed@1", {"method": "finetune"})],
            )
        ],
        kind=ClaimKind.CURATED,
        confidence=1.0,
    )


def market() -> Extraction:
    """Give an article that says something of every kind, in two languages and not at one."""
    qwen = Entity.of("model/qwen", EntityType.MODEL, "Qwen", ["通义千问"])
    tuned = Entity.of("model/通义灵码", EntityType.MODEL, "通义灵码")
    alibaba = Entity.of("organization/alibaba", EntityType.ORGANIZATION, "阿里巴巴", ["Alibaba"])
    hub = Entity.of("platform/modelscope", EntityType.PLATFORM, "魔搭社区", ["ModelScope"])
    law = Entity.of("domain/law", EntityType.DOMAIN, "法律", ["Law"])
    mmlu = Entity.of("benchmark/mmlu", EntityType.BENCHMARK, "MMLU")
    text = Entity.of("dataset/wanjuan", EntityType.DATASET, "万卷", ["WanJuan"])
    app = Entity.of("product/通义", EntityType.PRODUCT, "通义")
    head = Entity.of("person/周靖人", EntityType.PERSON, "周靖人", ["Zhou Jingren"])
    free = Entity.of("license/apache-license-2.0", EntityType.LICENSE, "Apache License 2.0")
    rows: list[Row] = [
        (qwen.id, "developedBy", alibaba.id, "r@1", {}),
        (tuned.id, "developedBy", alibaba.id, "r@1", {}),
        (tuned.id, "derivedFrom", qwen.id, "r@1", {"method": "finetune"}),
        (tuned.id, "derivedFrom", LLAMA_2.id, "r@1", {"method": "merge"}),
        (qwen.id, "derivedFrom", tuned.id, "r@1", {"method": "distillation"}),
        (qwen.id, "openness", Value("open"), "r@1", {}),
        (qwen.id, "openness", Value("restricted"), "r@1", {}),
        (alibaba.id, "openStrategy", Value("open"), "r@1", {}),
        (qwen.id, "releaseDate", Value("2023-08", Datatype.DATE), "r@1", {}),
        (qwen.id, "releasedUnder", LICENCE.id, "r@1", {}),
        (tuned.id, "releasedUnder", free.id, "r@1", {}),
        (qwen.id, "hostedOn", hub.id, "r@1", {}),
        (alibaba.id, "operates", hub.id, "r@1", {}),
        (tuned.id, "appliesTo", law.id, "r@1", {}),
        (qwen.id, "evaluatedOn", mmlu.id, "r@1", {}),
        (GLM.id, "evaluatedOn", mmlu.id, "r@1", {}),
        (qwen.id, "comparableTo", GLM.id, "r@1", {"relation": "better"}),
        (qwen.id, "trainedOn", text.id, "r@1", {}),
        (app.id, "poweredBy", tuned.id, "r@1", {}),
        (head.id, "affiliatedWith", alibaba.id, "r@1", {"role": "首席技术官"}),
        (tuned.id, "variantOf", qwen.id, "r@1", {}),
    ]
    more: list[Row] = [(tuned.id, "derivedFrom", qwen.id, "r@1", {"method": "quantization"})]
    entities = [qwen, tuned, alibaba, hub, law, mmlu, text, app, head, free, GLM, LLAMA_2, LICENCE]
    return article(
        entities,
        [("阿里巴巴的通义千问，一切尽在其中。", rows), ("通义灵码是量化版。", more)],
        lang="zh",
        title="通义家族",
        published="2024-05",
        confidence=0.7,
    )


def sqlite_store(path: Path, extractions: Iterable[Extraction]) -> SqliteStore:
    store = SqliteStore.open(path)
    for extraction in extractions:
        store.merge(extraction)
    return store


def models(steps: Iterable[tuple[str, int, int]], count: int) -> Extraction:
    """Give numbered models and statements between them: predicate, subject, object."""
    entities = [Entity(f"model/{n}", EntityType.MODEL, f"M{n % 3}") for n in range(count)]
    rows: list[Row] = [
        (
            f"model/{a}",
            predicate,
            f"model/{b}",
            "r@1",
            {"method": "merge"} if predicate == "derivedFrom" and (a + b) % 2 else {},
        )
        for predicate, a, b in sorted(set(steps))
    ]
    return article(entities, [("They all come from each other.", rows)])


class ForeignStore(MemoryView):
    """A store that is no file and cannot be told from others."""

    location = "memory://"
    sequence = 1

    def metadata(self, key: str) -> str | None:
        return None

    def changes(self, since: int = 0) -> Iterator[Change]:
        yield from ()
