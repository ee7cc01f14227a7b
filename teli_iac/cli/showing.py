"""`show`: a saved plan, for whoever is to approve it."""

from __future__ import annotations

import os

import click

from teli_iac import workflow
from teli_iac.cli import session, terminal
from teli_iac.cli.command import Command
from teli_iac.cli.options import file_of
from teli_iac.errors import ExitCode
from teli_iac.identity import utc_text
from teli_iac.render import FORMATS
from teli_iac.saved_plans import SavedPlan


@click.command(cls=Command)
@click.argument("planfile", type=click.Path())
@click.option(
    "--format",
    "form",
    type=click.Choice([*FORMATS]),
    metavar="FORMAT",
    default="text",
    show_default=True,
    help="text for people, json for machines.",
)
@click.option(
    "--require-signature",
    type=click.Path(),
    metavar="KEYFILE",
    help="Show it only if it is signed for this Ed25519 public key.",
)
def show(planfile: str, form: str, require_signature: str | None) -> ExitCode:
    """Show a saved plan as `teli-iac plan` showed it.

    Works from the file alone: no manifests, no ledger, no key, no network. What
    is true by now, `teli-iac apply PLANFILE` finds out before it does anything.

    Exit codes:
      0   shown
      1   the file is no saved plan
      3   it was edited, is not signed as required, or another release made it
      64  the command line is off

    Examples:
      teli-iac show saved.plan
      teli-iac show saved.plan --format json

    """
    file = file_of(planfile)
    if file is None:
        raise AssertionError("click gives every argument")
    saved = workflow.read_plan(file, file_of(require_signature))
    colour = terminal.answers_in_colour(session.current(), os.environ)
    terminal.answer(FORMATS[form](saved.plan, saved.refusals, colour=colour, width=terminal.width()))
    if form == "text":
        terminal.answer(_closing(saved))
    return ExitCode.DONE


def _closing(saved: SavedPlan) -> str:
    allowed = ", ".join(f"{guard}={count}" for guard, count in sorted(saved.allowed.items()))
    consents = f" It allows {allowed}." if allowed else ""
    return (
        f"\nSaved {utc_text(saved.made_at)}, to be applied before {utc_text(saved.expires_at)}.{consents}\n"
    )
