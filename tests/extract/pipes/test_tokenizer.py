"""The tokenizer loses nothing."""

import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.vocab import Vocab

from modelkin.extract.pipes.tokenizer import MixedTokenizer

TOKENIZER = MixedTokenizer(Vocab())
CONFIG = {"nlp": {"tokenizer": {"@tokenizers": "modelkin_tokenizer"}}}


@given(st.text(max_size=200) | st.text(alphabet="a1 \n\t\u3000百-_.🤗\u200b", max_size=200))
def test_the_text_survives(text: str) -> None:
    doc = TOKENIZER(text)
    assert doc.text == text
    assert "".join(token.text_with_ws for token in doc) == text


def test_names_fall_on_token_edges() -> None:
    text = "阿里开源Qwen-7B和文心大模型4.0，DINOv2"
    doc = TOKENIZER(text)
    for name in ("阿里", "Qwen-7B", "Qwen", "文心大模型4.0", "DINOv2"):
        start = text.index(name)
        assert doc.char_span(start, start + len(name)).text == name


def test_it_stays_after_writing_and_reading(tmp_path) -> None:
    nlp = spacy.blank("xx", config=CONFIG)
    nlp.to_disk(tmp_path)
    assert isinstance(spacy.load(tmp_path).tokenizer, MixedTokenizer)
    assert isinstance(nlp.from_bytes(nlp.to_bytes()).tokenizer, MixedTokenizer)
