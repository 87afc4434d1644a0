"""How open a company was is told in the order of time, each phase with its sentences."""

import random

from memory_view import MemoryView, Row, article

from modelkin.graph.openness import Clock, Phase, timeline
from modelkin.ontology.claim import Entity, Extraction, Value
from modelkin.ontology.terms import EntityType

COMPANY = Entity.of("organization/baichuan-inc", EntityType.ORGANIZATION, "百川智能")
OTHER = Entity.of("organization/fudan", EntityType.ORGANIZATION, "复旦大学")
SEVEN, FIFTY, CHAT, LAW = (
    Entity.of(f"model/{name}", EntityType.MODEL, name)
    for name in ("baichuan-7b", "baichuan-53b", "baichuan-7b-chat", "disc-lawllm")
)
ENTITIES = [COMPANY, OTHER, SEVEN, FIFTY, CHAT, LAW]


def parts() -> list[Extraction]:
    chinese: list[tuple[str, list[Row]]] = [
        (
            "百川智能先开源，后闭源。",
            [
                (COMPANY.id, "openStrategy", Value("open"), "t@1", {"validUntil": "2023-08"}),
                (COMPANY.id, "openStrategy", Value("closed"), "t@1", {"validFrom": "2023-08-08"}),
            ],
        ),
        (
            "6 月，百川智能开源了 Baichuan-7B，又有对话版。",
            [
                (SEVEN.id, "developedBy", COMPANY.id, "t@1", {}),
                (SEVEN.id, "openness", Value("open"), "t@1", {}),
                (SEVEN.id, "releaseDate", Value("2023-06", "date"), "t@1", {}),
                (SEVEN.id, "releaseDate", Value("2023-06-15", "date"), "t@1", {}),
                (CHAT.id, "variantOf", SEVEN.id, "t@1", {}),
                (CHAT.id, "openness", Value("open"), "t@1", {}),
            ],
        ),
        (
            "复旦大学的 DISC-LawLLM 也开源。",
            [
                (LAW.id, "variantOf", SEVEN.id, "t@1", {}),
                (LAW.id, "developedBy", OTHER.id, "t@1", {}),
                (LAW.id, "openness", Value("open"), "t@1", {}),
            ],
        ),
    ]
    english: list[tuple[str, list[Row]]] = [
        (
            "Baichuan-53B, by Baichuan, stays closed.",
            [
                (FIFTY.id, "developedBy", COMPANY.id, "t@1", {}),
                (FIFTY.id, "openness", Value("closed"), "t@1", {}),
                (SEVEN.id, "openness", Value("open"), "t@1", {}),
            ],
        )
    ]
    return [
        article(ENTITIES, chinese, lang="zh", title="百川", published="2023-10-07"),
        article(ENTITIES, english, title="Baichuan"),
    ]


def brief(phases: list[Phase]) -> list[tuple[str | None, str | None, str, str, Clock | None]]:
    return [(p.since, p.until, p.entity.partition("/")[2], p.value, p.clock) for p in phases]


def test_a_company_is_told_by_its_strategy_and_its_models() -> None:
    assert brief(timeline(MemoryView(parts()), COMPANY)) == [
        ("2023-06-15", None, "baichuan-7b", "open", Clock.RELEASE),
        (None, "2023-08", "baichuan-inc", "open", Clock.VALIDITY),
        ("2023-08-08", None, "baichuan-inc", "closed", Clock.VALIDITY),
        ("2023-10-07", None, "baichuan-7b-chat", "open", Clock.PUBLICATION),
        (None, None, "baichuan-53b", "closed", None),
    ]


def test_a_model_is_told_alone_with_all_its_sentences() -> None:
    (phase,) = timeline(MemoryView(parts()), SEVEN)
    assert len({claim.evidence.document for claim in phase.claims}) == 2


def test_everything_is_told_without_a_name() -> None:
    told = timeline(MemoryView(parts()))
    assert {phase.entity for phase in told} == {
        COMPANY.id,
        SEVEN.id,
        CHAT.id,
        LAW.id,
        FIFTY.id,
    }
    assert timeline(MemoryView([]), COMPANY) == []


def test_the_order_of_reading_does_not_matter() -> None:
    for seed in range(4):
        shuffled = random.Random(seed).sample(parts(), 2)
        assert timeline(MemoryView(shuffled)) == timeline(MemoryView(parts()))
