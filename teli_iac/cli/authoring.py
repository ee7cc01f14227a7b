"""`init`: the first project, or the ledger of an existing one."""

from __future__ import annotations

import click

from teli_iac import author, workflow
from teli_iac.cli import terminal
from teli_iac.cli.command import Command
from teli_iac.cli.options import invocation
from teli_iac.errors import ExitCode

_NEXT = """
It uses the embedded Teli, which calls nobody. Try:

  teli-iac validate        check the manifests
  teli-iac plan            see what would happen to whom
  teli-iac apply           launch it, once you typed yes
"""


@click.command(cls=Command)
def init() -> ExitCode:
    """Write a first project, or make the ledger of an existing one.

    In a folder without a Project it writes teli.yaml, a campaign, three people
    to call (fictional numbers), a .gitignore and the schema by which editors
    help, for the embedded Teli, which calls nobody. Comments in the files teach
    what they mean.

    In a project it makes the ledger, the memory of who was called. Do that once,
    before the first apply to the real Teli: a missing ledger refuses launches,
    for it could be a lost one.

    Never overwrites anything, and never connects to Teli.

    Exit codes:
      0  written, or everything was there before
      1  error; a file is in the way, nothing was written

    Examples:
      teli-iac init
      mkdir reminders; teli-iac -C reminders init

    """
    asked = invocation()
    if asked.project_file is not None or author.has_project(asked.cwd):
        terminal.answer(workflow.create_ledger(asked) + "\n")
        return ExitCode.DONE
    written = author.write_first_project(asked.cwd)
    terminal.answer("Written:\n" + "".join(f"  {name}\n" for name in written) + _NEXT)
    return ExitCode.DONE
