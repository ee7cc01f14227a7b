"""Read Teli's call history in time spans, halved until each holds less than a page. Reads only."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from teli_iac.api import ReadingClient
from teli_iac.kinds.calls import PAGE, STATUSES, calls_request, read_calls
from teli_iac.model import CallLog, CallSeen, Project

MOST_REQUESTS = 400
_SHORTEST = timedelta(seconds=1)


def read_call_log(api: ReadingClient, project: Project, since: datetime, until: datetime) -> CallLog:
    """Every call of the span that the history tells, each once, oldest first. Raises ApiError."""
    reading = _Reading(api, project)
    found = {call.call_id: call for status in STATUSES for call in reading.calls(status, since, until)}
    in_order = sorted(found.values(), key=lambda call: (call.at, call.call_id))
    return CallLog(since, until, tuple(in_order), tuple(reading.gaps))


class _Reading:
    """Counts its requests, and says where it had to leave something out."""

    def __init__(self, api: ReadingClient, project: Project) -> None:
        self._api = api
        self._project = project
        self._asked = 0
        self.gaps: list[str] = []

    def calls(self, status: str, since: datetime, until: datetime) -> Iterator[CallSeen]:
        if self._asked >= MOST_REQUESTS:
            self._miss(f"more than {MOST_REQUESTS} requests would be needed: ask for a shorter time")
            return
        self._asked += 1
        reply = self._api.read(calls_request(self._project, status, since, until))
        calls = read_calls(reply, since, until)
        if len(calls) < PAGE:
            yield from calls
            return
        if until - since <= _SHORTEST:
            self._miss(f"there are {PAGE} calls or more within a second, and no more are told")
            yield from calls
            return
        middle = since + (until - since) / 2
        yield from self.calls(status, since, middle)
        yield from self.calls(status, middle, until)

    def _miss(self, why: str) -> None:
        if why not in self.gaps:
            self.gaps.append(why)
