"""Components of the spaCy pipeline, one a file."""

from ..lean_spacy import import_spacy

__all__: list[str] = []

import_spacy()  # before any module of this folder imports spaCy whole
