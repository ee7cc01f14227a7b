"""`show`: a saved plan, for whoever is to approve it."""

from __future__ import annotations

from collections.abc import Sequence

import click

from teli_iac import workflow
from teli_iac.cli import terminal
from teli_iac.cli.command import Command
from teli_iac.cli.options import file_of, format_option, invocation
from teli_iac.cli.outputs import (
    EXPLAINED,
    PLAN_FORMATS,
    detail_option,
    markdown_option,
    outputs_of,
    write_option,
)
from teli_iac.errors import ExitCode
from teli_iac.identity import utc_text
from teli_iac.saved_plans import SavedPlan


@click.command(cls=Command)
@click.argument("planfile", type=click.Path())
@format_option(PLAN_FORMATS, EXPLAINED)
@write_option(PLAN_FORMATS)
@markdown_option
@detail_option
@click.option(
    "--require-signature",
    type=click.Path(),
    metavar="KEYFILE",
    help="Show it only if it is signed for this Ed25519 public key.",
)
def show(  # noqa: PLR0913, PLR0917  click gives every flag by name
    planfile: str,
    form: str,
    writes: Sequence[tuple[str, str]],
    markdown_bytes: int,
    detail: str | None,
    require_signature: str | None,
) -> ExitCode:
    """Show a saved plan as `teli-iac plan` showed it.

    Works from the file alone: no manifests, no ledger, no key, no network. What
    is true by now, `teli-iac apply PLANFILE` finds out before it does anything.
    Annotations name files from the folder of the Project: be in it, or name it
    by -C.

    Exit codes:
      0   shown
      1   the file is no saved plan
      3   it was edited, is not signed as required, or another release made it
      64  the command line is off

    Examples:
      teli-iac show saved.plan
      teli-iac show saved.plan --format json
      teli-iac show saved.plan --format markdown --markdown-bytes 20000

    """
    file = file_of(planfile)
    if file is None:
        raise AssertionError("click gives every argument")
    outputs = outputs_of(writes, markdown_bytes, detail)
    saved = workflow.read_plan(file, file_of(require_signature))
    here = invocation().cwd
    terminal.answer(outputs.text_of(form, saved.plan, saved.refusals, here))
    if form == "text":
        terminal.answer(_closing(saved))
    outputs.write(saved.plan, saved.refusals, here)
    return ExitCode.DONE


def _closing(saved: SavedPlan) -> str:
    allowed = ", ".join(f"{guard}={count}" for guard, count in sorted(saved.allowed.items()))
    consents = f" It allows {allowed}." if allowed else ""
    return (
        f"\nSaved {utc_text(saved.made_at)}, to be applied before {utc_text(saved.expires_at)}.{consents}\n"
    )
