"""Carry out what steps want, one intention after another, and hand the answers back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from teli_iac.apply.means import Means
from teli_iac.errors import ApiError, TransportFault
from teli_iac.kinds.intentions import Answer, AskTime, Intention, Record, Steps, Wait
from teli_iac.model import LaunchIntended, Reply, Request

_T = TypeVar("_T")
_OK = 200


def _nobody() -> None:
    """Nobody waits for it."""


def drive(
    steps: Steps[_T],
    means: Means,
    *,
    intended: Callable[[], None] = _nobody,
    accepted: Callable[[], None] = _nobody,
) -> _T:
    """The result of the steps. Faults of the API are thrown into them; those of the ledger end them.

    `intended` is told as soon as the intent of a create is durable; what it raises keeps the create from
    being sent. `accepted` is told as soon as a write was: what the steps still do then is to remember it.
    """
    clock = _Clock(means)
    answer: Answer = None
    fault: Exception | None = None
    while True:
        try:
            wanted = steps.throw(fault) if fault else steps.send(answer)
        except StopIteration as end:
            result: _T = end.value
            return result
        answer = fault = None
        try:
            answer = _carry_out(wanted, means, clock)
        except (ApiError, TransportFault) as failure:
            fault = failure
        if isinstance(wanted, Request) and isinstance(answer, Reply) and _was_taken(wanted, answer):
            accepted()
        if isinstance(wanted, Record) and isinstance(wanted.events[0], LaunchIntended):
            intended()


def _was_taken(request: Request, reply: Reply) -> bool:
    return request.method != "GET" and reply.status == _OK


def _carry_out(wanted: Intention, means: Means, clock: _Clock) -> Answer:
    match wanted:
        case Request():
            return clock.reading(_send(wanted, means))
        case Record(events, people):
            means.journal.record(*events, people=people, at=means.waiting.now())
        case Wait(seconds):
            means.waiting.sleep(seconds)
        case AskTime():
            return clock.now()
    return None


def _send(request: Request, means: Means) -> Reply:
    return means.api.read(request) if request.method == "GET" else means.api.write(request)


class _Clock:
    """The later of our clock and the API's, as its answers tell it (semantics §6)."""

    def __init__(self, means: Means) -> None:
        self._ours = means.waiting.now
        self._theirs = means.their_clock

    def now(self) -> datetime:
        return self._ours() + self._theirs.ahead

    def reading(self, reply: Reply) -> Reply:
        if reply.date is not None:
            self._theirs.ahead = max(self._theirs.ahead, reply.date - self._ours())
        return reply
