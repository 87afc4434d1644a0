"""The terms of the ontology."""

from enum import StrEnum


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
