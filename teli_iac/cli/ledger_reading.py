"""`ledger show`, `log` and `verify`: what the ledger remembers, and whether it is whole."""

from __future__ import annotations

import os

import click

from teli_iac import workflow
from teli_iac.cli import session, terminal
from teli_iac.cli.command import Command
from teli_iac.cli.options import Address, format_option, invocation, text_or_json
from teli_iac.errors import ExitCode
from teli_iac.render import render_events, render_events_jsonl, render_ledger, render_ledger_json
from teli_iac.render.words import counted


@click.command(cls=Command)
@click.argument("address", type=Address(), required=False)
@text_or_json
def show(address: str | None, form: str) -> ExitCode:
    """Show what the ledger remembers of each campaign, what is open first.

    For every part: its id, what became of its launch, what we last made it, how
    many people it was given to and how many were released, and when. Of people
    it knows no more than their number.

    Never writes, and never asks Teli: no API key is needed.

    Exit codes:
      0   shown
      1   error, or there is no ledger
      64  the command line is off, or the campaign is unknown

    Examples:
      teli-iac ledger show
      teli-iac ledger show campaign/fall-renewals --format json

    """
    kept = workflow.show_ledger(invocation(), address)
    if form == "json":
        terminal.answer(render_ledger_json(kept))
        return ExitCode.DONE
    colour = terminal.answers_in_colour(session.current(), os.environ)
    terminal.answer(render_ledger(kept, colour=colour, width=terminal.width()))
    return ExitCode.DONE


@click.command(cls=Command)
@click.argument("address", type=Address(), required=False)
@format_option(("text", "jsonl"), "text for people, jsonl (a JSON object per line) for auditors.")
def log(address: str | None, form: str) -> ExitCode:
    """Tell everything that was ever recorded, in order, in sentences.

    With an address only what is about that campaign, whatever its name was
    then. No phone number and no name is in it; people are counted.

    Never writes, and never asks Teli: no API key is needed.

    Exit codes:
      0   told
      1   error, or there is no ledger
      64  the command line is off, or the campaign is unknown

    Examples:
      teli-iac ledger log campaign/fall-renewals
      teli-iac ledger log --format jsonl > audit.jsonl

    """
    told = workflow.list_events(invocation(), address)
    if form == "jsonl":
        terminal.answer(render_events_jsonl(told))
        return ExitCode.DONE
    colour = terminal.answers_in_colour(session.current(), os.environ)
    terminal.answer(render_events(told, colour=colour, width=terminal.width()))
    return ExitCode.DONE


@click.command(cls=Command)
def verify() -> ExitCode:
    """Check that the ledger is whole, link by link.

    Each event hashes all before it, and each set of people is named by its
    hash; so whatever was changed, cut off or lost since it was written is found
    and its place is named. Also checked: that it is this account's ledger under
    this key, and that what it tells can have happened.

    Never writes, and never asks Teli: no API key is needed.

    Exit codes:
      0   the ledger is whole
      1   it is damaged, or belongs to another account or key, or is missing
      64  the command line is off

    Example:
      teli-iac ledger verify

    """
    checked = workflow.check_ledger(invocation())
    said = f"{counted(checked.events, 'event')}, {counted(checked.people_sets, 'set')} of people"
    terminal.answer(f"The ledger of project {checked.project} is whole: {said}; account and key fit.\n")
    return ExitCode.DONE
