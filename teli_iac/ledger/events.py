"""Events as JSON text and back: the format every ledger keeps for ever.

Format version 1. A kind may be added; what an existing kind writes is pinned by tests/golden/ledger/ and
may only change under a new version, with this release still reading the old one. The tables name every
field that is written, and none of them can hold a lead.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from teli_iac.errors import LedgerDamaged
from teli_iac.identity import canonical_json
from teli_iac.ledger.forms import COUNT, FLAG, INSTANT, TEXT, Form, optional, record, several, word
from teli_iac.model import (
    Adopted,
    Appeared,
    Applied,
    ApprovalKind,
    Arrived,
    CampaignSettings,
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
    Launched,
    LaunchIntended,
    Left,
    Moved,
    OnRemove,
    Paused,
    PlanConsumed,
    Redial,
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

EVENT_FORMAT = 1

_REDIAL = record(Redial, {"retry_limit": COUNT, "call_interval_days": COUNT})

SETTINGS = record(
    CampaignSettings,
    {
        "voice_agent_id": TEXT,
        "agent_outbound_number": TEXT,
        "number_pool": several(TEXT),
        "redial": optional(_REDIAL),
        "begin": optional(INSTANT),
        "end": optional(INSTANT),
    },
)

_DECLARED = {
    "campaign_id": TEXT,
    "name": TEXT,
    "run": COUNT,
    "part": COUNT,
    "digest": TEXT,
    "settings": SETTINGS,
    "people": TEXT,
    "people_count": COUNT,
}

_ID = {"campaign_id": TEXT}

KINDS: dict[str, tuple[type[Event], dict[str, Form]]] = {
    "launch_intended": (LaunchIntended, {**_DECLARED, "begin": INSTANT, "end": INSTANT, "again": COUNT}),
    "launched": (Launched, {**_ID, "looked_up": FLAG}),
    "adopted": (Adopted, {**_DECLARED, "begin": optional(INSTANT), "end": optional(INSTANT)}),
    "imported": (
        Imported,
        {
            **_ID,
            "name": TEXT,
            "run": COUNT,
            "part": COUNT,
            "voice_agent_id": optional(TEXT),
            "begin": optional(INSTANT),
            "end": optional(INSTANT),
            "people_count": optional(COUNT),
        },
    ),
    "intent_voided": (IntentVoided, {**_ID, "why": word(Voiding), "http_status": optional(COUNT)}),
    "intent_lapsed": (IntentLapsed, _ID),
    "intent_settled": (IntentSettled, {**_ID, "settlement": word(Settlement)}),
    "verified": (Verified, _ID),
    "verification_failed": (VerificationFailed, {**_ID, "faults": several(TEXT)}),
    "paused": (Paused, _ID),
    "resumed": (Resumed, _ID),
    "ended": (Ended, _ID),
    "deleted": (Deleted, _ID),
    "finished": (Finished, {**_ID, "status": word(Status)}),
    "vanished": (Vanished, _ID),
    "appeared": (Appeared, _ID),
    "release_intended": (ReleaseIntended, _ID),
    "uncontacted_read": (UncontactedRead, {**_ID, "people": TEXT}),
    "released": (Released, {**_ID, "people": TEXT}),
    "renamed": (Renamed, {"before": TEXT, "after": TEXT}),
    "plan_consumed": (PlanConsumed, {"nonce": TEXT, "plan_digest": TEXT}),
    "applied": (
        Applied,
        {
            "by": TEXT,
            "actor": optional(TEXT),
            "commit": optional(TEXT),
            "uncommitted": FLAG,
            "plan_digest": TEXT,
            "approval": word(ApprovalKind),
            "people_new": COUNT,
            "people_again": COUNT,
            "release": TEXT,
        },
    ),
    "governed": (Governed, {"name": TEXT, "on_remove": word(OnRemove)}),
    "left": (Left, {"name": TEXT}),
    "moved": (Moved, {"place": TEXT}),
    "arrived": (Arrived, {"place": TEXT}),
    "steered_by_person": (SteeredByPerson, {**_ID, "status": word(Status), "who": TEXT, "why": TEXT}),
    "held": (Held, {"who": TEXT, "why": TEXT, "addresses": several(TEXT)}),
    "hold_released": (HoldReleased, {"who": TEXT, "why": TEXT}),
}

_FORMS = {kind: record(shape, fields) for kind, (shape, fields) in KINDS.items()}
_read_json = json.JSONDecoder().raw_decode
"""What is written is canonical, with no blank around it to be passed over."""

_KIND_OF = {shape: kind for kind, (shape, _) in KINDS.items()}


def encode_event(event: Event) -> str:
    """The event as canonical JSON: one line, sorted keys, `kind` and `version` among them."""
    kind = kind_of(event)
    written = _FORMS[kind].write(event)
    return canonical_json({"kind": kind, "version": EVENT_FORMAT, **written})  # type: ignore[dict-item]


def kind_of(event: Event) -> str:
    """The word that an event is stored under."""
    return _KIND_OF[type(event)]


def decode_event(text: str) -> Event:
    """The event that was written as this text; LedgerDamaged for anything this release cannot know."""
    try:
        document, end = _read_json(text)
        kind, version = document.pop("kind"), document.pop("version")
    except (ValueError, KeyError, AttributeError, TypeError, RecursionError) as error:
        raise _unreadable("an event that is no JSON object of ours") from error
    if end != len(text):
        raise _unreadable("an event with something behind it")
    if (type(version), version) != (int, EVENT_FORMAT) or not isinstance(kind, str) or kind not in _FORMS:
        raise _written_later(kind, version)
    try:
        decoded: Event = _FORMS[kind].read(document)
    except ValueError as error:
        raise _unreadable(f"a {kind} event with other contents than this kind has") from error
    return decoded


def people_named(events: Iterable[Event]) -> frozenset[str]:
    """The people sets that events name; a backend holds each before it takes the event."""
    return frozenset(
        event.people
        for event in events
        if isinstance(event, LaunchIntended | Adopted | UncontactedRead | Released)
    )


def _unreadable(what: str) -> LedgerDamaged:
    return LedgerDamaged(
        f"The ledger holds {what}.",
        "Restore the ledger from its last good copy. Do not start a new one: people would be called again.",
    )


def _written_later(kind: object, version: object) -> LedgerDamaged:
    return LedgerDamaged(
        f"The ledger holds an event of kind {str(kind)[:40]!r}, version {str(version)[:10]}, that this"
        " release does not know.",
        "A later release of teli-iac wrote it: upgrade to that release or a newer one.",
    )
