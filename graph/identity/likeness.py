"""How surely two entities are one thing, by their names and by whom they come from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ...ontology.claim import Entity
from ...ontology.model_name import ModelName
from ...ontology.terms import EntityType
from .blocks import candidate_pairs
from .curated import denied
from .profile import Profile, profile_of

__all__ = ["AUTOMATIC", "REVIEW", "Context", "Likeness", "cluster", "compare", "likeness"]

AUTOMATIC = 0.8
"""From here on two entities are linked without asking."""
REVIEW = 0.5
"""From here on they are shown to a person."""

_SHARED = 0.15  # what a common developer or employer adds to a likeness of sound
_DOUBT = 0.7  # the most where something speaks against it
_FIRM_WORDS = frozenset(
    ("computing", "group", "intelligence", "lab", "labs", "studio", "systems", "tech")
)
_FIRM_WORDS_ZH = ("科技", "智能", "集团", "技术", "网络")
_SHORTEST_TYPO = 5
_SHORTEST_TWO_TYPOS = 10
_LONGEST = 64
_LONGEST_CHINESE_PERSON = 4


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of the entities besides their names.

    Parameters
    ----------
    organizations : mapping of str to collection of str
        By the id of an entity, the ids of those who developed it or employ it.
    """

    organizations: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def of(self, entity: Entity) -> frozenset[str]:
        """Give the organisations of an entity."""
        return self.organizations.get(entity.id, frozenset())


@dataclass(frozen=True, slots=True)
class Likeness:
    """How surely two entities are one thing.

    Parameters
    ----------
    score : float
        Between 0 and 1; see `AUTOMATIC` and `REVIEW`.
    reason : str
        Why, in words.
    detail : str
        What it rests on: the numbers that differ, the name that both have.
    apart : bool
        Whether something speaks against it so that nobody but a person may join them.
    """

    score: float
    reason: str
    detail: str = ""
    apart: bool = False


_NOTHING = Likeness(0.0, "nothing in common")


def likeness(one: Entity, other: Entity, context: Context | None = None) -> Likeness:
    """Tell how surely two entities are one thing; it does not matter which is first.

    Parameters
    ----------
    one, other : Entity
        With the names by which their texts call them.
    context : Context, optional

    Examples
    --------
    >>> zh = Entity.of("m1", EntityType.MODEL, "通義千問-7B-对话版")
    >>> en = Entity.of("m2", EntityType.MODEL, "Qwen/Qwen-7B-Chat")
    >>> likeness(zh, en).reason
    'names that say the same of a model'
    >>> likeness(en, Entity.of("m3", EntityType.MODEL, "Qwen-14B-Chat"))
    ... # doctest: +NORMALIZE_WHITESPACE
    Likeness(score=0.0, reason='different sizes', detail='14b, 7b', apart=True)
    """
    return compare(profile_of(one), profile_of(other), context)


def compare(one: Profile, other: Profile, context: Context | None = None) -> Likeness:
    """Do the same as `likeness` for profiles."""
    if (one.entity.name, one.entity.id) > (other.entity.name, other.entity.id):
        one, other = other, one
    if one.entity.type is not other.entity.type:
        return _apart("different types", one.entity.type, other.entity.type)
    against = _against(one, other)
    if against is not None:
        return against
    found = _for(one, other)
    if found.score == 0.0 or context is None:
        return found
    return _in_context(found, context.of(one.entity), context.of(other.entity))


def cluster(entities: Iterable[Entity], context: Context | None = None) -> list[frozenset[str]]:
    """Give the sets of ids that are one thing; the order of the entities does not matter.

    The likeliest pairs are joined first, and never two sets of which something speaks against
    any pair.

    Parameters
    ----------
    entities : iterable of Entity
        Each id once.
    context : Context, optional

    Examples
    --------
    >>> names = ("Llama 2", "LLaMA-2", "Llama 2 70B")
    >>> models = [Entity.of(f"m{n}", EntityType.MODEL, name) for n, name in enumerate(names)]
    >>> [sorted(ids) for ids in cluster(models)]
    [['m0', 'm1'], ['m2']]
    """
    organizations = context.organizations if context else {}
    same: dict[tuple[object, ...], list[str]] = {}
    profiles = []
    for entity in sorted(entities, key=lambda entity: entity.id):
        said = (entity.type, entity.names, organizations.get(entity.id, frozenset()))
        # One of those that say the same, which may be many, stands for all.
        if said not in same:
            profiles.append(profile_of(entity))
        same.setdefault(said, []).append(entity.id)
    likely = []
    for one, other in candidate_pairs(profiles, organizations):
        score = compare(profiles[one], profiles[other], context).score
        if score >= AUTOMATIC:
            likely.append((-score, one, other))
    sets: list[list[int]] = [[place] for place in range(len(profiles))]
    where = list(range(len(profiles)))
    for _, one, other in sorted(likely):
        first, second = sorted((where[one], where[other]))
        if first == second or _forbidden(sets[first], sets[second], profiles, context):
            continue
        for place in sets[second]:
            where[place] = first
        sets[first] += sets[second]
        sets[second] = []
    ids = list(same.values())
    found = [frozenset(id for place in members for id in ids[place]) for members in sets if members]
    return sorted(found, key=min)


def _forbidden(
    some: Sequence[int],
    others: Sequence[int],
    profiles: Sequence[Profile],
    context: Context | None,
) -> bool:
    return any(
        compare(profiles[one], profiles[other], context).apart for one in some for other in others
    )


def _apart(reason: str, one: str, other: str) -> Likeness:
    return Likeness(0.0, reason, f"{one or 'none'}, {other or 'none'}", True)


def _against(one: Profile, other: Profile) -> Likeness | None:
    """Give what speaks against two entities being one, by the names that they are shown by."""
    first, second, type = one.entity.name, other.entity.name, one.entity.type
    if one.curated and other.curated:
        if one.curated != other.curated:
            return _apart("curated as two", one.curated, other.curated)
        return None
    if denied(first, type, second) or denied(second, type, first):
        return _apart("known to be no name of it", first, second)
    if one.key == other.key:
        return None
    if one.model is not None and other.model is not None:
        different = _different_models(one.model, other.model)
        if different is not None:
            return different
        if one.model == other.model:
            return None
    comparable = one.wide == other.wide or (one.numbers and other.numbers)
    if comparable and one.numbers != other.numbers:
        return _apart("different numbers", " ".join(one.numbers), " ".join(other.numbers))
    latin = not one.wide and not other.wide
    if type is not EntityType.PERSON and latin and one.letters != other.letters:
        return _apart("different letters or signs", " ".join(one.letters), " ".join(other.letters))
    return None


def _different_models(one: ModelName, other: ModelName) -> Likeness | None:
    """Give in what two names of one family of models differ."""
    if one.family != other.family:
        return None
    fields = (
        ("generations", one.generation, other.generation),
        ("sizes", one.size, other.size),
        ("editions", " ".join(one.editions), " ".join(other.editions)),
        ("formats", " ".join(one.formats), " ".join(other.formats)),
        ("windows", one.window, other.window),
        ("versions", one.stamp, other.stamp),
        ("words", " ".join(one.rest), " ".join(other.rest)),
    )
    for field_name, first, second in fields:
        if first != second:
            return _apart(f"different {field_name}", first, second)
    return None


def _for(one: Profile, other: Profile) -> Likeness:
    """Give the best evidence that two entities are one."""
    if one.curated and one.curated == other.curated:
        return Likeness(1.0, "curated as one", one.curated)
    if one.key == other.key:
        if one.owner and other.owner and one.owner != other.owner:
            return Likeness(_DOUBT, "one name of two owners", f"{one.owner}, {other.owner}")
        return Likeness(0.95, "one name", one.key)
    if one.known and one.known == other.known:
        return Likeness(0.9, "known as one", one.known)
    defined = _defined(one, other)
    if defined.score >= AUTOMATIC:
        return defined
    if one.model is not None and one.model == other.model and one.model.family:
        return Likeness(0.9, "names that say the same of a model", one.model.family)
    found = [defined, _sounds(one, other), _firms(one, other), _short(one, other)]
    best = max(found, key=lambda likeness: likeness.score)
    if best.score > 0.0:
        return best
    return _alike(one, other)


def _defined(one: Profile, other: Profile) -> Likeness:
    """Names that a text gives as names of one thing."""
    for first, second in ((one, other), (other, one)):
        if second.key in first.others:
            if _weak(second.key, first):
                return Likeness(0.6, "a part of the name, called so in a text", second.key)
            return Likeness(0.9, "called so in a text", second.key)
    if (one.models and other.model in one.models) or (other.models and one.model in other.models):
        return Likeness(0.85, "called so in a text", str(one.model and one.model.family))
    both = one.others & other.others
    if both:
        return Likeness(0.6, "both called so in texts", min(both))
    return _NOTHING


def _weak(key: str, profile: Profile) -> bool:
    """Whether a name is a mere part of the shown one: R1 beside DeepSeek-R1, a surname."""
    if profile.entity.type in (EntityType.MODEL, EntityType.PERSON):
        return key in profile.key
    return profile.key.endswith(key)


def _sounds(one: Profile, other: Profile) -> Likeness:
    """A Chinese name and the same in Latin letters, or words in another order."""
    for first, second in ((one, other), (other, one)):
        if second.key in first.spoken and not second.wide:
            return Likeness(0.7, "sounds the same", second.key)
        if not second.wide and second.key in first.heads:
            return Likeness(0.65, "begins as it sounds", second.key)
    if one.spoken and one.spoken == other.spoken and one.entity.type is not EntityType.PERSON:
        return Likeness(0.55, "sounds the same", min(one.spoken))
    if len(one.words) > 1 and sorted(one.words) == sorted(other.words):
        return Likeness(0.7, "the same words", " ".join(one.words))
    return _NOTHING


def _firms(one: Profile, other: Profile) -> Likeness:
    """A company with and without a general word."""
    if one.entity.type is not EntityType.ORGANIZATION:
        return _NOTHING
    short, long = sorted((one, other), key=lambda profile: (len(profile.key), profile.key))
    rest = long.words[-1] if long.words else ""
    head = "".join(long.words[:-1])
    if head == short.key and rest == "ai":
        return Likeness(0.8, "a general word more", rest)
    if head == short.key and rest in _FIRM_WORDS:
        return Likeness(0.65, "a general word more", rest)
    for word in _FIRM_WORDS_ZH:
        if long.key == short.key + word:
            return Likeness(0.65, "a general word more", word)
    return _NOTHING


def _short(one: Profile, other: Profile) -> Likeness:
    """A name and its initials."""
    if one.entity.type in (EntityType.MODEL, EntityType.PERSON):
        return _NOTHING
    for first, second in ((one, other), (other, one)):
        if second.key in first.initials and second.entity.name.isupper():
            return Likeness(0.6, "initials", second.key)
    return _NOTHING


def _alike(one: Profile, other: Profile) -> Likeness:
    """Names that a slip of the pen may have made of one."""
    short, long = sorted((len(one.key), len(other.key)))
    both_wide = one.wide and other.wide
    if one.entity.type is EntityType.PERSON and both_wide and long <= _LONGEST_CHINESE_PERSON:
        return _apart("different names", one.key, other.key)
    least = _SHORTEST_TYPO - both_wide
    if short < least or long > _LONGEST or long - short > 2 or one.wide != other.wide:
        return _NOTHING
    if one.model is not None and other.model is not None and not _typo_of(one.model, other.model):
        return _NOTHING
    # Only names that look alike need it.
    from rapidfuzz.distance import OSA

    most = 2 if short >= _SHORTEST_TWO_TYPOS else 1
    distance = OSA.distance(one.key, other.key, score_cutoff=most)
    if distance > most:
        return _NOTHING
    score = max(REVIEW, _DOUBT - distance / long)
    return Likeness(round(score, 3), "spelled alike", f"{one.key}, {other.key}")


def _typo_of(one: ModelName, other: ModelName) -> bool:
    """Whether two models differ in nothing but the letters of their family."""
    return (
        one.generation == other.generation
        and (one.size, one.editions, one.window) == (other.size, other.editions, other.window)
        and (one.stamp, one.formats, one.rest) == (other.stamp, other.formats, other.rest)
    )


def _in_context(found: Likeness, some: frozenset[str], others: frozenset[str]) -> Likeness:
    """Weigh a likeness by who developed the two or employs them."""
    if not some or not others or found.reason == "curated as one":
        return found
    shared = some & others
    if not shared:
        score = min(found.score, _DOUBT)
        detail = f"{', '.join(sorted(some))}; {', '.join(sorted(others))}"
        return Likeness(score, f"{found.reason}, of different organisations", detail, True)
    if found.reason in ("sounds the same", "begins as it sounds", "the same words"):
        score = round(found.score + _SHARED, 3)
        return Likeness(score, f"{found.reason}, of one organisation", min(shared), found.apart)
    return found
