"""Approval: the plan is shown, then a person types `yes`, or a flag said so before."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from teli_iac.cli import terminal
from teli_iac.cli.outputs import Outputs
from teli_iac.cli.session import Session
from teli_iac.model import Finding
from teli_iac.render import for_terminal, render_findings
from teli_iac.workflow import PlanResult

_NO_FILES = Outputs(())
_QUESTION = """
Do you want to {deed}?
  teli-iac will do what is shown above. Only 'yes' will be accepted.

  Enter a value: """


@dataclass(frozen=True, slots=True)
class Approval:
    """How one apply is approved: tells the plan, and asks unless that was settled by a flag.

    `deed` ends the question "Do you want to …?".
    """

    tell: Callable[[PlanResult], None]
    deed: str
    asks: bool
    outputs: Outputs = _NO_FILES

    def __call__(self, result: PlanResult) -> bool:
        """Whether to go on. A plan without changes needs no approval, and a refused one gets none."""
        self.tell(result)
        self.outputs.write(result.plan, result.refusals, Path(result.basis.desired.project.folder))
        if result.refusals or result.is_unready:
            return False
        if not self.asks or not result.plan.acting:
            return True
        return terminal.ask(_QUESTION.format(deed=self.deed)) == "yes"


def tell_findings(findings: Sequence[Finding], session: Session) -> None:
    """What was found out about agents and numbers, on stderr."""
    if findings:
        colour = terminal.talks_in_colour(session, os.environ)
        said = render_findings(findings, colour=colour, width=terminal.width())
        terminal.talk(f"\nFound before the launch:\n{said}")


def approval(
    tell: Callable[[PlanResult], None], deed: str, *, auto_approve: bool, outputs: Outputs = _NO_FILES
) -> Approval:
    """How this command is approved; a usage error when nobody can be asked and no flag says yes.

    The files of `outputs` are written when the plan is shown, so that an apply that cannot does nothing.
    """
    if not auto_approve:
        _refuse_without_terminal("Look at the plan, then")
    return Approval(tell, deed, asks=not auto_approve, outputs=outputs)


def consent_to(
    deed: str, *, auto_approve: bool, first: str = "See who holds the ledger, then"
) -> Callable[[str], bool]:
    """How a deed is approved that one sentence explains, which is shown; the same usage error."""
    if not auto_approve:
        _refuse_without_terminal(first)

    def consented(sentence: str) -> bool:
        terminal.answer("".join(f"{for_terminal(line)}\n" for line in sentence.split("\n")))
        return auto_approve or terminal.ask(_QUESTION.format(deed=deed)) == "yes"

    return consented


def _refuse_without_terminal(first: str) -> None:
    if not terminal.is_interactive():
        raise click.UsageError(
            f"There is no terminal to ask for approval. {first} pass --auto-approve.",
            click.get_current_context(),
        )
