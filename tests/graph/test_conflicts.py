"""Conflicts are found where two things cannot both hold, and nowhere else."""

import pytest
from contradictions import (
    DISTILLATION,
    ENTITIES,
    FINETUNE,
    MERGE,
    NAMES,
    SCALING,
    derived,
    developed,
    found,
    shown,
    told,
)
from memory_view import Row, article

from modelkin.graph.conflicts import ConflictKind
from modelkin.ontology.claim import Extraction, Value


def test_two_organizations_that_each_made_a_model() -> None:
    assert shown(developed("Phi-2", "Microsoft"), developed("Phi-2", "Upstage")) == [
        ("developer", "model/phi-2", ["organization/microsoft", "organization/upstage"])
    ]
    (conflict,) = found(developed("百川", "百川智能"), developed("百川", "智谱AI"))
    assert [claim.evidence.quote for side in conflict.sides for claim in side.claims]
    assert all(len(side.claims) == side.statement.claims for side in conflict.sides)


@pytest.mark.parametrize(
    "parts",
    [
        # Joint work, in one sentence or named in the other's.
        [told(("百川", "developedBy", "百川智能", {}), ("百川", "developedBy", "清华大学", {}))],
        [
            developed("百川", "百川智能", quote="百川智能与清华大学联合推出百川。"),
            developed("百川", "清华大学"),
        ],
        [
            developed("StableVicuna", "Stability AI", quote="StabilityAI's CarperAI team made it."),
            developed("StableVicuna", "CarperAI"),
        ],
        # A person and the organization; a part and the whole.
        [developed("Phi-2", "Rombach"), developed("Phi-2", "Microsoft")],
        [developed("Phi-2", "Rombach"), developed("Phi-2", "王小川")],
        [developed("Phi-2", "Alibaba"), developed("Phi-2", "Alibaba Cloud")],
        # Elsewhere somebody says whose lab it is.
        [
            developed("Stable Beluga", "CarperAI"),
            developed("Stable Beluga", "Stability AI"),
            developed("Vicuna", "CarperAI", quote="英国公司 Stability AI 和旗下的 CarperAI 实验室"),
        ],
        # Of different sizes.
        [
            told(("Falcon", "developedBy", "Meta", {"size": "7B"})),
            told(("Falcon", "developedBy", "Microsoft", {"size": "40B"})),
        ],
    ],
)
def test_developers_that_agree(parts: list[Extraction]) -> None:
    assert shown(*parts) == []


def test_two_licences_at_one_time() -> None:
    one = told(("Falcon-40B", "releasedUnder", "Apache License 2.0", {}))
    other = told(("Falcon-40B", "releasedUnder", "Falcon-180B TII License", {}))
    (conflict,) = shown(one, other)
    assert conflict[0] == "licence"
    strict = told(("Falcon-40B", "releasedUnder", "CC BY-NC 4.0", {}))
    loose = told(("Falcon-40B", "releasedUnder", "CC BY 4.0", {}))
    assert [kind for kind, *_ in shown(strict, loose)] == ["licence"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"validUntil": "2024-05"}, {"validFrom": "2024-05-30"}),
        ({"validUntil": "2024"}, {"validFrom": "2024"}),
        ({"validFrom": "2023", "validUntil": "2023-12"}, {"validFrom": "2024-01"}),
        ({"size": "7B"}, {"size": "40B"}),
        ({"size": "7B"}, {}),
        ({"variant": "对话版"}, {"variant": "基座"}),
    ],
)
def test_licences_of_other_times_sizes_and_editions(
    one: dict[str, str], other: dict[str, str]
) -> None:
    parts = [
        told(("Falcon", "releasedUnder", "MIT License", one)),
        told(("Falcon", "releasedUnder", "Apache License 2.0", other)),
    ]
    assert shown(*parts) == []


def test_a_licence_that_was_changed_after_it_was_told() -> None:
    before = told(("Falcon", "releasedUnder", "Yi License", {}), published="2023-11")
    after = told(("Falcon", "releasedUnder", "Apache License 2.0", {"validFrom": "2024-05-30"}))
    assert shown(before, after) == []
    late = told(("Falcon", "releasedUnder", "Yi License", {}), published="2024-07")
    assert len(shown(late, after)) == 1


def test_licences_that_are_one_or_are_a_members() -> None:
    long = told(("Llama 2", "releasedUnder", "Llama 2 License Agreement", {}))
    short = told(("Llama 2", "releasedUnder", "Llama 2 Community License", {}))
    assert shown(long, short) == []
    family = [
        told(("Falcon", "releasedUnder", "Apache License 2.0", {})),
        told(("Falcon", "releasedUnder", "Falcon-180B TII License", {})),
    ]
    assert len(shown(*family)) == 1
    family.append(told(("Falcon 180B", "variantOf", "Falcon", {})))
    assert len(shown(*family)) == 1
    family.append(told(("Falcon 180B", "releasedUnder", "Falcon-180B TII License", {})))
    assert shown(*family) == []


def test_an_article_contradicts_a_curated_base() -> None:
    parts = [
        derived("Falcon 180B", "Llama 2", SCALING, quote="研究院在 Llama2 基础上继续做大参数。"),
        derived("Falcon 180B", "Falcon-40B", SCALING, curated=True, lang="en"),
    ]
    assert shown(*parts) == [
        ("curated", NAMES["Falcon 180B"], [NAMES["Falcon-40B"], NAMES["Llama 2"]])
    ]


def test_pairs_read_crosswise_contradict_the_curated_fact() -> None:
    sentence = told(
        ("Falcon-7B-Instruct", "derivedFrom", "Falcon-40B", FINETUNE),
        ("Falcon-7B-Instruct", "derivedFrom", "Falcon-7B", FINETUNE),
    )
    assert shown(sentence) == []
    curated = derived("Falcon-7B-Instruct", "Falcon-7B", FINETUNE, curated=True)
    assert [kind for kind, *_ in shown(sentence, curated)] == ["curated"]


@pytest.mark.parametrize(
    "parts",
    [
        # A merge has several parents; a student has a teacher besides its base.
        [derived("Goliath", "Llama 2", MERGE), derived("Goliath", "Vicuna", MERGE)],
        [
            derived("R1-Distill-Qwen-7B", "DeepSeek-R1", DISTILLATION),
            derived("R1-Distill-Qwen-7B", "Qwen2.5-7B", FINETUNE),
            derived("R1-Distill-Qwen-7B", "DeepSeek-R1", {"method": "unspecified"}),
        ],
        # A size of the base; a base of the base; a family whose members have bases of their own.
        [derived("Vicuna", "Llama 2", FINETUNE), derived("Vicuna", "Llama 2 70B", FINETUNE)],
        [
            derived("StableVicuna", "Vicuna", FINETUNE),
            derived("StableVicuna", "LLaMA", FINETUNE),
            derived("Vicuna", "LLaMA", FINETUNE),
        ],
        [
            told(
                ("Stable Beluga", "derivedFrom", "LLaMA", FINETUNE),
                ("Stable Beluga", "derivedFrom", "Llama 2", FINETUNE),
                quote="Stable Beluga 是在两代 Llama 的基础上精调出来。",
            )
        ],
        # The sizes of a model come from the sizes of its base.
        [derived("Vicuna", "Falcon-7B", FINETUNE), derived("Vicuna", "Falcon-40B", FINETUNE)],
    ],
)
def test_bases_that_agree(parts: list[Extraction]) -> None:
    assert shown(*parts) == []


def test_two_bases() -> None:
    parts = [derived("Vicuna", "Falcon", FINETUNE), derived("Vicuna", "Llama 2", SCALING)]
    assert [kind for kind, *_ in shown(*parts)] == ["base"]


def test_open_against_closed() -> None:
    opened = told(("Baichuan-53B", "openness", "open", {}))
    closed = told(("Baichuan-53B", "openness", "closed", {}))
    assert [kind for kind, *_ in shown(opened, closed)] == ["openness"]
    until = told(("Baichuan-53B", "openness", "open", {"validUntil": "2023-08"}))
    since = told(("Baichuan-53B", "openness", "closed", {"validFrom": "2023-08-08"}))
    assert shown(until, since) == []
    parts = [
        told(("百川智能", "openStrategy", "open", {}), published="2023-07"),
        told(("百川智能", "openStrategy", "open-then-closed", {}), published="2023-10"),
        told(("百川智能", "openStrategy", "closed", {}), published="2024"),
    ]
    assert [kind for kind, *_ in shown(*parts[::2])] == ["openness"]
    assert shown(*parts[:2]) == shown(*parts[1:]) == []


@pytest.mark.parametrize(
    ("one", "other", "conflict"),
    [
        ("2024-12-04", "2024-12-06", True),
        ("2023-07-18", "2023-07-19", False),
        ("2024-04", "2024-04-18", False),
        ("2023", "2024", True),
        ("--07", "2023-07-18", False),
        ("--08-18", "2023-07-18", True),
        ("--07-18", "--07-18", False),
    ],
)
def test_release_dates(one: str, other: str, conflict: bool) -> None:
    parts = [told(("Llama 2", "releaseDate", date, {})) for date in dict.fromkeys((one, other))]
    assert [kind for kind, *_ in shown(*parts)] == ["value"] * conflict


def test_a_condition_in_the_same_document_is_the_more_exact_word() -> None:
    uses = [told(("Baichuan-7B", "commercialUse", use, {})) for use in ("yes", "conditional")]
    assert [kind for kind, *_ in shown(*uses)] == ["value"]
    rows: list[Row] = [
        (NAMES["Baichuan-7B"], "commercialUse", Value(use), "test@1", {})
        for use in ("yes", "conditional")
    ]
    one = article(ENTITIES, [("可商用。", rows[:1]), ("商用须先申请。", rows[1:])], lang="zh")
    assert shown(one) == []
    assert len(shown(one, told(("Baichuan-7B", "commercialUse", "no", {})))) == 1


def test_attributes_with_many_values_are_no_conflict() -> None:
    parts = [told(("Llama 2", "parameters", size, {})) for size in ("7B", "13B", "70B")]
    assert shown(*parts) == []


def test_a_model_that_came_out_before_its_base() -> None:
    parts = [
        derived("Vicuna", "Llama 2", FINETUNE),
        told(("Vicuna", "releaseDate", "2023-03", {})),
        told(("Llama 2", "releaseDate", "2023-07-18", {})),
    ]
    (conflict,) = found(*parts)
    assert conflict.kind is ConflictKind.CHRONOLOGY
    assert [side.statement.predicate for side in conflict.sides] == [
        "derivedFrom",
        "releaseDate",
        "releaseDate",
    ]
    for vague in ("2023", "2023-07-17", "2023-08"):
        parts[1] = told(("Vicuna", "releaseDate", vague, {}))
        assert shown(*parts) == []
    parts[1] = told(("Vicuna", "releaseDate", "2023-03", {"size": "7B"}))
    assert shown(*parts) == []
