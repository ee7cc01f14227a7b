"""What a ledger tells of each campaign, counted and put in order, for `ledger show` and `log`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches

from teli_iac.errors import UsageError
from teli_iac.model import (
    Account,
    Adopted,
    Applied,
    Arrived,
    Event,
    Governed,
    Held,
    HoldReleased,
    Imported,
    LaunchIntended,
    Left,
    Moved,
    OnRemove,
    PartState,
    PlanConsumed,
    Recorded,
    RecordedPart,
    Released,
    Renamed,
    StoredEvent,
    UncontactedRead,
)

_FREE = frozenset({PartState.VOID, PartState.LAPSED, PartState.RETRIED})


@dataclass(frozen=True, slots=True)
class PartKept:
    """A part with how many people it was given to, and how many of them its release has freed."""

    part: RecordedPart
    given: int
    released: int

    @property
    def is_open(self) -> bool:
        """A launch whose outcome is unknown, or a release that was begun and is not done."""
        return self.part.state is PartState.INTENDED or self.part.releasing


@dataclass(frozen=True, slots=True)
class CampaignKept:
    """A campaign under the name it has now; `left` once an apply has dealt with its leaving the manifests.

    `imports` are those of its parts whose people nobody knows.
    """

    address: str
    on_remove: OnRemove | None
    left: bool
    parts: tuple[PartKept, ...]
    imports: tuple[Imported, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether something of it is open."""
        return any(kept.is_open for kept in self.parts)


@dataclass(frozen=True, slots=True)
class LedgerKept:
    """A ledger, campaign by campaign: what is open comes first."""

    account: Account
    version: int
    consumed_plans: int
    campaigns: tuple[CampaignKept, ...]


@dataclass(frozen=True, slots=True)
class EventTold:
    """One event with the campaign it is about; none for a used plan, a move and a hold.

    `kind` is the word it is stored under, `people` how many it names, where it names any.
    """

    sequence: int
    at: datetime
    kind: str
    address: str | None
    people: int | None
    event: Event


def ledger_kept(account: Account, recorded: Recorded, address: str | None) -> LedgerKept:
    """Everything the ledger came to, or that of one campaign. UsageError for one it never heard of.

    `recorded.people` holds the sets of those who were released.
    """
    names = {part.name for part in recorded.parts.values()} | {i.name for i in recorded.imports.values()}
    if address is not None:
        _refuse_unknown(address, names)
        names = {_name(address)}
    campaigns = [_campaign(recorded, name) for name in sorted(names)]
    in_order = sorted(campaigns, key=lambda campaign: not campaign.is_open)
    return LedgerKept(account, recorded.version, len(recorded.consumed), tuple(in_order))


def released_sets(recorded: Recorded) -> frozenset[str]:
    """The people sets of those whom a release has freed."""
    return frozenset(part.released for part in recorded.parts.values() if part.released is not None)


def uncounted_sets(stored: Iterable[StoredEvent]) -> frozenset[str]:
    """The people sets of events that do not say themselves how many they name."""
    return frozenset(
        each.event.people for each in stored if isinstance(each.event, UncontactedRead | Released)
    )


def events_told(
    recorded: Recorded,
    stored: Sequence[StoredEvent],
    kind_of: Callable[[Event], str],
    address: str | None,
) -> tuple[EventTold, ...]:
    """The events in order, or those of one campaign, whatever its name was. UsageError for an unknown one.

    `recorded.people` holds the uncounted sets.
    """
    about = [_name_in(recorded, each.event) for each in stored]
    if address is not None:
        _refuse_unknown(address, {name for name in about if name})
    names = _names_of(address, stored)
    return tuple(
        EventTold(
            sequence=each.sequence,
            at=each.at,
            kind=kind_of(each.event),
            address=f"campaign/{name}" if name else None,
            people=_people_in(recorded, each.event),
            event=each.event,
        )
        for each, name in zip(stored, about, strict=True)
        if address is None or name in names
    )


def _campaign(recorded: Recorded, name: str) -> CampaignKept:
    parts = sorted(
        (_part(recorded, part) for part in recorded.parts.values() if part.name == name),
        key=lambda kept: (not kept.is_open, kept.part.run, kept.part.part, kept.part.campaign_id),
    )
    imports = tuple(each for _, each in sorted(recorded.imports.items()) if each.name == name)
    return CampaignKept(
        f"campaign/{name}", recorded.on_remove.get(name), name in recorded.left, tuple(parts), imports
    )


def _part(recorded: Recorded, part: RecordedPart) -> PartKept:
    free = part.state in _FREE and not part.appeared
    released = 0 if part.released is None else len(recorded.people[part.released])
    return PartKept(part, 0 if free else part.people_count, released)


def _name_in(recorded: Recorded, event: Event) -> str | None:
    """The campaign an event is about; by its id it is known under the name it has now."""
    match event:
        case PlanConsumed() | Applied() | Moved() | Arrived():
            return None
        case Held() | HoldReleased():
            return None
        case Renamed():
            return event.after
        case Governed() | Left():
            return event.name
        case Imported():
            known = recorded.imports.get(event.campaign_id) or recorded.parts.get(event.campaign_id)
            return known.name if known else event.name
    return recorded.parts[event.campaign_id].name


def _people_in(recorded: Recorded, event: Event) -> int | None:
    match event:
        case LaunchIntended() | Adopted() | Imported():
            return event.people_count
        case Applied():
            return event.people_new + event.people_again
        case UncontactedRead() | Released():
            return len(recorded.people[event.people])
    return None


def _names_of(address: str | None, events: Sequence[StoredEvent]) -> set[str]:
    """The names that the campaign of this address ever had."""
    names = set() if address is None else {_name(address)}
    for stored in reversed(events):
        if isinstance(stored.event, Renamed) and stored.event.after in names:
            names.add(stored.event.before)
    return names


def _name(address: str) -> str:
    return address.removeprefix("campaign/")


def _refuse_unknown(address: str, names: Iterable[str]) -> None:
    known = sorted(f"campaign/{name}" for name in names)
    if address in known:
        return
    close = get_close_matches(address, known, n=1)
    meant = f" Did you mean {close[0]}?" if close else ""
    raise UsageError(
        f"The ledger has never heard of {address}.{meant}", "Without an address, every campaign is told."
    )
