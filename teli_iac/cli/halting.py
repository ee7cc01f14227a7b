"""`halt` and `release`: the red button, and letting go of it."""

from __future__ import annotations

import os
from collections.abc import Sequence

import click

from teli_iac import workflow
from teli_iac.cli import session, terminal
from teli_iac.cli.command import Command
from teli_iac.cli.duty_options import addresses_argument, target_of, target_options, why_option
from teli_iac.cli.options import invocation, text_or_json
from teli_iac.errors import ExitCode
from teli_iac.model import Halted, PersonAct
from teli_iac.render import for_terminal, render_halted, render_halted_json, render_sighting

_QUESTION = "Enter halts all, Ctrl-C nothing: "


@click.command(cls=Command)
@addresses_argument
@click.option("--all", "everything", is_flag=True, help="Everything of the project, at once.")
@why_option
@target_options
@text_or_json
def halt(
    addresses: Sequence[str], *, everything: bool, why: str, form: str, **target: str | None
) -> ExitCode:
    """Stop the calls: pause everything of this project, now.

    The red button. `halt --all` asks nothing, for pausing harms nobody and can be
    undone; without --all and addresses it waits for Enter. It needs no manifest
    that parses, no plan, no lock and no ledger. It pauses whatever of the project
    may call, again and again, until two looks at Teli show that nothing does.

    Then apply, destroy and resume refuse (exit 4) until `teli-iac release`: the
    hold is written into the ledger as soon as that answers, though another
    command may be writing; that command is stopped. What was paused stays paused
    until `teli-iac resume`. Calls in progress are finished by Teli.

    Never touches a campaign that is not this project's, and ends nothing.

    Exit codes:
      0    nothing calls, as was seen; no apply can begin
      1    error, nothing was done: no key, or nothing tells whose campaigns
      5    not proven, or no hold; what may still call is named
      64   the command line is off
      130  interrupted: run it again

    Examples:
      teli-iac halt --all
      teli-iac halt --all --why "the agent says the wrong price"
      teli-iac halt campaign/fall-renewals
      teli-iac halt --all --name acme --organization-id ID --tenant-id acme

    """
    _refuse_unclear(addresses, everything=everything)
    if not addresses and not everything:
        terminal.ask(_QUESTION)
    for step in workflow.halt(invocation(), target_of(target), tuple(addresses), why):
        if isinstance(step, Halted):
            return _tell(step, form)
        colour = terminal.talks_in_colour(session.current(), os.environ)
        terminal.talk(render_sighting(step, PersonAct.PAUSE, colour=colour))
    raise AssertionError("a halt ends with how it ended")


@click.command(cls=Command)
@why_option
@target_options
def release(*, why: str, **target: str | None) -> ExitCode:
    """Lift the hold of a halt: apply works again.

    Nothing is resumed by it: what the halt paused is a person's pause, which an
    apply leaves alone. `teli-iac resume ADDRESS` lets it call again. The ledger
    keeps who released and why.

    Never sends anything to Teli.

    Exit codes:
      0   released, or there was no hold
      1   error, or there is no ledger
      7   another command holds the ledger
      64  the command line is off

    Example:
      teli-iac release --why "the price is right again"

    """
    told = workflow.release(invocation(), target_of(target), why)
    terminal.answer(f"{for_terminal(told)}\n")
    return ExitCode.DONE


def _refuse_unclear(addresses: Sequence[str], *, everything: bool) -> None:
    context = click.get_current_context()
    if addresses and everything:
        raise click.UsageError("--all and addresses exclude each other.", context)
    if not addresses and not everything and not terminal.is_interactive():
        raise click.UsageError("There is no terminal to ask: say --all, or which campaigns.", context)


def _tell(halted: Halted, form: str) -> ExitCode:
    if form == "json":
        terminal.last_word(render_halted_json(halted))
    else:
        colour = terminal.answers_in_colour(session.current(), os.environ)
        terminal.last_word(render_halted(halted, colour=colour, width=terminal.width()))
    return ExitCode.DONE if halted.complete else ExitCode.PARTLY
