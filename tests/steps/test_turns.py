"""So many creates are under way at once; others are made ready meanwhile, and none begins too late."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest

from teli_iac.api import Waiting
from teli_iac.apply import acts
from teli_iac.apply.means import Means
from teli_iac.apply.pooling import Work, work_through
from teli_iac.apply.scouting import Scouts
from teli_iac.apply.tally import Tally
from teli_iac.apply.turns import NotBegun, Turn, Turns, intents_may_wait
from teli_iac.kinds.intentions import Result
from teli_iac.leads import Lists
from teli_iac.model import (
    Change,
    Event,
    Fingerprint,
    IntentVoided,
    LaunchIntended,
    OnError,
    Outcome,
    OutcomeKind,
    Reply,
    Request,
    Sentence,
    Suppression,
    Voiding,
)
from tests.decisions.notation import KEY, USUAL, leads, project
from tests.render import changes as a
from tests.render.plans import plan

LONG = 10.0
CHANGES = [a.launch(f"campaign-{number}") for number in range(6)]


class _Api:
    """Welcomes everybody at once."""

    def wait_until_welcome(self) -> None:
        """There is nothing to wait for."""


class _Launches:
    """Creates that stay under way until `ready` changes have been made ready; then each of them ends so."""

    def __init__(self, ready: int, sentence: Sentence) -> None:
        self.under_way = self.most = self.begun = 0
        self._ready = ready
        self._sentence = sentence
        self._gate = threading.Condition()

    def __call__(self, change: Change, _: Means, turn: Turn) -> Result:
        with self._gate:
            self._ready -= 1
            self._gate.notify_all()
        turn.take()
        with self._gate:
            self.begun += 1
            self.under_way += 1
            self.most = max(self.most, self.under_way)
            assert self._gate.wait_for(lambda: self._ready <= 0, LONG)
            self.under_way -= 1
        if self._sentence is Sentence.LAUNCHED:
            turn.end()
        return Result(self._sentence, change.campaign_id or "")


def _work(launches: Work, parallelism: int, beside: int) -> tuple[Sequence[Outcome], Tally]:
    means = Means(
        api=cast("Any", _Api()),
        journal=cast("Any", None),
        project=cast("Any", None),
        key=cast("Any", None),
        waiting=cast("Any", None),
        parallelism=parallelism,
        on_error=OnError.STOP,
        stopping=lambda: False,
        lists=Lists(""),
    )
    tally = Tally(plan(*CHANGES), means)
    return [*work_through(CHANGES, launches, means, tally, tally.may_launch, beside=beside)], tally


def test_another_campaign_is_made_ready_while_two_creates_are_under_way() -> None:
    launches = _Launches(3, Sentence.LAUNCHED)
    outcomes, tally = _work(launches, 2, 1)
    assert launches.most == 2
    assert tally.ending().launched == len(CHANGES)
    assert [outcome.kind for outcome in outcomes].count(OutcomeKind.STARTED) == len(CHANGES)


def test_whoever_was_made_ready_does_not_begin_after_a_failure() -> None:
    launches = _Launches(2, Sentence.REJECTED)
    outcomes, tally = _work(launches, 1, 1)
    assert launches.begun == 1
    assert [outcome.kind for outcome in outcomes] == [OutcomeKind.STARTED, OutcomeKind.FAILED]
    assert tally.ending().skipped == len(CHANGES) - 1


def test_nothing_begins_when_the_apply_was_stopped_while_teli_asked_to_be_left_alone() -> None:
    goes_on = threading.Event()
    goes_on.set()
    turns = Turns(1, goes_on.is_set, until_welcome=goes_on.clear)
    with pytest.raises(NotBegun):
        turns.take()


NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
FALL = a.launch("fall", whom=leads(USUAL))


class _Teli:
    """Has no campaign, and keeps what was sent to it."""

    def __init__(self) -> None:
        self.sent: list[str] = []

    def read(self, request: Request) -> Reply:
        return Reply(404, {"error": f"there is no {request.path}"}, None)

    def write(self, request: Request) -> Reply:
        self.sent.append(request.path)
        return Reply(400, {"error": "nothing is taken"}, None)


class _Ledger:
    """Keeps events, and has told somebody of each intent before it goes on."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.intended = threading.Event()

    def record(self, *events: Event, **_: object) -> None:
        self.events += events
        self.intended.set()


@contextmanager
def _launching(teli: _Teli, ledger: _Ledger, now: Sequence[datetime]) -> Iterator[tuple[Means, Scouts]]:
    times = iter(now)
    means = Means(
        api=cast("Any", teli),
        journal=cast("Any", ledger),
        project=project({}),
        key=KEY,
        waiting=Waiting(now=lambda: next(times, now[-1])),
        parallelism=1,
        on_error=OnError.STOP,
        stopping=lambda: False,
        lists=Lists(""),
    )
    with ThreadPoolExecutor(1) as pool:
        yield means, Scouts([], means, pool)


def _turn(turns: Turns) -> Turn:
    return Turn(turns, begun=lambda: None, may_begin=lambda: True)


def _at_once(at_once: int) -> Turns:
    return Turns(at_once, lambda: True, lambda: None)


def test_an_intent_is_durable_before_the_turn_comes_and_nothing_is_sent_before_it_has_come() -> None:
    teli, ledger, turns = _Teli(), _Ledger(), _at_once(1)
    first = _turn(turns)
    first.take()
    with _launching(teli, ledger, [NOON]) as (means, scouts), ThreadPoolExecutor(1) as beside:
        launched = beside.submit(acts.launch, FALL, means, _turn(turns), scouts, ahead=True)
        assert ledger.intended.wait(LONG)
        assert (teli.sent, [type(event) for event in ledger.events]) == ([], [LaunchIntended])
        first.end()
        assert launched.result(LONG).sentence is Sentence.REJECTED
    assert teli.sent == ["/v1/voice/campaigns"]


def test_an_intent_whose_turn_does_not_come_any_more_is_void_and_was_never_sent() -> None:
    teli, ledger, turns = _Teli(), _Ledger(), _at_once(1)
    _turn(turns).take()
    with _launching(teli, ledger, [NOON]) as (means, scouts), ThreadPoolExecutor(1) as beside:
        launched = beside.submit(acts.launch, FALL, means, _turn(turns), scouts, ahead=True)
        assert ledger.intended.wait(LONG)
        turns.close()
        assert isinstance(launched.exception(LONG), NotBegun)
    assert teli.sent == []
    assert ledger.events[1:] == [IntentVoided(FALL.campaign_id or "", Voiding.NOT_SENT, None)]


def test_nothing_is_written_for_a_change_whose_turn_will_not_come() -> None:
    teli, ledger, turns = _Teli(), _Ledger(), _at_once(1)
    turns.close()
    with _launching(teli, ledger, [NOON]) as (means, scouts), pytest.raises(NotBegun):
        acts.launch(FALL, means, _turn(turns), scouts, ahead=True)
    assert (teli.sent, ledger.events) == ([], [])


def test_an_intent_that_waited_a_minute_for_its_turn_is_not_sent() -> None:
    teli, ledger = _Teli(), _Ledger()
    late = [NOON, NOON, NOON, NOON + timedelta(seconds=60)]
    with _launching(teli, ledger, late) as (means, scouts):
        result = acts.launch(FALL, means, _turn(_at_once(1)), scouts, ahead=True)
    assert (result.sentence, teli.sent) == (Sentence.NOT_SENT, [])
    assert isinstance(ledger.events[-1], IntentVoided)


def test_what_comes_to_its_end_before_its_turn_is_told_as_begun_all_the_same() -> None:
    def refuse(change: Change, _: Means, turn: Turn) -> Result:
        turn.expect()
        return Result(Sentence.ALREADY_THERE, change.campaign_id or "")

    outcomes, tally = _work(refuse, 1, 0)
    assert [outcome.kind for outcome in outcomes] == [OutcomeKind.STARTED, OutcomeKind.FAILED]
    assert tally.ending().skipped == len(CHANGES) - 1


def test_no_intent_waits_behind_a_long_body_nor_while_a_do_not_call_list_may_grow() -> None:
    launch = FALL.launch
    assert launch
    many = replace(launch, leads=replace(launch.leads, rows=tuple(launch.leads.rows)[:1] * 1_001))
    listed = replace(launch, leads=replace(launch.leads, suppression=Suppression((), Fingerprint(3, 0), ())))
    assert intents_may_wait([FALL])
    assert not intents_may_wait([FALL, replace(FALL, further=(many,))])
    assert not intents_may_wait([FALL, replace(FALL, launch=listed)])
