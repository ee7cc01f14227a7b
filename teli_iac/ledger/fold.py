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

Draft: TypeAlias = dict[str, Any]
"""The fields of a RecordedPart while its history is told: made once, not anew for every event."""


def fold(events: Iterable[StoredEvent], key: LedgerKey) -> Recorded:
    """The ledger after these events, without people sets; LedgerDamaged for a history that cannot be."""
    drafts: dict[str, Draft] = {}
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
            _begin(stored, event, drafts, imports)
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
            _rename(event, drafts, on_remove, left)
            imports = _renamed(imports, event)
            renamed = _lead_on(renamed, event)
        else:
            hold = _go_on(stored, event, drafts, hold)
    return Recorded(
        version=version,
        key=key,
        parts={campaign_id: RecordedPart(**draft) for campaign_id, draft in drafts.items()},
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
    drafts: dict[str, Draft],
    imports: dict[str, Imported],
) -> None:
    """A part is known from here on; one whose people nobody knew may be adopted with them, never back."""
    if event.campaign_id in drafts:
        raise _impossible(stored, f"{event.campaign_id} was recorded before")
    if isinstance(event, Imported):
        imports[event.campaign_id] = event
        return
    drafts[event.campaign_id] = _begun(event, stored.at)
    imports.pop(event.campaign_id, None)


def begin_part(event: LaunchIntended | Adopted, at: datetime) -> RecordedPart:
    """The part that an intent or an adoption begins."""
    return RecordedPart(**_begun(event, at))


def _begun(event: LaunchIntended | Adopted, at: datetime) -> Draft:
    adopted = isinstance(event, Adopted)
    return Draft(
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
    drafts: dict[str, Draft],
    hold: Hold | None,
) -> Hold | None:
    """What becomes of one part, or of the hold; the hold as it is then."""
    if isinstance(event, Held):
        return Hold(stored.at, event.who, event.why, event.addresses)
    if isinstance(event, HoldReleased):
        return None
    draft = drafts.get(event.campaign_id)
    if draft is None:
        raise _impossible(stored, f"{event.campaign_id} was never recorded")
    draft.update(_news(stored, event, draft))
    return hold


def _rename(event: Renamed, drafts: dict[str, Draft], on_remove: dict[str, OnRemove], left: set[str]) -> None:
    for draft in drafts.values():
        if draft["name"] == event.before:
            draft["name"] = event.after
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


def _news(stored: StoredEvent, event: LaunchEvent | LifeEvent | ReleaseEvent, part: Draft) -> Draft:
    """What is another about the part after this event."""
    if isinstance(event, IntentVoided | IntentLapsed) and part["state"] is not PartState.INTENDED:
        raise _impossible(stored, f"the intent of {event.campaign_id} was no longer open")
    if isinstance(event, LifeEvent):
        return _lives_on(event)
    if isinstance(event, ReleaseIntended | UncontactedRead | Released):
        return _lets_go(stored, part, event)
    return _comes_to_life(event)


def _comes_to_life(event: LaunchEvent) -> Draft:
    """What became of its create."""
    match event:
        case Launched():
            return {"state": PartState.LAUNCHED}
        case IntentVoided():
            return {"state": PartState.VOID}
        case IntentLapsed():
            return {"state": PartState.LAPSED}
        case IntentSettled():
            return _settled(event.settlement)
        case Verified():
            return {"verification": Verification.PASSED, "faults": ()}
        case VerificationFailed():
            return {"verification": Verification.FAILED, "faults": event.faults}
        case _:
            assert_never(event)


_AFTER: dict[type[LifeEvent], Draft] = {
    Paused: {"our_status": Status.PAUSED, "by_person": None},
    Resumed: {"our_status": Status.ACTIVE, "by_person": None},
    Ended: {"our_status": Status.ENDED, "by_person": None},
    Deleted: {"our_status": Status.ENDED, "by_person": None, "gone": True},
    Vanished: {"gone": True},
    Appeared: {"appeared": True},
}


def _lives_on(event: LifeEvent) -> Draft:
    """What we did to it, or saw of it, later."""
    if isinstance(event, Finished):
        return {"finished": event.status}
    if isinstance(event, SteeredByPerson):
        return {"by_person": event.status}
    return _AFTER[type(event)]


def _lets_go(stored: StoredEvent, part: Draft, event: ReleaseEvent) -> Draft:
    """A step of its release; each step wants the one before."""
    match event:
        case ReleaseIntended():
            return {"releasing": True}
        case UncontactedRead():
            if not part.get("releasing"):
                raise _impossible(stored, f"the release of {event.campaign_id} was never intended")
            # Whoever is counted is paused before; a part that seemed gone could not be.
            return {"uncontacted": event.people, "unread": part["our_status"] is Status.ACTIVE}
        case Released():
            if part.get("uncontacted") is None:
                raise _impossible(stored, f"nobody of {event.campaign_id} was proven uncontacted")
            unread = part.get("unread") or part["our_status"] is not Status.ENDED
            return {"releasing": False, "released": event.people, "unread": unread}
        case _:
            assert_never(event)


_SETTLED = {
    Settlement.ADOPT: PartState.LAUNCHED,
    Settlement.ABANDON: PartState.ABANDONED,
    Settlement.RETRY: PartState.RETRIED,
}


def _settled(settlement: Settlement) -> Draft:
    # An abandoned part passes too: the person has decided, so its verification blocks nothing any more.
    # A release that could not be proven ends here too, and frees nobody.
    return {
        "state": _SETTLED[settlement],
        "verification": Verification.PASSED,
        "faults": (),
        "releasing": False,
    }


def _impossible(stored: StoredEvent, why: str) -> LedgerDamaged:
    return LedgerDamaged(
        f"The ledger tells a history that cannot be: at event {stored.sequence}, {why}.",
        "Restore the ledger from its last good copy. Do not start a new one: people would be called again.",
    )
