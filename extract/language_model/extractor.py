"""The extractor that asks a language model."""

import hashlib
import json
import logging
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from threading import Lock

from ... import ModelKinError, __version__
from ...ontology.claim import Extraction
from ...ontology.document import Document
from ...seeds import version as seeds_version
from ..errors import ExtractionError, title_of
from .answer import Answer, MalformedAnswerError, Reject, read_answer
from .chunks import LONGEST, OVERLAP, chunks
from .client import Chat
from .ground import Ground
from .grounding import grounded
from .prompt import messages, repair, response_schema, system_prompt
from .settings import LanguageModel

__all__ = ["CONFIDENCE", "LanguageModelExtractor"]

CONFIDENCE = 0.45
"""What every claim of a language model gets: nobody measured it, so less than any rule has."""

_LOG = logging.getLogger(__name__)
_LONGEST_ECHO = 20_000
_LONGEST_ITEM = 300


@cache
def _digest() -> str:
    """Give a digest of all but the model that decides what is claimed of a document."""
    schema = json.dumps(response_schema(), sort_keys=True)
    parts = [__version__, seeds_version(), system_prompt(), schema, str((LONGEST, OVERLAP))]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:8]


class LanguageModelExtractor:
    """Reads claims out of documents with a language model, and believes what the text shows.

    Threads may share it. The text of each document goes to the address of the settings, and
    nowhere else. Close it when the last document is done.

    Parameters
    ----------
    settings : LanguageModel

    Attributes
    ----------
    rejected : Counter of str
        How many items of answers were rejected, by reason; each is logged too.

    Raises
    ------
    ExtractionError
        When the ``openai`` package is not installed.
    """

    def __init__(self, settings: LanguageModel) -> None:
        self._model = settings.model
        self._chat = Chat(settings)
        self._lock = Lock()
        self.rejected: Counter[str] = Counter()

    @property
    def version(self) -> str:
        """The model's name and a digest of the prompt, the schema and the curated names."""
        return f"{self._model}-{_digest()}"

    def pipe(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        """Give one extraction a document, in order.

        Raises
        ------
        ExtractionError
            When the model cannot be asked or its answer cannot be read; names the document.
        """
        for document in documents:
            try:
                yield self._extract(document)
            except ModelKinError as error:
                raise ExtractionError(
                    f"{title_of(document)}: {error.message}", hint=error.hint
                ) from error

    def close(self) -> None:
        """Close the connections to the server; the extractor is done."""
        self._chat.close()

    def _extract(self, document: Document) -> Extraction:
        ground = Ground(document)
        asked = ((chunk, ground.words(chunk)) for chunk in chunks(ground.analysis.sentences))
        answers = [
            (chunk, self._answer(document, words))
            for chunk, words in asked
            if any(c.isalpha() for c in words)
        ]
        return grounded(
            ground,
            answers,
            extractor=f"llm@{self.version}",
            confidence=CONFIDENCE,
            reject=self._reject,
        )

    def _answer(self, document: Document, words: str) -> Answer:
        """Ask about one piece; once more when the answer cannot be read."""
        asked = messages(document, words)
        content = self._chat.ask(asked)
        reject: Reject = self._reject
        try:
            return read_answer(content, reject)
        except MalformedAnswerError as error:
            _LOG.info("asking again, since an answer cannot be read: %s", error)
            again = repair(asked, content[:_LONGEST_ECHO], str(error))
        try:
            return read_answer(self._chat.ask(again), reject)
        except MalformedAnswerError as error:
            raise ExtractionError(
                f"the language model {self._model} gave no answer that can be read: {error}",
                hint="try a larger model, or one that writes longer answers",
            ) from error

    def _reject(self, reason: str, item: object) -> None:
        with self._lock:
            self.rejected[reason] += 1
        _LOG.info("rejected %s: %s", reason, repr(item)[:_LONGEST_ITEM])
