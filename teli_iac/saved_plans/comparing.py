"""What differs between a saved plan and the world it is to be applied to, in people's words.

What may differ without harm: clocks, progress, where things are written down, and a campaign that has
merely finished and stays as it is. Counts may shrink, never grow: whoever was put on a do-not-call list since
is left out, and what was approved is done without them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
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
    {
        "learned",
        "drift",
        "uncalled",
        "faults",
        "not_observable",
        "launch",
        "further",
        "split",
        "windows",
        "suppressed",
    }
)
"""What a plan learned or only shows, and launches, whose ids, people and settings are compared anyway."""

_LAUNCHES = frozenset({Action.LAUNCH, Action.EXTEND})
_COUNTS = ("people", "new", "again", "worst_case_calls")
_OF_PEOPLE = frozenset({*_COUNTS, "campaign_id", "fields", "reason"})
"""What a change has of whom it concerns. Somebody who is listed may be the first reason to stop a part that
was to be stopped anyway."""


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
    shrunk = _shrunk(saved.bound, now)
    return causes or (*_decisions(saved.plan, plan, shrunk), *_counts(saved.plan, plan))


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
            yield from _campaign(address, before, after, can_tell_who=approved.ledger_key is not None)


def _campaign(
    address: str, before: BoundCampaign, after: BoundCampaign, *, can_tell_who: bool
) -> Iterator[str]:
    for name in _differing(before.values, after.values):
        yield f"{name} of {address} changed"
    is_counted_otherwise = before.people != after.people and before.left_out == after.left_out
    if before.leads != after.leads or is_counted_otherwise:
        yield f"the leads of {address} changed: {_people(before.people)} approved, now {after.people:,}"
    elif not before.left_out <= after.left_out:
        yield _came_off(address) if can_tell_who or not after.left_out else _others_left_out(address)


def _came_off(address: str) -> str:
    return f"somebody of {address} was left out by a do-not-call list when it was approved, and is not now"


def _others_left_out(address: str) -> str:
    """Without a ledger those left out have one name together (`binding`), which tells nothing of anybody."""
    return (
        f"a do-not-call list leaves out others of {address} than when it was approved, and without a ledger"
        " nobody can tell whether it has only grown"
    )


def _shrunk(approved: Bound, now: Bound) -> frozenset[str]:
    """Campaigns of whose people a do-not-call list leaves out more than it did."""
    after = now.campaigns
    return frozenset(
        address
        for address, before in approved.campaigns.items()
        if address in after and before.left_out < after[address].left_out
    )


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


def _decisions(approved: Plan, now: Plan, shrunk: Collection[str]) -> Iterator[str]:
    before = {change.address: change for change in approved.changes}
    after = {change.address: change for change in now.changes}
    told = False
    for address in sorted(before.keys() | after.keys()):
        was, is_now = before.get(address), after.get(address)
        if address in shrunk and was and is_now and _is_the_same_for_fewer(was, is_now):
            continue
        difference = _decision(was, is_now)
        if difference:
            told = True
            yield f"{address} {difference}"
    if approved.digest != now.digest and not (told or shrunk):
        yield f"the plan's digest was {approved.digest}, now it is {now.digest}"


def _is_the_same_for_fewer(before: Change, after: Change) -> bool:
    """Whether nothing is done but what was approved, for some of the people or for none."""
    if before.action in _LAUNCHES and after.action is Action.KEEP:
        return not acts(after)
    left, right = _essence(before), _essence(after)
    same = {name: each for name, each in left.items() if name not in _OF_PEOPLE}
    fewer = all(getattr(after, name) <= getattr(before, name) for name in _COUNTS)
    return (
        fewer
        and same == {name: each for name, each in right.items() if name not in _OF_PEOPLE}
        and _part_of(before) == _part_of(after)
        and _fields(left) == _fields(right)
    )


def _part_of(change: Change) -> tuple[str, ...]:
    """Which part it is about, whoever is in it."""
    part = parse_campaign_id(change.campaign_id) if change.campaign_id else None
    return (part.project, part.name, str(part.run), str(part.part)) if part else (str(change.campaign_id),)


def _fields(essence: Mapping[str, Any]) -> list[Any]:
    return [each for each in essence.get("fields", ()) if each["path"] != "leads"]


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
