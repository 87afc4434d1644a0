"""Right Cypher that the embedded engine's parser does not read, spelt so that it does.

- A list that is more than a literal needs brackets after IN: ``x IN ([n IN list | n.id])``.
- ``(COUNT { … } + 1)`` looks to it like a node pattern: ``(coalesce(COUNT { … }) + 1)``.
- ``(n:Model&Entity)`` is ``(n:Model:Entity)``.
"""

from collections.abc import Sequence

from .tokens import Token, closing

__all__ = ["spell"]


def spell(words: Sequence[Token], texts: list[list[str | None]], places: Sequence[int]) -> None:
    """Spell a query's text anew where the parser needs it.

    Parameters
    ----------
    words : sequence of Token
        Without blanks.
    texts : list of list
        What each token is written as; changed.
    places : sequence of int
        Where each word stands among `texts`.
    """
    for position, word in enumerate(words):
        following = words[position + 1 : position + 2]
        if not following:
            return
        if word.is_word("IN") and following[0].is_sign("["):
            end = closing(words, position + 1)
            if _is_more(words, position + 1, end):
                texts[places[position + 1]].insert(0, "(")
                texts[places[end]].append(")")
        joined = position > 0 and words[position - 1].is_name and following[0].is_name
        if joined and word.is_sign("&"):
            texts[places[position]] = [":"]
        in_brackets = position > 0 and words[position - 1].is_sign("(")
        if in_brackets and word.is_word("COUNT") and following[0].is_sign("{"):
            texts[places[position]].insert(0, "coalesce(")
            texts[places[closing(words, position + 1)]].append(")")


def _is_more(words: Sequence[Token], opening: int, end: int) -> bool:
    """Tell whether a list in brackets is made by a rule, cut, or the beginning of a sum."""
    after = words[end + 1 : end + 2]
    if after and after[0].is_sign("[", "+"):
        return True
    rule = words[opening + 2 : opening + 3]
    if words[opening + 1].is_name and rule and rule[0].is_word("IN"):
        return True
    depth = 0
    for word in words[opening + 1 : end]:
        depth += word.is_sign("(", "[", "{") - word.is_sign(")", "]", "}")
        if depth == 0 and word.is_sign("|"):
            return True
    return False
