"""The terms of the ontology. Made from modelkin.ttl by ``make terms``; do not edit."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

__all__ = [
    "ALLOWED_VALUES",
    "DATATYPES",
    "DATED",
    "DERIVATIONS",
    "LABELS",
    "NAMESPACE",
    "OBJECT_TYPES",
    "PATTERNS",
    "QUALIFIERS",
    "REQUIRED_QUALIFIERS",
    "SINGLE_VALUED",
    "SUBJECT_TYPES",
    "VALUE_LABELS",
    "Attribute",
    "Comparison",
    "Datatype",
    "EntityType",
    "Method",
    "Predicate",
    "Qualifier",
]


class EntityType(StrEnum):
    """The classes of named things."""

    BENCHMARK = "Benchmark"
    DATASET = "Dataset"
    DOMAIN = "Domain"
    LICENSE = "License"
    MODEL = "Model"
    ORGANIZATION = "Organization"
    PERSON = "Person"
    PLATFORM = "Platform"
    PRODUCT = "Product"
    TECHNIQUE = "Technique"


class Predicate(StrEnum):
    """The relations between named things."""

    AFFILIATED_WITH = "affiliatedWith"
    APPLIES_TO = "appliesTo"
    COMPARABLE_TO = "comparableTo"
    DERIVED_FROM = "derivedFrom"
    DEVELOPED_BY = "developedBy"
    EVALUATED_ON = "evaluatedOn"
    HOSTED_ON = "hostedOn"
    OPERATES = "operates"
    POWERED_BY = "poweredBy"
    RELEASED_UNDER = "releasedUnder"
    SUCCEEDS = "succeeds"
    TRAINED_ON = "trainedOn"
    USES_TECHNIQUE = "usesTechnique"
    VARIANT_OF = "variantOf"


class Attribute(StrEnum):
    """The relations between named things and values."""

    COMMERCIAL_USE = "commercialUse"
    CONTEXT_LENGTH = "contextLength"
    OPEN_STRATEGY = "openStrategy"
    OPENNESS = "openness"
    PARAMETERS = "parameters"
    RELEASE_DATE = "releaseDate"


class Qualifier(StrEnum):
    """What a claim adds to subject, predicate and object."""

    METHOD = "method"
    RELATION = "relation"
    ROLE = "role"
    SIZE = "size"
    SOURCE = "source"
    VALID_FROM = "validFrom"
    VALID_UNTIL = "validUntil"
    VARIANT = "variant"


class Method(StrEnum):
    """How one model comes from another (qualifier ``method`` of ``derivedFrom``)."""

    ADAPTER = "adapter"
    CONTINUED_PRETRAINING = "continued-pretraining"
    DISTILLATION = "distillation"
    FINETUNE = "finetune"
    INSTRUCTION_TUNE = "instruction-tune"
    MERGE = "merge"
    PRUNING = "pruning"
    QUANTIZATION = "quantization"
    SCALING = "scaling"
    UNSPECIFIED = "unspecified"


class Comparison(StrEnum):
    """How one model compares to another (qualifier ``relation`` of ``comparableTo``)."""

    BETTER = "better"
    NEAR = "near"
    ON_PAR = "on-par"
    WORSE = "worse"


class Datatype(StrEnum):
    """What the values of an attribute are."""

    DATE = "date"
    INTEGER = "integer"
    STRING = "string"


NAMESPACE: Final = "https://w3id.org/modelkin/ontology#"
"""What the address of every term begins with."""

SINGLE_VALUED: Final[tuple[Attribute, ...]] = (
    Attribute.COMMERCIAL_USE,
    Attribute.OPEN_STRATEGY,
    Attribute.OPENNESS,
    Attribute.RELEASE_DATE,
)
"""The attributes of which a subject has one value: several are a conflict."""

DATED: Final[tuple[Qualifier, ...]] = (Qualifier.VALID_FROM, Qualifier.VALID_UNTIL)
"""The qualifiers whose values are dates with a year, as precise as known."""

SUBJECT_TYPES: Final[Mapping[str, tuple[EntityType, ...]]] = {
    Predicate.AFFILIATED_WITH: (EntityType.PERSON,),
    Predicate.APPLIES_TO: (EntityType.MODEL, EntityType.PRODUCT),
    Predicate.COMPARABLE_TO: (EntityType.MODEL,),
    Predicate.DERIVED_FROM: (EntityType.MODEL,),
    Predicate.DEVELOPED_BY: (
        EntityType.DATASET,
        EntityType.MODEL,
        EntityType.PLATFORM,
        EntityType.PRODUCT,
    ),
    Predicate.EVALUATED_ON: (EntityType.MODEL,),
    Predicate.HOSTED_ON: (EntityType.DATASET, EntityType.MODEL),
    Predicate.OPERATES: (EntityType.ORGANIZATION,),
    Predicate.POWERED_BY: (EntityType.PRODUCT,),
    Predicate.RELEASED_UNDER: (EntityType.DATASET, EntityType.MODEL),
    Predicate.SUCCEEDS: (EntityType.MODEL,),
    Predicate.TRAINED_ON: (EntityType.MODEL,),
    Predicate.USES_TECHNIQUE: (EntityType.MODEL,),
    Predicate.VARIANT_OF: (EntityType.MODEL,),
    Attribute.COMMERCIAL_USE: (EntityType.MODEL,),
    Attribute.CONTEXT_LENGTH: (EntityType.MODEL,),
    Attribute.OPEN_STRATEGY: (EntityType.ORGANIZATION,),
    Attribute.OPENNESS: (EntityType.MODEL,),
    Attribute.PARAMETERS: (EntityType.MODEL,),
    Attribute.RELEASE_DATE: (EntityType.MODEL,),
}
"""What each predicate and attribute may be said of."""

OBJECT_TYPES: Final[Mapping[str, tuple[EntityType, ...]]] = {
    Predicate.AFFILIATED_WITH: (EntityType.ORGANIZATION,),
    Predicate.APPLIES_TO: (EntityType.DOMAIN,),
    Predicate.COMPARABLE_TO: (EntityType.MODEL,),
    Predicate.DERIVED_FROM: (EntityType.MODEL,),
    Predicate.DEVELOPED_BY: (EntityType.ORGANIZATION, EntityType.PERSON),
    Predicate.EVALUATED_ON: (EntityType.BENCHMARK,),
    Predicate.HOSTED_ON: (EntityType.PLATFORM,),
    Predicate.OPERATES: (EntityType.PLATFORM,),
    Predicate.POWERED_BY: (EntityType.MODEL,),
    Predicate.RELEASED_UNDER: (EntityType.LICENSE,),
    Predicate.SUCCEEDS: (EntityType.MODEL,),
    Predicate.TRAINED_ON: (EntityType.DATASET,),
    Predicate.USES_TECHNIQUE: (EntityType.TECHNIQUE,),
    Predicate.VARIANT_OF: (EntityType.MODEL,),
}
"""What each predicate may point at."""

DATATYPES: Final[Mapping[str, Datatype]] = {
    Attribute.COMMERCIAL_USE: Datatype.STRING,
    Attribute.CONTEXT_LENGTH: Datatype.INTEGER,
    Attribute.OPEN_STRATEGY: Datatype.STRING,
    Attribute.OPENNESS: Datatype.STRING,
    Attribute.PARAMETERS: Datatype.STRING,
    Attribute.RELEASE_DATE: Datatype.DATE,
}
"""What the values of each attribute are."""

ALLOWED_VALUES: Final[Mapping[str, tuple[str, ...]]] = {
    Attribute.COMMERCIAL_USE: ("conditional", "no", "yes"),
    Attribute.OPEN_STRATEGY: ("closed", "closed-then-open", "open", "open-then-closed"),
    Attribute.OPENNESS: ("closed", "open", "restricted"),
    Qualifier.METHOD: (
        Method.ADAPTER,
        Method.CONTINUED_PRETRAINING,
        Method.DISTILLATION,
        Method.FINETUNE,
        Method.INSTRUCTION_TUNE,
        Method.MERGE,
        Method.PRUNING,
        Method.QUANTIZATION,
        Method.SCALING,
        Method.UNSPECIFIED,
    ),
    Qualifier.RELATION: (Comparison.BETTER, Comparison.NEAR, Comparison.ON_PAR, Comparison.WORSE),
}
"""The only values of those attributes and qualifiers that have a list of them."""

PATTERNS: Final[Mapping[str, str]] = {
    Attribute.PARAMETERS: r"[~<>]?([0-9]+x)?[0-9]+(\.[0-9]+)?[MBT]",
    Qualifier.SIZE: r"[~<>]?([0-9]+x)?[0-9]+(\.[0-9]+)?[MBT]",
}
"""The regular expression that all of a value matches, where one is laid down."""

QUALIFIERS: Final[Mapping[str, tuple[Qualifier, ...]]] = {
    Predicate.AFFILIATED_WITH: (
        Qualifier.ROLE,
        Qualifier.SIZE,
        Qualifier.SOURCE,
        Qualifier.VALID_FROM,
        Qualifier.VALID_UNTIL,
        Qualifier.VARIANT,
    ),
    Predicate.APPLIES_TO: (
        Qualifier.SIZE,
        Qualifier.SOURCE,
        Qualifier.VALID_FROM,
        Qualifier.VALID_UNTIL,
        Qualifier.VARIANT,
    ),
    Predicate.COMPARABLE_TO: (
        Qualifier.RELATION,
        Qualifier.SIZE,
        Qualifier.SOURCE,
        Qualifier.VALID_FROM,
        Qualifier.VALID_UNTIL,
        Qualifier.VARIANT,
    ),
    Predicate.DERIVED_FROM: (
        Qualifier.METHOD,
        Qualifier.SIZE,
        Qualifier.SOURCE,
        Qualifier.VALID_FROM,
        Qualifier.VALID_UNTIL,
        Qualifier.VARIANT,
    ),
    Predicate.DEVELOPED_BY: (
        Qualifier.SIZE,
        Qualifier.SOURCE,
        Qualifier.VALID_FROM,
        Qualifier.VALID_UNTIL,
        Qualifier.VARIANT,
    ),
    Predicate.EVALUATED_ON: (
        Qualifier.SIZE,
        Qualifier.SOURCE,
        Qualifier.VALID_FROM,
        Qualifier.VALID_UNTIL,
        Qualifier.VARIANT,
    ),
    Predicate.HOSTED_ON: (
        Qualifier.SIZE,
        Qualifier.SOURCE,
        Qualifier.VALID_FROM,
        Qualifier.VALID_UNTIL,
        Qualifier.VARIANT,
    ),
    Predicate.OPERATES: (
        Qualifier.SIZE,
        Qualifier.SOURCE,
        Qualifier.VALID_FROM,
        Qualifier.VALID_UNTIL,
        Qualifier.VARIANT,
    ),
    Predicate.POWERED_BY: (
        Qualifier.SIZE,
        Qualifier.SOURCE,
        Qualifier.VALID_FROM,
        Qualifier.VALID_UNTIL,
        Qualifier.VARIANT,
    ),
    Predicate.RELEASED_UNDER: (
        Qualifier.SIZE,
        Qualifier.SOURCE,
        Qualifier.VALID_FROM,
        Qualifier.VALID_UNTIL,
        Qualifier.VARIANT,
    ),
    Predicate.SUCCEEDS: (
        Qualifier.SIZE,
        Qualifier.SOURCE,
        Qualifier.VALID_FROM,
        Qualifier.VALID_UNTIL,
        Qualifier.VARIANT,
    ),
    Predicate.TRAINED_ON: (
        Qualifier.SIZE,
        Qualifier.SOURCE,
        Qualifier.VALID_FROM,
        Qualifier.VALID_UNTIL,
        Qualifier.VARIANT,
    ),
    Predicate.USES_TECHNIQUE: (
        Qualifier.SIZE,
        Qualifier.SOURCE,
        Qualifier.VALID_FROM,
        Qualifier.VALID_UNTIL,
        Qualifier.VARIANT,
    ),
    Predicate.VARIANT_OF: (
        Qualifier.SIZE,
        Qualifier.SOURCE,
        Qualifier.VALID_FROM,
        Qualifier.VALID_UNTIL,
        Qualifier.VARIANT,
    ),
    Attribute.COMMERCIAL_USE: (
        Qualifier.SIZE,
        Qualifier.SOURCE,
        Qualifier.VALID_FROM,
        Qualifier.VALID_UNTIL,
        Qualifier.VARIANT,
    ),
    Attribute.CONTEXT_LENGTH: (
        Qualifier.SIZE,
        Qualifier.SOURCE,
        Qualifier.VALID_FROM,
        Qualifier.VALID_UNTIL,
        Qualifier.VARIANT,
    ),
    Attribute.OPEN_STRATEGY: (
        Qualifier.SIZE,
        Qualifier.SOURCE,
        Qualifier.VALID_FROM,
        Qualifier.VALID_UNTIL,
        Qualifier.VARIANT,
    ),
    Attribute.OPENNESS: (
        Qualifier.SIZE,
        Qualifier.SOURCE,
        Qualifier.VALID_FROM,
        Qualifier.VALID_UNTIL,
        Qualifier.VARIANT,
    ),
    Attribute.PARAMETERS: (
        Qualifier.SIZE,
        Qualifier.SOURCE,
        Qualifier.VALID_FROM,
        Qualifier.VALID_UNTIL,
        Qualifier.VARIANT,
    ),
    Attribute.RELEASE_DATE: (
        Qualifier.SIZE,
        Qualifier.SOURCE,
        Qualifier.VALID_FROM,
        Qualifier.VALID_UNTIL,
        Qualifier.VARIANT,
    ),
}
"""Which qualifiers the claims of each predicate and attribute may carry."""

REQUIRED_QUALIFIERS: Final[Mapping[str, tuple[Qualifier, ...]]] = {
    Predicate.COMPARABLE_TO: (Qualifier.RELATION,),
    Predicate.DERIVED_FROM: (Qualifier.METHOD,),
}
"""Which qualifiers every claim of the predicate carries."""

DERIVATIONS: Final[Mapping[Method, str]] = {
    Method.ADAPTER: "adaptedFrom",
    Method.CONTINUED_PRETRAINING: "continuedFrom",
    Method.DISTILLATION: "distilledFrom",
    Method.FINETUNE: "finetunedFrom",
    Method.INSTRUCTION_TUNE: "instructionTunedFrom",
    Method.MERGE: "mergedFrom",
    Method.PRUNING: "prunedFrom",
    Method.QUANTIZATION: "quantizedFrom",
    Method.SCALING: "scaledFrom",
    Method.UNSPECIFIED: "derivedFrom",
}
"""The property that states a derivation by the method without a qualifier."""

LABELS: Final[Mapping[str, Mapping[str, str]]] = {
    EntityType.BENCHMARK: {"en": "benchmark", "zh": "评测基准"},
    EntityType.DATASET: {"en": "dataset", "zh": "数据集"},
    EntityType.DOMAIN: {"en": "domain", "zh": "领域"},
    EntityType.LICENSE: {"en": "licence", "zh": "许可证"},
    EntityType.MODEL: {"en": "model", "zh": "模型"},
    EntityType.ORGANIZATION: {"en": "organization", "zh": "机构"},
    EntityType.PERSON: {"en": "person", "zh": "人物"},
    EntityType.PLATFORM: {"en": "platform", "zh": "平台"},
    EntityType.PRODUCT: {"en": "product", "zh": "产品"},
    EntityType.TECHNIQUE: {"en": "technique", "zh": "技术"},
    Predicate.AFFILIATED_WITH: {"en": "affiliated with", "zh": "任职于"},
    Predicate.APPLIES_TO: {"en": "applies to", "zh": "应用于"},
    Predicate.COMPARABLE_TO: {"en": "comparable to", "zh": "可比于"},
    Predicate.DERIVED_FROM: {"en": "derived from", "zh": "派生自"},
    Predicate.DEVELOPED_BY: {"en": "developed by", "zh": "研发方"},
    Predicate.EVALUATED_ON: {"en": "evaluated on", "zh": "评测于"},
    Predicate.HOSTED_ON: {"en": "hosted on", "zh": "托管于"},
    Predicate.OPERATES: {"en": "operates", "zh": "运营"},
    Predicate.POWERED_BY: {"en": "powered by", "zh": "驱动模型"},
    Predicate.RELEASED_UNDER: {"en": "released under", "zh": "许可证为"},
    Predicate.SUCCEEDS: {"en": "succeeds", "zh": "接替"},
    Predicate.TRAINED_ON: {"en": "trained on", "zh": "训练数据"},
    Predicate.USES_TECHNIQUE: {"en": "uses technique", "zh": "采用技术"},
    Predicate.VARIANT_OF: {"en": "variant of", "zh": "变体属于"},
    Attribute.COMMERCIAL_USE: {"en": "commercial use", "zh": "商用"},
    Attribute.CONTEXT_LENGTH: {"en": "context length", "zh": "上下文长度"},
    Attribute.OPEN_STRATEGY: {"en": "open strategy", "zh": "开源策略"},
    Attribute.OPENNESS: {"en": "openness", "zh": "开放程度"},
    Attribute.PARAMETERS: {"en": "parameters", "zh": "参数量"},
    Attribute.RELEASE_DATE: {"en": "release date", "zh": "发布日期"},
    Qualifier.METHOD: {"en": "method", "zh": "方法"},
    Qualifier.RELATION: {"en": "relation", "zh": "比较结果"},
    Qualifier.ROLE: {"en": "role", "zh": "职务"},
    Qualifier.SIZE: {"en": "size", "zh": "规模"},
    Qualifier.SOURCE: {"en": "source", "zh": "来源"},
    Qualifier.VALID_FROM: {"en": "valid from", "zh": "有效起始"},
    Qualifier.VALID_UNTIL: {"en": "valid until", "zh": "有效截止"},
    Qualifier.VARIANT: {"en": "variant", "zh": "版本"},
    Method.ADAPTER: {"en": "adapter", "zh": "适配器"},
    Method.CONTINUED_PRETRAINING: {"en": "continued pre-training", "zh": "继续预训练"},
    Method.DISTILLATION: {"en": "distillation", "zh": "蒸馏"},
    Method.FINETUNE: {"en": "fine-tuning", "zh": "微调"},
    Method.INSTRUCTION_TUNE: {"en": "instruction tuning", "zh": "指令微调"},
    Method.MERGE: {"en": "merging", "zh": "合并"},
    Method.PRUNING: {"en": "pruning", "zh": "剪枝"},
    Method.QUANTIZATION: {"en": "quantization", "zh": "量化"},
    Method.SCALING: {"en": "scaling up", "zh": "扩展规模"},
    Method.UNSPECIFIED: {"en": "unspecified", "zh": "未说明"},
    Comparison.BETTER: {"en": "better than", "zh": "优于"},
    Comparison.NEAR: {"en": "close to", "zh": "接近"},
    Comparison.ON_PAR: {"en": "on par with", "zh": "相当于"},
    Comparison.WORSE: {"en": "worse than", "zh": "不如"},
}
"""What people call each term, by language."""

VALUE_LABELS: Final[Mapping[str, Mapping[str, Mapping[str, str]]]] = {
    Attribute.COMMERCIAL_USE: {
        "conditional": {"en": "conditional", "zh": "有条件"},
        "no": {"en": "not allowed", "zh": "不可商用"},
        "yes": {"en": "allowed", "zh": "可商用"},
    },
    Attribute.OPEN_STRATEGY: {
        "closed": {"en": "closed", "zh": "闭源"},
        "closed-then-open": {"en": "closed, then open", "zh": "先闭源后开源"},
        "open": {"en": "open", "zh": "开源"},
        "open-then-closed": {"en": "open, then closed", "zh": "先开源后闭源"},
    },
    Attribute.OPENNESS: {
        "closed": {"en": "closed", "zh": "闭源"},
        "open": {"en": "open", "zh": "开源"},
        "restricted": {"en": "restricted", "zh": "受限"},
    },
}
"""What people call the values of attributes, by attribute, value and language."""
