"""Every create that loses its reply ends in one POST and the truth, or in exit 6 and a way to settle it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from teli_iac.errors import ExitCode, GuardsRefuse, NothingToSettle
from teli_iac.model import Reason, Sentence, Settlement
from tests.promise.practice import Practice, Wanted, phone_number
from tests.second_teli import Fault, SecondTeli

PEOPLE = (0, 1, 2)
NUMBERS = [phone_number(person) for person in PEOPLE]
DONE = [fault for fault in Fault if fault.done and fault is not Fault.WRONG_COUNT]
IN_DOUBT = [
    Fault.CUT_BEFORE_READING,
    Fault.CUT_BEFORE_DOING,
    Fault.NOT_DONE_500,
    Fault.NOT_DONE_502,
    Fault.NOT_DONE_HTML,
    Fault.NOT_DONE_EMPTY,
    Fault.REDIRECT,
]


@pytest.fixture
def teli() -> Iterator[SecondTeli]:
    with SecondTeli() as service:
        yield service


@pytest.fixture
def practice(tmp_path: Path, teli: SecondTeli) -> Practice:
    project = Practice(tmp_path, teli.url)
    project.want(fall=Wanted(PEOPLE))
    return project


def _let_them_call(teli: SecondTeli) -> None:
    teli.pass_time(timedelta(minutes=30))
    teli.dial()


def test_every_fault_is_tried() -> None:
    apart = {Fault.WRONG_COUNT, Fault.TOO_MANY, Fault.TOO_MANY_FOR_NOW, Fault.HTML_404}
    assert {*DONE, *IN_DOUBT, *apart} == {*Fault}


@pytest.mark.parametrize("fault", DONE, ids=lambda fault: fault.what)
def test_a_create_that_was_carried_out_is_found_and_never_sent_again(
    fault: Fault, practice: Practice, teli: SecondTeli
) -> None:
    teli.faults["create", 1] = fault
    applied = practice.apply()
    assert applied.ending.exit_code == ExitCode.DONE
    assert applied.sentences in ([Sentence.FOUND_LAUNCHED], [Sentence.LAUNCHED])
    assert practice.detailed_exit_code() == ExitCode.DONE
    assert practice.apply().ending.exit_code == ExitCode.DONE
    _let_them_call(teli)
    assert len(teli.creates()) == 1
    assert teli.dialled == dict.fromkeys(NUMBERS, 1)


@pytest.mark.parametrize("fault", IN_DOUBT, ids=lambda fault: fault.what)
def test_a_create_that_may_have_been_lost_is_unknown_until_it_lapses(
    fault: Fault, practice: Practice, teli: SecondTeli
) -> None:
    teli.faults["create", 1] = fault
    applied = practice.apply()
    assert (applied.ending.exit_code, applied.ending.unknown) == (ExitCode.UNKNOWN, ("campaign/fall",))
    assert practice.detailed_exit_code() == ExitCode.UNKNOWN
    assert practice.apply().ending.exit_code == ExitCode.UNKNOWN
    assert len(teli.log_of("create")) == 1
    teli.pass_time(timedelta(minutes=16))
    assert practice.apply().ending.exit_code == ExitCode.DONE
    _let_them_call(teli)
    assert len(teli.log_of("create")) == 2
    assert teli.dialled == dict.fromkeys(NUMBERS, 1)


@pytest.mark.parametrize("late_in_reads", [1, 4, 7, 20])
def test_a_create_that_shows_late_is_recovered_and_verified(late_in_reads: int, tmp_path: Path) -> None:
    with SecondTeli(late_in_reads=late_in_reads, late_in_lists=late_in_reads) as teli:
        practice = Practice(tmp_path, teli.url)
        practice.want(fall=Wanted(PEOPLE))
        teli.faults["create", 1] = Fault.CUT_BEFORE_REPLY
        codes = [practice.apply().ending.exit_code for _ in range(30)]
        assert set(codes) <= {ExitCode.UNKNOWN, ExitCode.DONE}
        assert codes[-1] == ExitCode.DONE
        _let_them_call(teli)
        assert len(teli.creates()) == 1
        assert teli.dialled == dict.fromkeys(NUMBERS, 1)


def test_what_arrives_after_it_lapsed_is_ended_before_its_first_call(tmp_path: Path) -> None:
    with SecondTeli(late_in_reads=9, late_in_lists=9) as teli:
        practice = Practice(tmp_path, teli.url, launch_grace="2h")
        practice.want(fall=Wanted(PEOPLE))
        teli.faults["create", 1] = Fault.CUT_BEFORE_REPLY
        assert practice.apply().ending.exit_code == ExitCode.UNKNOWN
        teli.pass_time(timedelta(minutes=20))
        codes = [practice.apply().ending.exit_code for _ in range(12)]
        assert codes[-1] == ExitCode.DONE
        teli.pass_time(timedelta(hours=3))
        teli.dial()
        assert len(set(teli.creates())) == 2
        assert teli.dialled == dict.fromkeys(NUMBERS, 1)


def test_a_rejected_create_calls_nobody_and_may_be_tried_again(practice: Practice, teli: SecondTeli) -> None:
    teli.faults["create", 1] = Fault.HTML_404
    assert practice.apply().ending.exit_code == ExitCode.ERROR
    assert practice.apply().ending.exit_code == ExitCode.DONE
    assert len(set(teli.creates())) == 2
    _let_them_call(teli)
    assert teli.dialled == dict.fromkeys(NUMBERS, 1)


def test_a_create_refused_unprocessed_is_sent_again_after_a_look_up(
    practice: Practice, teli: SecondTeli
) -> None:
    teli.faults["create", 1] = Fault.TOO_MANY
    assert practice.apply().ending.exit_code == ExitCode.DONE
    kinds = [received.kind for received in teli.log if received.kind in {"create", "get"}]
    assert kinds == ["get", "create", "get", "create"]
    assert len(set(teli.creates())) == 1


def test_a_campaign_that_is_not_what_was_sent_is_ended_before_its_first_call(
    practice: Practice, teli: SecondTeli
) -> None:
    teli.faults["create", 1] = Fault.WRONG_COUNT
    applied = practice.apply()
    assert applied.ending.exit_code == ExitCode.PARTLY
    assert applied.sentences == [Sentence.VERIFICATION_FAILED]
    _let_them_call(teli)
    assert not teli.dialled
    plan = practice.plan().plan
    assert [change.reason for change in plan.blocked] == [Reason.VERIFICATION_FAILED]
    assert "4 contacts" in plan.blocked[0].faults[0]
    practice.settle("fall", Settlement.ABANDON)
    assert not practice.plan().plan.blocked
    assert len(teli.creates()) == 1


def test_settling_decides_what_nobody_else_can_know(practice: Practice, teli: SecondTeli) -> None:
    teli.faults["create", 1] = Fault.CUT_BEFORE_DOING
    practice.apply()
    with pytest.raises(NothingToSettle):
        practice.settle("fall", Settlement.ADOPT)
    told = practice.settle("fall", Settlement.ABANDON)
    assert "count as called" in told
    assert practice.apply().ending.exit_code == ExitCode.DONE
    _let_them_call(teli)
    assert not teli.dialled


def test_an_abandoned_create_that_arrives_after_all_is_ended(tmp_path: Path) -> None:
    with SecondTeli(late_in_reads=7, late_in_lists=7) as teli:
        practice = Practice(tmp_path, teli.url)
        practice.want(fall=Wanted(PEOPLE))
        teli.faults["create", 1] = Fault.DONE_500
        assert practice.apply().ending.exit_code == ExitCode.UNKNOWN
        practice.settle("fall", Settlement.ABANDON)
        outcomes = [sentence for _ in range(9) for sentence in practice.apply().sentences]
        assert outcomes == [Sentence.STOPPED]
        _let_them_call(teli)
        assert not teli.dialled
        assert len(teli.creates()) == 1


def test_an_adopted_create_is_not_sent_again(practice: Practice, teli: SecondTeli) -> None:
    for look_up in range(2, 7):
        teli.faults["get", look_up] = Fault.NOT_DONE_HTML
    teli.faults["create", 1] = Fault.DONE_502
    assert practice.apply().ending.exit_code == ExitCode.UNKNOWN
    assert "adopted" in practice.settle("fall", Settlement.ADOPT)
    assert practice.detailed_exit_code() == ExitCode.DONE
    _let_them_call(teli)
    assert len(teli.creates()) == 1
    assert teli.dialled == dict.fromkeys(NUMBERS, 1)


def test_an_unknown_outcome_is_told_by_the_exit_code_though_a_guard_refuses_too(
    practice: Practice, teli: SecondTeli
) -> None:
    practice.want(spring=Wanted((10,)))
    practice.apply()
    practice.want(fall=Wanted(PEOPLE), spring=Wanted((10,)))
    teli.faults["create", 2] = Fault.CUT_BEFORE_DOING
    practice.apply()
    practice.want(fall=Wanted(PEOPLE))
    assert practice.plan().exit_code(detailed=False) == ExitCode.UNKNOWN
    with pytest.raises(GuardsRefuse) as refused:
        practice.apply()
    assert refused.value.exit_code == ExitCode.UNKNOWN
