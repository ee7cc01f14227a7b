"""Campaigns that call people as time passes, and the log of every call; shares nothing with teli_iac.

Calls in flight are counted late, by less than `drain`. A new campaign may be missing from reads for a while.
A second create under one id adds its people again, as the real service may.
"""

from __future__ import annotations

import heapq
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

Answer = dict[str, Any]
_STATUS_AFTER = {"pause": "paused", "resume": "active", "end": "ended"}
_UNREACHED = frozenset("789")
"""Whose number ends so was called and not reached."""


@dataclass(frozen=True, slots=True)
class Quirks:
    """How this Teli is awkward."""

    pace: timedelta = timedelta(seconds=40)
    in_flight: timedelta = timedelta(seconds=160)
    late_in_lists: timedelta = timedelta(0)
    late_in_reads: timedelta = timedelta(0)
    deleted_still_calls: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """One request, taken apart."""

    kind: str
    campaign_id: str
    query: Mapping[str, str]
    body: Mapping[str, Any]

    def __str__(self) -> str:
        if self.kind == "create":
            return f"create {self.body['campaign_id']} people {len(self.body['leads'])}"
        return f"{self.kind} {self.campaign_id}".strip()

    @property
    def begin(self) -> datetime | None:
        """When a create begins to call."""
        text = self.body.get("campaign_begin_time")
        return _instant(text) if text else None


@dataclass(frozen=True, slots=True)
class Call:
    """One line of the dial log."""

    at: datetime
    campaign_id: str
    number: str


@dataclass(frozen=True, slots=True)
class Create:
    """One create that was carried out."""

    at: datetime
    campaign_id: str
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Order:
    """A pause, resume, end or delete that was carried out, by an applier or by somebody in the dashboard."""

    at: datetime
    kind: str
    campaign_id: str
    by_hand: bool


@dataclass(slots=True)
class _Campaign:
    sent: Mapping[str, Any]
    begin: datetime
    end: datetime
    waiting: list[str]
    contacts: int
    next_call: datetime
    listed_from: datetime
    read_from: datetime
    status: str = "active"
    called: list[tuple[str, datetime]] = field(default_factory=list)

    def calls(self) -> bool:
        return bool(self.waiting) and self.status == "active" and self.next_call < self.end


class Teli:
    """All campaigns, deleted ones included, and the logs."""

    def __init__(self, draw: random.Random, quirks: Quirks, now: datetime) -> None:
        self.now = now
        self.dialled: list[Call] = []
        self.creates: list[Create] = []
        self.orders: list[Order] = []
        self._random = draw
        self._quirks = quirks
        self._there: dict[str, _Campaign] = {}
        self._deleted: list[_Campaign] = []
        self._turns = count()
        self._due: list[tuple[datetime, int, Callable[[], object]]] = []

    @property
    def ids(self) -> list[str]:
        return list(self._there)

    @property
    def shows_at_once(self) -> bool:
        """Whether a campaign can be read as soon as it is there."""
        return not self._quirks.late_in_reads

    @property
    def expects(self) -> bool:
        """Whether something is still to be carried out."""
        return bool(self._due)

    @property
    def settled(self) -> bool:
        """Whether nothing is still to be carried out, and everything is shown to whoever asks."""
        shown = all(max(c.listed_from, c.read_from) <= self.now for c in self._there.values())
        return shown and not self._due

    def later(self, delay: timedelta, work: Callable[[], object]) -> None:
        """Carry something out later than it was asked."""
        heapq.heappush(self._due, (self.now + delay, next(self._turns), work))

    def advance(self, to: datetime) -> None:
        """Let time pass: everything that is due happens in its order."""
        while True:
            calling = min(self._calling(), key=lambda c: c.next_call, default=None)
            due = self._due[0][0] if self._due else None
            if calling and calling.next_call <= to and (due is None or calling.next_call <= due):
                self.now = max(self.now, calling.next_call)
                self._call(calling)
            elif due is not None and due <= to:
                self.now = max(self.now, due)
                heapq.heappop(self._due)[2]()
            else:
                break
        self.now = max(self.now, to)

    def _calling(self) -> Iterator[_Campaign]:
        return (c for group in (self._there.values(), self._deleted) for c in group if c.calls())

    def _call(self, campaign: _Campaign) -> None:
        number = campaign.waiting.pop(0)
        counted = self.now + self._quirks.in_flight * self._random.random()
        campaign.called.append((number, counted))
        campaign.next_call = self.now + self._quirks.pace
        self.dialled.append(Call(self.now, campaign.sent["campaign_id"], number))

    def answer(self, asked: Asked) -> Answer | None:
        """Carry out one request; None for a campaign that is not there."""
        if asked.kind == "list":
            return self._list(asked.query)
        if asked.kind == "create":
            return self._create(asked.body)
        campaign = self._there.get(asked.campaign_id)
        if campaign is None or (asked.kind == "get" and self.now < campaign.read_from):
            return None
        return _success({"campaign_id": asked.campaign_id, **self._about(campaign, asked)})

    def _about(self, campaign: _Campaign, asked: Asked) -> Answer:
        match asked.kind:
            case "get":
                return {"status": self._status(campaign)}
            case "analytics":
                return {"not_called": len(self._not_called(campaign))}
            case "failed-numbers":
                return self._failed(campaign, asked.query)
        self.order(asked.kind, asked.campaign_id, by_hand=False)
        return {"message": f"Campaign {asked.kind}"}

    def order(self, kind: str, campaign_id: str, *, by_hand: bool) -> None:
        """Pause, resume, end or delete, whoever asks."""
        campaign = self._there.get(campaign_id)
        if campaign is None:
            return
        self.orders.append(Order(self.now, kind, campaign_id, by_hand))
        if kind == "delete":
            del self._there[campaign_id]
            if self._quirks.deleted_still_calls:
                self._deleted.append(campaign)
        elif campaign.status != "ended":
            campaign.status = _STATUS_AFTER[kind]
            campaign.next_call = max(campaign.next_call, self.now)

    def _list(self, query: Mapping[str, str]) -> Answer:
        owner = (query["organization_id"], query["tenant_id"])
        rows = [
            self._row(each)
            for each in self._there.values()
            if self.now >= each.listed_from
            and owner == (each.sent["organization_id"], each.sent["tenant_id"])
        ]
        self._random.shuffle(rows)
        return _success({"count": len(rows), "campaigns": rows})

    def _row(self, campaign: _Campaign) -> Answer:
        return {
            "campaign_id": campaign.sent["campaign_id"],
            "voice_agent_id": campaign.sent["voice_agent_id"],
            "contacts_count": campaign.contacts,
            "campaign_begin_time": _naive(campaign.begin),
            "campaign_end_time": _naive(campaign.end),
            "status": self._status(campaign),
        }

    def _create(self, body: Mapping[str, Any]) -> Answer:
        campaign_id = body["campaign_id"]
        numbers = [lead["phone_number"] for lead in body["leads"]]
        self.creates.append(Create(self.now, campaign_id, tuple(numbers)))
        begin, end = _instant(body["campaign_begin_time"]), _instant(body["campaign_end_time"])
        there = self._there.get(campaign_id)
        if there is None:
            there = self._there[campaign_id] = self._fresh(body, begin, end)
        there.status = "active"
        there.waiting += numbers
        there.contacts += len(numbers)
        told = {"campaign_id": campaign_id, "contacts_count": there.contacts, "invalid_leads_count": 0}
        times = {"campaign_begin_time": _naive(begin), "campaign_end_time": _naive(end)}
        return _success({**told, **times, "message": "Campaign started successfully"})

    def _fresh(self, body: Mapping[str, Any], begin: datetime, end: datetime) -> _Campaign:
        listed_from = self.now + self._quirks.late_in_lists * self._random.random()
        read_from = self.now + self._quirks.late_in_reads * self._random.random()
        return _Campaign(body, begin, end, [], 0, max(begin, self.now), listed_from, read_from)

    def _status(self, campaign: _Campaign) -> str:
        done = not campaign.waiting and all(counted <= self.now for _, counted in campaign.called)
        return "completed" if campaign.status == "active" and done else campaign.status

    def _not_called(self, campaign: _Campaign) -> list[str]:
        return [*campaign.waiting, *(number for number, counted in campaign.called if counted > self.now)]

    def _failed(self, campaign: _Campaign, query: Mapping[str, str]) -> Answer:
        failed = [number for number, at in campaign.called if at <= self.now and number[-1] in _UNREACHED]
        if query.get("include_not_called") == "true":
            failed += self._not_called(campaign)
        return {"failed_numbers": failed, "count": len(failed)}


def _success(document: Answer) -> Answer:
    return {"success": True, **document, "powered_by": "Teli"}


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def _naive(instant: datetime) -> str:
    return instant.replace(tzinfo=None).isoformat()
