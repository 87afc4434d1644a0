"""Writes ``docs/cli.md`` from the commands' own help: ``python docs/write_cli.py [--check]``."""

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from modelkin.cli import modelkin

TARGET = Path(__file__).parent / "cli.md"
OPENING = """# Command line

Written from the commands' own `--help` by `make docs`; a test fails when it differs.
"""


def reference() -> str:
    """Give the reference: the group's help, then each command's."""
    parts = [OPENING]
    names = modelkin.context_settings["help_option_names"]
    group = click.Context(
        modelkin, info_name="modelkin", terminal_width=88, help_option_names=names
    )
    parts.append(f"```text\n{modelkin.get_help(group)}\n```\n")
    parts += _commands(modelkin, group)
    return "\n".join(parts)


def _commands(group: click.Group, parent: click.Context) -> Iterator[str]:
    """Give the help of each command of a group, and of the groups among them."""
    for name in group.list_commands(parent):
        command = group.get_command(parent, name)
        assert command is not None
        context = click.Context(command, info_name=name, parent=parent, terminal_width=88)
        yield f"## {context.command_path}\n\n```text\n{command.get_help(context)}\n```\n"
        if isinstance(command, click.Group):
            yield from _commands(command, context)


if __name__ == "__main__":
    text = reference()
    if "--check" in sys.argv[1:]:
        sys.exit(TARGET.read_text(encoding="utf-8") != text)
    TARGET.write_text(text, encoding="utf-8")
