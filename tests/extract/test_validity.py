"""Periods are read where a clause gives them for the claim itself, and nowhere else.

Names are marked: {S} the subject, {O} the object, {C} another of the object's kind, {D} another
of the subject's kind, {M} something else; {S Foo-7B} gives the name too.
"""

import itertools
import re

import pytest
from cpu_time import grows_at_most, takes_at_most
from hypothesis import given
from hypothesis import strategies as st

from modelkin.extract.mention import Analysis, Mention, Sentence
from modelkin.extract.periods import Calendar, find_periods, hints_at_period
from modelkin.extract.structure import Structure
from modelkin.extract.validity import validity
from modelkin.extract.validity_patterns import is_dated
from modelkin.ontology.claim import Value
from modelkin.ontology.terms import OBJECT_TYPES, SUBJECT_TYPES, Attribute, EntityType, Predicate

NAMES = {
    EntityType.MODEL: ("Foo-7B", "Bar 13B"),
    EntityType.PERSON: ("Ada Lin", "Bo Wang"),
    EntityType.ORGANIZATION: ("Quarry Labs", "Tundra AI"),
    EntityType.PRODUCT: ("ChatFoo", "AskBar"),
    EntityType.PLATFORM: ("FooHub", "BarSpace"),
    EntityType.LICENSE: ("Apache 2.0", "GPL-3.0"),
}
OPEN, STRATEGY, USE = Attribute.OPENNESS, Attribute.OPEN_STRATEGY, Attribute.COMMERCIAL_USE
UNDER, WITH = Predicate.RELEASED_UNDER, Predicate.AFFILIATED_WITH
RUNS, HOST, POWER = Predicate.OPERATES, Predicate.HOSTED_ON, Predicate.POWERED_BY


def read(term: str, marked: str, published: str | None = None) -> str:
    """The period of a claim as text: "2021..2023", "2021..", "..2023" or ""."""
    predicate, _, value = term.partition("=")
    kinds = {"S": SUBJECT_TYPES[predicate][0], "M": EntityType.BENCHMARK}
    kinds["D"] = SUBJECT_TYPES[predicate][0]
    if not value:
        kinds["O"] = kinds["C"] = OBJECT_TYPES[predicate][0]
    text, mentions, position = "", [], 0
    for found in re.finditer(r"\{([SOCDM])(?: ([^}]*))?\}", marked):
        text += marked[position : found.start()]
        kind = kinds[found[1]]
        names = NAMES.get(kind, ("MMLU", "MMLU"))
        name = found[2] or names[found[1] in "CD"]
        mentions.append(Mention(len(text), len(text) + len(name), kind, found[1]))
        text += name
        position = found.end()
    text += marked[position:]
    starts = [0, *(m.end() for m in re.finditer(r"[。!?] ?|\. (?=[A-Z])", text))]
    ends = [*starts[1:], len(text)]
    analysis = Analysis(
        text,
        "zh" if re.search("[\u4e00-\u9fff]", text) else "en",
        Structure(()),
        published=published,
        sentences=[Sentence(a, b, 0) for a, b in zip(starts, ends, strict=True) if a < b],
        mentions=mentions,
    )
    object = Value(value) if value else "O"
    given = validity(analysis, "S", predicate, object, 0, len(text))
    assert set(given) <= {"validFrom", "validUntil"}
    if not given:
        return ""
    return f"{given.get('validFrom', '')}..{given.get('validUntil', '')}"


POSITIVE = [
    # Openness and strategies, Chinese.
    (f"{OPEN}=open", "自2023年8月起，{S}全面开源。", "2023-08.."),
    (f"{OPEN}=open", "{S}自2023年8月7日起开源。", "2023-08-07.."),
    (f"{OPEN}=open", "从2024年初开始，{S}对外开源。", "2024.."),
    (f"{OPEN}=open", "{S}自2023年7月开源以来广受欢迎。", "2023-07.."),
    (f"{OPEN}=open", "{S}最初开源，2023年9月起闭源。", "..2023-09"),
    (f"{OPEN}=closed", "{S}最初开源，2023年9月起闭源。", "2023-09.."),
    (f"{OPEN}=closed", "2024年3月之前，{S}一直闭源。", "..2024-03"),
    (f"{OPEN}=closed", "截至2023年，{S}仍未开源。", "..2023"),
    (f"{OPEN}=closed", "{S}一直闭源，直到2024年3月。", "..2024-03"),
    (f"{OPEN}=open", "{S}直到2024年3月才开源。", "2024-03.."),
    (f"{OPEN}=closed", "2023年9月，{S}转为闭源。", "2023-09.."),
    (f"{OPEN}=open", "{S}自去年9月起开源。", "2022-09.."),
    (f"{STRATEGY}=closed", "自2023年起，{S}走向闭源。", "2023.."),
    (f"{STRATEGY}=open", "2022年至2024年间，{S}一直开源。", "2022..2024"),
    # Openness and strategies, English.
    (f"{OPEN}=open", "{S} has been open source since August 2023.", "2023-08.."),
    (f"{OPEN}=open", "Since 7 August 2023, {S} has been fully open source.", "2023-08-07.."),
    (f"{OPEN}=open", "{S} was open source until March 2024.", "..2024-03"),
    (f"{OPEN}=closed", "Before March 2024, {S} was closed.", "..2024-03"),
    (f"{OPEN}=closed", "{S} was initially open, closed since Sept 2023.", "2023-09.."),
    (f"{OPEN}=open", "{S} was initially open, closed since Sept 2023.", "..2023-09"),
    (f"{OPEN}=closed", "{S} was not open source until May 2024.", "..2024-05"),
    (f"{OPEN}=closed", "As of May 2024, {S} is still closed.", "..2024-05"),
    (f"{OPEN}=closed", "{S} became closed source in June 2023.", "2023-06.."),
    (f"{OPEN}=open", "From 2022 to 2024 {S} was open.", "2022..2024"),
    (f"{STRATEGY}=closed", "{S} has been closed since 2023.", "2023.."),
    (f"{STRATEGY}=open", "{S} was fully open until 2019.", "..2019"),
    # Commercial use.
    (f"{USE}=yes", "自2023年8月起，{S}可免费商用。", "2023-08.."),
    (f"{USE}=yes", "{S}从2024年2月开始允许商用。", "2024-02.."),
    (f"{USE}=no", "2024年2月之前，{S}一直禁止商用。", "..2024-02"),
    (f"{USE}=yes", "{S} has been free for commercial use since July 2023.", "2023-07.."),
    (f"{USE}=no", "{S} was non-commercial until July 2023.", "..2023-07"),
    # Licences, Chinese and English.
    (UNDER, "自2024年6月起，{S}采用{O}许可证。", "2024-06.."),
    (UNDER, "{S}原采用{O}许可证，2024年6月起改为{C}。", "..2024-06"),
    (UNDER, "{S}原采用{C}许可证，2024年6月起改为{O}。", "2024-06.."),
    (UNDER, "2024年6月，{S}的许可证从{C}改为{O}。", "2024-06.."),
    (UNDER, "2024年6月，{S}的许可证从{O}改为{C}。", "..2024-06"),
    (UNDER, "自2024年6月3日起，许可证更新，{S}由{C}变更为{O}。", "2024-06-03.."),
    (UNDER, "自2024年6月3日起，许可证更新，{S}由{O}变更为{C}。", "..2024-06-03"),
    (UNDER, "2023年8月之前，{S}使用{O}。", "..2023-08"),
    (UNDER, "{S}使用{O}许可证（自2024年6月起）。", "2024-06.."),
    (UNDER, "{S} has been released under {O} since June 2024.", "2024-06.."),
    (UNDER, "Since June 3, 2024, {S} is licensed under {O}.", "2024-06-03.."),
    (UNDER, "{S} was under the {O} license until March 2024.", "..2024-03"),
    (UNDER, "{S} switched from {C} to {O} in June 2024.", "2024-06.."),
    (UNDER, "{S} switched from {O} to {C} in June 2024.", "..2024-06"),
    (UNDER, "{S} was originally under {O}, since June 2024 under {C}.", "..2024-06"),
    # People.
    (WITH, "{S}自2021年起担任{O}首席执行官。", "2021.."),
    (WITH, "{S}从2021年到2023年担任{O}首席科学家。", "2021..2023"),
    (WITH, "2021-2023年，{S}在{O}任研究员。", "2021..2023"),
    (WITH, "2022年3月，{S}加入{O}。", "2022-03.."),
    (WITH, "2022年3月起担任{O}首席科学家的{S}说。", "2022-03.."),
    (WITH, "2023年5月，{S}从{O}离职。", "..2023-05"),
    (WITH, "{S}在2019年至2022年期间就职于{O}。", "2019..2022"),
    (WITH, "{S} was CEO of {O} until 2023.", "..2023"),
    (WITH, "{S} worked at {O} from 2019 to 2022.", "2019..2022"),
    (WITH, "{S} has been chief scientist at {O} since May 2021.", "2021-05.."),
    (WITH, "2018年离开{O}后，{S}另起炉灶。", "..2018"),
    (WITH, "{S} joined {O} in March 2022.", "2022-03.."),
    (WITH, "In May 2024, {S} left {O}.", "..2024-05"),
    (WITH, "{O}'s chief scientist until May 2024, {S} now teaches.", "..2024-05"),
    (WITH, "{S} (CEO of {O}, 2019) and others; {S} led {O} (2019-2023).", "2019..2023"),
    # Platforms and products.
    (HOST, "自2023年8月起，{S}可在{O}下载。", "2023-08.."),
    (HOST, "{S} has been available on {O} since August 2023.", "2023-08.."),
    (RUNS, "{O}自2022年起由{S}运营。", "2022.."),
    (RUNS, "{S} has operated {O} since November 2022.", "2022-11.."),
    (POWER, "自2023年2月起，{S}由{O}驱动。", "2023-02.."),
    (POWER, "2024年5月之前，{S}使用{O}。", "..2024-05"),
    (POWER, "{S} has been powered by {O} since February 2023.", "2023-02.."),
    (POWER, "From March 2023 to May 2024, {S} ran on {O}.", "2023-03..2024-05"),
    # A year that stands elsewhere.
    (f"{OPEN}=closed", "2023年，{S}最初开源，9月起闭源。", "2023-09.."),
    (f"{OPEN}=closed", "{S}最初开源，9月起闭源。", "2023-09.."),
    (UNDER, "{S} has been under {O} since September.", "2023-09.."),
]
NEGATIVE = [
    # An event and its date.
    (f"{OPEN}=open", "2023年7月，{S}正式开源。"),
    (f"{OPEN}=open", "{S}于2023年7月发布并开源。"),
    (f"{OPEN}=open", "{S} was open-sourced in July 2023."),
    (f"{OPEN}=open", "In July 2023 the team released the open model {S}."),
    (f"{OPEN}=open", "Released in 2023, {S} is open source."),
    (UNDER, "2023年7月，{S}以{O}许可证发布。"),
    (UNDER, "{S} was released under {O} in July 2023."),
    (HOST, "2023年8月3日，{S}上线{O}。"),
    (HOST, "{S} came to {O} on August 3, 2023."),
    (POWER, "{S} launched in February 2023 and is powered by {O}."),
    (RUNS, "{S}于2022年11月发布{O}。"),
    (WITH, "2023年5月，{O}首席执行官{S}访问北京。"),
    (WITH, "{S}, CEO of {O}, said in May 2023 that it was fine."),
    (WITH, "{S}于2015年创办{O}。"),
    # A period of something else.
    (f"{OPEN}=open", "自2023年7月发布以来，开源模型{S}下载量破百万。"),
    (f"{OPEN}=open", "Since its release in July 2023, the open model {S} grew."),
    (f"{OPEN}=open", "{S}, an open model, has powered {M} since 2023."),
    (f"{OPEN}=open", "自2023年起，{M}由开源模型{S}驱动。"),
    (f"{OPEN}=open", "开源的{S}知识截至2023年9月。"),
    (f"{OPEN}=open", "The open model {S} has knowledge until September 2023."),
    (f"{OPEN}=open", "{S} is open and was trained on data from 2019 to 2023."),
    (f"{OPEN}=open", "{S} is the best open model since 2022."),
    (f"{OPEN}=open", "自2022年以来，陆续开源了{S}等模型。"),
    (f"{OPEN}=open", "{S} is open; {D} has been closed since 2023."),
    (f"{OPEN}=open", "{S}已开源，而{D}自2023年起闭源。"),
    (f"{OPEN}=closed", "{S}是闭源的，{D}自2023年9月起开源。"),
    (f"{OPEN}=open", "基于2023年起开源的{D}，{S}也开源。"),
    (UNDER, "{S} is under {O}, while {D} has been under {C} since 2024."),
    (UNDER, "{S}采用{O}，{D}自2024年起采用{C}。"),
    (UNDER, "自2022年11月{D}发布以来，{S}采用{O}。"),
    (UNDER, "{S} uses {O} and has had users in Asia since 2023."),
    (WITH, "从2023年起，{O}首席执行官{S}开始写书。"),
    (WITH, "自2023年起在{C}工作的{S}曾任职于{O}。"),
    (WITH, "{S}曾任职于{O}，自2023年起担任{C}顾问。"),
    (WITH, "{S} of {O} has, since 2023, taught in Paris."),
    (WITH, "{D} was CEO of {O} until 2023; {S} is the CEO now."),
    (WITH, "{S} left {C} in 2021 and later went to {O}."),
    (WITH, "She joined {O} in May 2025 and reports to the CEO {S}."),
    (WITH, "她于2025年5月加入{O}，向首席执行官{S}汇报。"),
    (WITH, "她于2025年5月加入{O}后，{S}这样说。"),
    (WITH, "She joined {O} in May 2025, {S} said."),
    (POWER, "{S}由{O}驱动，自2023年起用户破亿。"),
    (POWER, "{S} runs on {O}. The company has hired since 2023."),
    (HOST, "{S}托管于{O}，训练始于2022年至2023年。"),
    # What is planned, or no date.
    (f"{OPEN}=open", "{S}将在2024年3月之前开源。"),
    (f"{OPEN}=open", "{S}计划自2024年3月起开源。"),
    (f"{OPEN}=open", "{S} will be open source from March 2024 on."),
    (f"{OPEN}=open", "{S} was open source until v1.5."),
    (f"{OPEN}=open", "{S} was open from 2048 to 4096 tokens."),
    (f"{OPEN}=open", "{S} has been open since it came out."),
    (f"{OPEN}=open", "截至2023年10月，{S}已开源。"),
    (f"{OPEN}=open", "As of May 2024, {S} is open."),
    (f"{OPEN}=open", "{S} was not open until March 2024."),
    (f"{OPEN}=open", "自1月起，{S}开源。"),
    (f"{OPEN}=open", "{S} was open from 2024 to 2022."),
    (f"{OPEN}=open", "{S} has been open since 2022, and open since 2023."),
    (f"{USE}=yes", "{S}可商用，2023年7月发布。"),
    (f"{USE}=yes", "{S} is free for commercial use; users since 2023 agree."),
    # Periods belong to what can change.
    (Predicate.DERIVED_FROM, "自2023年8月起，{S}基于{O}微调。"),
    (Predicate.SUCCEEDS, "{S} has been the successor of {O} since 2023."),
    (f"{Attribute.PARAMETERS}=7B", "自2023年起，{S}有7B参数。"),
    (f"{Attribute.RELEASE_DATE}=2023-07", "{S} has been out since July 2023."),
    (f"{STRATEGY}=open-then-closed", "{S}先开源后闭源，自2023年起。"),
]
PUBLISHED = {
    "自去年9月起": "2023-11-02",
    "最初开源，9月起": "2023-11-02",
    "since September.": "2023-11",
}


def published(marked: str) -> str | None:
    return next((date for words, date in PUBLISHED.items() if words in marked), None)


@pytest.mark.parametrize(("term", "marked", "period"), POSITIVE)
def test_a_period_is_read(term: str, marked: str, period: str) -> None:
    date = None if marked.startswith("2023年，") else published(marked)
    assert read(term, marked, date) == period


@pytest.mark.parametrize(("term", "marked"), NEGATIVE)
def test_no_period_is_read(term: str, marked: str) -> None:
    assert read(term, marked) == ""


def test_there_are_enough_cases_in_both_languages() -> None:
    for cases in (POSITIVE, NEGATIVE):
        chinese = sum(bool(re.search("[\u4e00-\u9fff]", case[1])) for case in cases)
        assert len(cases) >= 40
        assert min(chinese, len(cases) - chinese) >= 20


def test_a_year_in_doubt_gives_no_period() -> None:
    marked = "{S}最初开源，9月起闭源。"
    assert read(f"{OPEN}=closed", marked) == ""
    assert read(f"{OPEN}=closed", marked, "2024-03") == ""
    assert read(f"{OPEN}=closed", "2021年的事。" + marked, "2023-11") == ""
    assert read(f"{OPEN}=closed", "2022年的事。" + marked) == "2022-09.."


def test_only_the_evidence_is_read() -> None:
    text = "Foo-7B is open. Foo-7B has been open source since 2023."
    mentions = [Mention(at, at + 6, EntityType.MODEL, "S") for at in (0, 16)]
    sentences = [Sentence(0, 15, 0), Sentence(16, len(text), 0)]
    analysis = Analysis(text, "en", Structure(()), sentences=sentences, mentions=mentions)
    assert validity(analysis, "S", OPEN, Value("open"), 0, 15) == {}
    assert validity(analysis, "S", OPEN, Value("open"), 16, len(text)) == {"validFrom": "2023"}


WORDS = [
    "自",
    "2023年",
    "9月",
    "起",
    "开源",
    "闭源",
    "{S}",
    "{D}",
    "{O}",
    "采用",
    "改为",
    "，",
    "。",
]
WORDS += [
    "since ",
    "until ",
    "2023 ",
    "May ",
    "open ",
    "closed ",
    "was ",
    "from ",
    "to ",
    ", ",
    "(",
]


@given(
    st.lists(st.sampled_from(WORDS), max_size=20).map("".join),
    st.sampled_from([f"{OPEN}=open", f"{OPEN}=closed", f"{USE}=yes", UNDER, WITH, POWER]),
    st.sampled_from([None, "2023", "2023-11", "2023-11-02"]),
)
def test_whatever_is_read_is_a_period(marked: str, term: str, date: str | None) -> None:
    if "=" in term:
        marked = marked.replace("{O}", "{M}")
    since, _, until = read(term, marked, date).partition("..")
    for part in (since, until):
        assert re.fullmatch(r"(?:\d{4}(?:-\d\d){0,2})?", part)
    if since and until:
        assert since[: len(until)] <= until[: len(since)]


@given(st.text(max_size=60))
def test_periods_lie_in_the_text(text: str) -> None:
    found = find_periods(text.lower(), Calendar("2023-11"))
    for period in found:
        assert 0 <= period.start < period.end <= len(text.lower())
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))


def test_hostile_text_takes_little_time() -> None:
    for unit in ("自2023年", "since 2023 ", "{S}，", "(2019-", "原从改为", "open ", "May 2023,"):
        marked = unit * (390 // len(unit.replace("{S}", "Foo-7B")))
        for term in (f"{OPEN}=open", UNDER, WITH):
            takes_at_most(0.5, lambda marked=marked, term=term: read(term, marked + "since 2023"))
    long = "since 2023 open, " * 2_000
    grows_at_most(3, lambda: read(f"{OPEN}=open", long), lambda: read(f"{OPEN}=open", long * 2))


def test_most_texts_hold_no_hint() -> None:
    assert not hints_at_period("阿里云开源了Qwen-7B")
    assert not hints_at_period("Foo-7B is an open model with 7 billion parameters.")
    assert is_dated(UNDER, None)
    assert not is_dated(Predicate.DEVELOPED_BY, None)
