"""Long texts are cut between sentences, with overlap, and nothing is lost."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modelkin.extract.errors import ExtractionError
from modelkin.extract.language_model.chunks import LONGEST, MOST, OVERLAP, chunks
from modelkin.extract.mention import Sentence


def row(lengths: list[int], per_block: int = 4) -> list[Sentence]:
    sentences, at = [], 0
    for index, length in enumerate(lengths):
        sentences.append(Sentence(at, at + length, index // per_block))
        at += length + 1
    return sentences


def test_a_short_text_is_one_piece() -> None:
    [piece] = chunks(row([50, 60]))
    assert (piece.start, piece.end) == (0, 111)


def test_no_text_is_no_piece() -> None:
    assert chunks([]) == []


@given(st.lists(st.integers(1, 4_000), max_size=80), st.integers(1, 9))
def test_every_sentence_is_whole_in_a_piece(lengths: list[int], per_block: int) -> None:
    sentences = row(lengths, per_block)
    pieces = chunks(sentences)
    for sentence in sentences:
        assert any(p.start <= sentence.start and sentence.end <= p.end for p in pieces)
    for piece in pieces:
        whole = [s for s in sentences if piece.start <= s.start and s.end <= piece.end]
        assert piece.end - piece.start <= LONGEST or len(whole) == 1
    for before, after in pairwise(pieces):
        assert before.start < after.start
        assert before.end < after.end
        assert before.end - after.start <= OVERLAP


def test_pieces_overlap_and_end_with_blocks() -> None:
    sentences = row([100] * 200, per_block=10)
    pieces = chunks(sentences)
    assert len(pieces) > 2
    last_of_block = {
        s.end
        for s in sentences
        if s.end == max(other.end for other in sentences if other.block == s.block)
    }
    for before, after in pairwise(pieces):
        assert before.end - after.start > OVERLAP / 2
        assert before.end in last_of_block


def test_too_long_a_text_is_an_error() -> None:
    with pytest.raises(ExtractionError, match="too long"):
        chunks(row([1_000] * MOST * 7))
