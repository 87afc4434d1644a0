"""What a claim is about: which size and edition of its subject, and which time."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple, Self

from ...ontology.claim import Claim
from ..periods import ALWAYS, UNTIL, VALID_FROM, Period, period_of

__all__ = ["Scope", "scopes"]

# Of a statement with more of them the first are looked at: articles are hostile.
_MOST = 32


class Scope(NamedTuple):
    """What a claim is about.

    Parameters
    ----------
    size, variant : str
        Qualifiers; empty for the subject as a whole.
    begins, ends : Period
        The days on which it may have begun and ended to hold; all time where nothing is known.
    """

    size: str
    variant: str
    begins: Period
    ends: Period

    @classmethod
    def of(cls, claim: Claim, published: str | None) -> Self:
        """Read it from a claim.

        A claim that gives no time speaks of what was so when its document was published: of the
        time up to then, not of what came later.
        """
        given = dict(claim.qualifiers)
        begins = period_of(given.get(VALID_FROM)) or ALWAYS
        ends = period_of(given.get(UNTIL)) or ALWAYS
        if begins == ends == ALWAYS:
            ends = period_of(published) or ALWAYS
        return cls(given.get("size", ""), given.get("variant", ""), begins, ends)

    def meets(self, other: Self) -> bool:
        """Tell whether both speak of the same thing at one time, which a change is not.

        Examples
        --------
        >>> before = Scope("", "", ALWAYS, period_of("2023-08"))
        >>> before.meets(Scope("", "", period_of("2023-08"), ALWAYS))
        False
        >>> before.meets(Scope("", "", period_of("2023-07"), ALWAYS))
        True
        >>> before.meets(Scope("7B", "", ALWAYS, ALWAYS))
        False
        """
        if (self.size, self.variant) != (other.size, other.variant):
            return False
        if self.begins.first > other.ends.last or other.begins.first > self.ends.last:
            return False
        return not _gives_way(self, other) and not _gives_way(other, self)


def scopes(claims: Iterable[Claim], published: Mapping[str, str | None]) -> list[Scope]:
    """Give what claims are about, each once, sorted.

    Parameters
    ----------
    claims : iterable of Claim
    published : mapping of str to str or None
        The date of each document.
    """
    found = {Scope.of(claim, published[claim.evidence.document]) for claim in claims}
    return sorted(found)[:_MOST]


def _gives_way(earlier: Scope, later: Scope) -> bool:
    """Tell whether one may have ended on the very day on which the other began."""
    known = earlier.ends != ALWAYS and later.begins != ALWAYS
    return known and earlier.begins.first < later.begins.first and earlier.ends.meets(later.begins)
