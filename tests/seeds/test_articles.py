"""The sample articles read like articles and name what they speak of."""

import datetime
import re

import pytest
import yaml

from modelkin import seeds
from modelkin.ontology.terms import EntityType

ARTICLES = seeds.articles()
HAN = re.compile(r"[一-鿿]")
WORD = re.compile(r"[A-Za-z0-9][\w.'-]*")


def read(article):
    _, front_matter, body = article.read_text(encoding="utf-8").split("---\n", 2)
    return yaml.safe_load(front_matter), body


def test_there_are_four_of_each_language_in_order():
    names = [article.name for article in ARTICLES]
    assert names == sorted(names)
    languages = [read(article)[0]["lang"] for article in ARTICLES]
    assert languages.count("zh") == languages.count("en") == 4


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.name)
def test_front_matter_and_length(article):
    front_matter, body = read(article)
    assert set(front_matter) == {"title", "date", "lang"}
    assert isinstance(front_matter["date"], datetime.date)
    assert article.name.startswith(front_matter["lang"])
    assert f"# {front_matter['title']}\n" in body
    words = len(WORD.findall(body))
    if front_matter["lang"] == "zh":
        assert 500 <= len(HAN.findall(body)) + words <= 1200
    else:
        assert 300 <= words <= 800
        assert not HAN.search(body)


def test_they_hold_a_table_and_a_list_in_each_language():
    for lang in ("zh", "en"):
        bodies = "".join(read(a)[1] for a in ARTICLES if read(a)[0]["lang"] == lang)
        assert "\n| " in bodies
        assert re.search(r"\n(?:- |1\. )", bodies)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_stable_beluga_story_is_told_in_both_languages(lang):
    (article,) = [a for a in ARTICLES if a.name == f"{lang}-llama-stable-beluga.md"]
    _, body = read(article)
    for name in ("LLaMA 65B", "Llama 2 70B", "Stable Beluga 1", "Stable Beluga 2", "FreeWilly1"):
        assert seeds.resolve(name, EntityType.MODEL) is not None
        assert name in body
    assert "Stability AI" in body
    assert "Stable Chat" in body
