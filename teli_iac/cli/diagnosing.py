"""`doctor`: whether everything around the manifests is as a launch needs it."""

from __future__ import annotations

import os

import click

from teli_iac import workflow
from teli_iac.cli import session, terminal
from teli_iac.cli.command import Command
from teli_iac.cli.options import invocation, text_or_json
from teli_iac.errors import ExitCode
from teli_iac.model import Finding, Severity
from teli_iac.render import render_findings, render_findings_json, sum_of


@click.command(cls=Command)
@text_or_json
def doctor(form: str) -> ExitCode:
    """Try out everything that a launch needs, and say what is wrong.

    Manifests, account and key, network and proxies, the clock, the ledger with
    its key and its writes, the agents and numbers of every campaign that may
    still call, and whether the agents' placeholders have a value for everybody.
    Each finding has a code and a way to mend it. What Teli does not tell is a
    warning, never taken as fine.

    Sends nothing but GET. Of the ledger it takes the lease for a moment, and
    tries whether a write that does not fit is refused; it never records anything.

    Exit codes:
      0   all is well, or there are only warnings
      1   there are errors
      64  the command line is off

    Examples:
      teli-iac doctor
      teli-iac doctor --format json

    """
    findings: list[Finding] = []
    colour = terminal.answers_in_colour(session.current(), os.environ)
    for finding in workflow.diagnose(invocation()):
        findings.append(finding)
        if form == "text":
            terminal.answer(render_findings((finding,), colour=colour, width=terminal.width()))
    terminal.answer(f"\n{sum_of(findings)}\n" if form == "text" else render_findings_json(findings))
    return ExitCode.ERROR if any(f.severity is Severity.ERROR for f in findings) else ExitCode.DONE
