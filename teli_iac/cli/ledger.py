"""`ledger`: the memory of what was launched, and for whom."""

from __future__ import annotations

import click

from teli_iac import workflow
from teli_iac.cli import terminal
from teli_iac.cli.command import Group
from teli_iac.cli.later import later_command
from teli_iac.cli.ledger_reading import log, show, verify
from teli_iac.cli.options import invocation
from teli_iac.errors import ExitCode


@click.group(cls=Group)
def ledger() -> None:
    """Make the memory of what was launched and who was called.

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


for _command in (show, log, verify):
    ledger.add_command(_command)

_LATER = {
    "export": "Copy the file in .teli/ while no apply runs.",
    "import": "Put the copied file back into .teli/ while no apply runs.",
    "rebuild": "Restore a copy of .teli/ that was made after the last apply.",
    "unlock": "Wait a minute: the lease of a dead apply expires by itself.",
}

for _name, _meanwhile in _LATER.items():
    ledger.add_command(later_command(f"ledger {_name}", _meanwhile))
