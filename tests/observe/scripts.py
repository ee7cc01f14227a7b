"""A Teli in this process that answers by script, what it was asked, and worlds to observe it from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import unquote

from teli_iac.api import ApiKey, Waiting, connect, parse_origin
from teli_iac.ledger import fold
from teli_iac.model import (
    CampaignSettings,
    Event,
    Launched,
    LaunchIntended,
    LedgerKey,
    Mark,
    Observed,
    Project,
    Recorded,
    StoredEvent,
)
from teli_iac.observe import Question, observe

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
NO_LIST = "an answer that is no list"
ListAnswer: TypeAlias = Sequence[str] | str
"""The ids that one reading of the list shows, or what it answers instead."""


@dataclass
class Script:
    """Answers the list from `lists`, the last one again and again; a look-up finds an id by `found`.

    `found` maps an id to what one look-up after the other gives; ids that it lacks are 404.
    """

    lists: Sequence[ListAnswer]
    found: Mapping[str, Sequence[bool]] = field(default_factory=dict)
    clock: datetime = NOON
    asked: list[str] = field(default_factory=list)
    naps: list[float] = field(default_factory=list)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        name = unquote(environ["PATH_INFO"]).removeprefix("/v1/voice/campaigns").removeprefix("/") or "list"
        self.asked.append(name)
        status, text = self._list() if name == "list" else self._look_up(name)
        date = format_datetime(self.clock, usegmt=True)
        start_response(f"{status} Answer", [("Content-Type", "application/json"), ("Date", date)])
        return [text.encode()]

    def _list(self) -> tuple[int, str]:
        answer = self.lists[min(self.asked.count("list"), len(self.lists)) - 1]
        if isinstance(answer, str):
            return 200, answer
        campaigns = [{"campaign_id": each, "status": "Active"} for each in answer]
        return 200, json.dumps({"success": True, "count": len(campaigns), "campaigns": campaigns})

    def _look_up(self, campaign_id: str) -> tuple[int, str]:
        answers = self.found.get(campaign_id, (False,))
        if answers[min(self.asked.count(campaign_id), len(answers)) - 1]:
            return 200, json.dumps({"success": True, "campaign_id": campaign_id, "status": "active"})
        return 404, json.dumps({"error": "Campaign not found", "success": False})

    def waiting(self, now: datetime = NOON) -> Waiting:
        """Time as the observer sees it; its waits are kept, not waited."""
        return Waiting(sleep=self.naps.append, jitter=lambda: 0.0, now=lambda: now)


def campaign(name: str) -> str:
    return f"acme_{name}_r1p1_aaaaaaaaaaaa"


def intended(name: str) -> LaunchIntended:
    settings = CampaignSettings("agent_a", "+14155550110", (), None, None, None)
    begin, end = NOON + timedelta(minutes=10), NOON + timedelta(days=7)
    return LaunchIntended(campaign(name), name, 1, 1, "a" * 12, settings, begin, end, "people", 2, 0)


def launched(name: str) -> tuple[Event, ...]:
    return intended(name), Launched(campaign(name), looked_up=False)


def recorded(*events: Event, at: datetime = NOON) -> Recorded:
    stored = (StoredEvent(number, at, event) for number, event in enumerate(events, start=1))
    return fold(stored, LedgerKey(b"k" * 32))


def project(settle_after: timedelta | None = timedelta(minutes=15)) -> Project:
    return Project(
        name="acme",
        organization_id="o",
        tenant_id="t",
        user_id="u",
        base_url="sandbox:",
        ledger="local",
        guards={},
        launch_grace=timedelta(minutes=10),
        drain=timedelta(minutes=3),
        settle_after=settle_after,
        allow_test_numbers=True,
        exclude=(),
        folder="",
        mark=Mark("teli.yaml", 1, 1),
    )


def observed(  # noqa: PLR0913  what is known, by which clock and how it is asked: each its own thing
    script: Script,
    known: Recorded | None = None,
    *,
    settle_after: timedelta | None = timedelta(minutes=15),
    now: datetime = NOON,
    trusts_its_clock: bool = False,
    at_once: int = 8,
) -> Observed:
    """What is observed of the script; `now` is by the observer's clock."""
    waiting = script.waiting(now)
    question = Question(
        project(settle_after), known or recorded(), trusts_its_clock=trusts_its_clock, at_once=at_once
    )
    with connect(parse_origin("sandbox:"), ApiKey("k"), application=script, waiting=waiting) as client:
        return observe(client.reading(), question, waiting)
