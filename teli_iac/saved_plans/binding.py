"""What a saved plan is bound to: everything it was made from, as names that give nothing away.

Desired values and people are named by keyed hashes under the ledger's key, so that nobody who reads the
file can try out who is in it. Clocks, progress and what merely finished are not among them.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from teli_iac.identity import parse_campaign_id, person_keys
from teli_iac.model import (
    Action,
    Campaign,
    CampaignSettings,
    Change,
    Desired,
    JsonValue,
    Leads,
    LedgerKey,
    Observed,
    Plan,
    Project,
    Recorded,
    Status,
)
from teli_iac.model.recorded import PERSON_KEY_BYTES
from teli_iac.saved_plans.shapes import canonical_text, shape_of

_NO_LEDGER = LedgerKey(bytes(32))
"""Without a ledger there is no key; then nobody can be called but by the embedded Teli or on loopback."""

_PLACES = frozenset({"name", "mark", "origins", "folder", "leads", "settings", "connections"})
"""Where things are written down may change without harm; people and settings are named on their own.
A connection is where people come from, as a file is: who came is what is bound."""

_DAY_AND_PLACE = frozenset({"mark", "as_of"})


@dataclass(frozen=True, slots=True)
class Basis:
    """What one plan was made from. `paths` are as given, below the folder that plan was started in."""

    desired: Desired
    recorded: Recorded
    observed: Observed
    paths: tuple[str, ...]
    ledger_exists: bool


@dataclass(frozen=True, slots=True)
class BoundCampaign:
    """One campaign in scope: its people counted and named, and a hash of each desired value.

    `leads` names everybody whom its leads declare; of those whom a do-not-call list leaves out, `suppressed`
    has the keyed hashes side by side, in their order. Whoever is approved is among the others.
    """

    people: int
    leads: str
    values: Mapping[str, str]
    suppressed: str = ""

    @property
    def left_out(self) -> frozenset[str]:
        """Whom a list leaves out, each by a keyed hash."""
        size, hashes = 2 * PERSON_KEY_BYTES, self.suppressed
        return frozenset(hashes[start : start + size] for start in range(0, len(hashes), size))


@dataclass(frozen=True, slots=True)
class Bound:
    """Everything a plan was made from. Hashes are keyed; `ledger_key` is None when there was no ledger.

    `observed` names every id on the account, `statuses` are those of what the plan changes.
    """

    paths: tuple[str, ...]
    project: Mapping[str, str]
    campaigns: Mapping[str, BoundCampaign]
    ledger_key: str | None
    ledger_version: int
    observed: tuple[str, ...]
    statuses: Mapping[str, Status]


def bind(basis: Basis, plan: Plan, *, ledger_existed: bool) -> Bound:
    """Name everything that `plan` was made from; `ledger_existed` when it was first made."""
    key = key_for(basis, ledger_existed=ledger_existed)
    scope = [c for c in basis.desired.campaigns.values() if not plan.targets or c.address in plan.targets]
    return Bound(
        paths=basis.paths,
        project=_bind_values(key, basis.desired.project),
        campaigns={campaign.address: _bind_campaign(key, campaign) for campaign in scope},
        ledger_key=_named(key, "ledger", []) if ledger_existed else None,
        ledger_version=basis.recorded.version,
        observed=tuple(sorted(name_ids(key, basis.observed.campaigns))),
        statuses=_statuses(plan, basis.observed),
    )


def key_for(basis: Basis, *, ledger_existed: bool) -> LedgerKey:
    """The key under which things are named; an apply that makes the first ledger names without it."""
    return basis.recorded.key if ledger_existed else _NO_LEDGER


def name_ids(key: LedgerKey, campaign_ids: Iterable[str]) -> Mapping[str, str]:
    """Ids by the names they have in a saved plan; an id that is not ours may hold anything."""
    return {_named(key, "id", campaign_id): campaign_id for campaign_id in campaign_ids}


def acts(change: Change) -> bool:
    """Whether this change sends something: its own action, or the end of a part that is not as sent."""
    return change.action not in {Action.KEEP, Action.BLOCKED} or bool(change.verify)


def _bind_campaign(key: LedgerKey, campaign: Campaign) -> BoundCampaign:
    values = {
        **_bind_values(key, campaign),
        **_bind_values(key, campaign.settings),
        **_bind_lists(key, campaign.leads),
    }
    leads = campaign.leads
    return BoundCampaign(len(leads), _name_people(key, leads), values, _name_suppressed(key, leads))


def _bind_lists(key: LedgerKey, leads: Leads) -> Mapping[str, str]:
    """Which lists are declared: not where, and not of which day, which a newer list has another of."""
    if leads.suppression is None:
        return {}
    references = [each.reference for each in leads.suppression.lists]
    kinds: list[Any] = [*map(type, references)]
    written: list[Any] = [shape_of(kind).write(each) for kind, each in zip(kinds, references, strict=True)]
    declared: list[JsonValue] = [
        {name: each for name, each in one.items() if name not in _DAY_AND_PLACE} for one in written
    ]
    return {"suppress": _named(key, "suppress", declared)}


def _name_suppressed(key: LedgerKey, leads: Leads) -> str:
    """Those left out, so that an apply can tell that all of them still are.

    Without a ledger there is no key that is secret, and hashes of numbers could be tried out: then all of
    them together get one name, as long as that of one, and another list is another plan.
    """
    if leads.suppression is None or not leads.suppressed:
        return ""
    numbers = [f"+{number}" for number in leads.suppression.numbers]
    if key is _NO_LEDGER:
        return _named(key, "suppressed", [*numbers])
    return b"".join(sorted(person_keys(key, numbers))).hex()


def _bind_values(key: LedgerKey, holder: Project | Campaign | CampaignSettings) -> Mapping[str, str]:
    kind: Any = type(holder)
    written: Any = shape_of(kind).write(holder)
    fields = (each.name for each in dataclasses.fields(holder) if each.name not in _PLACES)
    return {name: _named(key, name, written.get(name)) for name in fields}


def _name_people(key: LedgerKey, leads: Leads) -> str:
    people = leads.declared
    return _named(key, "leads", [people.count, f"{people.total:032x}", {**leads.refused.by_kind}])


def _named(key: LedgerKey, purpose: str, value: JsonValue) -> str:
    text = canonical_text([purpose, value])
    hashed = hashlib.blake2b(text.encode(), key=key.secret, person=b"saved plan", digest_size=16)
    return hashed.hexdigest()


def _statuses(plan: Plan, observed: Observed) -> Mapping[str, Status]:
    acting = [change for change in plan.changes if acts(change)]
    addresses = {change.address for change in acting}
    named = {campaign_id for change in acting for campaign_id in _ids(change)}
    project = plan.account.project
    for campaign_id in observed.campaigns:
        part = parse_campaign_id(campaign_id)
        if part and part.project == project and f"campaign/{part.name}" in addresses:
            named.add(campaign_id)
    seen = observed.campaigns
    return {campaign_id: seen[campaign_id].status for campaign_id in sorted(named & seen.keys())}


def _ids(change: Change) -> Iterator[str]:
    if change.campaign_id:
        yield change.campaign_id
    yield from (removal.campaign_id for removal in change.removals)
    yield from change.verify
