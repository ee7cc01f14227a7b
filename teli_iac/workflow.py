"""The story of each command, in the order things happen.

Three worlds meet: desired (manifests), recorded (ledger), observed (API). A plan is a pure function of
the three; an apply makes it true and remembers that it did.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeAlias

from teli_iac.adopting import adopt_campaign
from teli_iac.api import is_sandbox, parse_origin
from teli_iac.apply import Means, apply_plan
from teli_iac.approval import (
    as_approved,
    consumption,
    hold_to,
    refuse_another_target,
    refuse_other_digest,
    refuse_outdated,
    refuse_used,
)
from teli_iac.authorship import applied
from teli_iac.corroborating import gather_evidence
from teli_iac.diagnosing import check_online, diagnose
from teli_iac.errors import InvalidManifests, UsageError
from teli_iac.history import EventTold, LedgerKept
from teli_iac.importing import (
    Described,
    Importable,
    import_campaigns,
    list_importable,
    refuse_part_of_project,
)
from teli_iac.ledger import Journal, open_ledger
from teli_iac.model import (
    Applied,
    Desired,
    Ending,
    Event,
    Evidence,
    Finding,
    GuardName,
    LedgerKey,
    Outcome,
    Project,
    Recorded,
    Settlement,
)
from teli_iac.model.comparison import Comparison
from teli_iac.moving import bring_in, export, retire
from teli_iac.operate import Chosen, refuse_on_hold
from teli_iac.operating import (
    Approve,
    Halting,
    Steering,
    Stock,
    find_drift,
    halt_campaigns,
    open_post,
    person,
    release_hold,
    steer_campaigns,
)
from teli_iac.plan_files import read_plan_file, refuse_in_the_way, write_plan_file
from teli_iac.preflight import as_warnings
from teli_iac.proposal import PlanResult, get_approval, propose
from teli_iac.rebuilding import rebuild
from teli_iac.record_keeping import (
    Checked,
    check_whole,
    end_lease,
    look_up_campaigns,
    look_up_events,
    open_project_ledger,
)
from teli_iac.reviewing import compare_with_revision
from teli_iac.saved_plans import SavedPlan, write_document
from teli_iac.settings import (
    DEFAULT_PARALLELISM,
    MOST_PARALLELISM,
    ByHand,
    Invocation,
    PlanOptions,
    Saving,
    Target,
    account_of,
)
from teli_iac.settling import settle_parts
from teli_iac.signatures import signer, verifier
from teli_iac.standing import Standing
from teli_iac.uncallable import problems_of_people
from teli_iac.worlds import (
    Worlds,
    find_folder,
    hold_ledger,
    make_ledger,
    open_worlds,
    read_desired,
    read_project,
    recall,
)

__all__ = [
    "Approve",
    "Chosen",
    "PlanResult",
    "adopt",
    "apply",
    "apply_saved",
    "check_ledger",
    "compare",
    "create_ledger",
    "destroy",
    "diagnose",
    "drift",
    "export_ledger",
    "find_project",
    "halt",
    "import_ledger",
    "import_made_elsewhere",
    "list_events",
    "list_made_elsewhere",
    "look_at_calls",
    "plan",
    "read_plan",
    "rebuild_ledger",
    "release",
    "save_plan",
    "settle",
    "show_ledger",
    "steer",
    "unlock_ledger",
    "validate",
    "validate_online",
    "watch",
]

ApprovePlan: TypeAlias = Callable[[PlanResult], bool]
Stopping: TypeAlias = Callable[[], bool]
Steps: TypeAlias = Generator[Outcome | Ending, None, None]
_Scoped: TypeAlias = tuple[Desired, Recorded, PlanOptions]


def validate(asked: Invocation) -> Desired:
    """Check everything that can be checked offline. Raises InvalidManifests with every problem."""
    desired = read_desired(asked)
    problems = problems_of_people(desired, asked.waiting.now())
    if problems:
        raise InvalidManifests(problems)
    return desired


def find_project(asked: Invocation) -> Path:
    """The folder that the places of problems are told from, whatever is wrong with the manifests."""
    return find_folder(asked)


def validate_online(asked: Invocation) -> tuple[Desired, tuple[Finding, ...]]:
    """Check what can be checked offline, then what Teli says of agents and numbers. Sends nothing but GET."""
    validate(asked)
    with open_worlds(asked, connections=2) as worlds:
        findings = check_online(worlds)
        return worlds.desired, as_warnings(findings) if worlds.origin.calls_nobody else findings


def compare(asked: Invocation, revision: str) -> Comparison:
    """What the working tree changes since a git revision; asks neither Teli nor the ledger."""
    return compare_with_revision(asked, revision)


def plan(asked: Invocation, options: PlanOptions) -> PlanResult:
    """Decide what an apply would do. Cannot write: it holds neither the ledger nor a client that writes."""
    with open_worlds(asked, options.parallelism) as worlds:
        return propose(worlds, worlds.desired, recall(worlds), worlds.ledger.people, options)


def save_plan(asked: Invocation, options: PlanOptions, saving: Saving) -> PlanResult:
    """Plan, and write that plan to a file: once it is approved, exactly that can be applied, and once."""
    refuse_in_the_way(saving.file)
    sign = signer(saving.sign_key) if saving.sign_key else None
    result = plan(asked, options)
    saved = as_approved(result, options, saving.nonce, asked.release)
    write_plan_file(saving.file, write_document(saved, sign))
    return result


def read_plan(file: Path, signed_by: Path | None) -> SavedPlan:
    """A saved plan from its file alone; with the public key in `signed_by`, only one signed so."""
    return read_plan_file(file, verifier(signed_by) if signed_by else None)


def apply(asked: Invocation, options: PlanOptions, approve: ApprovePlan, stopping: Stopping) -> Steps:
    """Plan while holding the ledger, get approval, make the plan true: outcomes, the ending last."""
    return _carry_out(asked, options, approve, stopping, _as_is)


def apply_saved(
    saved: SavedPlan, asked: Invocation, options: PlanOptions, approve: ApprovePlan, stopping: Stopping
) -> Steps:
    """Plan anew while holding the ledger, and make it true if it is what was approved. Raises PlanStale."""
    refuse_other_digest(saved.plan, options.expect_digest)
    refuse_outdated(saved, asked.waiting.now(), asked.release)
    with open_worlds(replace(asked, paths=saved.bound.paths), _connections(options)) as worlds:
        refuse_another_target(saved, worlds)
        with hold_ledger(worlds) as held:
            recorded = held[0].load()
            refuse_on_hold(recorded)
            refuse_used(saved, recorded)
            scoped = replace(options, targets=saved.plan.targets)
            proposed = propose(worlds, worlds.desired, recorded, held[0].people, scoped)
            result = hold_to(saved, proposed, asked.release)
            get_approval(result, approve, worlds)
            means = _means(worlds, held, options, stopping)
            news: tuple[Event, ...] = (consumption(saved), *_note(worlds, result, options))
            yield from apply_plan(result.plan, replace(means, news=news))


def destroy(asked: Invocation, options: PlanOptions, approve: ApprovePlan, stopping: Stopping) -> Steps:
    """Apply as if no manifest wanted a campaign any more; that none is wanted needs no further consent."""
    return _carry_out(asked, options, approve, stopping, _as_if_gone)


def settle(asked: Invocation, address: str, settlement: Settlement) -> str:
    """Record a person's decision about a campaign; what was decided, in sentences."""
    with open_worlds(asked, connections=1) as worlds, hold_ledger(worlds) as (journal, _):
        return settle_parts(address, settlement, worlds, journal)


def list_made_elsewhere(asked: Invocation) -> Importable:
    """Campaigns on Teli that no manifest and no project describes; writes nothing."""
    with open_worlds(asked, connections=1) as worlds:
        refuse_part_of_project(worlds)
        return list_importable(worlds, recall(worlds))


def import_made_elsewhere(
    asked: Invocation, campaign_ids: Sequence[str] | None, folder: str
) -> tuple[tuple[Described, ...], tuple[str, ...]]:
    """Write manifests for campaigns made elsewhere, for all when no ids are given, and record them."""
    with open_worlds(asked, connections=1) as worlds, hold_ledger(worlds) as (journal, _):
        refuse_part_of_project(worlds)
        return import_campaigns(worlds, journal, campaign_ids, folder)


def adopt(asked: Invocation, address: str) -> tuple[str, ...]:
    """Take into the ledger what it lacks of a campaign that Teli shows; what was done, in sentences."""
    with open_worlds(asked, connections=1) as worlds, hold_ledger(worlds) as (journal, key):
        return adopt_campaign(address, worlds, journal, key)


def halt(asked: Invocation, target: Target, addresses: tuple[str, ...], why: str) -> Halting:
    """Pause whatever calls until nothing is seen to, and hold every apply back; how it ended comes last."""
    with open_post(asked, target, MOST_PARALLELISM) as post:
        yield from halt_campaigns(post, addresses, person(why))


def release(asked: Invocation, target: Target, why: str) -> str:
    """Lift the hold of a halt; what was done, in a sentence. Nothing is sent to Teli."""
    with open_post(asked, target, connections=1) as post:
        return release_hold(post, person(why))


def steer(asked: Invocation, target: Target, by_hand: ByHand, approve: Approve) -> Steering:
    """Pause, resume or end by hand, and look until it is so; how it ended comes last."""
    with open_post(asked, target, DEFAULT_PARALLELISM) as post:
        yield from steer_campaigns(post, by_hand, approve)


def watch(asked: Invocation, target: Target, addresses: Sequence[str]) -> Iterator[Standing]:
    """How things stand, again whenever the next is asked for. Sends nothing but GET."""
    with open_post(asked, target, DEFAULT_PARALLELISM) as post:
        stock = Stock(post, addresses)
        while True:
            yield stock.take()


def drift(asked: Invocation, target: Target, addresses: Sequence[str]) -> Standing:
    """What Teli shows otherwise than the ledger remembers. Sends nothing but GET."""
    with open_post(asked, target, DEFAULT_PARALLELISM) as post:
        return find_drift(post, addresses)


def look_at_calls(
    asked: Invocation, address: str | None, since: datetime | None, until: datetime | None
) -> Evidence:
    """What Teli's call history says of a campaign, or of everything; corroboration, never proof."""
    with open_worlds(asked, connections=1) as worlds:
        return gather_evidence(worlds, recall(worlds), address, since, until)


def create_ledger(asked: Invocation) -> str:
    """Make the project's ledger unless it is there; a sentence about which of the two it was."""
    project = read_project(asked)
    account = account_of(project, parse_origin(project.base_url))
    ledger = open_ledger(project.ledger, project.folder, project.name)
    there = ledger.exists()
    key = make_ledger(ledger, account, asked)
    ledger.load(account, key)
    return f"The ledger of project {project.name} {'was there before' if there else 'is made'}."


def show_ledger(asked: Invocation, address: str | None) -> LedgerKept:
    """What the ledger remembers of every campaign, or of one; writes nothing and asks Teli nothing."""
    return look_up_campaigns(open_project_ledger(asked), address)


def list_events(asked: Invocation, address: str | None) -> tuple[EventTold, ...]:
    """Everything that was ever recorded, in order, or that of one campaign."""
    return look_up_events(open_project_ledger(asked), address)


def check_ledger(asked: Invocation) -> Checked:
    """Check the ledger link by link. Raises LedgerDamaged naming the first place that is wrong."""
    return check_whole(open_project_ledger(asked))


def unlock_ledger(asked: Invocation, approve: Callable[[str], bool]) -> str:
    """End the lease of a dead apply once a person approves, who is told who holds it; what was done."""
    return end_lease(open_project_ledger(asked), approve, asked)


def export_ledger(
    asked: Invocation, file: Path, retire_to: str | None, approve: Callable[[str], bool]
) -> str:
    """Write the ledger to a file; with `retire_to` it is closed here once approved, to go on there."""
    ledger = open_project_ledger(asked)
    return retire(ledger, file, retire_to, approve, asked) if retire_to else export(ledger, file)


def import_ledger(asked: Invocation, file: Path, *, restoring: bool) -> str:
    """Make the Project's ledger from a file that was exported; what came. Never joins two ledgers."""
    return bring_in(file, asked, restoring=restoring)


def rebuild_ledger(asked: Invocation, approve: Callable[[str], bool]) -> str:
    """Make a lost ledger anew from what ids, Teli's list and git prove, once that is approved."""
    with open_worlds(asked, connections=1) as worlds:
        return rebuild(worlds, asked, approve)


def _carry_out(
    asked: Invocation,
    options: PlanOptions,
    approve: ApprovePlan,
    stopping: Stopping,
    scope: Callable[[Worlds, Recorded, PlanOptions], _Scoped],
) -> Steps:
    with open_worlds(asked, _connections(options)) as worlds, hold_ledger(worlds) as held:
        desired, recorded, scoped = scope(worlds, held[0].load(), options)
        refuse_on_hold(recorded)
        result = propose(worlds, desired, recorded, held[0].people, scoped)
        refuse_other_digest(result.plan, options.expect_digest)
        get_approval(result, approve, worlds)
        means = replace(_means(worlds, held, options, stopping), news=_note(worlds, result, options))
        yield from apply_plan(result.plan, means)


def _note(worlds: Worlds, result: PlanResult, options: PlanOptions) -> tuple[Applied, ...]:
    """Who applies what, for the ledger."""
    note = applied(result.plan, worlds.asked, options, Path(worlds.desired.project.folder))
    return (note,) if note else ()


def _connections(options: PlanOptions) -> int:
    """So many that look-ups ahead and the list that verifies take none from the creates."""
    return 2 * options.parallelism + 1


def _means(
    worlds: Worlds, held: tuple[Journal, LedgerKey], options: PlanOptions, stopping: Stopping
) -> Means:
    journal, key = held
    return Means(
        api=worlds.api,
        journal=journal,
        project=_without_needless_waits(worlds.desired.project),
        key=key,
        waiting=worlds.asked.waiting,
        parallelism=options.parallelism,
        on_error=options.on_error,
        stopping=stopping,
    )


def _without_needless_waits(project: Project) -> Project:
    # The embedded Teli's calls take no time, so none is in flight when a campaign is paused.
    return replace(project, drain=timedelta(0)) if is_sandbox(project.base_url) else project


def _as_is(worlds: Worlds, recorded: Recorded, options: PlanOptions) -> _Scoped:
    return worlds.desired, recorded, options


def _as_if_gone(worlds: Worlds, recorded: Recorded, options: PlanOptions) -> _Scoped:
    """What a destroy plans with: nothing is wanted, and each campaign leaves as its manifest says last."""
    declared = worlds.desired.campaigns.values()
    targets = options.targets
    if not targets and not worlds.desired.covers_project:
        targets = tuple(sorted(campaign.address for campaign in declared))
    if not targets and not worlds.desired.covers_project:
        raise UsageError(
            "There is no campaign under these paths.", "Name the folder of the Project to destroy all of it."
        )
    desired = replace(worlds.desired, campaigns={}, covers_project=True)  # imports are never removed
    on_remove = {**recorded.on_remove, **{campaign.name: campaign.on_remove for campaign in declared}}
    allow = {**options.allow, GuardName.ALL_GONE: 1}
    return desired, replace(recorded, on_remove=on_remove), replace(options, targets=targets, allow=allow)
