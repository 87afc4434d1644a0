"""Whatever the text and the mentions: no crash, the same findings each time, evidence inside."""

from collections.abc import Callable

import pytest
from cpu_time import grows_at_most, takes_at_most
from hypothesis import given, settings
from hypothesis import strategies as st

from modelkin.extract.attributes import find_attributes, read_attributes
from modelkin.extract.discourse import Reading
from modelkin.extract.markdown import parse_structure
from modelkin.extract.mention import Analysis, Finding, Mention
from modelkin.extract.relations import find_relations, read_relations
from modelkin.extract.segment import split_sentences
from modelkin.ontology.terms import Attribute, EntityType, Predicate

_PIECES = st.sampled_from(
    [
        "基于",
        "发布了",
        "开源",
        "70亿",
        "参数",
        "、",
        "和",
        "，",
        "。",
        "\n",
        "\n\n",
        "- ",
        "| ",
        "|",
        "# ",
        "released",
        " by ",
        " and ",
        ", ",
        ". ",
        "the model",
        "该模型",
        "它",
        "7B",
        "2023年7月",
        "July 18, 2023",
        "超过",
        "outperforms",
        "(",
        ")",
        "[",
        "](x)",
        "**",
        "`",
        "```",
        "---\n",
        "license: ",
        "Qwen",
        "Qwen-7B",
        "Llama 2",
        "OpenAI",
        "->",
        "分别",
        "两代",
        "其",
        " ",
        "\ue000",
        "\x00",
        "😀",
    ]
)
_TEXTS = st.one_of(st.lists(_PIECES, max_size=40).map("".join), st.text(max_size=120))


@st.composite
def analyses(draw: Callable[..., object]) -> Analysis:
    text = str(draw(_TEXTS))
    structure = parse_structure(text)
    mentions = []
    for _ in range(int(str(draw(st.integers(0, 8))))):
        start = int(str(draw(st.integers(0, len(text) + 2))))
        end = start + int(str(draw(st.integers(0, 8))))
        kind = draw(st.sampled_from(list(EntityType)))
        entity = str(draw(st.sampled_from("abcdef")))
        assert isinstance(kind, EntityType)
        mentions.append(Mention(start, end, kind, f"{kind}/{entity}"))
    return Analysis(
        text=text,
        lang=str(draw(st.sampled_from(["zh", "en"]))),
        structure=structure,
        sentences=split_sentences(text, structure),
        mentions=mentions,
    )


def every(analysis: Analysis) -> list[Finding]:
    return find_relations(analysis) + find_attributes(analysis)


@settings(max_examples=400, deadline=None)
@given(analyses())
def test_findings_are_well_formed(analysis: Analysis) -> None:
    known = {mention.entity for mention in analysis.mentions}
    for finding in every(analysis):
        assert 0 <= finding.start < finding.end <= len(analysis.text)
        assert finding.end - finding.start <= 400
        assert 0 < finding.confidence <= 1
        assert finding.subject in known
        assert finding.subject != finding.object
        if isinstance(finding.object, str):
            assert finding.object in known
            Predicate(finding.predicate)
        else:
            assert finding.object.lexical
            Attribute(finding.predicate)


@settings(max_examples=100, deadline=None)
@given(analyses())
def test_the_same_text_gives_the_same_findings(analysis: Analysis) -> None:
    first = every(analysis)
    analysis.mentions.reverse()
    assert every(analysis) == first


@settings(max_examples=100, deadline=None)
@given(analyses())
def test_passages_made_anew_are_read_like_kept_ones(analysis: Analysis) -> None:
    kept, anew = Reading(analysis), Reading(analysis, longest=-1)
    assert list(anew.passages) == list(kept.passages)
    assert kept.passages is kept.passages
    assert all(one is not other for one, other in zip(anew.passages, anew.passages, strict=True))
    assert list(read_relations(anew)) == list(read_relations(kept))
    assert list(read_attributes(anew)) == list(read_attributes(kept))


def test_a_long_text_takes_linear_time() -> None:
    def reading(times: int) -> Callable[[], object]:
        sentence = "启明发布了基于Llama的模型Qwen，性能超过Llama；70亿参数，Qwen和Llama开源。"
        text = sentence * times
        structure = parse_structure(text)
        mentions = []
        for name, kind in (
            ("启明", EntityType.ORGANIZATION),
            ("Llama", EntityType.MODEL),
            ("Qwen", EntityType.MODEL),
        ):
            at = text.find(name)
            while at >= 0:
                mentions.append(Mention(at, at + len(name), kind, name))
                at = text.find(name, at + 1)
        mentions.sort(key=lambda mention: mention.start)
        analysis = Analysis(text, "zh", structure, None, split_sentences(text, structure), mentions)
        return lambda: every(analysis)

    grows_at_most(24, reading(200), reading(1600), slack=0.5)


@pytest.mark.parametrize(
    "piece",
    ["最强的", "的", "(", "和", "7B、", "released ", "the ", "的等", "2023", "1|", "- ", "出来"],
)
def test_hostile_repeats_take_little_time(piece: str) -> None:
    text = "Alpha超过" + piece * 400 + "Beta发布" + piece * 400
    structure = parse_structure(text)
    mentions = [
        Mention(text.index(name), text.index(name) + len(name), EntityType.MODEL, name)
        for name in ("Alpha", "Beta")
    ]
    sentences = split_sentences(text, structure)
    analysis = Analysis(text, "zh", structure, None, sentences, mentions)
    takes_at_most(3, lambda: every(analysis))
