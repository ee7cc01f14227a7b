"""`completion`: the script that lets a shell complete commands, options and guards."""

from __future__ import annotations

import os

import click

from teli_iac.cli import terminal
from teli_iac.cli.command import Command

SHELLS = ("bash", "zsh", "fish")
VARIABLE = "_TELI_IAC_COMPLETE"
"""Set by the script when the shell asks; click names it after the program."""


def _shell_in_use() -> str:
    """The user's shell, as far as SHELL tells; bash when it is none that can be completed."""
    shell = os.environ.get("SHELL", "").rpartition("/")[2]
    return shell if shell in SHELLS else "bash"


@click.command(cls=Command)
@click.argument("shell", type=click.Choice(SHELLS), required=False, metavar="[bash|zsh|fish]")
def completion(shell: str | None) -> None:
    """Print a script that completes commands, options, guards and codes.

    Without an argument it is for the shell that SHELL names. The script asks
    teli-iac itself, so it needs no update. Writes nothing, connects nowhere.

    Install it for good:
      bash  echo 'eval "$(teli-iac completion bash)"' >> ~/.bashrc
      zsh   echo 'eval "$(teli-iac completion zsh)"' >> ~/.zshrc
      fish  teli-iac completion fish > ~/.config/fish/completions/teli-iac.fish

    Exit codes:
      0   printed
      64  there is no such shell
    """
    from click.shell_completion import ShellComplete, get_completion_class  # noqa: PLC0415  it imports much

    kind = get_completion_class(shell or _shell_in_use())
    if kind is None:
        raise click.UsageError("Shells are bash, zsh and fish.", click.get_current_context())
    root = click.get_current_context().find_root()
    # ShellComplete.source, since bash's own would start a bash to ask for its version.
    script = ShellComplete.source(kind(root.command, {}, root.info_name or "", VARIABLE))
    terminal.answer(script + "\n")
