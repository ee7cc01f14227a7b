"""`validate` and `plan`: the commands that never write."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from secrets import token_hex
from shlex import quote

import click

from teli_iac import workflow
from teli_iac.cli import session, terminal
from teli_iac.cli.command import Command
from teli_iac.cli.consent import tell_findings
from teli_iac.cli.options import (
    file_of,
    format_option,
    invocation,
    parallelism_option,
    parse_options,
    paths_argument,
    plan_options,
    preflight_option,
)
from teli_iac.cli.outputs import (
    EXPLAINED,
    PLAN_FORMATS,
    Outputs,
    detail_option,
    folder_below,
    markdown_option,
    outputs_of,
    write_option,
)
from teli_iac.errors import ExitCode, InvalidManifests
from teli_iac.model import Campaign, Desired, Finding, GuardName, Severity
from teli_iac.render import PROBLEM_FORMATS, Wrong, for_terminal, render_hold
from teli_iac.render.verdict import left_out
from teli_iac.renderings import write_rendering
from teli_iac.settings import Invocation, Saving
from teli_iac.workflow import PlanResult

_VALIDATE_FORMATS = ("text", *PROBLEM_FORMATS)


@click.command(cls=Command)
@paths_argument
@format_option(_VALIDATE_FORMATS, "One of text, github, sarif, junit; see docs/formats.md.")
@write_option([*PROBLEM_FORMATS])
@click.option("--online", is_flag=True, help="Also ask Teli about agents and numbers.")
def validate(paths: Sequence[str], form: str, writes: Sequence[tuple[str, str]], *, online: bool) -> ExitCode:
    """Check every manifest and every row of leads under PATHS.

    PATHS are files and folders, or `-` for standard input; without any, the
    current folder. All problems
    of all files are told at once, each as `file:line:column: CODE message`
    with the source line and what to do. `teli-iac explain CODE` tells more.

    Works offline and wants no key: nothing is sent, nothing is written, and the
    queries of leads are not run. With --online they are, and Teli is asked
    whether the agents and numbers of campaigns that may still call are there, and
    whether the placeholders of the agents have a value for everybody; it sends
    nothing but GET.

    --format github puts each problem at its line of a pull request; sarif is
    for code scanning, junit for the list of tests of a pipeline.

    Exit codes:
      0   everything is in order, or there are only warnings
      1   there are problems
      64  the command line is off

    Examples:
      teli-iac validate
      teli-iac validate teli.yaml campaigns/fall.yaml
      teli-iac validate --online
      teli-iac validate --format github --write sarif=problems.sarif

    """
    asked = invocation(paths)
    outputs = outputs_of(writes)
    findings: tuple[Finding, ...] = ()
    try:
        if online:
            desired, findings = workflow.validate_online(asked)
        else:
            desired = workflow.validate(asked)
    except InvalidManifests as invalid:
        _tell_problems(asked, form, outputs, invalid.problems)
        if form == "text":
            raise
        return ExitCode.ERROR
    terminal.talk("".join(_left_out(desired)))
    if form == "text":
        tell_findings(findings, session.current())
    unready = any(finding.severity is Severity.ERROR for finding in findings)
    if form == "text" and not unready:
        terminal.answer(_sum(desired))
    _tell_problems(asked, form, outputs, findings)
    return ExitCode.ERROR if unready else ExitCode.DONE


def _tell_problems(asked: Invocation, form: str, outputs: Outputs, problems: Sequence[Wrong]) -> None:
    """The problems as stdout gets them, unless that is text, and into every file."""
    if form == "text" and not outputs.files:
        return
    folder, now = folder_below(workflow.find_project(asked)), asked.waiting.now()
    if form != "text":
        terminal.answer(PROBLEM_FORMATS[form](problems, now, folder))
    for written, file in outputs.files:
        write_rendering(file, PROBLEM_FORMATS[written](problems, now, folder))


def _left_out(desired: Desired) -> Iterator[str]:
    """Rows of leads that are dropped because the Project's guard allows as many."""
    for campaign in desired.campaigns.values():
        refused = campaign.leads.refused
        yield from (f"Left out: {row}\n" for row in refused.described)
        if refused.count > len(refused.described):
            yield f"Left out: {refused.count:,} rows of {campaign.leads.source} altogether\n"


def _sum(desired: Desired) -> str:
    campaigns = [*desired.campaigns.values()]
    people = sum(len(campaign.leads) for campaign in campaigns)
    suppressed = sum(campaign.leads.suppressed for campaign in campaigns)
    return (
        f"Project {desired.project.name} is in order: "
        f"{len(campaigns):,} {'campaign' if len(campaigns) == 1 else 'campaigns'}, "
        f"{people:,} {'person' if people == 1 else 'people'}.{left_out(suppressed)}\n{_not_asked(campaigns)}"
    )


def _not_asked(campaigns: Sequence[Campaign]) -> str:
    """Whom nobody has looked at."""
    count = sum(not campaign.leads.is_known for campaign in campaigns)
    whose = "1 campaign has its people" if count == 1 else f"{count:,} campaigns have their people"
    told = f"{whose} from a query, which was not run: `validate --online` and `plan` run it.\n"
    return f"{told if count else ''}{_lists_not_asked(campaigns)}"


def _lists_not_asked(campaigns: Sequence[Campaign]) -> str:
    """Who may still be left out."""
    suppressions = (campaign.leads.suppression for campaign in campaigns)
    count = sum(bool(each and each.unasked) for each in suppressions)
    whose = "1 campaign has" if count == 1 else f"{count:,} campaigns have"
    told = (
        f"{whose} a do-not-call list from a query, which was not run, and may call fewer people:"
        " `validate --online` and `plan` run it.\n"
    )
    return told if count else ""


@click.command(cls=Command)
@paths_argument
@plan_options
@format_option(PLAN_FORMATS, EXPLAINED)
@write_option(PLAN_FORMATS)
@markdown_option
@click.option("--detailed-exitcode", is_flag=True, help="Exit 2 instead of 0 when there are changes.")
@click.option(
    "--out",
    type=click.Path(),
    metavar="FILE",
    help="Also save the plan, to be reviewed and applied as it is.",
)
@click.option(
    "--sign-key",
    type=click.Path(),
    metavar="KEYFILE",
    help="Sign the saved plan with this Ed25519 private key.",
)
@preflight_option
@detail_option
@parallelism_option("Send up to N requests at once while looking at Teli.")
def plan(  # noqa: PLR0913, PLR0917  click gives every flag by name
    paths: Sequence[str],
    targets: Sequence[str],
    allow: Sequence[tuple[GuardName, int]],
    form: str,
    writes: Sequence[tuple[str, str]],
    markdown_bytes: int,
    *,
    detail: str | None,
    out: str | None,
    sign_key: str | None,
    detailed_exitcode: bool,
    preflight: bool,
    parallelism: int,
) -> ExitCode:
    """Show what apply would do, to whom, and why.

    Compares the manifests under PATHS (without any: the current folder) with
    the ledger and with what Teli shows. A campaign that ran is never planned
    again; what cannot be known is blocked, not guessed.

    Never writes but to the files of --out and --write: it sends nothing but GET,
    and leaves the ledger as it is. No person's phone number or name is shown.

    Where people would be launched, it also asks Teli whether their agent and
    numbers are there, and whether the agent's placeholders have a value for
    everybody; --no-preflight leaves that out.

    With --out the plan is saved. `teli-iac apply FILE` then does exactly that,
    once and within 24 hours, or nothing; --allow is saved with it.

    Exit codes:
      0   planned; with --detailed-exitcode: there is nothing to do
      1   error
      2   there are changes (only with --detailed-exitcode)
      4   a guard refuses the plan, a campaign is blocked, an agent or number of a
          launch is not there, or the project is on hold
      6   the outcome of an earlier launch is unknown
      64  the command line is off

    Examples:
      teli-iac plan
      teli-iac plan --target campaign/fall-renewals
      teli-iac plan --format json --detailed-exitcode > plan.json
      teli-iac plan --allow people_again=120
      teli-iac plan --out saved.plan --sign-key sign.key
      teli-iac plan --detail summary
      teli-iac plan --write markdown=plan.md --write html=plan.html

    """
    if sign_key and not out:
        raise click.UsageError("--sign-key signs a saved plan: add --out FILE.", click.get_current_context())
    options = replace(parse_options(targets, allow, parallelism), preflight=preflight)
    outputs = outputs_of(writes, markdown_bytes, detail)
    saving = _saving(out, sign_key)
    if saving:
        result = workflow.save_plan(invocation(paths), options, saving)
    else:
        result = workflow.plan(invocation(paths), options)
    folder = Path(result.basis.desired.project.folder)
    terminal.answer(outputs.text_of(form, result.plan, result.refusals, folder))
    tell_findings(result.findings, session.current())
    if result.hold:
        terminal.talk(
            render_hold(result.hold, colour=terminal.talks_in_colour(session.current(), os.environ))
        )
    if out:
        tell = terminal.answer if form == "text" else terminal.talk
        tell(_how_to_apply(out, result, by_input="-" in paths))
    outputs.write(result.plan, result.refusals, folder)
    return result.exit_code(detailed=detailed_exitcode)


def _saving(out: str | None, sign_key: str | None) -> Saving | None:
    file = file_of(out)
    return Saving(file, file_of(sign_key), token_hex(16)) if file else None


def _how_to_apply(out: str, result: PlanResult, *, by_input: bool) -> str:
    file = for_terminal(quote(out))
    if result.refusals:
        return f"\nSaved to {file}; as guards refuse it, plan again with what they ask for.\n"
    how = "once, within 24 hours and with the same standard input" if by_input else "once and within 24 hours"
    return f"\nSaved. To do exactly this, {how}: teli-iac apply {file}\n"
