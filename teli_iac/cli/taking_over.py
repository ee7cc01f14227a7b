"""`import` and `adopt`: campaigns that are on Teli, and that the project or its ledger does not know."""

from __future__ import annotations

import os
from collections.abc import Sequence

import click

from teli_iac import workflow
from teli_iac.cli import terminal
from teli_iac.cli.command import Command
from teli_iac.cli.options import Address, invocation
from teli_iac.errors import ExitCode
from teli_iac.render import for_terminal
from teli_iac.render.words import counted

_FOLDER = os.path.join("campaigns", "imported")  # noqa: PTH118  a default that is shown as text


@click.command("import", cls=Command)
@click.argument("campaign_ids", nargs=-1, metavar="[CAMPAIGN_ID]...")
@click.option("--all", "everything", is_flag=True, help="Every campaign that can be imported.")
@click.option(
    "--out",
    type=click.Path(),
    metavar="DIR",
    default=_FOLDER,
    show_default=True,
    help="The folder to write the manifests to, below the project's.",
)
def import_(campaign_ids: Sequence[str], *, everything: bool, out: str) -> ExitCode:
    """Describe campaigns that were made elsewhere.

    Writes a manifest for each CAMPAIGN_ID, an id as Teli shows it, with what
    Teli shows of the campaign, and notes it in the ledger; the next plan has
    nothing to do for it. Without arguments it lists what can be imported.

    Teli does not show whom a campaign calls, so the manifest says
    `leads: unknown`, and nothing is ever sent for it. Never overwrites a file,
    and never changes anything on Teli.

    Exit codes:
      0   imported, or listed
      1   error, or one of them cannot be imported; nothing was written
      7   another command holds the ledger
      64  the command line is off

    Examples:
      teli-iac import
      teli-iac import "vc 1" voice_campaign_3f2a
      teli-iac import --all --out campaigns/from-before

    """
    if everything and campaign_ids:
        raise click.UsageError("Name campaigns or pass --all, not both.", click.get_current_context())
    if not everything and not campaign_ids:
        return _list()
    described, left_out = workflow.import_made_elsewhere(
        invocation(), None if everything else campaign_ids, out
    )
    terminal.talk("".join(f"Left out: {for_terminal(sentence)}\n" for sentence in left_out))
    terminal.answer(
        "".join(f"{for_terminal(each.file)}  {for_terminal(each.campaign_id)}\n" for each in described)
    )
    terminal.answer(f"{counted(len(described), 'campaign')} imported.\n")
    return ExitCode.DONE


def _list() -> ExitCode:
    importable = workflow.list_made_elsewhere(invocation())
    terminal.talk("".join(f"Left out: {for_terminal(sentence)}\n" for sentence in importable.left_out))
    for each in importable.campaigns:
        people = (
            "" if each.contacts_count is None else f", {counted(each.contacts_count, 'person', 'people')}"
        )
        terminal.answer(for_terminal(f"{each.campaign_id}  {each.status_text or 'no status'}{people}") + "\n")
    terminal.answer(f"{counted(len(importable.campaigns), 'campaign')} can be imported.\n")
    return ExitCode.DONE


@click.command(cls=Command)
@click.argument("address", type=Address())
def adopt(address: str) -> ExitCode:
    """Take into the ledger what Teli shows of a campaign and the ledger lacks.

    For campaigns of this project that plan tells as `ledger_lost` or `orphan`,
    as after a ledger was lost. When the manifest, as it stands, proves whom a
    part was launched for (the digest in its id is that of these people), it is
    adopted with them, and the campaign goes on as ever. Else the ledger knows
    the part and not its people: nobody is launched into its run any more, and a
    later `run` counts everybody as called again.

    Sends nothing but GET and never calls anybody; it writes to the ledger only.

    Exit codes:
      0   adopted
      1   error, or there is nothing to adopt
      7   another command holds the ledger
      64  the command line is off

    Example:
      teli-iac adopt campaign/fall-renewals

    """
    for sentence in workflow.adopt(invocation(), address):
        terminal.answer(for_terminal(sentence) + "\n")
    return ExitCode.DONE
