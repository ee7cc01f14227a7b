"""`ledger`: the memory of what was launched, and for whom."""

from __future__ import annotations

import click

from teli_iac import workflow
from teli_iac.cli import terminal
from teli_iac.cli.command import Group
from teli_iac.cli.consent import consent_to
from teli_iac.cli.ledger_moving import export, import_
from teli_iac.cli.ledger_reading import log, show, verify
from teli_iac.cli.ledger_rebuilding import rebuild
from teli_iac.cli.options import invocation
from teli_iac.errors import ExitCode


@click.group(cls=Group)
def ledger() -> None:
    """Make, show, check and move the memory of who was called.

    The ledger lies in `.teli/` beside the Project, or where the Project's
    `ledger` says. It holds no phone number and no name, only hashes under a key
    that is kept elsewhere. It is bound to one account and one project; nothing
    in it is ever erased.
    """


@ledger.command()
def init() -> ExitCode:
    """Make the ledger of the project in the current folder, once.

    `teli-iac init` does the same for an existing project, and apply does it by
    itself for the embedded Teli. Elsewhere a missing ledger refuses launches,
    because it could be a lost one; so make it once, before the first apply.

    Never replaces a ledger and never connects to Teli.

    Exit codes:
      0  the ledger is made, or was there before
      1  error

    Example:
      teli-iac ledger init

    """
    terminal.answer(workflow.create_ledger(invocation()) + "\n")
    return ExitCode.DONE


@ledger.command()
@click.option("--auto-approve", is_flag=True, help="Do not ask; for pipelines.")
def unlock(*, auto_approve: bool) -> ExitCode:
    """Free the ledger from an apply that has died.

    One command at a time may write. It holds a lease of 60 seconds, which it
    renews while it works; a dead one's ends by itself, so this only saves the
    wait. It shows who holds the lease and until when, and asks. If that command
    lives after all, it can write nothing more, and stops.

    Never forgets anything that was recorded, and never asks Teli.

    Exit codes:
      0   the ledger is free
      1   error, or not approved
      7   its holder is alive: it renewed the lease while you were asked
      64  the command line is off

    Example:
      teli-iac ledger unlock

    """
    terminal.answer(
        workflow.unlock_ledger(invocation(), consent_to("end that lease", auto_approve=auto_approve)) + "\n"
    )
    return ExitCode.DONE


for _command in (show, log, verify, export, import_, rebuild):
    ledger.add_command(_command)
