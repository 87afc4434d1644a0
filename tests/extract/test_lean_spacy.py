"""spaCy without its command line is still spaCy, for those who use it beside modelkin."""

import subprocess
import sys

import pytest

LEAN = "from modelkin.extract.lean_spacy import import_spacy\nimport_spacy()\n"


def run(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_the_command_line_is_not_loaded() -> None:
    code = """
import sys
from modelkin.extract.pipeline import SpacyExtractor
from modelkin.ontology.document import Document
[extraction] = SpacyExtractor().pipe([Document.of("Meta released Llama 2.", lang="en")])
assert extraction.entities
print([name for name in sys.modules if name.split(".")[0] in ("typer", "requests", "weasel")])
print([name for name in sys.modules if name.startswith("spacy.cli")])
"""
    assert run(code) == "[]\n[]"


@pytest.mark.parametrize(
    "use",
    [
        "import spacy.cli\nassert spacy.cli.download.__module__ == 'spacy.cli.download'",
        "from spacy.cli import download, info\nassert info(silent=True)['spacy_version']",
        "from spacy.cli.info import info\nassert info.__module__ == 'spacy.cli.info'",
        "import spacy\nassert spacy.info(silent=True)['spacy_version'] == spacy.__version__",
        "import spacy\nassert spacy.cli.app.info.name\nassert not hasattr(spacy.cli, 'no_such')",
    ],
)
def test_what_is_asked_for_later_is_there(use: str) -> None:
    run(LEAN + use)


def test_another_layout_of_spacy_is_imported_whole() -> None:
    code = """
from modelkin.extract import lean_spacy
lean_spacy._INFO = "spacy.cli.elsewhere"
lean_spacy.import_spacy()
import sys, spacy
assert "spacy.cli.elsewhere" not in sys.modules
print(spacy.info.__module__, spacy.cli.__name__, spacy.blank("xx").lang)
"""
    assert run(code) == "spacy.cli.info spacy.cli xx"


def test_spacy_that_is_there_is_left_alone() -> None:
    code = """
import spacy
before = dict(vars(spacy))
spacy.blank('xx').add_pipe('modelkin_structure')
assert dict(vars(spacy)) == before
print(spacy.info.__module__)
"""
    assert run(code) == "spacy.cli.info"


def test_the_collector_is_left_as_it_was() -> None:
    assert run(f"import gc\ngc.disable()\n{LEAN}print(gc.isenabled())") == "False"
    assert run(f"import gc\n{LEAN}print(gc.isenabled())") == "True"


def test_spacy_s_own_command_runs() -> None:
    assert "spaCy version" in run(
        "import runpy, sys\nsys.argv = ['spacy', 'info']\n"
        "runpy.run_module('spacy', run_name='__main__')"
    )
