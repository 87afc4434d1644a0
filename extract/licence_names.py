"""Names of licences, by their form."""

import re
from collections.abc import Iterator

from ..ontology.terms import EntityType
from .mention import Mention

__all__ = ["find_licences"]

_KIND = (
    "Community|Research|Non-?[Cc]ommercial|Open|Model|Public|Responsible AI|RAIL|Commercial"
    "|Permissive"
)
_LICENCE = re.compile(
    r"(?<![A-Za-z0-9])(?:"
    rf"(?:[A-Z][A-Za-z0-9.]{{0,30}}[ -]){{0,4}}?(?:{_KIND})[ -](?:Source[ -])?(?:RAIL[- ]M )?"
    r"[Ll]icen[sc]e(?: Agreement| v?[0-9.]{1,5})*"
    r"|Apache(?: [Ll]icen[sc]e)?,?(?:[ -](?:[Vv]ersion )?[vV]?2(?:\.0)?)?(?: [Ll]icen[sc]e)?"
    r"|MIT[ -][Ll]icen[sc]e"
    r"|(?i:CC[- ](?:BY|0)(?:-(?:NC|SA|ND))*(?:[- ](?:NC|SA|ND))*(?:[- ][0-9]\.[0-9])?)"
    r"|[AL]?GPL(?:-?[vV]?[0-9](?:\.0)?)?"
    r"|(?:CreativeML |BigCode )?Open ?RAIL(?:\+\+)?(?:-M)?(?:[- ]v?[0-9.]{1,5})?"
    r"|BSD[- ][0-9][- ][Cc]lause|Unlicense"
    r")(?![A-Za-z0-9])"
)
_CHINESE = re.compile(
    r"(?:(?<=《)[^《》\n]{2,24}?"
    r"|(?<![A-Za-z0-9.])[A-Z][A-Za-z0-9.]{0,30}(?: [A-Z0-9][A-Za-z0-9.]{0,30}){0,3} ?)"
    r"(?:系列)?(?:模型)?(?:社区)?(?:开源)?(?:许可证|许可协议|开源协议)"
)
_DOUBTFUL = frozenset(("apache", "gpl"))


def find_licences(text: str) -> Iterator[Mention]:
    """Give what looks like the name of a licence.

    Examples
    --------
    >>> text = "CC BY-NC 4.0 or the Example Community License，采用《样例模型许可协议》"
    >>> [text[m.start : m.end] for m in find_licences(text)]
    ['CC BY-NC 4.0', 'Example Community License', '样例模型许可协议']
    """
    for pattern in (_LICENCE, _CHINESE):
        for match in pattern.finditer(text):
            score = 0.4 if match.group().casefold() in _DOUBTFUL else 0.8
            yield Mention(match.start(), match.end(), EntityType.LICENSE, "", "shape", score)
