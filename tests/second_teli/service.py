"""Campaigns in memory and what the API says about them."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

Document = dict[str, Any]
Answer = tuple[int, Document]

ECHOES = frozenset({"contacts_count", "campaign_begin_time", "campaign_end_time", "agent_id", "message"})
"""Fields that only repeat what was sent, and that the description lets a service leave out."""


@dataclass(frozen=True, slots=True)
class Quirks:
    """How the service is awkward: a new campaign is missing from that many lists and reads, and so on.

    More leads in one create than `most_leads` are refused.
    """

    seed: int = 0
    late_in_lists: int = 0
    late_in_reads: int = 0
    odd_statuses: bool = False
    omit: frozenset[str] = frozenset()
    most_leads: int | None = None


@dataclass(slots=True)
class _Campaign:
    told: Document
    window: tuple[datetime, datetime]
    waiting: list[str]
    lists_to_miss: int
    reads_to_miss: int
    status: str = "active"
    called: list[str] = field(default_factory=list)


class Service:
    """All campaigns, those deleted with calls still queued included, and everybody who was called."""

    def __init__(self, quirks: Quirks, clock: datetime) -> None:
        self.clock = clock
        self.dialled: Counter[str] = Counter()
        self._quirks = quirks
        self._random = random.Random(quirks.seed)  # noqa: S311  the order of a list is no secret
        self._campaigns: dict[str, _Campaign] = {}
        self._deleted: list[_Campaign] = []

    def dial(self) -> None:
        """Call everybody who waits in an active campaign whose window is open."""
        for campaign in (*self._campaigns.values(), *self._deleted):
            begins, ends = campaign.window
            if campaign.status == "active" and begins <= self.clock <= ends:
                self.dialled.update(campaign.waiting)
                campaign.called += campaign.waiting
                campaign.waiting = []
                campaign.status = "completed"

    def answer(self, kind: str, campaign_id: str, query: Mapping[str, str], body: bytes) -> Answer:
        """Do what one request asks, and answer."""
        if kind == "list":
            return self._list(query)
        if kind == "create":
            return self._create(body)
        campaign = self._campaigns.get(campaign_id)
        if campaign is None or self._is_late(campaign, kind):
            return _error(404, "Campaign not found")
        return self._about(campaign, campaign_id, kind, query)

    def _about(self, campaign: _Campaign, campaign_id: str, kind: str, query: Mapping[str, str]) -> Answer:
        match kind:
            case "get":
                return self._success({"campaign_id": campaign_id, **self._progress(campaign)})
            case "delete":
                self._deleted.append(self._campaigns.pop(campaign_id))
                return self._success({"message": f"Campaign {campaign_id} deleted"})
            case "analytics":
                return self._success({"campaign_id": campaign_id, **_analytics(campaign)})
            case "failed-numbers":
                numbers = _failed(campaign, query)
                return self._success(
                    {"campaign_id": campaign_id, "failed_numbers": numbers, "count": len(numbers)}
                )
        new = {"pause": "paused", "resume": "active", "end": "ended"}[kind]
        campaign.status = "ended" if campaign.status == "ended" else new
        done = {"pause": "paused", "resume": "resumed", "end": "ended"}[kind]
        return self._success({"campaign_id": campaign_id, "message": f"Campaign {done}"})

    def _is_late(self, campaign: _Campaign, kind: str) -> bool:
        if kind != "get" or not campaign.reads_to_miss:
            return False
        campaign.reads_to_miss -= 1
        return True

    def _list(self, query: Mapping[str, str]) -> Answer:
        if not query.get("organization_id"):
            return _error(400, "organization_id required")
        shown = []
        for campaign in self._campaigns.values():
            if campaign.lists_to_miss:
                campaign.lists_to_miss -= 1
            elif _is_asked_for(campaign, query):
                shown.append(self._row(campaign))
        self._random.shuffle(shown)
        return self._success({"count": len(shown), "campaigns": shown})

    def _row(self, campaign: _Campaign) -> Document:
        row = {name: value for name, value in campaign.told.items() if name != "user_id"}
        return self._without_omitted({**row, "status": self._status(campaign), "created_at": ""})

    def _create(self, body: bytes) -> Answer:
        try:
            return self._created(json.loads(body))
        except ValueError:
            return 422, {"detail": "the JSON or a time in it cannot be read"}

    def _created(self, document: Document) -> Answer:
        for name, error in _CHECKED.items():
            if not document.get(name) and document.get(name) != []:
                return _error(400, error)
        if len(document["leads"]) > (self._quirks.most_leads or len(document["leads"])):
            return _error(400, "too many leads")
        campaign = self._accepted(document)
        campaign_id = campaign.told["campaign_id"]
        before = self._campaigns.get(campaign_id)
        if before:
            campaign.waiting, campaign.called = before.waiting + campaign.waiting, before.called
        self._campaigns[campaign_id] = campaign
        told = ("campaign_id", "contacts_count", "campaign_begin_time", "campaign_end_time")
        invalid = len(document["leads"]) - campaign.told["contacts_count"]
        return self._success(
            {
                **{name: campaign.told[name] for name in told},
                "invalid_leads_count": invalid,
                "message": "Campaign started successfully",
            }
        )

    def _accepted(self, document: Document) -> _Campaign:
        numbers = [lead["phone_number"] for lead in document["leads"] if lead.get("phone_number")]
        begins = _instant(document.get("campaign_begin_time"), self.clock)
        ends = _instant(document.get("campaign_end_time"), self.clock + timedelta(days=7))
        told = {
            "campaign_id": document.get("campaign_id")
            or f"voice_campaign_{self._random.getrandbits(48):012x}",
            "voice_agent_id": document["voice_agent_id"],
            "agent_id": document["voice_agent_id"],
            "contacts_count": len(numbers),
            "organization_id": document.get("organization_id", ""),
            "tenant_id": document.get("tenant_id", ""),
            "user_id": document.get("user_id", ""),
            "campaign_begin_time": _naive(begins),
            "campaign_end_time": _naive(ends),
        }
        quirks = self._quirks
        return _Campaign(told, (begins, ends), numbers, quirks.late_in_lists, quirks.late_in_reads)

    def _progress(self, campaign: _Campaign) -> Document:
        called, waiting = len(campaign.called), len(campaign.waiting)
        progress = {"total": called + waiting, "completed": called, "pending": waiting}
        return {"status": self._status(campaign), "progress": progress}

    def _status(self, campaign: _Campaign) -> str:
        return campaign.status.title() if self._quirks.odd_statuses else campaign.status

    def _success(self, payload: Document) -> Answer:
        return 200, {"success": True, **self._without_omitted(payload), "powered_by": "Teli"}

    def _without_omitted(self, document: Document) -> Document:
        return {name: value for name, value in document.items() if name not in self._quirks.omit}


_CHECKED = {
    "voice_agent_id": "voice_agent_id required",
    "agent_outbound_number": "agent_outbound_number required",
    "leads": "leads array required",
}
_OUTCOMES = {"7": "voicemail", "8": "no_answer", "9": "busy"}


def _error(status: int, error: str) -> Answer:
    return status, {"error": error, "success": False, "powered_by": "Teli"}


def _is_asked_for(campaign: _Campaign, query: Mapping[str, str]) -> bool:
    told = campaign.told
    owner = (query.get("organization_id"), query.get("tenant_id", ""))
    everybody = query.get("is_admin") == "true"
    return owner == (told["organization_id"], told["tenant_id"]) and (
        everybody or query.get("user_id") == told["user_id"]
    )


def _instant(text: str | None, default: datetime) -> datetime:
    if not text:
        return default
    read = datetime.fromisoformat(text)
    return read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)


def _naive(instant: datetime) -> str:
    return instant.replace(tzinfo=None).isoformat(timespec="microseconds")


def _outcome(number: str) -> str:
    return _OUTCOMES.get(number[-1], "connected")


def _analytics(campaign: _Campaign) -> Document:
    called, everybody = set(campaign.called), {*campaign.called, *campaign.waiting}
    outcomes = Counter(map(_outcome, called))
    return {
        "total_contacts": len(campaign.called) + len(campaign.waiting),
        "total_calls": len(called),
        "connected_calls": outcomes["connected"],
        "failed_calls": outcomes["no_answer"] + outcomes["busy"],
        "voicemail_calls": outcomes["voicemail"],
        "not_called": len(everybody - called),
        "success_rate": 100 * outcomes["connected"] / len(called) if called else 0.0,
    }


def _failed(campaign: _Campaign, query: Mapping[str, str]) -> list[Any]:
    reasons = {number: _outcome(number) for number in campaign.called}
    if query.get("include_not_called") == "true":
        reasons = dict.fromkeys(campaign.waiting, "not_called") | reasons
    passed = {"connected"} | ({"voicemail"} if query.get("include_voicemail") == "false" else set())
    failed = {number: reason for number, reason in reasons.items() if reason not in passed}
    if query.get("format") != "detailed":
        return list(failed)
    return [{"phone_number": number, "failure_reason": reason} for number, reason in failed.items()]
