"""`ledger export` and `import`: a copy to keep, or a move to another place."""

from __future__ import annotations

from pathlib import Path

import click

from teli_iac import workflow
from teli_iac.cli import session, terminal
from teli_iac.cli.command import Command
from teli_iac.cli.consent import consent_to
from teli_iac.cli.options import invocation
from teli_iac.errors import ExitCode
from teli_iac.render import for_terminal


def _file(given: str) -> Path:
    return Path.cwd() / session.current().folder / given


@click.command(cls=Command)
@click.argument("file")
@click.option(
    "--retire-to",
    metavar="PLACE",
    help="Close the ledger here for good; it goes on at PLACE, as the Project's `ledger` will name it.",
)
@click.option("--auto-approve", is_flag=True, help="Do not ask; for pipelines.")
def export(file: str, retire_to: str | None, *, auto_approve: bool) -> ExitCode:
    """Write the whole ledger to one file, to keep or to move it.

    The file holds every event with its link and every set of people, as keyed
    hashes; no phone number, no name, no key. As it is, it is a copy, good for
    restoring a lost ledger.

    With --retire-to the ledger moves: it is closed here first, after asking,
    and from then on every plan and apply with it is refused and told where it
    went. Then set the Project's `ledger` to that place and import the file
    there. So no two copies of a ledger are ever written.

    Never writes over a file and never asks Teli: no API key is needed.

    Exit codes:
      0   written
      1   error, or not approved
      7   another apply holds the ledger
      64  the command line is off

    Examples:
      teli-iac ledger export backup.jsonl
      teli-iac ledger export acme.jsonl --retire-to git

    """
    if retire_to is None:
        told = workflow.export_ledger(invocation(), _file(file), None, lambda _: True)
    else:
        ask = consent_to("close it here", auto_approve=auto_approve, first="Be sure, then")
        told = workflow.export_ledger(invocation(), _file(file), retire_to, ask)
    terminal.answer(f"{for_terminal(told)}\n")
    return ExitCode.DONE


@click.command(cls=Command, name="import")
@click.argument("file")
@click.option("--restore", is_flag=True, help="The ledger is lost, and the file is the last copy of it.")
def import_(file: str, *, restore: bool) -> ExitCode:
    """Bring an exported ledger to where the Project's `ledger` says.

    Every link and every set of people is checked on the way in. All of it
    arrives or nothing. It is refused where there is a ledger already, under
    another account or key, and at another place than it was sent to.

    A file that was exported without --retire-to is a copy of a ledger that may
    still be in use; it is taken only with --restore. What happened after the
    copy was made is then forgotten, so look at `teli-iac plan` before applying.

    Never joins two ledgers and never asks Teli: no API key is needed.

    Exit codes:
      0   imported
      1   error; nothing was changed
      64  the command line is off

    Examples:
      teli-iac ledger import acme.jsonl
      teli-iac ledger import backup.jsonl --restore

    """
    terminal.answer(f"{for_terminal(workflow.import_ledger(invocation(), _file(file), restoring=restore))}\n")
    return ExitCode.DONE
