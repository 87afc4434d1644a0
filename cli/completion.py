"""``modelkin completion``: the script that completes commands and options in a shell."""

import click
from click.shell_completion import get_completion_class

__all__ = ["command"]


@click.command("completion")
@click.argument("shell", type=click.Choice(("bash", "zsh", "fish")))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print the completion script for a shell.

    \b
    Examples:
      modelkin completion bash > ~/.local/share/bash-completion/completions/modelkin
      modelkin completion zsh > ~/.zfunc/_modelkin
      modelkin completion fish > ~/.config/fish/completions/modelkin.fish
    """
    found = get_completion_class(shell)
    root = ctx.find_root()
    assert found is not None
    click.echo(found(root.command, {}, "modelkin", "_MODELKIN_COMPLETE").source())
