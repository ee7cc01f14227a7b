"""`pause`, `resume` and `end`: what a person does to single campaigns by hand."""

from __future__ import annotations

import os
from collections.abc import Sequence

import click

from teli_iac import workflow
from teli_iac.cli import session, terminal
from teli_iac.cli.command import Command
from teli_iac.cli.duty_options import target_of, target_options, why_option
from teli_iac.cli.options import Address, invocation, text_or_json
from teli_iac.errors import ExitCode
from teli_iac.model import PersonAct, Steered
from teli_iac.render import for_terminal, render_sighting, render_steered, render_steered_json
from teli_iac.render.words import counted
from teli_iac.settings import ByHand
from teli_iac.workflow import Approve, Chosen

_addresses = click.argument("addresses", nargs=-1, type=Address(), required=True, metavar="ADDRESS...")


@click.command(cls=Command)
@_addresses
@why_option
@target_options
@text_or_json
def pause(addresses: Sequence[str], *, why: str, form: str, **target: str | None) -> ExitCode:
    """Pause campaigns by hand until a person resumes them.

    Pauses every part of them that may call, and looks until each is seen to be
    paused. It is recorded as a person's pause: an apply never lifts it, and a
    plan says so (paused_elsewhere). It waits for no other command: the calls are
    stopped first, then it is noted. To stop everything and hold every apply
    back, use `teli-iac halt`.

    Never touches a campaign that is not this project's, and needs no manifest
    that parses.

    Exit codes:
      0   paused, as was seen
      1   error, nothing was done
      5   not seen to be paused, or not recorded
      64  the command line is off, or the campaign is unknown

    Example:
      teli-iac pause campaign/fall-renewals --why "holiday in Ohio"

    """
    return _steer(ByHand(PersonAct.PAUSE, tuple(addresses), why), target, form, _unasked)


@click.command(cls=Command)
@_addresses
@why_option
@target_options
@text_or_json
def resume(addresses: Sequence[str], *, why: str, form: str, **target: str | None) -> ExitCode:
    """Let paused campaigns call again.

    Lifts any pause of theirs, whoever made it, and looks until Teli shows that
    they call. Real people are called from that moment on, inside the window.

    Never resumes what could call somebody twice: a part whose launch was given
    up, that failed its verification, or whose people are being handed on. Such a
    part is left alone and named. Refuses while a halt is not released.

    Reads no do-not-call list: whoever was listed during the pause may be called
    until an apply takes them out. `teli-iac plan` says that such a campaign is
    blocked; if nobody may risk it, end it instead.

    Exit codes:
      0   calling again, as was seen
      1   error, nothing was done
      4   the project is on hold, or every part was left alone
      5   not seen to be calling again
      7   another command holds the ledger
      64  the command line is off, or the campaign is unknown

    Example:
      teli-iac resume campaign/fall-renewals

    """
    return _steer(ByHand(PersonAct.RESUME, tuple(addresses), why), target, form, _unasked)


@click.command(cls=Command)
@_addresses
@click.option("--auto-approve", is_flag=True, help="Do not ask; for pipelines.")
@why_option
@target_options
@text_or_json
def end(
    addresses: Sequence[str], *, auto_approve: bool, why: str, form: str, **target: str | None
) -> ExitCode:
    """End campaigns for good, by hand.

    Shows how many people have not been called yet, and asks: an end cannot be
    undone, and within this run those people will not be called. Then it looks
    until each is seen to be ended. A plan says so afterwards (ended_elsewhere).

    Never touches a campaign that is not this project's, and deletes nothing.

    Exit codes:
      0   ended, as was seen
      1   error or not approved, nothing was done
      5   not seen to be ended
      7   another command holds the ledger
      64  the command line is off, or nobody can be asked

    Example:
      teli-iac end campaign/fall-renewals --why "the offer is withdrawn"

    """
    if not auto_approve and not terminal.is_interactive():
        raise click.UsageError(
            "There is no terminal to ask for approval. Pass --auto-approve.", click.get_current_context()
        )
    return _steer(ByHand(PersonAct.END, tuple(addresses), why), target, form, _ask(auto_approve=auto_approve))


def _steer(by_hand: ByHand, target: dict[str, str | None], form: str, approve: Approve) -> ExitCode:
    for step in workflow.steer(invocation(), target_of(target), by_hand, approve):
        if isinstance(step, Steered):
            return _tell(step, form)
        colour = terminal.talks_in_colour(session.current(), os.environ)
        terminal.talk(render_sighting(step, by_hand.act, colour=colour))
    raise AssertionError("it ends with how it ended")


def _tell(steered: Steered, form: str) -> ExitCode:
    if form == "json":
        terminal.last_word(render_steered_json(steered))
    else:
        colour = terminal.answers_in_colour(session.current(), os.environ)
        terminal.last_word(render_steered(steered, colour=colour, width=terminal.width()))
    if not steered.complete:
        return ExitCode.PARTLY
    moved = steered.done or steered.before
    return ExitCode.REFUSED if steered.left_alone and not moved else ExitCode.DONE


def _unasked(_: Chosen, __: Sequence[int | None]) -> bool:
    return True


def _ask(*, auto_approve: bool) -> Approve:
    def approve(chosen: Chosen, uncalled: Sequence[int | None]) -> bool:
        for campaign_id, people in zip(chosen.campaign_ids, uncalled, strict=True):
            known = "an unknown number of people" if people is None else counted(people, "person", "people")
            terminal.answer(f"  {for_terminal(campaign_id)}: {known} not called yet\n")
        if auto_approve or not chosen.campaign_ids:
            return True
        return terminal.ask("\nEnd them for good? Only 'yes' will be accepted: ") == "yes"

    return approve
