"""What a step may want from the world: a request sent, events recorded, the time, a pause.

Steps are generators that yield these and are sent the answers, so that the rule "on a lost reply look
it up, never send again" is tested without HTTP, a ledger or a clock (architecture §1.4).
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias, TypeVar, cast

from teli_iac.model import Event, Launch, PeopleSet, Reply, Request, Sentence


@dataclass(frozen=True, slots=True)
class Record:
    """Write these events durably before going on."""

    events: tuple[Event, ...]
    people: tuple[PeopleSet, ...] = ()


@dataclass(frozen=True, slots=True)
class Wait:
    """Let some seconds pass."""

    seconds: float


@dataclass(frozen=True, slots=True)
class AskTime:
    """The current time is wanted."""


@dataclass(frozen=True, slots=True)
class Result:
    """How the steps of one change ended; `faults` are sentences without people's data.

    `parts` are what a replacement came to launch, where those are several: the result is that of the first.
    `suppressed` is how many of the people of its plan were listed since, and left out of what was sent.
    """

    sentence: Sentence
    campaign_id: str
    faults: tuple[str, ...] = ()
    parts: tuple[Launch, ...] = ()
    suppressed: int = 0


Intention: TypeAlias = Request | Record | Wait | AskTime
Answer: TypeAlias = Reply | datetime | None
_T = TypeVar("_T")
Steps: TypeAlias = Generator[Intention, Answer, _T]


def send(request: Request) -> Steps[Reply]:
    """Send one request; NotSent, ReplyLost or ApiError are thrown in here."""
    return cast("Reply", (yield request))


def record(*events: Event, people: tuple[PeopleSet, ...] = ()) -> Steps[None]:
    """Write events to the ledger; what comes after may rely on them."""
    yield Record(events, people)


def ask_time() -> Steps[datetime]:
    """The current time, aware and in UTC."""
    return cast("datetime", (yield AskTime()))


def wait(seconds: float) -> Steps[None]:
    """Pause, if there is anything to pause for."""
    if seconds:
        yield Wait(seconds)
