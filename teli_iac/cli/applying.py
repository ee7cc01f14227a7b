"""`apply` and `destroy`: the commands after which people are called, or are not called any more."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeAlias

import click

from teli_iac import workflow
from teli_iac.cli import session
from teli_iac.cli.command import Command
from teli_iac.cli.consent import Approval, approval
from teli_iac.cli.interrupts import Interrupts
from teli_iac.cli.options import (
    Digest,
    apply_options,
    file_of,
    invocation,
    json_stream_option,
    parse_options,
    paths_argument,
    plan_options,
    preflight_option,
    with_approval,
)
from teli_iac.cli.outputs import PLAN_FORMATS, Outputs, detail_option, outputs_of, write_option
from teli_iac.cli.telling import AsEvents, AsText, Teller
from teli_iac.cli.watching import watched
from teli_iac.errors import ExitCode, PlanUnsigned, TeliIacError
from teli_iac.model import Ending, GuardName, Outcome
from teli_iac.plan_files import saved_plan_among
from teli_iac.settings import Invocation, PlanOptions
from teli_iac.workflow import PlanResult

Work: TypeAlias = Callable[
    [Invocation, PlanOptions, Callable[[PlanResult], bool], Callable[[], bool]],
    Generator[Outcome | Ending, None, None],
]
"""What `workflow.apply` and `workflow.destroy` are: outcomes one by one, and the ending last."""

_DEED = "perform these actions"


@click.command(cls=Command)
@paths_argument
@plan_options
@apply_options
@click.option(
    "--expect-digest",
    type=Digest(),
    metavar="DIGEST",
    help="Approve the plan with this digest, and no other; 12 characters of it are enough.",
)
@click.option(
    "--require-signature",
    type=click.Path(),
    metavar="KEYFILE",
    help="Apply only a saved plan that is signed for this Ed25519 public key.",
)
@preflight_option
@json_stream_option
@detail_option
@write_option(PLAN_FORMATS)
def apply(  # noqa: PLR0913, PLR0917  click gives every flag by name
    paths: Sequence[str],
    targets: Sequence[str],
    allow: Sequence[tuple[GuardName, int]],
    on_error: str,
    parallelism: int,
    writes: Sequence[tuple[str, str]],
    *,
    detail: str | None,
    expect_digest: str | None,
    require_signature: str | None,
    auto_approve: bool,
    preflight: bool,
    json_stream: bool,
) -> ExitCode:
    """Launch and remove campaigns as planned, once approved.

    Plans first, shows the plan, and goes on only when you type `yes` or passed
    --auto-approve. Instead of PATHS it takes a file that `teli-iac plan --out`
    saved: that plan is approved already, and is done exactly or not at all. Run
    it in the folder in which the plan was made. Launching starts phone calls to real people; the embedded
    Teli (`base_url: sandbox:`) calls nobody.

    Never dials anybody twice within one run of a campaign: each create is noted
    in the ledger first and sent once, and when its answer is lost it is looked
    up, never sent again. Ctrl-C lets the request in flight finish; whatever
    stops an apply, applying again is safe.

    Exit codes:
      0    done, or nothing to do
      1    error or not approved, nothing written
      3    the saved plan is out of date, used or not signed, or the digest is
           another; nothing was sent
      4    a guard refuses, an agent or number is not there, the project is on
           hold, or a campaign is blocked (the others are done)
      5    partly applied
      6    the outcome of a launch is unknown; see `teli-iac settle`
      7    another apply holds the ledger
      64   the command line is off, or nobody can be asked
      130  interrupted cleanly

    Examples:
      teli-iac apply
      teli-iac apply --target campaign/fall-renewals
      teli-iac apply --auto-approve --allow people_again=120
      teli-iac apply saved.plan --require-signature sign.pub
      teli-iac apply --expect-digest 5b0c6f2d9e7a
      teli-iac apply --write json=applied.json

    """
    asked = invocation(paths)
    outputs = outputs_of(writes, detail=detail)
    approved = bool(auto_approve or expect_digest)
    options = replace(
        parse_options(targets, allow, parallelism, on_error), expect_digest=expect_digest, preflight=preflight
    )
    teller = _teller("apply", outputs, json_stream=json_stream)
    file = saved_plan_among(asked.paths, asked.cwd)
    if file is None:
        _refuse_unsaved(require_signature)
        options = with_approval(options, auto_approve=auto_approve)
        approve = approval(teller.plan, _DEED, auto_approve=approved, outputs=outputs)
        return _carry_out(workflow.apply, asked, options, approve, teller)
    if targets or allow:
        raise click.UsageError(
            "--target and --allow belong to the plan: give them to `teli-iac plan --out`.",
            click.get_current_context(),
        )
    saved = workflow.read_plan(file, file_of(require_signature))
    options = with_approval(options, auto_approve=True, signed=require_signature is not None)
    approve = approval(teller.plan, _DEED, auto_approve=True, outputs=outputs)
    return _carry_out(partial(workflow.apply_saved, saved), asked, options, approve, teller)


@click.command(cls=Command)
@paths_argument
@plan_options
@apply_options
@json_stream_option
@write_option(PLAN_FORMATS)
def destroy(  # noqa: PLR0913, PLR0917  click gives every flag by name
    paths: Sequence[str],
    targets: Sequence[str],
    allow: Sequence[tuple[GuardName, int]],
    on_error: str,
    parallelism: int,
    writes: Sequence[tuple[str, str]],
    *,
    auto_approve: bool,
    json_stream: bool,
) -> ExitCode:
    """Remove every campaign of the project from Teli, each as its on_remove says.

    As if all Campaign manifests were gone: live campaigns are paused and ended,
    then deleted, ended or left as `on_remove` says. Shows the plan first and
    asks. Live campaigns want --allow live_deletes=N, for people who wait for
    their call will not get it.

    Of the manifests it needs names and `on_remove`: leads and do-not-call lists
    are not read, so that one that is missing does not stand in the way.

    Never touches a campaign that is not this project's, nor the manifests. The
    ledger remembers who was called: applying again calls nobody of them.

    Exit codes: as for apply (0 1 4 5 6 7 64 130)

    Examples:
      teli-iac destroy
      teli-iac destroy --target campaign/fall-renewals --allow live_deletes=1

    """
    outputs = outputs_of(writes)
    teller = _teller("destroy", outputs, json_stream=json_stream)
    deed = "remove these campaigns from Teli"
    approve = approval(teller.plan, deed, auto_approve=auto_approve, outputs=outputs)
    options = with_approval(parse_options(targets, allow, parallelism, on_error), auto_approve=auto_approve)
    return _carry_out(workflow.destroy, invocation(paths), options, approve, teller)


def _teller(command: str, outputs: Outputs, *, json_stream: bool) -> Teller:
    teller = AsEvents(session.current(), outputs) if json_stream else AsText(session.current(), outputs)
    return watched(teller, command, os.environ)


def _carry_out(
    work: Work, asked: Invocation, options: PlanOptions, approve: Approval, teller: Teller
) -> ExitCode:
    """Run an apply or a destroy: tell each step as it comes, and how it all ended."""
    with Interrupts() as interrupts:
        try:
            for step in work(asked, options, _then(approve, interrupts.defer), lambda: interrupts.pending):
                if isinstance(step, Ending):
                    teller.ending(step)
                    return ExitCode(step.exit_code)
                teller.step(step)
        except TeliIacError as fault:
            teller.fault(fault)
            raise
    raise AssertionError("an apply ends with its ending")


def _then(approve: Approval, go_on: Callable[[], None]) -> Callable[[PlanResult], bool]:
    """The approval, followed by `go_on` when it was given."""

    def approve_and_go_on(result: PlanResult) -> bool:
        approved = approve(result)
        if approved:
            go_on()
        return approved

    return approve_and_go_on


def _refuse_unsaved(require_signature: str | None) -> None:
    if require_signature:
        raise PlanUnsigned(
            "A signature is required, and no saved plan was given that could have one.",
            "Name the file that `teli-iac plan --out FILE --sign-key KEYFILE` wrote.",
        )
