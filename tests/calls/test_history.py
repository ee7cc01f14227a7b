"""Reading a history that gives 100 calls at most and no cursor: every call once, or a gap that is said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teli_iac.call_history import read_call_log
from teli_iac.errors import AnswerUnreadable
from teli_iac.kinds.calls import read_calls
from teli_iac.model import CallSeen, Reply, Request
from tests.decisions.notation import project

BEGIN = datetime(2026, 12, 1, 14, tzinfo=UTC)
HOUR = timedelta(hours=1)
PROJECT = project({})


class History:
    """Answers as the documentation says: newest first, at most 100, within the dates."""

    def __init__(self, seconds: Sequence[int], *, knows_dates: bool = True, **more: Any) -> None:
        self._calls = [
            {
                "call_id": f"call_{number}",
                "start_timestamp": int((BEGIN + timedelta(seconds=at)).timestamp() * 1000),
                "voice_agent_id": "agent_a",
                "call_status": "ended",
                **more,
            }
            for number, at in enumerate(seconds)
        ]
        self._knows_dates = knows_dates
        self.asked = 0

    def read(self, request: Request) -> Reply:
        self.asked += 1
        query = dict(request.query)
        assert (request.method, int(query["limit"])) == ("GET", 100)
        since, until = (
            datetime.fromisoformat(query[name]).timestamp() * 1000 for name in ("start_date", "end_date")
        )
        found = [c for c in self._calls if not self._knows_dates or since <= c["start_timestamp"] <= until]
        found = found if query["call_status"] == "ended" else []
        newest = sorted(found, key=lambda call: -call["start_timestamp"])[:100]
        return Reply(200, {"success": True, "count": len(newest), "calls": [*newest]})


def _read(history: History) -> tuple[CallSeen, ...]:
    log = read_call_log(history, PROJECT, BEGIN, BEGIN + HOUR)  # type: ignore[arg-type]  # it reads
    assert log.gaps == ()
    return log.calls


@given(st.lists(st.integers(0, 3600), max_size=400, unique=True))
def test_every_call_is_found_once_however_many_there_are(seconds: list[int]) -> None:
    calls = _read(History(seconds))
    assert len({call.call_id for call in calls}) == len(calls) == len(seconds)
    assert [call.at for call in calls] == sorted(call.at for call in calls)


def test_a_quiet_hour_takes_one_request_for_each_status() -> None:
    history = History(range(99))
    assert len(_read(history)) == 99
    assert history.asked == 3


def test_more_calls_in_a_second_than_are_told_is_said() -> None:
    log = read_call_log(History([7] * 150), PROJECT, BEGIN, BEGIN + HOUR)  # type: ignore[arg-type]
    assert len(log.calls) == 100
    assert log.gaps == ("there are 100 calls or more within a second, and no more are told",)


def test_a_span_that_needs_too_many_requests_is_said_to() -> None:
    crowded = [second for second in range(3600) for _ in range(100)]
    history = History(crowded[: 300 * 100])
    log = read_call_log(history, PROJECT, BEGIN, BEGIN + timedelta(days=365))  # type: ignore[arg-type]
    assert history.asked <= 401
    assert any("shorter time" in gap for gap in log.gaps)


def test_a_service_that_does_not_know_the_dates_is_refused_not_believed() -> None:
    with pytest.raises(AnswerUnreadable, match="outside of the time"):
        _read(History([7200], knows_dates=False))


@pytest.mark.parametrize(
    "more", [{"call_id": None}, {"start_timestamp": None}, {"start_timestamp": True}, {"start_timestamp": -1}]
)
def test_a_call_without_an_id_or_a_time_is_refused(more: dict[str, Any]) -> None:
    call = {"call_id": "call_1", "start_timestamp": int(BEGIN.timestamp() * 1000), **more}
    with pytest.raises(AnswerUnreadable, match="without an id or a time"):
        read_calls(Reply(200, {"success": True, "calls": [call]}), BEGIN, BEGIN + HOUR)


def test_a_call_hides_its_number() -> None:
    (call,) = _read(History([1], to_number="+14155550120"))
    assert (call.to_number, "5550120" in repr(call)) == ("+14155550120", False)
