"""`ledger rebuild`: a lost ledger made anew, from what can be proven."""

from __future__ import annotations

import click

from teli_iac import workflow
from teli_iac.cli import terminal
from teli_iac.cli.command import Command
from teli_iac.cli.consent import consent_to
from teli_iac.cli.options import invocation
from teli_iac.errors import ExitCode


@click.command(cls=Command)
@click.option("--auto-approve", is_flag=True, help="Do not ask; for pipelines.")
def rebuild(*, auto_approve: bool) -> ExitCode:
    """Make a lost ledger anew from what can be proven.

    Every id of this project on Teli carries a digest of the people and settings
    it was launched with. Rebuild reads the manifests as they are and as every
    commit of their folder had them; where one gives the digest of an id, it is
    proven whom that campaign was given to. Leads that were never committed are
    looked for where they lie now.

    Nobody is called on a guess. What is not proven is named, and blocks: people
    wanted today wait for `settle --abandon` or `--retry`; people wanted once
    count as called. All of this is shown first. Then one write makes the
    ledger, whole or not at all; a ledger that is there is never touched.

    Reads Teli and git, and sends nothing. Restore a copy instead if there is
    one: it knows more.

    Exit codes:
      0   the ledger is made
      1   error, there is a ledger, or not approved
      64  the command line is off

    Example:
      teli-iac ledger rebuild

    """
    ask = consent_to("make this ledger", auto_approve=auto_approve, first="Look for a copy, then")
    terminal.answer(workflow.rebuild_ledger(invocation(), ask) + "\n")
    return ExitCode.DONE
