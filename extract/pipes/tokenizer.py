"""A lossless tokenizer for mixed Chinese and English text."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

__all__ = ["MixedTokenizer", "create_tokenizer"]

_CJK = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7af"
# A blank that follows a word is kept as spaCy's trailing space, any other run of blanks as a token.
_TOKEN = re.compile(rf"[{_CJK}]|[0-9]+|[^\W\d_{_CJK}]+|\s+|.", re.DOTALL)


class MixedTokenizer:
    """Gives one token for each CJK character, Latin run, digit run and other symbol.

    Names can then start and end at any of them, which word segmenters do not allow.

    Parameters
    ----------
    vocab : Vocab
        The vocabulary of the pipeline.

    Examples
    --------
    >>> doc = MixedTokenizer(Vocab())("百川开源了Baichuan-13B。")
    >>> [token.text for token in doc]
    ['百', '川', '开', '源', '了', 'Baichuan', '-', '13', 'B', '。']
    >>> doc.text == "百川开源了Baichuan-13B。"
    True
    """

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Make a `Doc` whose text is `text`, character for character."""
        words: list[str] = []
        spaces: list[bool] = []
        for piece in _TOKEN.findall(text):
            if piece[0].isspace() and piece[0] == " " and words and not spaces[-1]:
                spaces[-1] = True
                piece = piece[1:]
                if not piece:
                    continue
            words.append(piece)
            spaces.append(False)
        return Doc(self.vocab, words=words, spaces=spaces)

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Give nothing: the tokenizer has no settings."""
        return b""

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> "MixedTokenizer":
        """Take nothing."""
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write nothing."""

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> "MixedTokenizer":
        """Read nothing."""
        return self


def create_tokenizer() -> Callable[[Language], MixedTokenizer]:
    """Give the function that spaCy calls to make the tokenizer named in a pipeline's config.

    Examples
    --------
    >>> import spacy
    >>> config = {"nlp": {"tokenizer": {"@tokenizers": "modelkin_tokenizer"}}}
    >>> nlp = spacy.blank("xx", config=config)
    >>> len(nlp("文心大模型4.0"))
    8
    """

    def make(nlp: Language) -> MixedTokenizer:
        return MixedTokenizer(nlp.vocab)

    return make
