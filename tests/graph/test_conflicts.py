"""Conflicts are found where two things cannot both hold, and nowhere else."""

import random
from collections.abc import Mapping

import networkx as nx
import pytest
from cpu_time import grows_at_most
from hypothesis import given
from hypothesis import strategies as st
from memory_view import MemoryView, Row, article, derivations

from modelkin.graph.conflicts import Conflict, ConflictKind, conflicts
from modelkin.graph.conflicts.cycles import cycles
from modelkin.ontology.claim import ClaimKind, Entity, Extraction, Value, object_key
from modelkin.ontology.decision import Decision, DecisionKind
from modelkin.ontology.identifiers import entity_id
from modelkin.ontology.terms import EntityType

Said = tuple[str, str, str | Value, dict[str, str]]

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


def test_cycles_are_shown_in_their_order() -> None:
    (conflict,) = conflicts(derivations([(1, 2), (2, 3), (3, 1), (3, 4), (0, 1)], 5))
    assert conflict.kind is ConflictKind.CYCLE
    assert [(s.statement.subject, s.statement.object) for s in conflict.sides] == [
        ("model/1", "model/2"),
        ("model/2", "model/3"),
        ("model/3", "model/1"),
    ]


@given(st.sets(st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda e: e[0] != e[1])))
def test_each_tangle_has_its_cycle(edges: set[tuple[int, int]]) -> None:
    graph: dict[str, list[str]] = {}
    for one, other in sorted(edges):
        graph.setdefault(str(one), []).append(str(other))
    ways = list(cycles(graph))
    expected = nx.DiGraph([(str(a), str(b)) for a, b in edges])
    tangles = sorted(sorted(c) for c in nx.strongly_connected_components(expected) if len(c) > 1)
    assert [way[0] for way in ways] == [tangle[0] for tangle in tangles]
    for way, tangle in zip(ways, tangles, strict=True):
        assert set(way) <= set(tangle)
        assert len(set(way)) == len(way)
        assert all(b in graph[a] for a, b in zip(way, [*way[1:], way[0]], strict=True))
        back = [nx.shortest_path_length(expected, n, way[0]) for n in graph[way[0]] if n in tangle]
        assert len(way) == min(back) + 1


def test_a_deep_cycle_is_found() -> None:
    length = 20_000
    graph = {str(n): [str((n + 1) % length)] for n in range(length)}
    assert [len(way) for way in cycles(graph)] == [length]


def decision(kind: DecisionKind, model: str, predicate: str, object: str) -> Decision:
    key = NAMES.get(object) or object_key(Value(object))
    said = {"subject": NAMES[model], "predicate": predicate, "object": key}
    return Decision.of(kind, author="ann", time="2026-11-24T17:05:00Z", **said)


def test_decisions_settle_conflicts() -> None:
    parts = [developed("Phi-2", by) for by in ("Microsoft", "Upstage", "Meta")]
    (whole,) = found(*parts)
    upheld = [decision(DecisionKind.UPHOLD, "Phi-2", "developedBy", "Microsoft")]
    rejected = [
        decision(DecisionKind.REJECT, "Phi-2", "developedBy", by) for by in ("Upstage", "Meta")
    ]
    for decisions in (upheld, rejected, upheld + rejected):
        assert found(*parts, decisions=decisions) == []
        (settled,) = found(*parts, decisions=decisions, settled=True)
        assert settled.settled
        assert settled.id == whole.id
    (left,) = found(*parts, decisions=rejected[:1])
    assert not left.settled
    assert [side.statement.object for side in left.sides] == [
        "organization/meta",
        "organization/microsoft",
    ]
    undo = Decision.of(
        DecisionKind.UNDO, author="ann", time="2026-11-25T00:00:00Z", decision=upheld[0].id
    )
    assert found(*parts, decisions=[*upheld, undo]) == [whole]
    other = [decision(DecisionKind.UPHOLD, "百川", "developedBy", "Microsoft")]
    assert found(*parts, decisions=other) == [whole]


def test_decisions_settle_cycles() -> None:
    edges = [(0, 1), (1, 0)]
    view = derivations(edges, 2)
    (whole,) = conflicts(view)

    def decided(kind: DecisionKind, one: int, other: int) -> Decision:
        said = {"subject": f"model/{one}", "object": f"model/{other}"}
        return Decision.of(
            kind, author="ann", time="2026-11-24T17:05:00Z", predicate="derivedFrom", **said
        )

    upheld = [decided(DecisionKind.UPHOLD, *edge) for edge in edges]
    assert list(conflicts(view, upheld[:1])) == [whole]
    for decisions in (upheld, [decided(DecisionKind.REJECT, 0, 1)]):
        assert list(conflicts(view, decisions)) == []
        (settled,) = conflicts(view, decisions, settled=True)
        assert (settled.settled, settled.id) == (True, whole.id)


def test_order_of_reading_and_of_claims_does_not_matter() -> None:
    parts = [developed("Phi-2", by) for by in ("Microsoft", "Upstage", "Meta", "百川智能")]
    parts += [derived("Vicuna", base, FINETUNE) for base in ("Falcon", "Llama 2", "DeepSeek-R1")]
    expected = found(*parts)
    assert len(expected) == 2
    for seed in range(4):
        assert found(*random.Random(seed).sample(parts, len(parts))) == expected


def test_ids_are_those_of_the_sides_alone() -> None:
    parts = [developed("Phi-2", "Microsoft"), developed("Phi-2", "Upstage")]
    more = developed("Phi-2", "Upstage", quote="Upstage 带来了 Phi-2。")
    assert [c.id for c in found(*parts)] == [c.id for c in found(*parts, more)]
    other = developed("Phi-2", "Meta")
    assert [c.id for c in found(*parts)] != [c.id for c in found(*parts, other)]


@pytest.mark.parametrize("predicate", ("developedBy", "derivedFrom", "releaseDate"))
def test_a_tangle_of_objects_takes_time_linear_in_it(predicate: str) -> None:
    def view(count: int) -> MemoryView:
        entities = [Entity.of("model/s", EntityType.MODEL, "S")]
        rows: list[Row] = []
        for n in range(count):
            if predicate == "releaseDate":
                object: str | Value = Value(f"{1000 + n}", "date")
            else:
                type = EntityType.MODEL if predicate == "derivedFrom" else EntityType.ORGANIZATION
                object = f"{type.value.lower()}/{n}"
                entities.append(Entity.of(object, type, f"Thing {n} of its own"))
            rows.append(("model/s", predicate, object, "t@1", FINETUNE))
        documents = [article(entities, [(f"{row}", [row])]) for row in rows]
        return MemoryView(documents)

    small, large = view(200), view(800)
    assert len(list(conflicts(large))) == 1
    grows_at_most(12, lambda: list(conflicts(small)), lambda: list(conflicts(large)))
