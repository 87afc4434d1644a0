"""Small graphs that the tests of projections, selections and exporters share."""

from memory_view import MemoryView, Row, article

from modelkin.ontology.claim import ClaimKind, Entity, Extraction, Value
from modelkin.ontology.terms import EntityType

BELUGA, LLAMA, LLAMA_2 = "model/stable-beluga", "model/llama", "model/llama-2"
META, TERMS = "organization/meta", "license/llama-2-community"

ENTITIES = (
    Entity.of(BELUGA, EntityType.MODEL, "Stable Beluga", ["FreeWilly"]),
    Entity.of(LLAMA, EntityType.MODEL, "LLaMA", ["羊驼"]),
    Entity.of(LLAMA_2, EntityType.MODEL, "Llama 2", ["Llama2"]),
    Entity.of(TERMS, EntityType.LICENSE, "Llama 2 Community License"),
    Entity.of(META, EntityType.ORGANIZATION, "Meta"),
    Entity.of("model/百川", EntityType.MODEL, "百川", ["Baichuan"]),
    Entity.of("organization/百川智能", EntityType.ORGANIZATION, "百川智能"),
)


def parts() -> list[Extraction]:
    """A Chinese article, an English one, and a curated record."""
    chinese: list[tuple[str, list[Row]]] = [
        (
            "Stable Beluga 由两代 LLaMA 微调而来。",
            [
                (BELUGA, "derivedFrom", LLAMA, "rule@1", {"method": "finetune"}),
                (BELUGA, "derivedFrom", LLAMA_2, "rule@1", {"method": "finetune"}),
            ],
        ),
        (
            "百川智能推出百川大模型。",
            [("model/百川", "developedBy", "organization/百川智能", "rule@1", {})],
        ),
    ]
    english: list[tuple[str, list[Row]]] = [
        (
            "Meta released Llama 2, which beats LLaMA, with a context of 4096 tokens.",
            [
                (LLAMA_2, "developedBy", META, "rule@1", {}),
                (LLAMA_2, "comparableTo", LLAMA, "rule@1", {"relation": "better"}),
                (LLAMA_2, "contextLength", Value("4096", "integer"), "rule@1", {}),
            ],
        ),
        (
            'It comes as 7B and 70B,\nunder the "Llama 2 Community License".',
            [
                (LLAMA_2, "parameters", Value("70B"), "rule@1", {}),
                (LLAMA_2, "parameters", Value("7B"), "rule@1", {}),
                (LLAMA_2, "releasedUnder", TERMS, "rule@1", {}),
            ],
        ),
    ]
    curated: list[tuple[str, list[Row]]] = [
        (
            "Llama 2: 2023-07-18; Stable Beluga is derived from it.",
            [
                (LLAMA_2, "releaseDate", Value("2023-07-18", "date"), "seed@1", {}),
                (BELUGA, "derivedFrom", LLAMA_2, "seed@1", {"method": "instruction-tune"}),
            ],
        )
    ]
    return [
        article(
            ENTITIES,
            chinese,
            lang="zh",
            title="开源与闭源",
            url="https://example.org/文章?a=1&b=2",
            published="2023-10-07",
        ),
        article(ENTITIES, english, title="Llama 2", published="2023-07"),
        article(ENTITIES, curated, title="lineages", kind=ClaimKind.CURATED, confidence=1.0),
    ]


def tiny() -> MemoryView:
    """Three documents, seven entities, eight claims' worth of statements."""
    return MemoryView(parts())


HOSTILE = (
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<!-- <script> ]]> -->",
    "tab\tbell\x07escape\x1bnul\x00next\x85delete\x7f\ufffe",
    "\u202egpj.exe\u2066 line\u2028paragraph\u2029",
    "quotes \" ' \\ \\u0041 \"\"\" '''",
    "{{policy}} {{data}} ${x} %s &amp; &#60;",
    "lone \ud800 surrogate",
    "line\nfeed and more",
    "名字“引号”<b>粗</b>",
)


def hostile() -> MemoryView:
    """Every hostile string as name, alias, title, address, quote, value and qualifier."""
    models = [
        Entity(f"model/{n}", EntityType.MODEL, text, (f"alias {text}",))
        for n, text in enumerate(HOSTILE)
    ]
    extractions = []
    for n, text in enumerate(HOSTILE):
        other = f"model/{(n + 1) % len(HOSTILE)}"
        # A claim's id is a hash of its UTF-8, so that no claim holds a lone surrogate; a name may.
        clean = text.replace("\ud800", "\ufffd").replace("\r", "\n")
        rows: list[Row] = [
            (f"model/{n}", "derivedFrom", other, text, {"method": clean, "variant": clean}),
            (f"model/{n}", "parameters", Value(clean), text, {clean: clean}),
            (f"model/{n}", "releaseDate", Value(clean, "date"), "rule@1", {}),
            (f"model/{n}", "contextLength", Value(clean, "integer"), "rule@1", {}),
        ]
        extractions.append(article(models, [(clean, rows)], title=text, url=text))
    return MemoryView(extractions)
