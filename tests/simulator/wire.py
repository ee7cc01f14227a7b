"""Between an applier and Teli: stands in for the connection, below the shipped client and its repeats."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import timedelta

from teli_iac.api.sending import Received
from teli_iac.errors import NotSent, ReplyLost
from teli_iac.model import Reply, Request
from tests.simulator.faults import LATE, LISTS, Fault, Troubles, fits
from tests.simulator.stage import Stage
from tests.simulator.teli import Answer, Asked, Teli

_CAMPAIGNS = "/v1/voice/campaigns"
_ENOUGH_TO_LOOK = timedelta(hours=2)
_LEAST_TIME_TO_FIND = timedelta(minutes=20)

_REFUSALS: Mapping[Fault, tuple[bool, int, Answer | None]] = {
    Fault.BROKEN_BEFORE: (False, 500, {"error": "Internal server error", "success": False}),
    Fault.BROKEN_AFTER: (True, 502, None),
    Fault.EMPTY_AFTER: (True, 200, None),
    Fault.PAGE_INSTEAD: (False, 404, None),
    Fault.TOO_MANY: (False, 429, {"error": "Too many requests"}),
    Fault.TOO_MANY_BUT_DONE: (True, 429, {"error": "Too many requests"}),
    Fault.REJECTED: (False, 400, {"error": "leads array required", "success": False}),
}
"""Whether it was done, the status, and the document; None is a page, or nothing."""

Work = Callable[[], Answer | None]


class Wire:
    """The connection. `alarm` is set when Teli was left with something that must be found and ended."""

    def __init__(self, stage: Stage, teli: Teli, troubles: Troubles) -> None:
        self.alarm = False
        self._stage = stage
        self._teli = teli
        self._faults = sorted(troubles.faults, key=lambda each: each.value)
        self._troubles = troubles
        self._last_list: Answer | None = None
        self._spoilt_before = False

    def send(self, request: Request) -> Received:
        """As `api.sending.Sender.send`: the answer, or NotSent or ReplyLost."""
        asked = _asked(request)
        self._stage.border(f"sends {asked}", self._stage.random.random())
        fault = self._draw(asked)
        self._stage.tell(f"{asked}: {fault.name.lower().replace('_', ' ')}" if fault else str(asked))
        status, document = self._answer(asked, fault)
        longest = 100 if fault is Fault.DELAYED else 0.25
        self._stage.border(f"is answered {asked}", longest * self._stage.random.random())
        return Received(Reply(status, document, self._teli.now.replace(microsecond=0)), retry_after=None)

    def close(self) -> None:
        """Nothing is open."""

    def _draw(self, asked: Asked) -> Fault | None:
        draw, troubles = self._stage.random, self._troubles
        rate = troubles.creates if asked.kind == "create" else troubles.rate
        if self._stage.calm or self._stage.current is None or draw.random() >= rate:
            return None
        fault = draw.choice(self._faults)
        return fault if fits(fault, asked.kind) and self._bearable(fault, asked) else None

    def _bearable(self, fault: Fault, asked: Asked) -> bool:
        """Whether anybody could notice it in time: nobody can be asked to see what nothing shows."""
        if fault is Fault.TOO_MANY_BUT_DONE:
            return self._teli.shows_at_once
        doubles = fault is Fault.DUPLICATED and asked.kind == "create"
        if fault not in LATE and not doubles:
            return True
        begin = asked.begin
        return begin is not None and begin > self._teli.now + _ENOUGH_TO_LOOK

    def _answer(self, asked: Asked, fault: Fault | None) -> tuple[int, Answer | None]:
        def work() -> Answer | None:
            return self._teli.answer(asked)

        if fault is not None and fault is not Fault.DELAYED and fault not in LISTS:
            return self._failing(fault, asked, work)
        answer = work()
        return _told(self._list(fault, answer) if answer and asked.kind == "list" else answer)

    def _failing(self, fault: Fault, asked: Asked, work: Work) -> tuple[int, Answer | None]:
        match fault:
            case Fault.NOT_SENT:
                raise NotSent("its name was not found")
            case Fault.LOST_BEFORE:
                raise ReplyLost("the connection broke")
            case Fault.LOST_AFTER:
                work()
                raise ReplyLost("no answer came in time")
            case Fault.CARRIED_OUT_LATE:
                self._later(timedelta(minutes=9 if asked.kind == "create" else 1), work)
                raise ReplyLost("no answer came in time")
            case Fault.CARRIED_OUT_VERY_LATE:
                self._later(timedelta(hours=1), self._alarming(work), _LEAST_TIME_TO_FIND)
                raise ReplyLost("no answer came in time")
            case Fault.REJECTED_BUT_LATE:
                self._later(timedelta(hours=1), self._alarming(work))
                return 413, None
            case Fault.DUPLICATED:
                work()
                return _told(self._alarming(work)() if asked.kind == "create" else work())
        return self._refusing(fault, work)

    def _refusing(self, fault: Fault, work: Work) -> tuple[int, Answer | None]:
        if fault is Fault.MISCOUNTED:
            return _told(_miscounted(work()))
        done, status, document = _REFUSALS[fault]
        if done:
            work()
        return status, document

    def _later(self, longest: timedelta, work: Callable[[], object], least: timedelta = timedelta(0)) -> None:
        self._teli.later(least + longest * self._stage.random.random(), work)

    def _alarming(self, work: Work) -> Work:
        def carry_out() -> Answer | None:
            self.alarm = True
            return work()

        return carry_out

    def _list(self, fault: Fault | None, whole: Answer) -> Answer:
        # Two lists spoilt alike, with counts that agree, look whole to anybody: one of them is spoilt.
        before, rows = self._last_list, whole["campaigns"]
        self._last_list = whole
        spoils = fault in {Fault.SHORT, Fault.STALE} and not self._spoilt_before
        self._spoilt_before = spoils
        if fault is Fault.STALE and spoils:
            return before or whole
        if not rows or not (spoils or fault is Fault.TRUNCATED):
            return whole
        kept = rows[: self._stage.random.randrange(len(rows))]
        return {**whole, "campaigns": kept, "count": len(kept) if fault is Fault.SHORT else len(rows)}


def _asked(request: Request) -> Asked:
    campaign_id, _, order = request.path.removeprefix(_CAMPAIGNS).strip("/").partition("/")
    if request.body is not None:
        return Asked("create", "", {}, json.loads(b"".join(request.body)))
    kind = order or {"GET": "get" if campaign_id else "list", "DELETE": "delete"}[request.method]
    return Asked(kind, campaign_id, dict(request.query), {})


def _told(answer: Answer | None) -> tuple[int, Answer | None]:
    return (404, {"error": "Campaign not found", "success": False}) if answer is None else (200, answer)


def _miscounted(document: Answer | None) -> Answer | None:
    if document is None:
        return None
    if "not_called" in document:
        return {**document, "not_called": document["not_called"] + 1}
    numbers = document.get("failed_numbers", [])[1:]
    return {**document, "failed_numbers": numbers, "count": len(numbers)}
