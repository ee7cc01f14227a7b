"""`status` and `drift`: how campaigns stand, once, live, or until they are done."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import UTC
from functools import partial

import click

from teli_iac import workflow
from teli_iac.cli import session, terminal
from teli_iac.cli.command import Command
from teli_iac.cli.duty_options import addresses_argument, target_of, target_options
from teli_iac.cli.live import LiveView, pass_time
from teli_iac.cli.options import invocation, text_or_json
from teli_iac.errors import ExitCode
from teli_iac.render import (
    changed_parts,
    render_drift,
    render_drift_json,
    render_standing,
    render_standing_json,
    render_standing_line,
)
from teli_iac.standing import Standing


@click.command(cls=Command)
@addresses_argument
@click.option("--watch", is_flag=True, help="Show it anew until nothing moves any more, or Ctrl-C.")
@click.option("--wait", is_flag=True, help="Wait until nothing moves any more; exit by how it ended.")
@click.option(
    "--every",
    type=click.FloatRange(0, 3600),
    default=5.0,
    show_default=True,
    metavar="SECONDS",
    help="How long --watch and --wait wait between two looks.",
)
@target_options
@text_or_json
def status(
    addresses: Sequence[str], *, watch: bool, wait: bool, every: float, form: str, **target: str | None
) -> ExitCode:
    """Show how every campaign stands: who was reached, who is left, what is open.

    For each part: what it is doing, its window, people reached, failed, met by
    a voicemail and not called, the rate and when it would be done, and whatever
    waits for a person. Numbers that do not add up are said to be so.

    With --watch, a live view on a terminal; elsewhere a line for each part
    whenever it changes (a JSON document on a line with --format json). Needs no
    manifest that parses.

    Never writes: it sends nothing but GET, and shows no phone number.

    Exit codes:
      0    shown; with --wait: everybody was called, and it adds up
      1    error
      4    with --wait: paused, so it does not go on by itself
      5    with --wait: over with people not called, or numbers that do not add up
      6    with --wait: the outcome of a launch is unknown
      64   the command line is off, or the campaign is unknown
      130  interrupted

    Examples:
      teli-iac status
      teli-iac status campaign/fall-renewals --watch
      teli-iac status --wait --every 60

    """
    standings = workflow.watch(invocation(), target_of(target), tuple(addresses))
    if not watch and not wait:
        _tell(next(standings), form)
        return ExitCode.DONE
    if watch and form == "text" and terminal.can_repaint(os.environ):
        last = _paint(standings, every)
        _tell(last, form)
    else:
        last = _log(standings, form, every)
        if form == "text":
            _tell(last, form)
    return last.outcome() if wait else ExitCode.DONE


@click.command(cls=Command)
@addresses_argument
@click.option("--detailed-exitcode", is_flag=True, help="Exit with 2 when there is drift.")
@target_options
@text_or_json
def drift(addresses: Sequence[str], *, detailed_exitcode: bool, form: str, **target: str | None) -> ExitCode:
    """Show what differs on Teli from what was launched and done.

    Compares, field by field, the ledger with what Teli shows: agent, people,
    window, status. What Teli hides is named as not observable, never as free of
    drift. Good for a nightly job: it needs no manifest that parses.

    Never writes: it sends nothing but GET, and leaves the ledger as it is.

    Exit codes:
      0   compared; with --detailed-exitcode: there is no drift
      1   error, or the list of campaigns may not be complete
      2   there is drift (only with --detailed-exitcode)
      64  the command line is off, or the campaign is unknown

    Examples:
      teli-iac drift
      teli-iac drift --detailed-exitcode --format json > drift.json

    """
    standing = workflow.drift(invocation(), target_of(target), tuple(addresses))
    if form == "json":
        terminal.answer(render_drift_json(standing))
    else:
        colour = terminal.answers_in_colour(session.current(), os.environ)
        terminal.answer(render_drift(standing, colour=colour, width=terminal.width()))
    if standing.gaps:
        return ExitCode.ERROR
    return ExitCode.CHANGES if detailed_exitcode and standing.drifted else ExitCode.DONE


def _paint(standings: Iterator[Standing], every: float) -> Standing:
    """Show each standing in place until nothing moves; the last."""
    with LiveView() as live:
        for standing in standings:
            live.show(partial(_text, standing))
            if not standing.moving:
                return standing
            live.wait(every)
    raise AssertionError("standings come without end")


def _log(standings: Iterator[Standing], form: str, every: float) -> Standing:
    """Tell what changes, line by line, until nothing moves; the last standing."""
    before: Standing | None = None
    for standing in standings:
        if form == "json":
            terminal.answer(render_standing_json(standing, indent=None))
        else:
            colour = terminal.answers_in_colour(session.current(), os.environ)
            for address, part in changed_parts(before, standing):
                terminal.answer(render_standing_line(part, address, standing.at, colour=colour))
        if not standing.moving:
            return standing
        before = standing
        pass_time(every)
    raise AssertionError("standings come without end")


def _tell(standing: Standing, form: str) -> None:
    terminal.answer(render_standing_json(standing) if form == "json" else _text(standing, terminal.width()))


def _text(standing: Standing, width: int) -> str:
    colour = terminal.answers_in_colour(session.current(), os.environ)
    here = standing.at.astimezone().tzinfo or UTC
    return render_standing(standing, colour=colour, width=width, zone=here)
