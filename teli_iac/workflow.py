"""The story of each command, in the order things happen.

Three worlds meet: desired (manifests), recorded (ledger), observed (API). A plan is a pure function of
the three; an apply makes it true and remembers that it did.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import replace
from typing import TypeAlias

from teli_iac.api import parse_origin
from teli_iac.apply import Means, apply_plan
from teli_iac.errors import InvalidManifests, UsageError
from teli_iac.ledger import open_ledger
from teli_iac.model import Desired, Ending, GuardName, Outcome, Recorded, Settlement
from teli_iac.proposal import PlanResult, get_approval, propose
from teli_iac.settings import Invocation, PlanOptions, account_of
from teli_iac.settling import settle_parts
from teli_iac.uncallable import problems_of_people
from teli_iac.worlds import Worlds, hold_ledger, make_ledger, open_worlds, read_desired, read_project, recall

__all__ = ["PlanResult", "apply", "create_ledger", "destroy", "plan", "settle", "validate"]

Approve: TypeAlias = Callable[[PlanResult], bool]
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


def plan(asked: Invocation, options: PlanOptions) -> PlanResult:
    """Decide what an apply would do. Cannot write: it holds neither the ledger nor a client that writes."""
    with open_worlds(asked, options.parallelism) as worlds:
        return propose(worlds, worlds.desired, recall(worlds), worlds.ledger.people, options)


def apply(asked: Invocation, options: PlanOptions, approve: Approve, stopping: Stopping) -> Steps:
    """Plan while holding the ledger, get approval, make the plan true: outcomes, the ending last."""
    return _carry_out(asked, options, approve, stopping, _as_is)


def destroy(asked: Invocation, options: PlanOptions, approve: Approve, stopping: Stopping) -> Steps:
    """Apply as if no manifest wanted a campaign any more; that none is wanted needs no further consent."""
    return _carry_out(asked, options, approve, stopping, _as_if_gone)


def settle(asked: Invocation, address: str, settlement: Settlement) -> str:
    """Record a person's decision about a campaign; what was decided, in sentences."""
    with open_worlds(asked, connections=1) as worlds, hold_ledger(worlds) as (journal, _):
        return settle_parts(address, settlement, worlds, journal)


def create_ledger(asked: Invocation) -> str:
    """Make the project's ledger unless it is there; a sentence about which of the two it was."""
    project = read_project(asked)
    account = account_of(project, parse_origin(project.base_url))
    ledger = open_ledger(project.ledger, project.folder, project.name)
    there = ledger.exists()
    key = make_ledger(ledger, account, asked)
    ledger.load(account, key)
    return f"The ledger of project {project.name} {'was there before' if there else 'is made'}."


def _carry_out(
    asked: Invocation,
    options: PlanOptions,
    approve: Approve,
    stopping: Stopping,
    scope: Callable[[Worlds, Recorded, PlanOptions], _Scoped],
) -> Steps:
    with open_worlds(asked, options.parallelism) as worlds, hold_ledger(worlds) as (journal, key):
        desired, recorded, scoped = scope(worlds, journal.load(), options)
        result = propose(worlds, desired, recorded, journal.people, scoped)
        get_approval(result, approve, worlds)
        means = Means(
            api=worlds.api,
            journal=journal,
            project=desired.project,
            key=key,
            waiting=asked.waiting,
            parallelism=options.parallelism,
            on_error=options.on_error,
            stopping=stopping,
        )
        yield from apply_plan(result.plan, means)


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
    desired = replace(worlds.desired, campaigns={}, covers_project=True)
    on_remove = {**recorded.on_remove, **{campaign.name: campaign.on_remove for campaign in declared}}
    allow = {**options.allow, GuardName.ALL_GONE: 1}
    return desired, replace(recorded, on_remove=on_remove), replace(options, targets=targets, allow=allow)
