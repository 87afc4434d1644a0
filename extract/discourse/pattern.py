"""A small language for patterns over views.

``<model>``, ``<org|person>`` match one group of those types; ``<s:model>`` captures it as ``s``.
``<-:12>`` is a gap of at most 12 characters without a name, ``<=:12>`` one that stays in its
clause too, ``<-model:40>`` a gap without a model, ``<*:40>`` a gap with any names. No gap crosses
the end of a sentence. All else is a regular expression.
"""

import re
from functools import cache

from ...ontology.terms import EntityType
from .view import placeholder

__all__ = ["compile_pattern"]

_SHORT = {
    "app": EntityType.PRODUCT,
    "org": EntityType.ORGANIZATION,
}
_KINDS = {**{kind.value.lower(): kind for kind in EntityType}, **_SHORT}
_NAMES = "\ue000-\ue00f"
_STOPS = "。!?;"
_TOKEN = re.compile(
    r"(?<!\?P)<(?:(?P<gap>[-=*][a-z|]*):(?P<length>\d+)|(?:(?P<label>[a-z]+):)?(?P<kinds>[a-z|]+))>"
)


def _class(kinds: str) -> str:
    return "".join(placeholder(_KINDS[kind]) for kind in kinds.split("|"))


def _replace(found: re.Match[str]) -> str:
    gap = found["gap"]
    if gap is None:
        matched = f"[{_class(found['kinds'])}]"
        return f"(?P<{found['label']}>{matched})" if found["label"] else matched
    mark, kinds = gap[0], gap[1:]
    refused = _STOPS + ("," if mark == "=" else "")
    if kinds:
        refused += _class(kinds)
    elif mark != "*":
        refused += _NAMES
    return f"[^{refused}]{{0,{found['length']}}}?"


@cache
def compile_pattern(pattern: str) -> re.Pattern[str]:
    """Compile a pattern of the language above.

    Examples
    --------
    >>> compiled = compile_pattern("<o:org><-:8>发布了?<-:8><s:model>")
    >>> bool(compiled.search("\\ue005今天发布了新模型\\ue004"))
    True
    """
    return re.compile(_TOKEN.sub(_replace, pattern))
