"""So many creates are under way at once; others are made ready meanwhile, and none begins too late."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any, cast

import pytest

from teli_iac.apply.means import Means
from teli_iac.apply.pooling import work_through
from teli_iac.apply.tally import Tally
from teli_iac.apply.turns import NotBegun, Turn, Turns
from teli_iac.kinds.intentions import Result
from teli_iac.leads import Lists
from teli_iac.model import Change, OnError, Outcome, OutcomeKind, Sentence
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


def _work(launches: _Launches, parallelism: int, beside: int) -> tuple[Sequence[Outcome], Tally]:
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
