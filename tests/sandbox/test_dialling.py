"""The simulated dialler and the clock it goes by."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from teli_iac.errors import ClockRunsForward
from teli_iac.sandbox import dial, dial_log, move_clock, now, reset
from tests.sandbox.asking import NOON, open_teli

PEOPLE = tuple(f"+14155550{number}" for number in range(100, 200))
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def test_nobody_is_called_before_the_window_opens_and_everybody_once_it_does() -> None:
    store, teli = open_teli()
    teli.create("x", *PEOPLE, campaign_begin_time="2026-12-01T13:00:00")
    assert dial(store).calls == 0
    move_clock(store, HOUR)
    assert Counter(call.phone_number for call in dial_log(store)) == Counter(PEOPLE)
    assert {call.at for call in dial_log(store)} == {NOON + HOUR}


def test_nobody_is_called_after_the_window_has_closed() -> None:
    store, teli = open_teli()
    teli.create("x", *PEOPLE, campaign_end_time="2026-12-01T11:59:59")
    assert dial(store).calls == 0
    move_clock(store, DAY)
    assert dial_log(store) == ()
    assert teli.read("x").document["status"] == "active"


def test_a_window_that_opens_and_closes_on_the_way_is_dialled() -> None:
    store, teli = open_teli()
    teli.create(
        "x",
        *PEOPLE,
        campaign_begin_time="2026-12-01T13:00:00",
        campaign_end_time="2026-12-01T14:00:00",
    )
    move_clock(store, DAY)
    assert {call.at for call in dial_log(store)} == {NOON + HOUR}


def test_a_campaign_is_completed_once_everybody_was_called_and_makes_no_further_call() -> None:
    store, teli = open_teli()
    teli.create("x", *PEOPLE)
    assert dial(store, limit=99).completed == ()
    assert dial(store).completed == ("x",)
    assert teli.read("x").document["status"] == "completed"
    assert dial(store).calls == 0


def test_a_campaign_of_nobody_is_completed_at_the_first_look() -> None:
    store, teli = open_teli()
    teli.create("x")
    assert dial(store).completed == ("x",)


def test_a_completed_campaign_that_is_resumed_calls_nobody_again() -> None:
    store, teli = open_teli()
    teli.create("x", *PEOPLE)
    dial(store)
    teli.order("x", "resume")
    assert dial(store).calls == 0


def test_who_did_not_pick_up_is_called_again_after_the_interval_and_no_more_than_allowed() -> None:
    store, teli = open_teli()
    teli.create("x", *PEOPLE, redial_enabled=True, redial_config={"retry_limit": 2, "call_interval_days": 1})
    dial(store)
    missed = {call.phone_number for call in dial_log(store) if call.outcome != "connected"}
    assert missed
    move_clock(store, DAY - HOUR)
    assert len(dial_log(store)) == 100
    move_clock(store, 6 * DAY)
    calls = dial_log(store)
    assert {call.phone_number for call in calls if call.attempt == 2} == missed
    assert max(call.attempt for call in calls) == 3
    assert {call.at for call in calls if call.attempt == 3} == {NOON + 2 * DAY}
    assert teli.read("x").document["status"] == "completed"


def test_no_repeat_is_made_unless_it_was_switched_on() -> None:
    store, teli = open_teli()
    teli.create("x", *PEOPLE, redial_config={"retry_limit": 2, "call_interval_days": 0})
    assert dial(store).calls == 100


def test_a_repeat_due_after_the_window_is_never_made() -> None:
    store, teli = open_teli()
    teli.create(
        "x",
        *PEOPLE,
        campaign_end_time="2026-12-02T11:00:00",
        redial_enabled=True,
        redial_config={"retry_limit": 2, "call_interval_days": 1},
    )
    move_clock(store, 30 * DAY)
    assert len(dial_log(store)) == 100


@pytest.mark.parametrize("order", ["pause", "end"])
def test_a_campaign_that_was_stopped_makes_no_call(order: str) -> None:
    store, teli = open_teli()
    teli.create("x", *PEOPLE)
    teli.order("x", order)
    move_clock(store, DAY)
    assert dial_log(store) == ()


def test_a_resumed_campaign_goes_on_where_it_stopped() -> None:
    store, teli = open_teli()
    teli.create("x", *PEOPLE)
    dial(store, limit=30)
    teli.order("x", "pause")
    assert dial(store).calls == 0
    teli.order("x", "resume")
    assert dial(store).calls == 70
    assert Counter(call.phone_number for call in dial_log(store)) == Counter(PEOPLE)


def test_every_run_goes_alike_and_meets_every_outcome() -> None:
    runs = []
    for _ in range(2):
        store, teli = open_teli()
        teli.create("x", *PEOPLE)
        dial(store)
        runs.append([call.outcome for call in dial_log(store)])
    assert runs[0] == runs[1]
    assert set(runs[0]) == {"connected", "voicemail", "no_answer", "busy"}


def test_the_log_names_the_campaign_and_outlives_it() -> None:
    store, teli = open_teli()
    teli.create("x", PEOPLE[0])
    dial(store)
    teli.delete("x")
    (call,) = dial_log(store)
    assert (call.phone_number, call.campaign_id, call.at, call.attempt) == (PEOPLE[0], "x", NOON, 1)


def test_no_number_shows_in_what_a_traceback_would_print() -> None:
    store, teli = open_teli()
    teli.create("x", PEOPLE[0])
    dial(store)
    assert PEOPLE[0] not in repr(dial_log(store))


def test_the_moved_clock_shows_in_every_date_header() -> None:
    store, teli = open_teli()
    assert teli.ask("GET", "/nothing").date == NOON
    move_clock(store, 2 * HOUR)
    assert now(store) == NOON + 2 * HOUR
    assert teli.ask("GET", "/nothing").date == NOON + 2 * HOUR
    assert teli.create("x").document["campaign_begin_time"] == "2026-12-01T14:00:00.000000"


def test_the_clock_only_runs_forward() -> None:
    store, _ = open_teli()
    with pytest.raises(ClockRunsForward):
        move_clock(store, -HOUR)
    assert now(store) == NOON


def test_the_clock_stops_at_the_end_of_the_calendar() -> None:
    store, teli = open_teli()
    with pytest.raises(ClockRunsForward):
        move_clock(store, timedelta.max)
    move_clock(store, timedelta(days=2_900_000))
    with pytest.raises(ClockRunsForward):
        move_clock(store, timedelta(days=100_000))
    assert teli.create("x", PEOPLE[0]).status == 200


def test_a_reset_forgets_campaigns_calls_requests_and_the_clock() -> None:
    store, teli = open_teli()
    teli.create("x", *PEOPLE)
    move_clock(store, DAY)
    reset(store)
    assert (teli.listed(), dial_log(store), now(store)) == ([], (), NOON)
