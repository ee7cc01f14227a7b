"""`settle`: what a person decides when nobody else can know."""

from __future__ import annotations

import click

from teli_iac import workflow
from teli_iac.cli import terminal
from teli_iac.cli.command import Command
from teli_iac.cli.options import Address, invocation
from teli_iac.errors import ExitCode
from teli_iac.model import Settlement


@click.command(cls=Command)
@click.argument("address", type=Address())
@click.option("--adopt", is_flag=True, help="It is on Teli: take it as launched.")
@click.option("--abandon", is_flag=True, help="Give it up; its people count as called.")
@click.option("--retry", is_flag=True, help="It is not there: its people may be called, counted as again.")
def settle(address: str, *, adopt: bool, abandon: bool, retry: bool) -> ExitCode:
    """Decide about a launch whose outcome nobody knows.

    When the answer to a create is lost and no look-up finds the campaign, apply
    exits 6 and the campaign is blocked, since sending it again could call the
    same people twice. After the Project's `settle_after` it lapses, unless that
    is `never`. Before that, look in Teli and decide: --adopt when it is there,
    --abandon to count its people as called, --retry when it cannot be there: the
    next plan launches its people, counted as *again* (--allow people_again=N).
    The same decides about a campaign that failed its verification, and about a
    release that could not be proven (--abandon: its people count as called).

    Never sends a create and never calls anybody; it writes to the ledger only.

    Exit codes:
      0   settled
      1   error, or there is nothing to settle
      7   another apply holds the ledger
      64  the command line is off

    Examples:
      teli-iac settle campaign/fall-renewals --adopt
      teli-iac settle campaign/fall-renewals --abandon
      teli-iac settle campaign/fall-renewals --retry

    """
    asked = {Settlement.ADOPT: adopt, Settlement.ABANDON: abandon, Settlement.RETRY: retry}
    decisions = [settlement for settlement, given in asked.items() if given]
    if len(decisions) != 1:
        said = "exclude each other" if decisions else "are the ways to settle it: say which"
        raise click.UsageError(f"--adopt, --abandon and --retry {said}.", click.get_current_context())
    terminal.answer(workflow.settle(invocation(), address, decisions[0]) + "\n")
    return ExitCode.DONE
