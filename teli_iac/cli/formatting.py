"""`fmt`: manifests written in their one form."""

from __future__ import annotations

import os
from collections.abc import Sequence

import click

from teli_iac.cli import session, terminal
from teli_iac.cli.command import Command
from teli_iac.cli.options import invocation, paths_argument
from teli_iac.errors import ExitCode, InvalidManifests, Problem
from teli_iac.manifests import read_yaml
from teli_iac.manifests.excerpts import shown_lines
from teli_iac.manifests.formatting import Formatted, format_files, format_input, write_formatted
from teli_iac.render import for_terminal, render_text_diff
from teli_iac.settings import Invocation

_INPUT = "-"


@click.command(cls=Command)
@paths_argument
@click.option("--check", is_flag=True, help="Write nothing; exit 1 when a file would change.")
@click.option("--diff", "show", is_flag=True, help="Write nothing; show what would change.")
def fmt(paths: Sequence[str], *, check: bool, show: bool) -> ExitCode:
    """Format the manifests under PATHS, without changing what they say.

    Keys come in the order of the schema, with two spaces a level; what other
    YAML readers would misread (off, 2026-12-01) gets quotes; brackets stay on
    one line of up to 110 columns, or get a line for each entry. Comments stay
    and move with the line they stand above or beside.

    The values are compared before anything is written, so no plan and no
    campaign id changes. Files with problems are never touched. `-` reads
    standard input and prints the result. --diff masks people and numbers.

    Exit codes:
      0   formatted, or nothing to format
      1   a file has problems; or, with --check, would change
      64  the command line is off

    Examples:
      teli-iac fmt
      teli-iac fmt --check --diff
      teli-iac fmt - < campaigns/fall.yaml

    """
    asked = invocation(paths)
    if _INPUT in asked.paths:
        if len(asked.paths) > 1:
            raise click.UsageError("`-` is formatted alone: name no other path.", click.get_current_context())
        return _filter(format_input(asked.read_input()), check=check, show=show)
    return _files(asked, check=check, show=show)


def _filter(formatted: Formatted, *, check: bool, show: bool) -> ExitCode:
    """From standard input to standard output."""
    if formatted.problems:
        raise InvalidManifests(formatted.problems)
    if show:
        terminal.answer(_difference(formatted))
    elif not check:
        terminal.answer(formatted.after)
    return ExitCode.ERROR if check and formatted.differs else ExitCode.DONE


def _files(asked: Invocation, *, check: bool, show: bool) -> ExitCode:
    each, faults = format_files(asked.paths, asked.cwd, asked.project_file)
    problems: list[Problem] = [*faults]
    changed = seen = 0
    for formatted in each:
        seen += 1
        problems += formatted.problems
        if formatted.differs:
            changed += 1
            terminal.answer(_told(formatted, check=check, show=show))
            if not (check or show):
                write_formatted(formatted)
    if problems:
        raise InvalidManifests(tuple(problems))
    terminal.talk(_sum(changed, seen, written=not (check or show)))
    return ExitCode.ERROR if check and changed else ExitCode.DONE


def _told(formatted: Formatted, *, check: bool, show: bool) -> str:
    if show:
        return _difference(formatted)
    return f"{'Would format' if check else 'Formatted'} {for_terminal(formatted.name)}\n"


def _difference(formatted: Formatted) -> str:
    before, after = shown_lines(formatted.before), shown_lines(read_yaml(formatted.after.encode()))
    colour = terminal.answers_in_colour(session.current(), os.environ)
    return render_text_diff(formatted.name, before, after, colour=colour)


def _sum(changed: int, seen: int, *, written: bool) -> str:
    files = f"{seen:,} {'file' if seen == 1 else 'files'}"
    if not changed:
        return f"{files}: nothing to format.\n"
    return f"{changed:,} of {files} {'formatted' if written else 'would be formatted'}.\n"
