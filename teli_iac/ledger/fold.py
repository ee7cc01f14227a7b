"""What the events come to: a pure fold of everything that was ever recorded into `Recorded`.

People once given stay given: only an intent that is still open can be voided or can lapse,
and when such an id appears after all, that is remembered beside its state.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeAlias, assert_never

from teli_iac.errors import LedgerDamaged
from teli_iac.model import (
    Adopted,
    Appeared,
    Applied,
    Arrived,
    Deleted,
    Ended,
    Finished,
    Governed,
    Held,
    Hold,
    HoldReleased,
    Imported,
    IntentLapsed,
    IntentSettled,
    IntentVoided,
    Launched,
    LaunchIntended,
    LedgerKey,
    Left,
    Moved,
    OnRemove,
    PartState,
    Paused,
    PlanConsumed,
    Recorded,
    RecordedPart,
    Released,
    ReleaseIntended,
    Renamed,
    Resumed,
    Settlement,
    Status,
    SteeredByPerson,
    StoredEvent,
    UncontactedRead,
    Vanished,
    Verification,
    VerificationFailed,
    Verified,
)

LaunchEvent: TypeAlias = (
    Launched | IntentVoided | IntentLapsed | IntentSettled | Verified | VerificationFailed
)
LifeEvent: TypeAlias = Paused | Resumed | Ended | Deleted | Finished | Vanished | Appeared | SteeredByPerson
ReleaseEvent: TypeAlias = ReleaseIntended | UncontactedRead | Released


def fold(events: Iterable[StoredEvent], key: LedgerKey) -> Recorded:
    """The ledger after these events, without people sets; LedgerDamaged for a history that cannot be."""
    parts: dict[str, RecordedPart] = {}
    on_remove: dict[str, OnRemove] = {}
    left: set[str] = set()
    consumed: set[str] = set()
    imports: dict[str, Imported] = {}
    renamed: dict[str, str] = {}
    hold: Hold | None = None
    version = 0
    moved_to: str | None = None
    for stored in events:
        if stored.sequence != version + 1:
            raise _impossible(stored, f"event {version + 1} is missing")
        version = stored.sequence
        event = stored.event
        if isinstance(event, LaunchIntended | Adopted | Imported):
            _begin(stored, event, parts, imports)
        elif isinstance(event, Governed):
            on_remove[event.name] = event.on_remove
            left.discard(event.name)
        elif isinstance(event, Left):
            left.add(event.name)
        elif isinstance(event, PlanConsumed):
            consumed.add(event.nonce)
        elif isinstance(event, Applied):
            continue  # for whoever asks later; it changes nothing
        elif isinstance(event, Moved | Arrived):
            moved_to = event.place if isinstance(event, Moved) else None
        elif isinstance(event, Renamed):
            _rename(event, parts, on_remove, left)
            imports = _renamed(imports, event)
            renamed = _lead_on(renamed, event)
        else:
            hold = _go_on(stored, event, parts, hold)
    return Recorded(
        version=version,
        key=key,
        parts=parts,
        on_remove=on_remove,
        left=frozenset(left),
        consumed=frozenset(consumed),
        imports=imports,
        moved_to=moved_to,
        renamed=renamed,
        hold=hold,
    )


def _begin(
    stored: StoredEvent,
    event: LaunchIntended | Adopted | Imported,
    parts: dict[str, RecordedPart],
    imports: dict[str, Imported],
) -> None:
    """A part is known from here on; one whose people nobody knew may be adopted with them, never back."""
    if event.campaign_id in parts:
        raise _impossible(stored, f"{event.campaign_id} was recorded before")
    if isinstance(event, Imported):
        imports[event.campaign_id] = event
        return
    parts[event.campaign_id] = begin_part(event, stored.at)
    imports.pop(event.campaign_id, None)


def begin_part(event: LaunchIntended | Adopted, at: datetime) -> RecordedPart:
    """The part that an intent or an adoption begins."""
    adopted = isinstance(event, Adopted)
    return RecordedPart(
        campaign_id=event.campaign_id,
        name=event.name,
        run=event.run,
        part=event.part,
        digest=event.digest,
        settings=event.settings,
        begin=event.begin,
        end=event.end,
        people=event.people,
        people_count=event.people_count,
        intended_at=at,
        state=PartState.LAUNCHED if adopted else PartState.INTENDED,
        verification=Verification.PASSED if adopted else Verification.PENDING,
        our_status=Status.ACTIVE,
        finished=None,
        gone=False,
    )


def _go_on(
    stored: StoredEvent,
    event: LaunchEvent | LifeEvent | ReleaseEvent | Held | HoldReleased,
    parts: dict[str, RecordedPart],
    hold: Hold | None,
) -> Hold | None:
    """What becomes of one part, or of the hold; the hold as it is then."""
    if isinstance(event, Held):
        return Hold(stored.at, event.who, event.why, event.addresses)
    if isinstance(event, HoldReleased):
        return None
    parts[event.campaign_id] = _next(stored, event, parts.get(event.campaign_id))
    return hold


def _rename(
    event: Renamed, parts: dict[str, RecordedPart], on_remove: dict[str, OnRemove], left: set[str]
) -> None:
    for part in [part for part in parts.values() if part.name == event.before]:
        parts[part.campaign_id] = replace(part, name=event.after)
    if event.before in on_remove:
        on_remove[event.after] = on_remove[event.before]
    left.discard(event.after)


def _renamed(imports: dict[str, Imported], event: Renamed) -> dict[str, Imported]:
    return {
        campaign_id: replace(each, name=event.after) if each.name == event.before else each
        for campaign_id, each in imports.items()
    }


def _lead_on(renamed: Mapping[str, str], event: Renamed) -> dict[str, str]:
    # Every name that led to the one given up leads on to the new one, but the new one leads nowhere.
    led = {old: event.after if now == event.before else now for old, now in renamed.items()}
    return {old: now for old, now in {**led, event.before: event.after}.items() if old != event.after}


def _next(
    stored: StoredEvent, event: LaunchEvent | LifeEvent | ReleaseEvent, part: RecordedPart | None
) -> RecordedPart:
    if part is None:
        raise _impossible(stored, f"{event.campaign_id} was never recorded")
    if isinstance(event, IntentVoided | IntentLapsed) and part.state is not PartState.INTENDED:
        raise _impossible(stored, f"the intent of {event.campaign_id} was no longer open")
    if isinstance(event, LifeEvent):
        return live_on(part, event)
    if isinstance(event, ReleaseIntended | UncontactedRead | Released):
        return let_go(stored, part, event)
    return come_to_life(part, event)


def come_to_life(part: RecordedPart, event: LaunchEvent) -> RecordedPart:
    """The part after what became of its create."""
    match event:
        case Launched():
            return replace(part, state=PartState.LAUNCHED)
        case IntentVoided():
            return replace(part, state=PartState.VOID)
        case IntentLapsed():
            return replace(part, state=PartState.LAPSED)
        case IntentSettled():
            return _settle(part, event.settlement)
        case Verified():
            return replace(part, verification=Verification.PASSED, faults=())
        case VerificationFailed():
            return replace(part, verification=Verification.FAILED, faults=event.faults)
        case _:
            assert_never(event)


_AFTER: dict[type[LifeEvent], dict[str, Any]] = {
    Paused: {"our_status": Status.PAUSED, "by_person": None},
    Resumed: {"our_status": Status.ACTIVE, "by_person": None},
    Ended: {"our_status": Status.ENDED, "by_person": None},
    Deleted: {"our_status": Status.ENDED, "by_person": None, "gone": True},
    Vanished: {"gone": True},
    Appeared: {"appeared": True},
}


def live_on(part: RecordedPart, event: LifeEvent) -> RecordedPart:
    """The part after what we did to it, or saw of it, later."""
    if isinstance(event, Finished):
        return replace(part, finished=event.status)
    if isinstance(event, SteeredByPerson):
        return replace(part, by_person=event.status)
    return replace(part, **_AFTER[type(event)])


def let_go(stored: StoredEvent, part: RecordedPart, event: ReleaseEvent) -> RecordedPart:
    """The part after a step of its release; each step wants the one before."""
    match event:
        case ReleaseIntended():
            return replace(part, releasing=True)
        case UncontactedRead():
            if not part.releasing:
                raise _impossible(stored, f"the release of {part.campaign_id} was never intended")
            # Whoever is counted is paused before; a part that seemed gone could not be.
            return replace(part, uncontacted=event.people, unread=part.our_status is Status.ACTIVE)
        case Released():
            if part.uncontacted is None:
                raise _impossible(stored, f"nobody of {part.campaign_id} was proven uncontacted")
            unread = part.unread or part.our_status is not Status.ENDED
            return replace(part, releasing=False, released=event.people, unread=unread)
        case _:
            assert_never(event)


_SETTLED = {
    Settlement.ADOPT: PartState.LAUNCHED,
    Settlement.ABANDON: PartState.ABANDONED,
    Settlement.RETRY: PartState.RETRIED,
}


def _settle(part: RecordedPart, settlement: Settlement) -> RecordedPart:
    # An abandoned part passes too: the person has decided, so its verification blocks nothing any more.
    # A release that could not be proven ends here too, and frees nobody.
    return replace(
        part, state=_SETTLED[settlement], verification=Verification.PASSED, faults=(), releasing=False
    )


def _impossible(stored: StoredEvent, why: str) -> LedgerDamaged:
    return LedgerDamaged(
        f"The ledger tells a history that cannot be: at event {stored.sequence}, {why}.",
        "Restore the ledger from its last good copy. Do not start a new one: people would be called again.",
    )
