"""What differs between a saved plan and the world it is to be applied to, in people's words.

What may differ without harm: clocks, progress, where things are written down, and a campaign that has
merely finished and stays as it is. Counts may shrink, never grow.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from teli_iac.identity import parse_campaign_id
from teli_iac.model import Account, Action, Change, LedgerKey, Observed, Plan
from teli_iac.saved_plans.binding import Basis, Bound, BoundCampaign, acts, bind, key_for, name_ids
from teli_iac.saved_plans.saved import SavedPlan
from teli_iac.saved_plans.shapes import shape_of

_ACCOUNT = {
    "origin": "API origin",
    "organization_id": "organization",
    "tenant_id": "tenant",
    "project": "project",
}
_PLACES = frozenset({"origin", "origins", "mark"})
_HARMLESS = frozenset(
    {"learned", "drift", "uncalled", "faults", "not_observable", "launch", "further", "split", "windows"}
)
"""What a plan learned or only shows, and launches, whose ids, people and settings are compared anyway."""


def compare_accounts(approved: Account, now: Account) -> tuple[str, ...]:
    """Whom the plan was made for, against whom it would be applied to."""
    return tuple(
        f'the {words} is another: "{getattr(approved, name)}" was approved, now it is "{getattr(now, name)}"'
        for name, words in _ACCOUNT.items()
        if getattr(approved, name) != getattr(now, name)
    )


def compare_worlds(saved: SavedPlan, basis: Basis, plan: Plan) -> tuple[str, ...]:
    """Every difference between what was approved and what is found now; none when it may be applied.

    `plan` is what was planned anew from `basis`. What follows from another difference is not told.
    """
    ledger_existed = saved.bound.ledger_key is not None
    now = bind(basis, plan, ledger_existed=ledger_existed)
    key = key_for(basis, ledger_existed=ledger_existed)
    causes = (
        *compare_accounts(saved.plan.account, plan.account),
        *_manifests(saved.bound, now),
        *_ledger(saved.bound, now),
        *_ids(saved.bound, basis.observed, key),
        *_statuses(saved.bound, basis.observed),
    )
    return causes or (*_decisions(saved.plan, plan), *_counts(saved.plan, plan))


def _manifests(approved: Bound, now: Bound) -> Iterator[str]:
    for name in _differing(approved.project, now.project):
        yield f"{name} of the Project changed"
    for address in sorted(approved.campaigns.keys() | now.campaigns.keys()):
        before, after = approved.campaigns.get(address), now.campaigns.get(address)
        if before is None:
            yield f"{address} is new in the manifests"
        elif after is None:
            yield f"{address} is no longer in the manifests"
        else:
            yield from _campaign(address, before, after)


def _campaign(address: str, before: BoundCampaign, after: BoundCampaign) -> Iterator[str]:
    for name in _differing(before.values, after.values):
        yield f"{name} of {address} changed"
    if before.leads != after.leads or before.people != after.people:
        yield f"the leads of {address} changed: {_people(before.people)} approved, now {after.people:,}"


def _people(count: int) -> str:
    return "1 person was" if count == 1 else f"{count:,} people were"


def _differing(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))


def _ledger(approved: Bound, now: Bound) -> Iterator[str]:
    if approved.ledger_key != now.ledger_key:
        yield "the ledger's key is another"
    if approved.ledger_version != now.ledger_version:
        yield (
            "the ledger was written since:"
            f" it was at version {approved.ledger_version}, now at {now.ledger_version}"
        )


def _ids(approved: Bound, observed: Observed, key: LedgerKey) -> Iterator[str]:
    named = name_ids(key, observed.campaigns)
    before = frozenset(approved.observed)
    appeared = sorted(named[name] for name in named.keys() - before)
    # An id that does not have our form may hold anything, so it is counted and not told.
    ours = [campaign_id for campaign_id in appeared if parse_campaign_id(campaign_id)]
    yield from (f"{campaign_id} appeared on Teli" for campaign_id in ours)
    if len(appeared) > len(ours):
        yield f"{_campaigns(len(appeared) - len(ours))} not made by teli-iac appeared on Teli"
    known = name_ids(key, approved.statuses)
    gone = before - named.keys()
    yield from sorted(f"{known[name]} is gone from Teli" for name in gone & known.keys())
    if gone - known.keys():
        yield f"{_campaigns(len(gone - known.keys()))} that this plan does not change left Teli"


def _campaigns(count: int) -> str:
    return "1 campaign" if count == 1 else f"{count:,} campaigns"


def _statuses(approved: Bound, observed: Observed) -> Iterator[str]:
    for campaign_id, status in approved.statuses.items():
        campaign = observed.campaigns.get(campaign_id)
        if campaign and campaign.status is not status:
            yield f"{campaign_id} was {status}, now it is {campaign.status}"


def _decisions(approved: Plan, now: Plan) -> Iterator[str]:
    before = {change.address: change for change in approved.changes}
    after = {change.address: change for change in now.changes}
    told = False
    for address in sorted(before.keys() | after.keys()):
        difference = _decision(before.get(address), after.get(address))
        if difference:
            told = True
            yield f"{address} {difference}"
    if approved.digest != now.digest and not told:
        yield f"the plan's digest was {approved.digest}, now it is {now.digest}"


def _decision(before: Change | None, after: Change | None) -> str:
    if not any(change and _matters(change) for change in (before, after)):
        return ""
    if _verb(before) != _verb(after):
        return f"was {_verb(before)}, now it is {_verb(after)}"
    left, right = _essence(before), _essence(after)
    names = sorted(name for name in left.keys() | right.keys() if left.get(name) != right.get(name))
    return f"is to be changed otherwise: {', '.join(names)}" if names else ""


def _matters(change: Change) -> bool:
    return acts(change) or change.action is Action.BLOCKED


def _verb(change: Change | None) -> str:
    return f"{change.action} ({change.reason})" if change else "not in the plan"


def _essence(change: Change | None) -> Mapping[str, Any]:
    if change is None:
        return {}
    written: Any = _without_places(shape_of(Change).write(change))
    return {name: value for name, value in written.items() if name not in _HARMLESS}


def _without_places(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_places(each) for name, each in value.items() if name not in _PLACES}
    return [_without_places(each) for each in value] if isinstance(value, list) else value


def _counts(approved: Plan, now: Plan) -> Iterator[str]:
    for guard, count in now.guard_counts.items():
        before = approved.guard_counts.get(guard, 0)
        if count > before:
            yield f"{guard} counted {before:,} when it was approved, now {count:,}"
