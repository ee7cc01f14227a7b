"""The events of a ledger, one after the other: a sentence of each kind for people, a JSON line for auditors.

No caller id, number or name is told; people are counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from teli_iac.history import EventTold
from teli_iac.identity import utc_text
from teli_iac.model import (
    Adopted,
    Appeared,
    Applied,
    ApprovalKind,
    Arrived,
    Deleted,
    Ended,
    Event,
    Finished,
    Governed,
    Held,
    HoldReleased,
    Imported,
    IntentLapsed,
    IntentSettled,
    IntentVoided,
    JsonValue,
    Launched,
    LaunchIntended,
    Left,
    Moved,
    Paused,
    PlanConsumed,
    Released,
    ReleaseIntended,
    Renamed,
    Resumed,
    Settlement,
    Status,
    SteeredByPerson,
    UncontactedRead,
    Vanished,
    VerificationFailed,
    Verified,
    Voiding,
)
from teli_iac.render.ink import Ink, Line, Span, paint
from teli_iac.render.json import json_text
from teli_iac.render.layout import flow, measure
from teli_iac.render.sanitise import for_terminal
from teli_iac.render.words import enumerated, instant, people

_SETTLED = {
    Settlement.ADOPT: "it is launched",
    Settlement.ABANDON: "it is given up, and its people count as called",
    Settlement.RETRY: "it is given up, and its people may be called again",
}

_STEERED = {Status.PAUSED: "paused it", Status.ACTIVE: "let it call again", Status.ENDED: "ended it for good"}
_APPROVED = {
    ApprovalKind.TYPED_YES: "typing yes",
    ApprovalKind.AUTO_APPROVE: "--auto-approve",
    ApprovalKind.EXPECT_DIGEST: "--expect-digest",
    ApprovalKind.SAVED_PLAN: "a saved plan",
    ApprovalKind.SIGNED_PLAN: "a signed plan",
}

_SENTENCES: dict[type[Event], Callable[[Any, str], str]] = {
    LaunchIntended: lambda event, named: f"About to launch {_part(event)} for {named}{_again(event)}",
    Launched: lambda event, _: "A look-up found it launched" if event.looked_up else "Teli has launched it",
    Adopted: lambda event, named: f"Found running as its manifest says: {_part(event)}, given to {named}",
    Imported: lambda event, named: (
        f"Known from now on, with {_unknown(event, named)}; nothing is ever sent for it"
    ),
    IntentVoided: lambda event, _: f"{_voided(event)}: its people are free",
    IntentLapsed: lambda *_: "It stayed absent for `settle_after`: its people are free, its id is watched",
    IntentSettled: lambda event, _: f"A person decided: {_SETTLED[event.settlement]}",
    Verified: lambda *_: "Teli has what was sent",
    VerificationFailed: lambda event, _: f"Teli made something else of it: {'; '.join(event.faults)}",
    Paused: lambda *_: "We paused it",
    Resumed: lambda *_: "It calls again",
    Ended: lambda *_: "We ended it for good",
    Deleted: lambda *_: "We deleted it, or found it gone when we came to delete it",
    Finished: lambda event, _: f"It was seen {event.status}",
    Vanished: lambda *_: "It is gone from Teli, not by us",
    Appeared: lambda *_: "Its id, given up before, is on Teli after all: its people count as given",
    ReleaseIntended: lambda *_: "We are about to stop it and to find out whom it has not called",
    UncontactedRead: lambda _, named: f"Paused, and {named} of it proven not called",
    Released: lambda _, named: f"Ended, and {named} of it free, proven not called before and after",
    Renamed: lambda event, _: f"What was campaign/{event.before} is known by this name now",
    PlanConsumed: lambda event, _: f"The saved plan with digest {event.plan_digest} was applied",
    Applied: lambda event, _: _applied(event),
    Governed: lambda event, _: f"It is in the manifests, with on_remove {event.on_remove}",
    Left: lambda *_: "It has left the manifests, and that was dealt with",
    Moved: lambda event, _: f"The ledger was closed here; it goes on at {event.place}",
    Arrived: lambda event, _: f"The ledger was brought to {event.place} and goes on here",
    SteeredByPerson: lambda event, _: f"{event.who} {_STEERED[event.status]}: {event.why}",
    Held: lambda event, _: (
        f"{event.who} halted {enumerated(event.addresses) or 'everything'}, and apply refuses: {event.why}"
    ),
    HoldReleased: lambda event, _: f"{event.who} released the hold, and apply works again: {event.why}",
}
"""By kind: the sentence, from the event and how many people it names. `Any`, for mypy cannot relate them."""


def render_events(told: Iterable[EventTold], *, colour: bool, width: int) -> str:
    """Every event as its number, its time, its campaign and a sentence."""
    room = measure(width)
    return paint((line for each in told for line in _lines(each, room)), colour=colour)


def render_events_jsonl(told: Iterable[EventTold]) -> str:
    """Every event as one line of JSON; fields are added, never renamed."""
    return "".join(json_text(_document(each), indent=None) for each in told)


def sentence(told: EventTold) -> str:
    """What the event says in words."""
    return f"{_SENTENCES[type(told.event)](told.event, people(told.people or 0))}."


def _part(event: LaunchIntended | Adopted) -> str:
    return f"run {event.run} part {event.part}"


def _applied(event: Applied) -> str:
    actor = f" for {event.actor}" if event.actor else ""
    changed = " with changes that are not committed" if event.uncommitted else ""
    commit = f" from commit {event.commit[:12]}{changed}" if event.commit else ""
    whom = f"{people(event.people_new)} for the first time, {event.people_again:,} again"
    return (
        f"{event.by}{actor} applies plan {event.plan_digest[:12]}{commit}, approved by"
        f" {_APPROVED[event.approval]}, for {whom}"
    )


def _unknown(event: Imported, named: str) -> str:
    return "people unknown to us" if event.people_count is None else f"{named} unknown to us"


def _again(event: LaunchIntended) -> str:
    again = f", {event.again:,} of them again" if event.again else ""
    return f"{again}, to be called from {instant(event.begin)} to {instant(event.end)}"


def _voided(event: IntentVoided) -> str:
    if event.why is Voiding.NOT_SENT:
        return "It never left this machine"
    return f"Teli rejected it with HTTP {event.http_status}" if event.http_status else "Teli rejected it"


def _lines(told: EventTold, room: int) -> list[Line]:
    about = Span(f" {for_terminal(told.address)}", Ink.STRONG) if told.address else Span("")
    head = (
        Span(f"{told.sequence:>5} "),
        Span(utc_text(told.at.replace(microsecond=0)), Ink.QUIET),
        about,
        Span("  "),
    )
    return flow(head, sentence(told), room, hanging=6)


def _document(told: EventTold) -> JsonValue:
    return {
        "sequence": told.sequence,
        "at": utc_text(told.at),
        "kind": told.kind,
        "address": told.address,
        "campaign_id": getattr(told.event, "campaign_id", None),
        "people": told.people,
        "says": sentence(told),
        **(_apply_document(told.event) if isinstance(told.event, Applied) else {}),
    }


def _apply_document(event: Applied) -> dict[str, JsonValue]:
    return {
        "by": event.by,
        "actor": event.actor,
        "commit": event.commit,
        "uncommitted": event.uncommitted,
        "plan_digest": event.plan_digest,
        "approval": event.approval,
        "people_new": event.people_new,
        "people_again": event.people_again,
        "release": event.release,
    }
