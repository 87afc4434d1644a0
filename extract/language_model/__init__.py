"""The optional extractor: a language model behind an OpenAI-compatible address.

What it answers is believed only as far as the text shows it: every name and every quote is looked
up in the text, and what is not there is rejected. Nothing here is imported unless it is asked for.
"""

from .extractor import CONFIDENCE, LanguageModelExtractor
from .settings import KEY_VARIABLE, LanguageModel

__all__ = ["CONFIDENCE", "KEY_VARIABLE", "LanguageModel", "LanguageModelExtractor"]
