"""The words that names of models are made of, in English and Chinese."""

__all__ = [
    "BITS",
    "DIGITS_ZH",
    "EDITIONS",
    "EDITIONS_ZH",
    "FORMATS",
    "FORMATS_ZH",
    "GENERIC",
    "GENERIC_ZH",
    "NUMBERED_FORMATS",
    "PACKING",
    "ROMAN",
    "SIZE_UNITS",
    "SYNONYMS",
    "VERSION",
]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SIZE_UNITS = {"b": "b", "bn": "b", "billion": "b", "m": "m", "million": "m", "t": "t"}
"""What stands behind a number of parameters."""

BITS = _words("bit bits 比特 位")
"""What stands behind the width of a weight."""

FORMATS = _words(
    "awq bf bnb exl fp ggml gguf gptq hqq int mlx nf onnx openvino quant quantised quantized"
    " tensorrt"
)
NUMBERED_FORMATS = _words("bf exl fp int nf q w")
"""Those that a number follows: int4."""

FORMATS_ZH = {"量化": "quantized"}

PACKING = _words("hf pytorch safetensors")
"""The same weights, packed for one library or another."""

EDITIONS = _words(
    "air alpha audio base beta chat code coder creative delta distill distilled dpo embedding exp"
    " experimental fast flash haiku high huge instruct large lite long low math max medium micro"
    " mini moe nano next omni opus plus preview pro pt reasoner reasoning reranker reward rlhf rm"
    " sft small sonnet speech think thinking tiny turbo ultra vision vl xl xxl"
)
SYNONYMS = {
    "distilled": "distill",
    "instruction": "instruct",
    "it": "instruct",
    "pretrained": "base",
    "quantised": "quantized",
}
EDITIONS_ZH = {
    "专业": "pro",
    "代码": "coder",
    "基础": "base",
    "基座": "base",
    "增强": "plus",
    "对话": "chat",
    "思考": "thinking",
    "指令": "instruct",
    "指令微调": "instruct",
    "推理": "reasoning",
    "数学": "math",
    "旗舰": "max",
    "极速": "flash",
    "编程": "coder",
    "聊天": "chat",
    "蒸馏": "distill",
    "视觉": "vision",
    "语音": "speech",
    "轻量": "lite",
    "迷你": "mini",
    "预览": "preview",
    "预训练": "base",
}

VERSION = _words("v ver version")
GENERIC = _words("family model models parameters params series")
"""What says nothing."""

GENERIC_ZH = ("大语言模型", "大模型", "模型", "系列", "家族", "参数", "版本", "版")
DIGITS_ZH = {c: str(n) for n, c in enumerate("一二三四五六七八九", 1)}
ROMAN = {"ii": "2", "iii": "3", "iv": "4"}
