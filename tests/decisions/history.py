"""What was recorded, told in short: each entry becomes the ledger's events, folded by its own code."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from teli_iac.identity import key_people
from teli_iac.ledger import fold
from teli_iac.model import (
    Adopted,
    Appeared,
    Deleted,
    Ended,
    Event,
    Finished,
    Governed,
    Imported,
    IntentLapsed,
    IntentSettled,
    IntentVoided,
    Launched,
    LaunchIntended,
    Left,
    OnRemove,
    Paused,
    PeopleSet,
    Recorded,
    Released,
    ReleaseIntended,
    Renamed,
    Resumed,
    Settlement,
    Status,
    StoredEvent,
    UncontactedRead,
    Vanished,
    VerificationFailed,
    Verified,
    Voiding,
)
from tests.decisions.notation import (
    KEY,
    LAUNCH_GRACE,
    NOON,
    ShortId,
    Spec,
    digest,
    leads,
    settings,
    short_id,
    whole_id,
)

A_DAY_AGO = NOON - timedelta(days=1)

_LATER: Mapping[str, Callable[[str, Spec], Event]] = {
    "arrived": lambda campaign_id, _: Launched(campaign_id, looked_up=False),
    "verified": lambda campaign_id, _: Verified(campaign_id),
    "unverified": lambda campaign_id, more: VerificationFailed(campaign_id, tuple(more["faults"])),
    "voided": lambda campaign_id, _: IntentVoided(campaign_id, Voiding.REJECTED, 400),
    "lapsed": lambda campaign_id, _: IntentLapsed(campaign_id),
    "settled": lambda campaign_id, more: IntentSettled(campaign_id, Settlement(more["as"])),
    "paused": lambda campaign_id, _: Paused(campaign_id),
    "ended": lambda campaign_id, _: Ended(campaign_id),
    "deleted": lambda campaign_id, _: Deleted(campaign_id),
    "finished": lambda campaign_id, more: Finished(campaign_id, Status(more.get("as", "completed"))),
    "vanished": lambda campaign_id, _: Vanished(campaign_id),
    "appeared": lambda campaign_id, _: Appeared(campaign_id),
    "resumed": lambda campaign_id, _: Resumed(campaign_id),
    "releasing": lambda campaign_id, _: ReleaseIntended(campaign_id),
    "counted": lambda campaign_id, more: UncontactedRead(campaign_id, key_people(KEY, leads(more)).ref),
    "released": lambda campaign_id, more: Released(campaign_id, key_people(KEY, leads(more)).ref),
}
_WITH_PEOPLE = frozenset({"intended", "launched", "adopted", "counted", "released"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a history: a verb, the part it is about, and what differs from the usual campaign."""

    verb: str
    part: ShortId
    spec: Spec
    at: datetime


@dataclass(frozen=True, slots=True)
class History:
    """The recorded world, with the ids of its parts by their short names."""

    recorded: Recorded
    ids: Mapping[ShortId, str]


def read_history(entries: Sequence[Mapping[str, Any]], usual: Callable[[str], Spec]) -> History:
    """Fold the entries; `usual` tells what a campaign of that name looks like where an entry does not."""
    ids: dict[ShortId, str] = {}
    people: dict[str, PeopleSet] = {}
    told: list[tuple[datetime, Event]] = []
    for entry in (_read(raw, usual) for raw in entries):
        if entry.verb in {"intended", "launched", "adopted", "imported"} and entry.part.run:
            ids[entry.part] = whole_id(entry.part, entry.spec)
        if entry.verb in _WITH_PEOPLE:
            keyed = key_people(KEY, leads(entry.spec))
            people[keyed.ref] = keyed
        told += [(entry.at, event) for event in _events(entry, ids)]
    stored = (StoredEvent(number, at, event) for number, (at, event) in enumerate(told, start=1))
    return History(replace(fold(stored, KEY), people=people), ids)


def intent(part: ShortId, spec: Spec, at: datetime, again: int = 0) -> LaunchIntended:
    """The intent to launch a campaign that is declared like this, with the times an apply sends."""
    declared, people = settings(spec), leads(spec)
    begin = max(declared.begin or at, at + LAUNCH_GRACE)
    return LaunchIntended(
        campaign_id=whole_id(part, spec),
        name=part.name,
        run=part.run,
        part=part.part,
        digest=digest(spec),
        settings=declared,
        begin=begin,
        end=declared.end or begin + timedelta(days=7),
        people=key_people(KEY, people).ref,
        people_count=len(people),
        again=again,
    )


def _read(raw: Mapping[str, Any], usual: Callable[[str], Spec]) -> Entry:
    ((verb, told),) = raw.items()
    more: dict[str, Any] = {"id": told} if isinstance(told, str) else dict(told)
    part = short_id(more["id"]) or ShortId("", more["id"], 0, 0)
    spec = {**usual(part.name), **more}
    return Entry(verb, part, spec, more.get("at", A_DAY_AGO))


def _events(entry: Entry, ids: Mapping[ShortId, str]) -> Iterable[Event]:
    if entry.verb == "imported":
        return (_import(entry),)
    if entry.verb == "left":
        return (Left(entry.part.name),)
    if entry.verb == "renamed":
        return (Renamed(entry.part.name, entry.spec["to"]),)
    if entry.verb in {"intended", "launched"}:
        return _launch(entry)
    if entry.verb == "adopted":
        return _adoption(entry)
    return (_LATER[entry.verb](ids[entry.part], entry.spec),)


def _launch(entry: Entry) -> Iterator[Event]:
    intended = intent(entry.part, entry.spec, entry.at)
    yield _governed(entry)
    yield intended
    if entry.verb == "launched":
        yield Launched(intended.campaign_id, looked_up=False)
        yield Verified(intended.campaign_id)


def _adoption(entry: Entry) -> Iterator[Event]:
    found = intent(entry.part, entry.spec, entry.at)
    yield _governed(entry)
    yield Adopted(
        found.campaign_id,
        found.name,
        found.run,
        found.part,
        found.digest,
        found.settings,
        found.begin,
        found.end,
        found.people,
        found.people_count,
    )


def _import(entry: Entry) -> Imported:
    """`imported: {id: vc 1, as: fall}`, or `{id: fall r1p1}` for a part of ours; agent, people as said."""
    more, ours = entry.spec, entry.part.run > 0
    return Imported(
        campaign_id=whole_id(entry.part, entry.spec) if ours else more["id"],
        name=entry.part.name if ours else more["as"],
        run=entry.part.run or 1,
        part=entry.part.part or 1,
        voice_agent_id=more.get("agent"),
        begin=more.get("begin"),
        end=more.get("end"),
        people_count=more.get("people"),
    )


def _governed(entry: Entry) -> Governed:
    return Governed(entry.part.name, OnRemove(entry.spec.get("on_remove", "delete")))
