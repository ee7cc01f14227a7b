"""`settle`: what a person decides when nobody else can know."""

from __future__ import annotations

import click

from teli_iac import workflow
from teli_iac.cli import terminal
from teli_iac.cli.command import Command
from teli_iac.cli.options import Address, invocation
from teli_iac.errors import ExitCode, NotYet
from teli_iac.model import Settlement

_RETRY = "retry"


@click.command(cls=Command)
@click.argument("address", type=Address())
@click.option(
    "--adopt", "decision", flag_value=Settlement.ADOPT.value, help="It is on Teli: take it as launched."
)
@click.option(
    "--abandon",
    "decision",
    flag_value=Settlement.ABANDON.value,
    help="Give it up; its people count as called.",
)
@click.option("--retry", "decision", flag_value=_RETRY, hidden=True)
def settle(address: str, decision: str | None) -> ExitCode:
    """Decide about a launch whose outcome nobody knows.

    When the answer to a create is lost and no look-up finds the campaign, apply
    exits 6 and the campaign is blocked, since sending it again could call the
    same people twice. After `settle_after` (see the Project) it lapses by
    itself. Before that, look in Teli and decide: --adopt when it is there,
    --abandon to count its people as called. The same decides about a campaign
    that failed its verification.

    Never sends a create and never calls anybody; it writes to the ledger only.

    Exit codes:
      0   settled
      1   error, or there is nothing to settle
      7   another apply holds the ledger
      64  the command line is off

    Examples:
      teli-iac settle campaign/fall-renewals --adopt
      teli-iac settle campaign/fall-renewals --abandon

    """
    if decision is None:
        raise click.UsageError("Say how: --adopt or --abandon.", click.get_current_context())
    if decision == _RETRY:
        raise NotYet(
            "Settling by --retry comes with a later release.",
            "Wait until it lapses by itself after `settle_after`; the next apply then launches it anew.",
        )
    terminal.answer(workflow.settle(invocation(), address, Settlement(decision)) + "\n")
    return ExitCode.DONE
