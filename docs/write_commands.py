"""Write docs/commands.md, the reference of commands: `python -m docs.write_commands`.

It is what `--help` prints, so the two cannot disagree; a test holds the file to it.
"""  # noqa: INP001  docs/ is a folder of pages, not a package; this one module is run, never imported by ours

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from teli_iac.cli.program import NAME, program

PAGE = Path(__file__).with_name("commands.md")

_WIDTH = 80
_HEAD = """\
# Commands

What `teli-iac COMMAND --help` prints, written by `python -m docs.write_commands`.
"""


def page() -> str:
    """The whole page: a section for the program and one for each command."""
    root = click.Context(program, info_name=NAME, terminal_width=_WIDTH, **program.context_settings)
    sections = [
        f"## {context.command_path}\n\n```text\n{context.get_help()}\n```\n" for context in _walk(root)
    ]
    return "\n".join([_HEAD, *sections])


def _walk(context: click.Context) -> Iterator[click.Context]:
    """The command and those below it, in the order of the help; hidden ones are left out."""
    yield context
    group = context.command
    if not isinstance(group, click.Group):
        return
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is not None and not command.hidden:
            yield from _walk(click.Context(command, context, name, terminal_width=_WIDTH))


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
