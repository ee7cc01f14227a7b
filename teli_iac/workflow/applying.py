"""Making a plan true: the commands that launch campaigns and take them away."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TypeAlias

from teli_iac.api import is_sandbox
from teli_iac.apply import Means, apply_plan, connections_of
from teli_iac.approval import (
    consumption,
    hold_to,
    refuse_another_target,
    refuse_other_digest,
    refuse_outdated,
    refuse_used,
)
from teli_iac.authorship import applied
from teli_iac.errors import UsageError
from teli_iac.leads import Lists
from teli_iac.ledger import Journal
from teli_iac.model import Applied, Desired, Ending, Event, GuardName, LedgerKey, Outcome, Project, Recorded
from teli_iac.operate import refuse_on_hold
from teli_iac.proposal import PlanResult, get_approval, propose
from teli_iac.saved_plans import SavedPlan
from teli_iac.settings import Invocation, PlanOptions
from teli_iac.worlds import Worlds, databases_of, hold_ledger, open_to_leave, open_worlds

ApprovePlan: TypeAlias = Callable[[PlanResult], bool]
Stopping: TypeAlias = Callable[[], bool]
Steps: TypeAlias = Generator[Outcome | Ending, None, None]
_Scoped: TypeAlias = tuple[Desired, Recorded, PlanOptions]


def apply(asked: Invocation, options: PlanOptions, approve: ApprovePlan, stopping: Stopping) -> Steps:
    """Plan while holding the ledger, get approval, make the plan true: outcomes, the ending last."""
    return _carry_out(open_worlds(asked, _connections(options)), options, approve, stopping, _as_is)


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
    """Apply as if no manifest wanted a campaign any more; that none is wanted needs no further consent.

    Of the manifests it takes names and how each campaign leaves: whoever would be called is not read.
    """
    return _carry_out(open_to_leave(asked, _connections(options)), options, approve, stopping, _as_if_gone)


def _carry_out(
    opening: AbstractContextManager[Worlds],
    options: PlanOptions,
    approve: ApprovePlan,
    stopping: Stopping,
    scope: Callable[[Worlds, Recorded, PlanOptions], _Scoped],
) -> Steps:
    with opening as worlds, hold_ledger(worlds) as held:
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
    return connections_of(options.parallelism)


def _means(
    worlds: Worlds, held: tuple[Journal, LedgerKey], options: PlanOptions, stopping: Stopping
) -> Means:
    journal, key = held
    project = worlds.desired.project
    # Made after the approval, so that they know no answer from before it.
    databases, clock = databases_of(project, worlds.asked), worlds.asked.waiting.now
    lists = Lists(project.folder, databases=databases, clock=clock)
    return Means(
        api=worlds.api,
        journal=journal,
        project=_without_needless_waits(project),
        key=key,
        waiting=worlds.asked.waiting,
        parallelism=options.parallelism,
        on_error=options.on_error,
        stopping=stopping,
        lists=lists,
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
