"""The command line: one command a file, loaded when it is asked for.

All configuration lives here: an option comes before the environment (``MODELKIN_*``), which
comes before ``modelkin.toml`` in the working folder.
"""

from .group import modelkin

__all__ = ["main", "modelkin"]


def main() -> None:
    """Run the command line and leave with its exit code."""
    modelkin(prog_name="modelkin", auto_envvar_prefix="MODELKIN")
