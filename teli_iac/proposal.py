"""A plan put before a person: the decisions, the guards that refuse them, and whether to go on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import partial

from teli_iac.api import ReadingClient
from teli_iac.errors import Declined, ExitCode, GuardsRefuse, NotConfigured, NotReady, UsageError
from teli_iac.guards import Refusal, refuse
from teli_iac.inspecting import begin_inspection, inspect_account
from teli_iac.leads import refuse_stale
from teli_iac.model import (
    Action,
    Campaign,
    Desired,
    Finding,
    Hold,
    Inventory,
    LedgerPlace,
    Plan,
    Project,
    Reason,
    Recorded,
    Severity,
)
from teli_iac.observe import PeopleReader, Question, count_uncontacted, observe
from teli_iac.plan import Scope, make_plan, parts_to_count, people_needed
from teli_iac.preflight import as_warnings, check_campaigns
from teli_iac.saved_plans import Basis
from teli_iac.settings import PlanOptions, paths_of
from teli_iac.worlds import Worlds

_LAUNCHING = frozenset({Action.LAUNCH, Action.EXTEND, Action.REPLACE})


@dataclass(frozen=True, slots=True)
class PlanResult:
    """A plan, the guards that refuse it, what it was made from, and what was found about its launches."""

    plan: Plan
    refusals: tuple[Refusal, ...]
    basis: Basis
    findings: tuple[Finding, ...] = ()

    @property
    def is_unready(self) -> bool:
        """Whether something was found that a launch would run into."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)

    @property
    def hold(self) -> Hold | None:
        """Why no apply would do it now, None when nobody has halted the project."""
        return self.basis.recorded.hold

    def exit_code(self, *, detailed: bool) -> ExitCode:
        """What `plan` ends with (semantics §8): the most serious wins; `detailed` tells changes by 2."""
        if any(change.reason is Reason.UNKNOWN_OUTCOME for change in self.plan.blocked):
            return ExitCode.UNKNOWN
        if self.refusals or self.plan.blocked or self.is_unready or self.hold:
            return ExitCode.REFUSED
        return ExitCode.CHANGES if detailed and self.plan.acting else ExitCode.DONE


def propose(
    worlds: Worlds, desired: Desired, recorded: Recorded, read_people: PeopleReader, options: PlanOptions
) -> PlanResult:
    """Look at the API and decide. Sends nothing but GET."""
    _refuse_unknown_targets(options.targets, worlds.desired, recorded)
    refuse_stale(_targeted(desired, options.targets), worlds.asked.waiting.now())
    trusted = worlds.origin.calls_nobody
    question = Question(desired.project, recorded, trusts_its_clock=trusted, at_once=options.parallelism)
    inventory = _inventory(worlds, desired, recorded, options)
    observed = observe(worlds.api.reading(), question, worlds.asked.waiting)
    needed = people_needed(desired, recorded, observed)
    known = replace(recorded, people=read_people(needed)) if needed else recorded
    # Where nobody can be called, apply makes a ledger that is missing.
    ledger_exists = worlds.ledger.exists()
    scope = Scope(worlds.account, options.targets, ledger_exists=trusted or ledger_exists)
    plan = make_plan(desired, known, observed, scope)
    counting = [recorded.parts[campaign_id] for campaign_id in parts_to_count(plan)]
    if counting:
        uncontacted = count_uncontacted(worlds.api.reading(), counting, read_people, recorded.key)
        plan = make_plan(desired, known, replace(observed, uncontacted=uncontacted), scope)
    basis = Basis(desired, recorded, observed, paths_of(worlds.asked), ledger_exists)
    refusals = refuse(plan.guard_counts, plan.limits, options.allow)
    return PlanResult(plan, refusals, basis, _preflight(plan, worlds, inventory) if options.preflight else ())


def _targeted(desired: Desired, targets: Sequence[str]) -> Iterator[Campaign]:
    return (each for each in desired.campaigns.values() if not targets or each.address in targets)


def _inventory(
    worlds: Worlds, desired: Desired, recorded: Recorded, options: PlanOptions
) -> Callable[[], Inventory]:
    """What tells of agents and numbers: asked at once, beside the list, when something was never launched."""
    launched = {part.name for part in recorded.parts.values()}
    unknown = any(campaign.name not in launched for campaign in _targeted(desired, options.targets))
    begin = begin_inspection if options.preflight and unknown else _inspect_later
    return begin(worlds.api.reading(), worlds.desired.project)


def _inspect_later(api: ReadingClient, project: Project) -> Callable[[], Inventory]:
    return partial(inspect_account, api, project)


def _preflight(plan: Plan, worlds: Worlds, inventory: Callable[[], Inventory]) -> tuple[Finding, ...]:
    """What is wrong with the agents and numbers of what would be launched; nothing is asked without that.

    Where nobody can be called, nothing of it stands in the way.
    """
    names = {each.address.partition("/")[2] for each in plan.changes if each.action in _LAUNCHING}
    if not names:
        return ()
    campaigns = [each for name, each in worlds.desired.campaigns.items() if name in names]
    findings = check_campaigns(campaigns, inventory())
    return as_warnings(findings) if worlds.origin.calls_nobody else findings


def get_approval(result: PlanResult, approve: Callable[[PlanResult], bool], worlds: Worlds) -> None:
    """Show the plan and go on only when that is allowed and wanted.

    Raises GuardsRefuse, NotReady, Declined, or NotConfigured for launches that nobody would remember.
    """
    approved = approve(result)
    if result.refusals:
        consents = tuple(refusal.consent for refusal in result.refusals)
        raise GuardsRefuse(consents, result.exit_code(detailed=False))
    if result.is_unready:
        raise NotReady(
            "What would be launched is not ready to call; nothing was done.",
            "Mend what is named above. With --no-preflight it is not looked at.",
        )
    _refuse_short_memory(result.plan, worlds)
    if not approved:
        raise Declined("Not approved: nothing was done.", "Type `yes` to approve, or pass --auto-approve.")


def _refuse_short_memory(plan: Plan, worlds: Worlds) -> None:
    launches = any(change.action in _LAUNCHING for change in plan.changes)
    fleeting = worlds.desired.project.ledger == LedgerPlace.LOCAL and not worlds.asked.interactive
    if launches and fleeting and not worlds.origin.calls_nobody:
        raise NotConfigured(
            "A local ledger without a terminal launches nobody: a pipeline's checkout is thrown away, and"
            " with it the memory of who was called.",
            "Set the Project's `ledger` to a place that outlives the checkout (see docs/ledger.md), or run"
            " apply at a terminal, where .teli/ stays.",
        )


def _refuse_unknown_targets(targets: Iterable[str], desired: Desired, recorded: Recorded) -> None:
    names = desired.campaigns.keys() | desired.imports.keys()
    names |= {part.name for part in recorded.parts.values()}
    names |= {each.name for each in recorded.imports.values()}
    known = sorted(f"campaign/{name}" for name in names)
    for target in targets:
        if target not in known:
            close = get_close_matches(target, known, n=1)
            meant = f" Did you mean {close[0]}?" if close else ""
            raise UsageError(
                f"--target {target} is neither in the manifests nor in the ledger.{meant}",
                "Without --target, plan names every campaign.",
            )
