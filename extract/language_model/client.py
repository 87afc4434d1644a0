"""Asks a language model over the OpenAI-compatible chat API."""

import json
import logging
import time
from collections.abc import Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from ..errors import ExtractionError
from .prompt import response_schema
from .settings import KEY_VARIABLE, LanguageModel

if TYPE_CHECKING:
    from openai import APIStatusError, OpenAI

__all__ = ["LARGEST", "Chat"]

LARGEST = 1_000_000
"""The most bytes of one answer."""

_LOG = logging.getLogger(__name__)
_LONGEST_ANSWER = 8_192  # tokens
_LONGEST_MESSAGE = 300
_SCHEMA = "response_format"
# What some servers do not take, and what asking goes without once a server has said so.
_OPTIONAL = (_SCHEMA, "max_tokens", "seed", "temperature")
_REFUSED = (400, 422)


class Chat:
    """A language model that can be asked; threads may share it.

    Parameters
    ----------
    settings : LanguageModel

    Raises
    ------
    ExtractionError
        When the ``openai`` package is not installed.
    """

    def __init__(self, settings: LanguageModel) -> None:
        self._settings = settings
        self._client = _client(settings)
        self._options: dict[str, Any] = {
            "temperature": 0,
            "seed": 0,
            "max_tokens": _LONGEST_ANSWER,
            _SCHEMA: {
                "type": "json_schema",
                "json_schema": {
                    "name": "extraction",
                    "strict": True,
                    "schema": response_schema(),
                },
            },
        }

    def ask(self, messages: Sequence[dict[str, str]]) -> str:
        """Give the answer's words; what the server refuses to be told is left out.

        Raises
        ------
        ExtractionError
            When the server cannot be reached, refuses, or answers with no words.
        """
        import openai

        for _ in range(len(_OPTIONAL) + 1):
            options = dict(self._options)
            try:
                return _words(self._post(messages, options))
            except openai.APITimeoutError as error:
                raise self._failure(
                    f"gave no answer in {self._settings.timeout:g} seconds",
                    "wait longer with --llm-timeout",
                ) from error
            except openai.APIConnectionError as error:
                reason = error.__cause__ or error
                raise self._failure(
                    f"cannot be reached: {reason}", "check the address, and that the server runs"
                ) from error
            except openai.APIStatusError as error:
                refused = _refused(error, options)
                if refused is None:
                    raise self._refusal(error) from error
                _LOG.info("the language model takes no %s: asking without", refused)
                self._options = {k: v for k, v in self._options.items() if k != refused}
        raise self._failure("refuses every form of the question", "try another server")

    def close(self) -> None:
        """Close the connections to the server."""
        self._client.close()

    def _post(self, messages: Sequence[dict[str, str]], options: dict[str, Any]) -> bytes:
        """Send the question; give the body of the answer, which may not grow without end."""
        from openai import Omit

        completions: Any = self._client.chat.completions
        with completions.with_streaming_response.create(
            model=self._settings.model,
            messages=list(messages),
            extra_headers={} if self._settings.key else {"Authorization": Omit()},
            **options,
        ) as response:
            # The client waits this long for each piece: a server that trickles would never end.
            deadline = time.monotonic() + self._settings.timeout
            body = bytearray()
            try:
                for piece in response.iter_bytes():
                    body += piece
                    if len(body) > LARGEST or time.monotonic() > deadline:
                        break
            except Exception as error:
                # The errors of the transport below the client, which does not wrap them here.
                raise self._failure(
                    f"broke off its answer: {type(error).__name__}",
                    "try again, or wait longer with --llm-timeout",
                ) from error
        if len(body) > LARGEST:
            raise self._failure(f"answers with more than {LARGEST} bytes", "try another model")
        if time.monotonic() > deadline:
            raise self._failure(
                f"was not done in {self._settings.timeout:g} seconds",
                "wait longer with --llm-timeout",
            )
        return bytes(body)

    def _refusal(self, error: "APIStatusError") -> ExtractionError:
        status = error.status_code
        said = self._settings.key and error.message.replace(self._settings.key, "…")
        said = " ".join((said or error.message).split())[:_LONGEST_MESSAGE]
        hint = {
            401: f"check the key in {KEY_VARIABLE}",
            403: f"check the key in {KEY_VARIABLE}, and that it may use the model",
            404: "check --llm-url, which ends in the version (…/v1), and --llm-model",
            413: "try a model that reads longer texts",
            429: "try again later, or with fewer --jobs",
        }.get(status, "try again later" if status >= 500 else "see the server's documentation")
        if 300 <= status < 400:
            hint = "give the address that it leads to: it is not followed"
        return self._failure(f"answers with status {status}: {said}", hint)

    def _failure(self, what: str, hint: str) -> ExtractionError:
        name = f"the language model {self._settings.model} at {self._settings.url}"
        return ExtractionError(f"{name} {what}", hint=hint)


def _client(settings: LanguageModel) -> "OpenAI":
    if find_spec("openai") is None:
        raise ExtractionError(
            "a language model needs the package 'openai', which is not installed",
            hint="python -m pip install 'modelkin[llm]'",
        )
    from openai import DefaultHttpxClient, Omit, OpenAI

    # The client would send what its own variables hold, which are meant for another server.
    headers: dict[str, Any] = {"OpenAI-Organization": Omit(), "OpenAI-Project": Omit()}
    return OpenAI(
        base_url=settings.url,
        api_key=settings.key or "none",
        timeout=settings.timeout,
        max_retries=settings.retries,
        default_headers=headers,
        # Text goes where the user said and not where a server leads it.
        http_client=DefaultHttpxClient(follow_redirects=False, timeout=settings.timeout),
    )


def _refused(error: "APIStatusError", options: dict[str, Any]) -> str | None:
    """Give the option that the server refuses: the one that it names, else the schema."""
    if error.status_code not in _REFUSED:
        return None
    said = error.message
    named = next((option for option in _OPTIONAL if option in said and option in options), None)
    return named or (_SCHEMA if _SCHEMA in options else None)


def _words(body: bytes) -> str:
    """Give the words of an answer; nothing where it was cut off before it had any.

    Raises
    ------
    ExtractionError
        When it is none.
    """
    try:
        answer = json.loads(body)
        message = answer["choices"][0]["message"]
        content = message.get("content")
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise ExtractionError(
            "what answers is no chat API: its answer holds no message",
            hint="check --llm-url, which ends in the version (…/v1)",
        ) from error
    if isinstance(message.get("refusal"), str) and not content:
        raise ExtractionError(
            "the language model declines to read the text", hint="try another model"
        )
    # Half a pair of surrogates, which JSON can hold, can be sent to nobody.
    return content.encode("utf-8", "replace").decode() if isinstance(content, str) else ""
