"""The group: help, version, completion, configuration, lazy imports."""

import json
import subprocess
import sys
from importlib import util
from pathlib import Path

import pytest

from modelkin import __version__
from modelkin.cli.group import COMMANDS
from modelkin.cli.output import printable

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_examples(run, command):
    out = run(command, "--help").ok()
    assert "Examples:" in out
    assert f"modelkin {command}" in out


def test_help_lists_every_command_and_the_exit_codes(run):
    out = run("--help").ok()
    assert all(f"\n  {command} " in out for command in COMMANDS)
    assert "Exit codes:" in out


def test_version(run):
    assert run("--version").ok().strip() == f"modelkin, version {__version__}"


def test_the_command_line_loads_nothing_heavy():
    code = (
        "import sys, modelkin.cli, importlib\n"
        "from modelkin.cli.group import COMMANDS, module_of\n"
        "for name in COMMANDS: importlib.import_module(f'modelkin.cli.{module_of(name)}')\n"
        "heavy = {'spacy', 'rdflib', 'neo4j', 'kglite', 'networkx', 'rich', 'numpy', 'pypdf'}\n"
        "heavy |= {'openai'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("command", ("lineage", "show", "why", "search", "documents", "stats"))
def test_reading_commands_load_no_engine(sample_store, command):
    arguments = {
        "lineage": ["Llama 2"],
        "show": ["Llama 2", "--brief"],
        "why": ["Stable Beluga 2", "derivedFrom", "Llama 2"],
        "search": ["Llama"],
    }.get(command, [])
    code = (
        "import sys\n"
        "from modelkin.cli import modelkin\n"
        f"modelkin(['--store', {str(sample_store)!r}, {command!r}, *{arguments!r}], "
        "standalone_mode=False)\n"
        "heavy = {'spacy', 'rdflib', 'neo4j', 'kglite', 'networkx', 'numpy'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.stderr.strip().endswith("[]"), done.stderr


@pytest.mark.parametrize("shell", ("bash", "zsh", "fish"))
def test_completion_script(run, shell):
    assert "_MODELKIN_COMPLETE" in run("completion", shell).ok()


def test_completion_completes(run):
    out = run(COMP_WORDS="modelkin lin", COMP_CWORD="1", _MODELKIN_COMPLETE="bash_complete").ok()
    assert "lineage" in out


def test_an_unknown_command_gets_the_nearest(run):
    result = run("lineag", "x")
    assert result.code == 2
    assert "Did you mean lineage" in result.err


def test_configuration_order_is_option_environment_file(run, tmp_path):
    (tmp_path / "modelkin.toml").write_text('store = "from-file.db"\n', encoding="utf-8")
    assert "from-file.db" in run("stats").err
    assert "from-environment.db" in run("stats", MODELKIN_STORE="from-environment.db").err
    result = run("--store", "option.db", "stats", MODELKIN_STORE="from-environment.db")
    assert "option.db" in result.err
    assert "after.db" in run("--store", "option.db", "stats", "--store", "after.db").err


def test_a_broken_configuration_is_named(run, tmp_path):
    (tmp_path / "modelkin.toml").write_text("store = [", encoding="utf-8")
    result = run("stats")
    assert result.code == 2
    assert "modelkin.toml" in result.err
    assert "Traceback" not in result.err


def test_a_missing_store_is_an_error_with_a_next_step_and_makes_no_file(run, tmp_path):
    for command in (["stats"], ["show", "Llama 2"], ["query", "RETURN 1"], ["search", "x"]):
        result = run(*command)
        assert result.code == 4, command
        assert "modelkin.db" in result.err
        assert "next:" in result.err
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_kind_of_store_is_named(run):
    result = run("--store", "bolt://127.0.0.1:1", "stats")
    assert result.code == 4
    assert "bolt" in result.err


def test_the_reference_is_the_commands_own_help():
    location = ROOT / "docs" / "write_cli.py"
    spec = util.spec_from_file_location("write_cli", location)
    assert spec is not None
    assert spec.loader is not None
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert (ROOT / "docs" / "cli.md").read_text(encoding="utf-8") == module.reference()


def test_printable_shows_what_would_act():
    assert printable("a\x1b[31mb\u202ec\nd") == "a\\x1b[31mb\\u202ec\\nd"
    assert printable("通义千问 · é 🤖") == "通义千问 · é 🤖"


def test_output_is_utf8_in_any_locale(ask):
    out = ask("search", "百川", "--format", "jsonl", LC_ALL="C", PYTHONIOENCODING="ascii").ok()
    assert any("百川" in json.loads(line)["text"] for line in out.splitlines())
