"""`calls`: what Teli's call history says, as corroboration for people."""

from __future__ import annotations

from datetime import datetime

import click

from teli_iac import workflow
from teli_iac.cli import terminal
from teli_iac.cli.command import Command
from teli_iac.cli.options import Address, invocation, text_or_json
from teli_iac.errors import ExitCode
from teli_iac.kinds.moments import parse_moment
from teli_iac.render import render_calls, render_calls_json


class Moment(click.ParamType[datetime]):
    """A time with its offset, as in a manifest."""

    name = "time"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """The instant."""
        moment = parse_moment(str(value))
        if moment is None:
            self.fail(f'"{value}" is no time with an offset. Write it as 2026-12-01T14:00:00Z', param, ctx)
        return moment


@click.command(cls=Command)
@click.argument("address", type=Address(), required=False)
@click.option("--since", type=Moment(), metavar="TIME", help="Calls from this time on.")
@click.option("--until", type=Moment(), metavar="TIME", help="Calls up to this time; now, when left out.")
@text_or_json
def calls(address: str | None, since: datetime | None, until: datetime | None, form: str) -> ExitCode:
    """Show what Teli's call history says of a campaign.

    Without ADDRESS: every outbound call of the last day. With it: the calls by
    the campaign's agents since its launch was intended, and for each part how
    many of them went to its people, as far as the history shows numbers. That
    helps to decide about a launch whose outcome nobody knows (`settle`).

    It is corroboration only: the history names no campaign, comes late, and is
    read in time spans of less than 100 calls. Sends nothing but GET, and never
    shows more than the last two digits of a number.

    Exit codes:
      0   shown
      1   error, such as a history that is not as documented
      64  the command line is off

    Examples:
      teli-iac calls campaign/fall-renewals
      teli-iac calls --since 2026-12-01T14:00:00Z --until 2026-12-01T15:00:00Z
      teli-iac calls campaign/fall-renewals --format json

    """
    evidence = workflow.look_at_calls(invocation(), address, since, until)
    terminal.answer(render_calls(evidence) if form == "text" else render_calls_json(evidence))
    return ExitCode.DONE
