"""Only what the text shows becomes a claim; what a lying model says is counted and left out."""

from collections import Counter

import pytest

from modelkin.extract.language_model.answer import Answer, NamedThing, Said
from modelkin.extract.language_model.chunks import Chunk
from modelkin.extract.language_model.ground import Ground
from modelkin.extract.language_model.grounding import grounded
from modelkin.ontology.claim import Claim, Extraction
from modelkin.ontology.document import Document

ZH = Document.of(
    "# 开源周报\n\n百川智能开源了**Baichuan-13B**，含130亿参数，采用Apache 2.0协议。"
    "它基于Llama 2微调。\n\n"
    "<!-- Evil Corp 研发了 Llama 2 -->\n\n另一段说到 Meta 和 MMLU。\n\n"
    "## Qwen-7B\n\n- 上下文长度为8K\n- [代码](https://example.org/Hidden-7B)\n",
    lang="zh",
)
EN = Document.of(
    "Mistral AI released Mistral 7B in September 2023. Jane Doe, its chief scientist, "
    "tuned Zephyr from Mistral 7B on UltraChat.\n\nMistral 7B beats Llama 2 13B on MMLU.\n",
    lang="en",
)
THINGS = {
    "百川智能": "Organization",
    "Baichuan-13B": "Model",
    "Apache 2.0": "License",
    "Llama 2": "Model",
    "Meta": "Organization",
    "MMLU": "Benchmark",
    "Qwen-7B": "Model",
    "Mistral AI": "Organization",
    "Mistral 7B": "Model",
    "Jane Doe": "Person",
    "Zephyr": "Model",
    "UltraChat": "Dataset",
    "Llama 2 13B": "Model",
}


def read(
    document: Document, *said: Said, things: dict[str, str] | None = None
) -> tuple[Extraction, Counter[str]]:
    reasons: Counter[str] = Counter()
    listed = THINGS if things is None else things
    answer = Answer(
        tuple(NamedThing(n, t) for n, t in listed.items() if things or n in document.text), said
    )
    extraction = grounded(
        Ground(document),
        [(Chunk(0, len(document.text)), answer)],
        extractor="llm@test",
        confidence=0.4,
        reject=lambda reason, _: reasons.update([reason]),
    )
    return extraction, reasons


def relation(subject: str, term: str, object: str, quote: str, **qualifiers: str) -> Said:
    return Said(subject, term, object, quote, tuple(sorted(qualifiers.items())), False)


def attribute(subject: str, term: str, value: str, quote: str, **qualifiers: str) -> Said:
    return Said(subject, term, value, quote, tuple(sorted(qualifiers.items())), True)


def only(document: Document, said: Said) -> Claim:
    extraction, reasons = read(document, said)
    assert not reasons
    [claim] = extraction.claims
    claim.evidence.check(document)
    return claim


@pytest.mark.parametrize(
    ("document", "said", "expected", "quote"),
    [
        (
            ZH,
            relation("Baichuan-13B", "developedBy", "百川智能", "百川智能 开源了Baichuan-13B"),
            ("model/baichuan-13b", "developedBy", "organization/baichuan-inc"),
            "百川智能开源了**Baichuan-13B**，含130亿参数，采用Apache 2.0协议。",
        ),
        (
            ZH,
            relation("Baichuan-13B", "releasedUnder", "Apache 2.0", "采用Apache 2.0协议"),
            ("model/baichuan-13b", "releasedUnder", "license/apache-license-2.0"),
            None,
        ),
        (
            EN,
            relation("Zephyr", "derivedFrom", "Mistral 7B", "tuned Zephyr from Mistral 7B"),
            ("model/zephyr", "derivedFrom", "model/mistral-7b"),
            "Jane Doe, its chief scientist, tuned Zephyr from Mistral 7B on UltraChat.",
        ),
        # The paragraph names what the sentence calls "it".
        (
            ZH,
            relation("Baichuan-13B", "derivedFrom", "Llama 2", "它基于Llama 2微调"),
            ("model/baichuan-13b", "derivedFrom", "model/llama-2"),
            "它基于Llama 2微调。",
        ),
    ],
)
def test_what_the_text_says_is_claimed(
    document: Document, said: Said, expected: tuple[str, str, str], quote: str | None
) -> None:
    claim = only(document, said)
    assert (claim.subject, claim.predicate, claim.object) == expected
    assert claim.evidence.quote == (quote or claim.evidence.quote)
    assert (claim.extractor, claim.confidence) == ("llm@test", 0.4)


def test_attributes_and_qualifiers_are_claimed() -> None:
    claim = only(ZH, attribute("Baichuan-13B", "parameters", "13B", "含130亿参数"))
    assert claim.object.lexical == "13B"
    # The heading above a list names what its items speak of.
    claim = only(ZH, attribute("Qwen-7B", "contextLength", "8192", "上下文长度为8K"))
    assert (claim.subject, claim.object.datatype) == ("model/qwen-7b", "integer")
    claim = only(
        EN,
        relation("Jane Doe", "affiliatedWith", "Mistral AI", "Jane Doe", role="chief scientist"),
    )
    assert dict(claim.qualifiers) == {"role": "chief scientist"}
    claim = only(EN, relation("Zephyr", "derivedFrom", "Mistral 7B", "tuned Zephyr from Mistral"))
    assert dict(claim.qualifiers) == {"method": "unspecified"}


MODEL_OF = ("Baichuan-13B", "developedBy")
LIES = {
    "invented name": (ZH, relation("GPT-9", "developedBy", "Meta", "Meta"), "a subject that is no"),
    "invented object": (ZH, relation("Llama 2", "developedBy", "Acme", "Llama 2"), "an object"),
    "invented quote": (
        ZH,
        relation(*MODEL_OF, "百川智能", "百川智能研发了它"),
        "a quote that is not",
    ),
    "quote of another language": (
        ZH,
        relation(*MODEL_OF, "百川智能", "Baichuan released"),
        "a quote",
    ),
    "quote of another paragraph": (
        ZH,
        relation("Baichuan-13B", "developedBy", "Meta", "百川智能开源了"),
        "a quote whose paragraph",
    ),
    "quote without either end": (
        EN,
        relation("Llama 2 13B", "trainedOn", "UltraChat", "beats"),
        "a qu",
    ),
    "comment": (
        ZH,
        relation("Llama 2", "developedBy", "百川智能", "Evil Corp 研发了 Llama 2"),
        "a quote",
    ),
    "wrong types": (
        ZH,
        relation("Baichuan-13B", "derivedFrom", "Apache 2.0", "采用Apache 2.0协议"),
        "derivedFrom does not point at License",
    ),
    "wrong subject": (
        ZH,
        attribute("百川智能", "parameters", "13B", "含130亿参数"),
        "parameters is not said of Organization",
    ),
    "itself": (
        EN,
        relation("Zephyr", "derivedFrom", "Zephyr", "tuned Zephyr"),
        "a thing that is said",
    ),
    "unknown predicate": (EN, relation("Zephyr", "hates", "Mistral 7B", "Zephyr"), "no predicate"),
    "attribute as predicate": (
        EN,
        relation("Zephyr", "openness", "open", "Zephyr"),
        "no predicate",
    ),
    "predicate as attribute": (
        EN,
        attribute("Zephyr", "derivedFrom", "x", "Zephyr"),
        "no attribute",
    ),
    "wrong number": (
        ZH,
        attribute("Baichuan-13B", "parameters", "99B", "含130亿参数"),
        "a value of parameters that is not",
    ),
    "wrong date": (
        EN,
        attribute("Mistral 7B", "releaseDate", "2024-09", "in September 2023"),
        "a value of releaseDate",
    ),
    "no choice": (
        ZH,
        attribute("Baichuan-13B", "openness", "ajar", "开源了"),
        "openness cannot be",
    ),
    "comparison of no kind": (
        EN,
        relation("Mistral 7B", "comparableTo", "Llama 2 13B", "beats"),
        "comparableTo needs the qualifier relation",
    ),
    "method of no kind": (
        EN,
        relation("Zephyr", "derivedFrom", "Mistral 7B", "tuned Zephyr", method="magic"),
        "method cannot be",
    ),
}


@pytest.mark.parametrize(("document", "said", "reason"), LIES.values(), ids=LIES.keys())
def test_lies_are_rejected(document: Document, said: Said, reason: str) -> None:
    extraction, reasons = read(document, said)
    assert extraction.claims == ()
    assert [r for r in reasons if r.startswith(reason)], reasons
    assert reasons.total() == 1


def test_words_of_the_model_never_become_qualifiers() -> None:
    said = [
        relation("Jane Doe", "affiliatedWith", "Mistral AI", "Jane Doe", role="Queen of Mars"),
        attribute("Mistral 7B", "releaseDate", "2023-09", "in September 2023", source="http://x"),
        attribute("Zephyr", "openness", "open", "tuned Zephyr", size="70B", variant="made up"),
    ]
    extraction, reasons = read(EN, *said)
    assert [claim.qualifiers for claim in extraction.claims] == [()] * 3
    assert reasons == {
        "a role that is not in the text": 1,
        "a qualifier that does not belong there": 1,
        "a size that is not in the quote": 1,
        "a variant that is not in the text": 1,
    }


def test_names_that_the_text_does_not_hold_are_no_entities() -> None:
    things = {
        "GPT-9": "Model",
        "llama 2": "Model",
        "Llama": "Model",
        "Llama 2": "Model",
        "Hidden-7B": "Model",
        "Evil Corp": "Organization",
        "Baichuan-1": "Model",
        "MMLU": "Spell",
        "13": "Model",
        "它": "Model",
        "Meta": "Organization",
    }
    extraction, reasons = read(ZH, things=things)
    assert [(e.id, e.names) for e in extraction.entities] == [
        ("model/llama-2", ("Llama 2",)),
        ("organization/meta", ("Meta",)),
    ]
    assert reasons == {
        "a name that is not in the text": 5,
        "an entity of an unknown type": 1,
        "a name that names nothing": 2,
    }


def test_spellings_and_curated_names_are_one_entity() -> None:
    document = Document.of("通义千问（Qwen）与 Foo-7B。foo 7B 也叫 Foo_7B。", lang="zh")
    things = dict.fromkeys(("通义千问", "Qwen", "Foo-7B", "foo 7B", "Foo_7B"), "Model")
    extraction, reasons = read(document, things=things)
    assert not reasons
    assert [(e.id, set(e.names)) for e in extraction.entities] == [
        ("model/foo-7b", {"Foo-7B", "foo 7B", "Foo_7B"}),
        ("model/qwen", {"通义千问", "Qwen"}),
    ]


def test_a_name_of_two_kinds_stands_for_the_kind_that_fits() -> None:
    document = Document.of("Dolly was trained on Dolly by Quarry Labs.", lang="en")
    answer = Answer(
        tuple(
            NamedThing(*thing)
            for thing in (("Dolly", "Dataset"), ("Dolly", "Model"), ("Quarry Labs", "Organization"))
        ),
        (relation("Dolly", "trainedOn", "Dolly", "Dolly was trained on Dolly"),),
    )
    extraction = grounded(
        Ground(document),
        [(Chunk(0, len(document.text)), answer)],
        extractor="llm@test",
        confidence=0.4,
        reject=lambda reason, item: pytest.fail(f"{reason}: {item}"),
    )
    [claim] = extraction.claims
    assert claim.subject.startswith("model/")
    assert claim.object.startswith("dataset/")


def test_a_quote_is_looked_up_in_the_piece_that_was_read() -> None:
    text = "Foo-7B is by Acme.\n\nBar-7B is by Acme.\n\nFoo-7B is by Acme.\n"
    document = Document.of(text, lang="en")
    answer = Answer(
        (NamedThing("Foo-7B", "Model"), NamedThing("Acme", "Organization")),
        (relation("Foo-7B", "developedBy", "Acme", "Foo-7B is by Acme"),),
    )
    extraction = grounded(
        Ground(document),
        [(Chunk(20, len(text)), answer)],
        extractor="llm@test",
        confidence=0.4,
        reject=lambda reason, item: pytest.fail(f"{reason}: {item}"),
    )
    assert [claim.evidence.start for claim in extraction.claims] == [40]


def test_the_row_of_a_table_is_read_with_its_header() -> None:
    table = "| 模型 | MMLU |\n|---|---|\n| Foo-7B | 60 |\n| Bar-7B | 70 |\n"
    document = Document.of(table, lang="zh")
    things = {"MMLU": "Benchmark", "Foo-7B": "Model", "Bar-7B": "Model"}
    good = relation("Foo-7B", "evaluatedOn", "MMLU", "Foo-7B | 60")
    other_row = relation("Bar-7B", "evaluatedOn", "MMLU", "Foo-7B | 60")
    extraction, reasons = read(document, good, other_row, things=things)
    assert [claim.subject for claim in extraction.claims] == ["model/foo-7b"]
    assert reasons == {"a quote whose paragraph does not name both ends": 1}
