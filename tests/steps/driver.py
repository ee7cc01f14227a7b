"""The world that steps ask: a script of replies, a clock that waits turn, and a trace of all that was wanted.

Replies in short, one for each request:

    absent                      404 in the API's own words
    active, paused, queued, …   200 to a look-up, with this status
    created                     200 to a create, echoing what was sent but for what the case says
    not called: 2               200 to analytics, with this count
    numbers: 1-3                200 to failed-numbers, with the numbers of these people
    done                        200 to a pause, an end or a delete
    429, 500, …                 that status with an error message
    html, nothing               200 with a body that is no JSON object; `html: 502` with another status
    not sent, reply lost        thrown into a write
    unreachable, refused        thrown into a read, as the reading client does

A mapping with `after: 61` lets the reply take that many seconds.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeAlias
from urllib.parse import unquote

from teli_iac.errors import ApiError, ApiRefused, ApiUnreachable, NotSent, ReplyLost, TransportFault
from teli_iac.kinds.intentions import AskTime, Intention, Record, Result, Steps, Wait
from teli_iac.kinds.wire import CAMPAIGNS
from teli_iac.model import Event, JsonValue, Reply, Request
from tests.decisions.notation import NOON, persons, phone_number
from tests.decisions.telling import short

ScriptedReply: TypeAlias = "str | int | Mapping[str, Any]"
Document: TypeAlias = "dict[str, JsonValue]"

FAULTS: Mapping[str, Callable[[], ApiError | TransportFault]] = {
    "not sent": lambda: NotSent("the connection was refused"),
    "reply lost": lambda: ReplyLost("the connection was reset"),
    "unreachable": lambda: ApiUnreachable("no answer at all", "Try again."),
    "refused": lambda: ApiRefused("the key was refused", "Check the key.", 401),
}


@dataclass(slots=True)
class World:
    """Answers one step after the other, and keeps what was wanted of it."""

    choose: Callable[[Request], ScriptedReply | None]
    now: datetime = NOON
    wanted: list[tuple[datetime, Intention]] = field(default_factory=list)
    replied: list[tuple[Request, str | int]] = field(default_factory=list)
    trace: list[str] = field(default_factory=list)

    def run(self, steps: Steps[Result]) -> Result | None:
        """Drive the steps to their end; None when a fault came out of them, which the trace names."""
        try:
            intention = next(steps)
            while True:
                self.wanted.append((self.now, intention))
                intention = self._answer(steps, intention)
        except StopIteration as end:
            return self._ended(end.value)
        except (ApiError, TransportFault) as fault:
            self.trace.append(f"raises {type(fault).__name__}")
            return None

    def _answer(self, steps: Steps[Result], intention: Intention) -> Intention:
        self.trace.append(told(intention))
        match intention:
            case AskTime():
                return steps.send(self.now)
            case Wait(seconds):
                self.now += timedelta(seconds=seconds)
                return steps.send(None)
            case Record():
                return steps.send(None)
            case Request():
                return self._reply(steps, intention)

    def _reply(self, steps: Steps[Result], request: Request) -> Intention:
        scripted = self.choose(request)
        if scripted is None:
            raise AssertionError(f"the script has no reply to {told(request)}")
        shorthand, facts = _taken_apart(scripted)
        self.replied.append((request, shorthand))
        self.now += timedelta(seconds=facts.get("after", 0))
        if isinstance(shorthand, str) and shorthand in FAULTS:
            fault = FAULTS[shorthand]()
            assert isinstance(fault, ApiError) == (request.method == "GET"), "clients never throw that here"
            return steps.throw(fault)
        return steps.send(reply_to(request, shorthand, facts))

    def _ended(self, result: Result) -> Result:
        self.trace.append(f"ends {result.sentence}{''.join(f' / {fault}' for fault in result.faults)}")
        return result

    @property
    def events(self) -> tuple[Event, ...]:
        """Everything that was recorded, in order."""
        return tuple(event for _, each in self.wanted if isinstance(each, Record) for event in each.events)


def run(steps: Steps[Result], script: Sequence[ScriptedReply]) -> World:
    """Drive the steps through the whole script; a reply that nobody asked for is told in the trace."""
    replies = iter(script)
    world = World(lambda _: next(replies, None))
    world.run(steps)
    world.trace.extend(f"never asks for {unused}" for unused in replies)
    return world


def _taken_apart(scripted: ScriptedReply) -> tuple[str | int, Mapping[str, Any]]:
    if not isinstance(scripted, Mapping):
        return scripted, {}
    (shorthand,) = scripted.keys() - {"after"}
    told = scripted[shorthand]
    facts = told if isinstance(told, Mapping) else {"status": told}
    return shorthand, {**facts, "after": scripted.get("after", 0)}


def reply_to(request: Request, shorthand: str | int, facts: Mapping[str, Any]) -> Reply:
    """The reply that the shorthand stands for."""
    campaign_id = unquote(request.path.removeprefix(CAMPAIGNS).strip("/").partition("/")[0])
    facts = {name: value for name, value in facts.items() if name != "after"}
    if isinstance(shorthand, int):
        return Reply(shorthand, {"error": "no", "success": False})
    if shorthand in {"html", "nothing"}:
        return Reply(facts.get("status", 200), None)
    if shorthand == "absent":
        return Reply(404, {"error": "Campaign not found", "success": False})
    return Reply(200, _document(request, campaign_id, shorthand, facts))


def _document(request: Request, campaign_id: str, shorthand: str, facts: Mapping[str, Any]) -> Document:
    match shorthand:
        case "document":
            return dict(facts)
        case "created":
            return {**_echo(request), **facts}
        case "another id":
            return {"success": True, "campaign_id": "vc 1", "status": "active"}
        case "done":
            return {"success": True, "campaign_id": campaign_id}
        case "not called" | "numbers":
            return {"success": True, "campaign_id": campaign_id, **_count(shorthand, facts["status"])}
    return {"success": True, "campaign_id": campaign_id, "status": shorthand}


def _count(shorthand: str, told: Any) -> Document:
    if shorthand == "not called":
        return {"not_called": told}
    numbers: list[JsonValue] = [phone_number(person) for person in persons(told)]
    return {"failed_numbers": numbers, "count": len(numbers)}


def _echo(request: Request) -> Document:
    sent = json.loads(b"".join(request.body or ()))
    return {
        "success": True,
        "campaign_id": sent["campaign_id"],
        "contacts_count": len(sent["leads"]),
        "invalid_leads_count": 0,
        "campaign_begin_time": sent["campaign_begin_time"].removesuffix("Z"),
        "campaign_end_time": sent["campaign_end_time"].removesuffix("Z"),
    }


def told(intention: Intention) -> str:
    """What was wanted, in a line."""
    match intention:
        case AskTime():
            return "asks the time"
        case Wait(seconds):
            return f"waits {seconds:g} s"
        case Record(events, people):
            with_people = "".join(f" with {len(one)} people" for one in people)
            return f"records {', '.join(_event(event) for event in events)}{with_people}"
        case Request():
            return _request(intention)


def _request(request: Request) -> str:
    if request.body is not None:
        sent = json.loads(b"".join(request.body))
        times = f"{sent['campaign_begin_time']} to {sent['campaign_end_time']}"
        return f"creates {short(sent['campaign_id'])} for {len(sent['leads'])} people, {times}"
    campaign_id, _, verb = request.path.removeprefix(CAMPAIGNS + "/").partition("/")
    reads = {"analytics": "counts", "failed-numbers": f"asks for {_whom(request)} of"}.get(verb, "looks up")
    words = {"GET": reads, "DELETE": "deletes", "POST": f"{verb}s"}
    return f"{words[request.method]} {short(campaign_id)}"


def _whom(request: Request) -> str:
    everybody = ("include_not_called", "true") in request.query
    return "everybody not reached" if everybody else "those called and not reached"


def _event(event: Event) -> str:
    facts = [getattr(event, name, None) for name in ("why", "http_status")]
    looked_up = "looked_up" if getattr(event, "looked_up", False) else None
    words = [type(event).__name__, *(str(fact) for fact in [*facts, looked_up] if fact is not None)]
    return " ".join(words)
