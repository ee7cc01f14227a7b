"""A group of commands that imports a command's module only when that command is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


class Entry(NamedTuple):
    """Where a command lives, and its one line in the group's help."""

    module: str
    attribute: str
    line: str


class LazyGroup(click.Group):
    """Commands by section and name. Help and completion are told from the entries alone.

    Commands that are added as usual are hidden: they run, and are listed nowhere.
    """

    def __init__(self, *, sections: Mapping[str, Mapping[str, Entry]], **settings: Any) -> None:
        super().__init__(**settings)
        self.sections = sections
        self.entries = {name: entry for section in sections.values() for name, entry in section.items()}

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's signature
        """Every command, in the order of the help."""
        return [*self.entries]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  the same
        """The command of this name, imported now, or None."""
        entry = self.entries.get(cmd_name)
        if entry is None:
            return self.commands.get(cmd_name)
        command = getattr(import_module(entry.module), entry.attribute)
        if not isinstance(command, click.Command):
            raise TypeError(f"{entry.module}:{entry.attribute} is no command")
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command named by the first argument; a usage error with a suggestion when there is none."""
        name = args[0]
        known = {**self.entries, **self.commands}
        if name not in known and not name.startswith("-") and not ctx.resilient_parsing:
            raise click.UsageError(f'There is no command "{name}".{_suggestion(name, known)}', ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  the same
        """The commands with their lines, section by section."""
        for title, section in self.sections.items():
            with formatter.section(title):
                formatter.write_dl([(name, entry.line) for name, entry in section.items()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The commands that begin so, and the group's options."""
        from click.shell_completion import CompletionItem  # noqa: PLC0415  paid for only when a shell asks

        commands = [
            CompletionItem(name, help=entry.line)
            for name, entry in self.entries.items()
            if name.startswith(incomplete)
        ]
        return [*commands, *click.Command.shell_complete(self, ctx, incomplete)]


def _suggestion(name: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches  # noqa: PLC0415  paid for only when a name is off

    close = get_close_matches(name.casefold(), known, n=1)
    return f' Did you mean "{close[0]}"?' if close else ""
