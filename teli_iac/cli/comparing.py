"""`diff`: what a change to the manifests means, without Teli and without a key."""

from __future__ import annotations

import os
from collections.abc import Sequence

import click

from teli_iac import workflow
from teli_iac.cli import session, terminal
from teli_iac.cli.command import Command
from teli_iac.cli.options import format_option, invocation, paths_argument
from teli_iac.errors import ExitCode
from teli_iac.model.comparison import Comparison
from teli_iac.render.comparison import render_comparison
from teli_iac.render.comparison_json import render_comparison_json
from teli_iac.render.comparison_markdown import render_comparison_markdown


@click.command(cls=Command)
@click.argument("rev")
@paths_argument
@format_option(("text", "json", "markdown"), "text for people, json for machines, markdown for comments.")
@click.option("--detailed-exitcode", is_flag=True, help="Exit 2 instead of 0 when something differs.")
def diff(rev: str, paths: Sequence[str], form: str, *, detailed_exitcode: bool) -> ExitCode:
    """Show what the working tree changes since the git revision REV.

    Tells campaigns that came, went or changed, by how many people they differ,
    which settings, and which campaigns a changed pool or policy reaches; and
    what an apply would make of each, as far as manifests alone can tell; and how
    many people two campaigns would call, before and after.

    Wants no key and asks neither Teli nor the ledger, so that the pull request
    of a fork may run it: nothing of the repository is executed, nothing is
    fetched, nothing is written. No phone number of a person is shown.

    Exit codes:
      0   compared; with --detailed-exitcode: nothing differs
      1   there are problems in the manifests of either, as REV:file:line
      2   something differs (only with --detailed-exitcode)
      64  the command line is off, or there is no such revision

    Examples:
      teli-iac diff main
      teli-iac diff HEAD~3 campaigns/fall.yaml --detailed-exitcode
      teli-iac diff origin/main --format markdown > comment.md

    """
    comparison = workflow.compare(invocation(paths), rev)
    terminal.answer(_told(comparison, form))
    return ExitCode.CHANGES if detailed_exitcode and comparison.differs else ExitCode.DONE


def _told(comparison: Comparison, form: str) -> str:
    if form == "json":
        return render_comparison_json(comparison)
    if form == "markdown":
        return render_comparison_markdown(comparison)
    colour = terminal.answers_in_colour(session.current(), os.environ)
    return render_comparison(comparison, colour=colour, width=terminal.width())
