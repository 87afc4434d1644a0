"""Names that stand behind a preposition or a verb of comparison are no subjects."""

import re

__all__ = ["is_oblique"]

_NAME = "\ue000-\ue00f"
_OBLIQUE = re.compile(
    r"(?:\b(?:with|than|to|of|behind|over|from|by|against|following|versus|vs\.?|for|like|unlike"
    r"|using|between|in|beats?|beating|tops?|outperforms?|outperforming|outperformed|outscor\w+"
    r"|surpass\w*|match\w*|rivals?|rivaling|exceed\w*|trails?|trailing|approach\w*|leads?|only"
    r"|compared to|on|at|ahead of|including|such as|as)"
    r"(?: the| its| our| their| even| both| larger| previous)?"
    r"|与|跟|比|于|较|基于|对|除了|像|类似|包括|使用|采用|利用|通过|将|把|用|从|以"
    r"|(?:超过|超越|击败|优于|媲美|对标|接近|领先|碾压|反超|胜过|打败|逼近|直逼|比肩|持平|达到|追平"
    r"|比较|强于|高于|好于|低于|弱于|不如|不及|吊打|超)(?:了|于)?(?:甚至|包括)?)"
    rf"\s?(?:[{_NAME}](?:'s|的)?\s?)?$"
)


def is_oblique(text: str, at: int) -> bool:
    """Whether the name at a position of a view is governed by what stands right before it.

    Examples
    --------
    >>> is_oblique("it beats X", 9), is_oblique("today X", 6)
    (True, False)
    """
    return _OBLIQUE.search(text, max(0, at - 24), at) is not None
