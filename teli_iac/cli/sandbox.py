"""`sandbox`: the embedded Teli, which behaves as the real one does and calls nobody."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import click

from teli_iac import sandbox as embedded
from teli_iac.cli import terminal
from teli_iac.cli.command import Group
from teli_iac.cli.options import invocation
from teli_iac.errors import ExitCode, NotConfigured
from teli_iac.kinds import project
from teli_iac.kinds.durations import parse_duration
from teli_iac.manifests import ManifestSet, read_manifests
from teli_iac.settings import sandbox_file

_DURATIONS = re.compile(r"\+?((?:[0-9]{1,6}[smhd])+)")
_ONE_DURATION = re.compile(r"[0-9]+[smhd]")


def _store() -> Path:
    """The embedded Teli's file of the project that the command is in. Raises NotConfigured outside of one."""
    manifests = _manifests()
    # A Project that is wrong has an embedded Teli all the same, and so may have one that cannot be read.
    if not manifests.broken and not any(document.kind == project.KIND for document in manifests.documents):
        raise NotConfigured(
            "There is no project here.",
            "Go to the folder of its teli.yaml, or name that file by --project. To begin one:"
            " `teli-iac init`.",
        )
    return sandbox_file(Path(manifests.folder))


def _manifests() -> ManifestSet:
    asked = invocation()
    return read_manifests(asked.paths, asked.cwd, asked.project_file, asked.environment)


@click.group(cls=Group)
def sandbox() -> None:
    """Run the embedded Teli, which behaves as the real one and calls nobody.

    A Project with `base_url: sandbox:` uses it within each command; its campaigns
    lie in .teli/ beside the Project. `dial` makes the calls that are due, `clock`
    lets time pass, `reset` begins anew, and `serve` offers it over HTTP.
    """


@sandbox.command()
@click.option(
    "--host", default="127.0.0.1", show_default=True, metavar="HOST", help="A loopback address to listen on."
)
@click.option(
    "--port",
    default=8034,
    show_default=True,
    type=click.IntRange(0, 65535),
    metavar="PORT",
    help="The port; 0 picks a free one.",
)
def serve(host: str, port: int) -> ExitCode:
    """Serve the embedded Teli over HTTP on this machine, until Ctrl-C.

    For trying other clients, or a Project with `base_url: http://localhost:8034`.
    It takes any key, so it never listens beyond loopback.

    Exit codes:
      0   stopped by Ctrl-C
      1   it cannot be served there
      64  the command line is off

    Example:
      teli-iac sandbox serve --port 8034

    """
    with suppress(KeyboardInterrupt):
        embedded.serve(
            sandbox_file(Path(_manifests().folder)),
            host,
            port,
            lambda sentence: terminal.talk(sentence + "\n"),
        )
    terminal.talk("\nStopped.\n")
    return ExitCode.DONE


@sandbox.command()
def reset() -> ExitCode:
    """Forget every campaign and call of the embedded Teli, and set its clock.

    The ledger in .teli/ stays: it remembers that the campaigns were launched, and
    applying again launches none of them. Never touches the real Teli.

    Exit codes:
      0  done
      1  there is no project here, or its file in .teli/ cannot be used

    Example:
      teli-iac sandbox reset

    """
    embedded.reset(_store())
    terminal.answer("The embedded Teli is empty, and its clock is this machine's.\n")
    return ExitCode.DONE


@sandbox.command()
@click.option("--limit", type=click.IntRange(0), metavar="N", help="Make at most N calls.")
def dial(limit: int | None) -> ExitCode:
    """Make the calls that are due by the embedded Teli's clock. Nobody's phone rings.

    How a call goes is drawn from its number, so every run is the same. Calls are
    due from a campaign's begin on: `teli-iac sandbox clock +1h` lets it come.

    Exit codes:
      0  done
      1  there is no project here, or its file in .teli/ cannot be used

    Examples:
      teli-iac sandbox dial
      teli-iac sandbox dial --limit 100

    """
    terminal.answer(_calls(embedded.dial(_store(), limit)))
    return ExitCode.DONE


def _calls(report: embedded.DialReport) -> str:
    outcomes = ", ".join(f"{count:,} {outcome}" for outcome, count in sorted(report.outcomes.items()))
    calls = "1 call" if report.calls == 1 else f"{report.calls:,} calls"
    completed = "".join(f"Completed: {campaign}\n" for campaign in report.completed)
    return f"{calls} made{f': {outcomes}' if outcomes else ''}.\n{completed}"


class Passage(click.ParamType[timedelta]):
    """A time to let pass: `+2h`, `30m`, `1d12h`."""

    name = "duration"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        """The duration."""
        found = _DURATIONS.fullmatch(str(value))
        if found is None:
            self.fail(f'"{value}" is no time to let pass. Write it as +30m, +2h or +1d12h', param, ctx)
        return sum(map(parse_duration, _ONE_DURATION.findall(found[1])), timedelta())


@sandbox.command()
@click.argument("passage", required=False, type=Passage(), metavar="[+DURATION]")
def clock(passage: timedelta | None) -> ExitCode:
    """Tell the embedded Teli's time, or let time pass.

    Calls that come due meanwhile are made. The clock runs ahead of this machine's
    and never back; `teli-iac sandbox reset` sets it.

    Exit codes:
      0   done
      1   no project here, its file cannot be used, or no calendar reaches so far
      64  the command line is off

    Examples:
      teli-iac sandbox clock
      teli-iac sandbox clock +2h
      teli-iac sandbox clock +1d12h

    """
    store = _store()
    called = "" if passage is None else _calls(embedded.move_clock(store, passage))
    terminal.answer(f"{embedded.now(store):%Y-%m-%dT%H:%M:%SZ}\n{called}")
    return ExitCode.DONE
