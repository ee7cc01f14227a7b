"""What the API shows, and how far it may be believed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Status(StrEnum):
    """A campaign's status, read without regard to case; UNKNOWN is any word Teli has not documented."""

    ACTIVE = "active"
    PAUSED = "paused"
    COMPLETED = "completed"
    ENDED = "ended"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ObservedCampaign:
    """One campaign as the list shows it. What the API left out, or sent unreadably, is None.

    `status_text` is the word as sent. Times are aware and in UTC (the API's naive times are UTC:
    teli-api.md §9).
    """

    campaign_id: str
    status: Status
    status_text: str
    voice_agent_id: str | None
    contacts_count: int | None
    begin: datetime | None
    end: datetime | None


@dataclass(frozen=True, slots=True)
class Observed:
    """The answer of the API to one plan.

    `campaigns` are ours and unmanaged ones alike, by id. `absent` are ids we know that a complete list
    lacks and that answered 404 twice. `intent_look_ups` counts, for each open intent, the look-ups of
    this observation that found nothing. `gaps` says in sentences why the list may be incomplete; with any
    gap nothing is created. `now` is the later of our clock and the API's.
    """

    campaigns: Mapping[str, ObservedCampaign]
    absent: frozenset[str]
    intent_look_ups: Mapping[str, int]
    gaps: tuple[str, ...]
    now: datetime
    uncontacted: Mapping[str, frozenset[bytes]] = field(default_factory=dict)
    """For parts that were counted out: the keyed numbers of those proven not to have been called yet."""
