"""What a pattern rule is, and how it is matched against the passages of a text."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ...ontology.terms import EntityType, Predicate
from ..discourse import Passage, Reading, View
from ..discourse.pattern import compile_pattern
from ..mention import LONGEST_EVIDENCE
from ..structure import BlockKind
from .draft import Draft
from .facts import is_fact
from .method import method_of, method_words
from .oblique import is_oblique
from .signature import fits

__all__ = ["PatternRule", "match_rules", "with_topics"]

_MOST_PAIRS = 80
_TABLE = (BlockKind.TABLE_ROW, BlockKind.TABLE_HEADER)
_RESPECTIVELY = re.compile(r"分别|各自|respectively")
_LEAD = re.compile(r"^<s:model><-model:\d+>")


@dataclass(frozen=True, slots=True)
class PatternRule:
    """A pattern that states a relation between its captured groups.

    Parameters
    ----------
    name : str
        Names the rule in findings and in the table of confidences.
    predicate : Predicate
    pattern : str
        In the language of `extract.discourse.pattern`, with the groups ``s`` and ``o``.
        Without ``s`` the subject, without ``o`` the object comes from the discourse.
    qualifiers : tuple of (str, str)
    implied : EntityType
        The type of the end that comes from the discourse.
    veto : str
        A regular expression; what it finds in the matched stretch undoes the match.
    veto_behind : str
        The same for the words right behind the match.
    factual : bool
        Whether plans and negations undo the match.
    flat : bool
        Whether the pattern is matched where the makers before names are left out.
    generations : bool
        Whether the names of both ends must differ in nothing but their numbers.
    """

    name: str
    predicate: Predicate
    pattern: str
    qualifiers: tuple[tuple[str, str], ...] = ()
    implied: EntityType = EntityType.MODEL
    veto: str = ""
    veto_behind: str = ""
    factual: bool = True
    flat: bool = True
    generations: bool = False


def with_topics(rules: Iterable[PatternRule]) -> tuple[PatternRule, ...]:
    """Give the rules, each followed by its form for sentences that leave the subject out."""
    given: list[PatternRule] = []
    for rule in rules:
        given.append(rule)
        if _LEAD.match(rule.pattern):
            given.append(
                replace(
                    rule,
                    name=rule.name + "-topic",
                    pattern=r"(?:^|(?<=[^a-z]))" + _LEAD.sub("", rule.pattern),
                )
            )
    return tuple(given)


def match_rules(
    reading: Reading, passage: Passage, rules: Iterable[PatternRule]
) -> Iterator[Draft]:
    """Give what the rules read in one passage."""
    if not passage.view.groups or passage.block.kind in _TABLE:
        return
    seen: tuple[dict[int, int], dict[int, int]] = ({}, {})
    for rule in rules:
        view = passage.flat if rule.flat else passage.view
        objects = seen[rule.flat]
        pattern = compile_pattern(rule.pattern)
        at = 0
        while found := pattern.search(view.text, at):
            at = max(found.start() + 1, _next(found))
            begin = found.start()
            if _position(found, "s") < 0:
                begin = max(view.text.rfind(mark, 0, begin) for mark in ",。;!?") + 1
            if rule.veto and re.search(rule.veto, view.text[begin : found.end()]):
                continue
            behind = view.text[found.end() : found.end() + 14]
            if rule.veto_behind and re.search(rule.veto_behind, behind):
                continue
            if rule.factual and not is_fact(view.text, found.start(), found.end()):
                continue
            yield from _drafts(reading, passage, rule, found, objects)


def _next(found: re.Match[str]) -> int:
    """Where to look on: behind the first captured group, so that lists of facts are all read."""
    names = [name for name in ("s", "o") if name in found.re.groupindex and found[name]]
    return min((found.start(name) for name in names), default=found.start()) + 1


def _position(found: re.Match[str], name: str) -> int:
    return found.start(name) if name in found.re.groupindex else -1


def _subjects(
    reading: Reading,
    passage: Passage,
    rule: PatternRule,
    found: re.Match[str],
    objects: dict[int, int],
) -> tuple[str, ...]:
    """Give the subject's entities: of the group that was matched, unless it is no subject."""
    view = passage.flat if rule.flat else passage.view
    at, other = _position(found, "s"), _position(found, "o")
    between_models = (
        rule.implied is EntityType.MODEL and view.groups[other].type is EntityType.MODEL
    )
    if not between_models:
        if at < 0:
            return reading.topics.subject(passage.index, rule.implied)
        return view.groups[at].entities
    if at > other:
        return view.groups[at].entities
    if at < 0:
        first = _first_subject(view, found.start())
        if first >= 0:
            return view.groups[first].entities
        return reading.topics.subject(passage.index, EntityType.MODEL)
    if at in objects:
        at = objects[at]
    elif is_oblique(view.text, at):
        at = _first_subject(view, at)
    if at < 0:
        return reading.topics.subject(passage.index, EntityType.MODEL)
    objects[other] = at
    return view.groups[at].entities


def _nearest(view: View, before: int, kind: EntityType) -> tuple[str, ...]:
    found = [at for at in view.positions(kind) if at < before]
    return view.groups[found[-1]].entities if found else ()


def _first_subject(view: View, before: int) -> int:
    for at in view.positions(EntityType.MODEL):
        if at >= before:
            break
        if not is_oblique(view.text, at):
            return at
    return -1


def _evidence(
    view: View, found: re.Match[str], rule: PatternRule, subjects: tuple[str, ...]
) -> tuple[int, int]:
    """Give the words that state the match, with the subject where the sentence names it."""
    first, last = found.span()
    if rule.predicate is Predicate.DERIVED_FROM:
        behind = re.match(r"[^,。;!?]{0,30}", view.text[last:])
        last += len(behind.group().rstrip()) if behind else 0
    start, end = view.starts[first], view.ends[last - 1]
    for group in view.groups.values():
        if (
            group.entities == subjects
            and group.start < start
            and end - group.start <= LONGEST_EVIDENCE
        ):
            start = group.start
    return start, end


def _drafts(
    reading: Reading,
    passage: Passage,
    rule: PatternRule,
    found: re.Match[str],
    positions: dict[int, int],
) -> Iterator[Draft]:
    view = passage.flat if rule.flat else passage.view
    if _position(found, "o") >= 0:
        if _position(found, "s") < 0 and rule.implied is not EntityType.MODEL:
            subjects = reading.topics.subject(passage.index, rule.implied)
        else:
            subjects = _subjects(reading, passage, rule, found, positions)
        objects = view.groups[found.start("o")].entities
    else:
        subjects = view.groups[found.start("s")].entities
        objects = (
            _nearest(view, found.start("s"), rule.implied)
            if rule.predicate is Predicate.AFFILIATED_WITH
            else ()
        )
        objects = (
            objects
            or reading.topics.chronicle(passage.index, rule.implied)
            or reading.topics.subject(passage.index, rule.implied)
        )
    pairs = [(s, o) for s in subjects for o in objects]
    if len(subjects) == len(objects) > 1 and _RESPECTIVELY.search(view.text):
        pairs = list(zip(subjects, objects, strict=True))
    start, end = _evidence(view, found, rule, subjects)
    name = rule.name
    topical = _position(found, "s") < 0 and rule.implied is EntityType.MODEL
    if topical and _first_subject(view, found.start()) >= 0:
        name = name.removesuffix("-topic") + "-far"
    qualifiers = rule.qualifiers
    if rule.predicate is Predicate.DERIVED_FROM:
        words = method_words(view.text, found.start(), found.end())
        qualifiers = (("method", str(method_of(words))),)
    if "role" in found.re.groupindex and found["role"]:
        first, last = found.span("role")
        role = reading.text[view.starts[first] : view.ends[last - 1]]
        qualifiers = (*qualifiers, ("role", " ".join(role.split())))
    for s, o in pairs[:_MOST_PAIRS]:
        if rule.generations and not reading.family.generations_apart(s, o):
            continue
        if fits(reading.types.get(s), rule.predicate, reading.types.get(o)) and s != o:
            yield Draft(s, rule.predicate, o, start, end, name, qualifiers, passage.index)
