"""Which language model to ask, and how."""

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from ..errors import ExtractionError

__all__ = ["KEY_VARIABLE", "LanguageModel"]

KEY_VARIABLE = "MODELKIN_LLM_KEY"
"""The environment variable that holds the key; no option does, since other users see options."""

_MODEL = re.compile(r"[\w.:/@+-]{1,120}")
_KEY = re.compile(r"[\x21-\x7e]*")


@dataclass(frozen=True, slots=True)
class LanguageModel:
    """A language model behind an OpenAI-compatible address.

    Parameters
    ----------
    url : str
        The address up to the version: ``http://127.0.0.1:8000/v1``.
    model : str
        The name that the server knows it by.
    key : str
        Empty where the server asks for none. It is sent to the server and shown nowhere.
    timeout : float
        Seconds that one request may take.
    retries : int
        How often a request that failed for a passing reason is sent again.

    Raises
    ------
    ExtractionError
        When one of them cannot be used.

    Examples
    --------
    >>> LanguageModel("http://127.0.0.1:8000/v1", "qwen", key="secret")
    LanguageModel(url='http://127.0.0.1:8000/v1', model='qwen', timeout=120.0, retries=2)
    """

    url: str
    model: str
    key: str = field(default="", repr=False)
    timeout: float = 120.0
    retries: int = 2

    def __post_init__(self) -> None:
        _check_address(self.url)
        if not _MODEL.fullmatch(self.model):
            raise ExtractionError(
                f"no name of a language model: {self.model!r}",
                hint="letters, digits and . : / @ + - _, at most 120 of them",
            )
        if not _KEY.fullmatch(self.key):
            # The key itself is not said: messages end up in logs.
            raise ExtractionError(
                f"the key in {KEY_VARIABLE} holds blanks or characters that no key holds",
                hint="set it again, without quotation marks or line ends",
            )
        if not 0 < self.timeout <= 3600 or not 0 <= self.retries <= 10:
            raise ExtractionError(
                f"cannot wait {self.timeout:g} seconds and try {self.retries} times more",
                hint="up to 3600 seconds, 0 to 10 retries",
            )


def _check_address(url: str) -> None:
    hint = "give it as http://127.0.0.1:8000/v1 or https://example.org/v1"
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host, parts = None, urlsplit("")
    if parts.scheme not in ("http", "https") or not host or not url.isprintable() or " " in url:
        # Cut at a sign that may stand behind a password.
        raise ExtractionError(
            f"no web address of a language model: {url.rpartition('@')[2]!r}", hint=hint
        )
    if parts.username is not None or parts.query or parts.fragment:
        raise ExtractionError(
            f"the address of the language model on {host} holds more than an address",
            hint=f"{hint}; a key goes into {KEY_VARIABLE}",
        )
