"""A complete list, or no creates: what is asked, how often, and what is believed."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Barrier, Lock

import pytest

from teli_iac.errors import AnswerUnreadable
from teli_iac.model import Deleted, IntentLapsed, IntentSettled, Settlement, Status
from tests.observe.scripts import NOON, Script, campaign, intended, launched, observed, recorded

FALL, SPRING = campaign("fall"), campaign("spring")
LATER = NOON + timedelta(minutes=15)


def test_a_list_is_read_twice_and_no_more_when_both_agree() -> None:
    script = Script([[FALL, SPRING], [SPRING, FALL]])
    seen = observed(script)
    assert seen.campaigns.keys() == {FALL, SPRING}
    assert seen.gaps == ()
    assert script.asked == ["list", "list"]


def test_a_status_is_read_whatever_its_case() -> None:
    assert observed(Script([[FALL]])).campaigns[FALL].status is Status.ACTIVE


def test_a_list_that_changed_between_two_reads_is_read_once_more() -> None:
    script = Script([[], [FALL], [FALL]])
    seen = observed(script)
    assert seen.campaigns.keys() == {FALL}
    assert seen.gaps == ()
    assert script.asked == ["list"] * 3


def test_lists_that_never_agree_are_a_gap() -> None:
    assert len(observed(Script([[], [FALL], [SPRING]])).gaps) == 1


@pytest.mark.parametrize(
    "answer",
    [
        "<html>maintenance</html>",
        "",
        json.dumps({"success": True, "count": 2, "campaigns": [{"campaign_id": FALL}]}),
        json.dumps({"success": True, "count": 2, "campaigns": [{"campaign_id": FALL}] * 2}),
    ],
    ids=["html", "nothing", "wrong count", "repeated id"],
)
def test_what_is_no_whole_list_is_refused_and_not_interpreted(answer: str) -> None:
    with pytest.raises(AnswerUnreadable):
        observed(Script([[FALL], answer]))


def test_a_launched_part_that_the_list_lacks_is_proven_gone_by_two_look_ups_apart() -> None:
    script = Script([[]])
    seen = observed(script, recorded(*launched("fall")))
    assert seen.absent == {FALL}
    assert seen.gaps == ()
    assert script.asked == ["list", "list", FALL, FALL]
    assert len(script.naps) == 1


@pytest.mark.parametrize("answers", [(True,), (False, True), (True, False)], ids=str)
def test_a_launched_part_that_a_look_up_finds_shows_that_the_list_is_not_complete(
    answers: tuple[bool, ...],
) -> None:
    seen = observed(Script([[]], found={FALL: answers}), recorded(*launched("fall")))
    assert seen.absent == frozenset()
    assert seen.campaigns[FALL].status is Status.ACTIVE
    assert [FALL in gap for gap in seen.gaps] == [True]


def test_a_part_that_we_deleted_is_not_looked_for() -> None:
    script = Script([[]])
    observed(script, recorded(*launched("fall"), Deleted(FALL)))
    assert script.asked == ["list", "list"]


def test_many_missing_parts_are_each_looked_up_twice() -> None:
    names = [f"c{number}" for number in range(30)]
    script = Script([[]])
    seen = observed(script, recorded(*(event for name in names for event in launched(name))))
    assert seen.absent == {campaign(name) for name in names}
    assert sorted(script.asked) == sorted(["list"] * 2 + [campaign(name) for name in names] * 2)


def test_an_open_intent_is_looked_up_once_while_it_cannot_lapse() -> None:
    script = Script([[]])
    seen = observed(script, recorded(intended("fall")), now=LATER - timedelta(seconds=1))
    assert seen.intent_look_ups == {FALL: 1}
    assert script.asked.count(FALL) == 1


def test_an_open_intent_is_looked_up_three_times_apart_once_it_could_lapse() -> None:
    script = Script([[]])
    seen = observed(script, recorded(intended("fall")), now=LATER, trusts_its_clock=True)
    assert seen.intent_look_ups == {FALL: 3}
    assert len(script.naps) == 2


def test_an_open_intent_that_never_lapses_is_looked_up_once() -> None:
    script = Script([[]])
    seen = observed(script, recorded(intended("fall")), settle_after=None, now=LATER, trusts_its_clock=True)
    assert seen.intent_look_ups == {FALL: 1}


@pytest.mark.parametrize("answers", [(True,), (False, True), (False, False, True)], ids=str)
def test_an_open_intent_that_any_look_up_finds_is_there(answers: tuple[bool, ...]) -> None:
    script = Script([[]], found={FALL: answers})
    seen = observed(script, recorded(intended("fall")), now=LATER, trusts_its_clock=True)
    assert FALL in seen.campaigns
    assert seen.intent_look_ups == {FALL: 0}


def test_an_open_intent_that_the_list_shows_is_not_looked_up() -> None:
    script = Script([[FALL]])
    seen = observed(script, recorded(intended("fall")))
    assert FALL in seen.campaigns
    assert script.asked == ["list", "list"]


@pytest.mark.parametrize("given_up", [IntentLapsed(FALL), IntentSettled(FALL, Settlement.ABANDON)])
def test_an_id_that_was_given_up_is_watched_for_ever(given_up: IntentLapsed | IntentSettled) -> None:
    known = recorded(intended("fall"), given_up)
    assert observed(Script([[]]), known).gaps == ()
    late = observed(Script([[]], found={FALL: (True,)}), known)
    assert FALL in late.campaigns


@pytest.mark.parametrize("apart", [timedelta(minutes=3), timedelta(minutes=-3)], ids=str)
def test_clocks_too_far_apart_are_a_gap(apart: timedelta) -> None:
    seen = observed(Script([[]], clock=NOON + apart))
    assert "180 seconds" in seen.gaps[0]


def test_now_is_the_later_of_both_clocks() -> None:
    minute = timedelta(minutes=1)
    assert observed(Script([[]], clock=NOON + minute)).now == NOON + minute
    assert observed(Script([[]], clock=NOON - minute)).now == NOON


def test_a_clock_on_this_machine_may_run_ahead() -> None:
    ahead = timedelta(days=3)
    seen = observed(Script([[]], clock=NOON + ahead), trusts_its_clock=True)
    assert (seen.now, seen.gaps) == (NOON + ahead, ())


@dataclass
class Crowd(Script):
    """Answers a look-up only once as many as the barrier wants are there together."""

    barrier: Barrier = field(default_factory=lambda: Barrier(1))
    lock: Lock = field(default_factory=Lock)
    inside: int = 0
    most: int = 0

    def _look_up(self, campaign_id: str) -> tuple[int, str]:
        with self.lock:
            self.inside += 1
            self.most = max(self.most, self.inside)
        self.barrier.wait(timeout=30)
        with self.lock:
            self.inside -= 1
        return super()._look_up(campaign_id)


@pytest.mark.parametrize("at_once", [1, 3])
def test_as_many_look_ups_go_out_at_once_as_were_asked_for_and_no_more(at_once: int) -> None:
    names = ["a", "b", "c", "d", "e", "f"]
    crowd = Crowd([[]], barrier=Barrier(at_once))
    known = recorded(*(event for name in names for event in launched(name)))
    assert observed(crowd, known, at_once=at_once).absent == {campaign(name) for name in names}
    assert crowd.most == at_once
