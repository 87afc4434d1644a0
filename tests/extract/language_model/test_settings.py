"""Settings are checked, and the key is shown nowhere."""

import pytest

from modelkin.extract.errors import ExtractionError
from modelkin.extract.language_model import LanguageModel

GOOD = "http://127.0.0.1:8000/v1"


@pytest.mark.parametrize("url", [GOOD, "https://example.org/v1", "http://[::1]:8000/v1"])
def test_web_addresses_are_taken(url: str) -> None:
    assert LanguageModel(url, "org/model:7b").url == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.org/v1",
        "ftp://example.org/v1",
        "file:///etc/passwd",
        "http://",
        "http://example.org:port/v1",
        "http://example.org/v1 x",
        "http://example.org/\x1b[2J",
        "http://[::1/v1",
        "http://user:hunter2@example.org/v1",
        "ftp://user:hunter2@example.org/v1",
        "http://example.org/v1?key=hunter2",
        "http://example.org/v1#hunter2",
    ],
)
def test_other_addresses_are_refused_without_saying_a_password(url: str) -> None:
    with pytest.raises(ExtractionError) as caught:
        LanguageModel(url, "model")
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    "settings",
    [
        {"model": ""},
        {"model": "a b"},
        {"model": "x" * 200},
        {"model": "x\n"},
        {"timeout": 0},
        {"timeout": float("nan")},
        {"retries": -1},
        {"key": "hunter2 \n"},
        {"key": "hunter2é"},
    ],
)
def test_settings_that_cannot_work_are_refused(settings: dict) -> None:
    with pytest.raises(ExtractionError) as caught:
        LanguageModel(**({"url": GOOD, "model": "model"} | settings))
    assert "hunter2" not in str(caught.value)


def test_the_key_is_not_shown() -> None:
    assert "hunter2" not in repr(LanguageModel(GOOD, "model", key="hunter2"))
