"""Every command there is, and its help as it is shown in 80 columns."""

from collections.abc import Iterator

import click

from teli_iac.cli.program import NAME, program


def _walk(group: click.Group, words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    context = click.Context(group)
    for name in {*group.list_commands(context), *group.commands}:
        command = group.get_command(context, name)
        assert command is not None
        yield (*words, name)
        if isinstance(command, click.Group):
            yield from _walk(command, (*words, name))


LISTED = [(), *sorted(_walk(program, ()))]


def help_of(words: tuple[str, ...]) -> str:
    """The help of the command of these words."""
    context = click.Context(program, info_name=NAME, terminal_width=80, **program.context_settings)
    command: click.Command = program
    for word in words:
        assert isinstance(command, click.Group)
        found = command.get_command(context, word)
        assert found is not None
        command = found
        context = click.Context(command, context, word, terminal_width=80)
    return command.get_help(context)
