"""Names that look like names of models, data sets and benchmarks."""

import re
from collections.abc import Iterator

from ..ontology.terms import EntityType
from .gazetteer import WORDS_AFTER_HYPHEN, Hit
from .lexicon import left_out
from .mention import Mention

__all__ = ["find_shapes", "model_evidence"]

_CJK = "\u3400-\u4dbf\u4e00-\u9fff"
# A run of Latin letters and digits with inner hyphens, dots and underscores: one name as written.
_RUN = re.compile(
    r"(?<![A-Za-z0-9\u00c0-\u024f])(?<![A-Za-z0-9][-_.])(?<![@#])"
    r"[A-Za-z0-9\u00c0-\u024f]+(?:(?:[-_‐–]|\.(?=[0-9])|(?<=[0-9])\.(?=[A-Za-z0-9])|(?<=[a-z])\+)"
    r"[A-Za-z0-9\u00c0-\u024f]+)*\+{0,2}"
)
_SIZE = r"(?:\d+x)?\d+(?:\.\d+)?[BbMT](?:-?[Aa]\d+(?:\.\d+)?[Bb])?"
_VERSION = r"[vV]?\d{1,2}(?:\.\d+){0,3}[a-z]?"
_EDITIONS = (
    "chat|instruct|base|coder|code|math|vl|vision|audio|omni|mini|nano|tiny|small|medium|large|xl"
    "|xxl|turbo|pro|plus|max|ultra|lite|flash|air|preview|thinking|reasoning|reasoner|sonnet|opus"
    "|haiku|sft|dpo|rlhf|rl|zero|distill|gptq|awq|gguf|ggml|int4|int8|fp8|hf|python|alpha|beta"
    "|next|dev|schnell|embedding|embed|reranker|guard|it|pt|ctx|instructed|chatbot|lora|qlora"
    "|exp|speciale|maverick|scout|behemoth|hybrid|high|low|medium|fast|edge|long|origin|sparse"
)
_EDITION = re.compile(f"(?:{_EDITIONS})", re.IGNORECASE)
_HAS_SIZE = re.compile(rf"(?:^|[-_ ]){_SIZE}(?=$|[-_ ])")
_GLUED_SIZE = re.compile(r"^[A-Za-z]{3,}[0-9.]*?-?[0-9]{1,3}(?:\.[0-9])?[bB](?=$|[-_ ])")
_GLUED_VERSION = re.compile(r"^[A-Z][A-Za-z]*[A-Za-z](?:-?[vV])?[0-9]{1,2}(?:\.[0-9]{1,2})*$")
_FAMILY_PARTS = re.compile(
    r"GPT|LLaMA|L[Ll]ama|LLAMA|LLM|BERT|B[Ee]rt|GLM|Qwen|QWEN|[Mm]istral|[Mm]ixtral|[Dd]iffusion"
    r"|CLIP|Coder|(?:^|[A-Za-z])LM(?:$|[-0-9])|VLM|[Aa]lpaca|[Vv]icuna|BLOOM|T5|MoE|ViT|VAE|TTS"
    r"|[Ff]alcon|[Bb]aichuan|[Dd]eep[Ss]eek|Gemma|Phi-|InternVL|[Ww]hisper|WizardLM|Former$|Net$"
)
_EXTENSION = re.compile(
    rf"(?:[ \n\u00a0](?:{_SIZE}|{_VERSION}|(?-i:[A-Z][A-Za-z]*|mini|nano|turbo|preview|flash|large"
    r"|base|small|medium|max|pro))(?![A-Za-z0-9%\u00c0-\u024f]|[.:,][0-9]|[-/][A-Za-z0-9]))"
)
_SPACED_SIZE = re.compile(rf"[ \u00a0]{_SIZE}(?![A-Za-z0-9])")
_TAIL = re.compile(r"(?:[-_.][A-Za-z0-9]+)+")
_CHINESE_VERSION = re.compile(
    rf"(?:大模型)?[ \u00a0]?-?(?:{_SIZE}|{_VERSION})(?:-[A-Za-z0-9.]+)*(?![A-Za-z0-9]|\.[0-9])"
)
_PLURAL_AFTER = re.compile(
    r"\s+(?:[a-z]+\s+)?(?:models|times|billion|million|trillion|days|weeks|months|years|percent"
    r"|tokens|points|languages|参数|个|款|亿|万|年|月|日|%)"
)
_FILE = re.compile(r"\.(?:py|md|json|jsonl|txt|sh|yaml|yml|html|pdf|png|jpg|cpp|bin|zip)$", re.I)
_CLOSE = r"[\"”*`)）」》\]]*\s*"
_MODEL_AFTER = re.compile(
    rf"{_CLOSE}(?:系列|基座|[{_CJK}]{{0,6}}?大?模型"
    r"|(?:[a-z-]+\s+){0,2}(?:models?|LLMs?|checkpoints?|weights|famil(?:y|ies)|series)\b)",
)
_CALLED_MODEL = re.compile(
    rf"{_CLOSE}(?:(?:系列)?(?:开源)?(?:大?模型|大语言模型)"
    r"|(?:LLM|(?:language |foundation )?models?)\b)"
)
_MODEL_BEFORE = re.compile(
    r"(?:模型|models?(?:,| called| named|:)?|系列|checkpoint|名为|named|called|fine-tuned from"
    r"|based on|基于|微调)\s*[\"“*`(（「《\[]*\s*$"
)
_DATA_AFTER = re.compile(
    rf"{_CLOSE}(?:[a-z-]+\s+)?(?:[Dd]atasets?|[Cc]orpus|corpora"
    r"|data\b|数据集?|语料)"
)
_DATA_BEFORE = re.compile(
    r"(?:数据集|语料库?|datasets?(?:,| called| named| such as|:)?|corpus)\s*[\"“*`(（「《\[]*\s*$"
)
_DATA_NAME = re.compile(
    r"(?:[-_](?:sft|data|dataset|corpus|instruct|instructions?|dpo|pairs|mix|mixture|cleaned"
    r"|conversations?|preferences?|feedback)[-_]?)(?:[0-9.]+[kKmM])?$|[-_][0-9.]+[kK]$"
    r"|(?:Corpus|Data|Dataset|Instructions|Feedback|Pajama|ShareGPT|Pile|Web)$"
)
_BENCHMARK_AFTER = re.compile(
    rf"{_CLOSE}(?:benchmarks?\b|leaderboard|基准|评测|榜单|排行榜|测试集"
    r"|测评)"
)
_BENCHMARK_EDITION = re.compile(
    r" (?:Verified|Pro|Hard|Lite|Multilingual|Diamond|Leaderboard|Index|[vV][1-9](?:\.[0-9])?"
    r"|20[12][0-9]|(?<=[Bb]ench )[1-9](?:\.[0-9])?)(?![A-Za-z0-9%]|\.[0-9])"
)
_BENCHMARK_NAME = re.compile(
    r"(?:[Bb]ench|[Ee]val|QA|Arena|Exam|MMLU)(?:[-_]?[A-Z0-9][A-Za-z0-9.]*)?$"
)


def find_shapes(text: str, hits: list[Hit]) -> Iterator[Mention]:
    """Give what looks like a name, with a score for how much it does.

    Parameters
    ----------
    text : str
    hits : list of Hit
        What the gazetteer found in the same text.

    Examples
    --------
    >>> text = "MedFox-13B-Chat在MedFox-13B上微调，用OwlBench评测"
    >>> [(text[m.start : m.end], m.type.value) for m in find_shapes(text, [])]
    [('MedFox-13B-Chat', 'Model'), ('MedFox-13B', 'Model'), ('OwlBench', 'Benchmark')]
    """
    yield from _runs(text, hits)
    yield from _chinese_models(text, hits)
    yield from _benchmark_editions(text, hits)


def _runs(text: str, hits: list[Hit]) -> Iterator[Mention]:
    by_start = {hit.start: hit for hit in hits}
    for match in _RUN.finditer(text):
        start, end = match.span()
        cut = WORDS_AFTER_HYPHEN.search(text, start, end)
        if cut:
            end = cut.start()
        run = text[start:end].rstrip("+") if text[end : end + 1].isalnum() else text[start:end]
        end = start + len(run)
        hit = by_start.get(start)
        known = hit is not None and any(t.type is EntityType.MODEL for t in hit.types)
        if not known and (not run[0].isalpha() or not any(c.isupper() or c.isdigit() for c in run)):
            continue
        if run.casefold() in left_out() or _FILE.search(run):
            continue
        if hit and known:
            end = max(end, hit.end)
            if hit.end == end and not hit.whole:
                tail = _TAIL.match(text, end)
                end = tail.end() if tail else end
        stop = _extend(text, end, known or _GLUED_VERSION.match(run) is not None)
        name = text[start:stop]
        score = model_evidence(name, hit is not None and known and stop > hit.end)
        before, after = text[max(0, start - 40) : start], text[stop : stop + 60]
        yield from _typed(name, start, stop, score, before, after)


def _chinese_models(text: str, hits: list[Hit]) -> Iterator[Mention]:
    """A known Chinese name with a version or size after it: 文心大模型4.0."""
    for hit in hits:
        if not text[hit.end - 1].isascii() and any(t.type is EntityType.MODEL for t in hit.types):
            more = _CHINESE_VERSION.match(text, hit.end)
            if more and not _PLURAL_AFTER.match(text, more.end()):
                yield Mention(hit.start, more.end(), EntityType.MODEL, "", "shape", 0.85)


def _benchmark_editions(text: str, hits: list[Hit]) -> Iterator[Mention]:
    """A known benchmark with an edition after it: SWE-bench Verified, AIME 2025."""
    for hit in hits:
        if hit.types[0].type is EntityType.BENCHMARK and not hit.types[0].weak:
            more = _BENCHMARK_EDITION.match(text, hit.end)
            if more and hit.whole:
                yield Mention(hit.start, more.end(), EntityType.BENCHMARK, "", "shape", 0.8)


def _extend(text: str, end: int, known: bool) -> int:
    """Give the end of a name whose version, size or edition follows after a blank."""
    if not known:
        sized = _SPACED_SIZE.match(text, end)
        return sized.end() if sized else end
    for _ in range(4):
        more = _EXTENSION.match(text, end)
        if not more:
            break
        word = more.group()[1:]
        if word[0].isdigit() and _PLURAL_AFTER.match(text, more.end()):
            break
        if word[0].isalpha() and not _EDITION.fullmatch(word) and not re.match(r"[vV]\d", word):
            break
        end = more.end()
    return end


def model_evidence(name: str, known: bool = False) -> float:
    """Give how much a run of Latin letters looks like the name of a model, between 0 and 1.

    Parameters
    ----------
    name : str
    known : bool
        Whether it begins with the name of a known model.

    Examples
    --------
    >>> model_evidence("MedFox-13B-Chat") > 0.9 > 0.2 > model_evidence("Monday")
    True
    """
    doubt = 1.0
    parts = re.split(r"[-_ ]", name)
    if len(parts[0]) > 1 and (_HAS_SIZE.search(name, 1) or _GLUED_SIZE.match(name)):
        doubt *= 0.15
    if len(parts) > 1 and any(_EDITION.fullmatch(part) for part in parts[1:]):
        doubt *= 0.4
    if known:
        doubt *= 0.2
    elif _FAMILY_PARTS.search(name):
        doubt *= 0.55
    if _GLUED_VERSION.match(name) or re.search(r"[-_ ][vV]\d", name):
        doubt *= 0.7
    return 1.0 - doubt


def _typed(
    name: str, start: int, end: int, score: float, before: str, after: str
) -> Iterator[Mention]:
    odd = _is_odd(name)
    if _DATA_AFTER.match(after) or _DATA_BEFORE.search(before):
        if odd:
            yield Mention(start, end, EntityType.DATASET, "", "shape", 0.6)
        score *= 0.5
    elif _DATA_NAME.search(name) and odd:
        yield Mention(start, end, EntityType.DATASET, "", "shape", 0.5)
    if _BENCHMARK_NAME.search(name) and len(name) > 4:
        yield Mention(start, end, EntityType.BENCHMARK, "", "shape", 0.6)
        score *= 0.4
    elif _BENCHMARK_AFTER.match(after) and odd:
        yield Mention(start, end, EntityType.BENCHMARK, "", "shape", 0.5)
        score *= 0.5
    if odd and _CALLED_MODEL.match(after):
        score = 1.0 - (1.0 - score) * 0.45
    elif odd and (_MODEL_AFTER.match(after) or _MODEL_BEFORE.search(before)):
        score = 1.0 - (1.0 - score) * 0.6
    if score > 0.25:
        yield Mention(start, end, EntityType.MODEL, "", "shape", score)


def _is_odd(name: str) -> bool:
    """Whether the name is written as no common word is: "open-source" and "Open-source" are not."""
    return any(c.isdigit() for c in name) or name[1:] != name[1:].lower()
