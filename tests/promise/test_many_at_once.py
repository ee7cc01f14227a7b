"""Many launches at once: ids are looked up ahead of their creates, and verified while more are launched."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from teli_iac.errors import ExitCode
from teli_iac.model import OnError, Sentence
from tests.promise.practice import Practice, Wanted, options
from tests.second_teli import Fault, SecondTeli

MANY = {f"c{number:02}": Wanted((number,)) for number in range(24)}


@pytest.fixture
def teli() -> Iterator[SecondTeli]:
    with SecondTeli() as service:
        yield service


@pytest.fixture
def practice(tmp_path: Path, teli: SecondTeli) -> Practice:
    project = Practice(tmp_path / "acme", teli.url)
    project.want(**MANY)
    return project


def test_each_of_many_creates_is_sent_once_and_looked_up_before(practice: Practice, teli: SecondTeli) -> None:
    assert practice.apply(options(parallelism=8)).ending.exit_code == ExitCode.DONE
    told = [(seen.kind, seen.path.rpartition("/")[2]) for seen in teli.log if seen.kind == "get"]
    looked_up = {campaign_id for _, campaign_id in told}
    assert sorted(teli.creates()) == sorted(set(teli.creates())) == sorted(looked_up)
    for campaign_id in teli.creates():
        paths = [seen.path.endswith(campaign_id) or seen.campaign_id == campaign_id for seen in teli.log]
        assert teli.log[paths.index(True)].kind == "get"


def test_what_is_there_already_is_not_sent_however_early_it_was_looked_up(
    practice: Practice, teli: SecondTeli
) -> None:
    stranger = Practice(practice.folder.parent / "stranger", teli.url)
    stranger.want(**{name: MANY[name] for name in ("c20", "c23")})
    applied = practice.apply_after(stranger.apply)
    assert applied.sentences.count(Sentence.ALREADY_THERE) == 1
    assert len(teli.creates()) == len(set(teli.creates()))


def test_a_look_up_ahead_that_fails_is_made_again(practice: Practice, teli: SecondTeli) -> None:
    teli.faults["get", 1] = Fault.NOT_DONE_HTML
    applied = practice.apply(options(parallelism=1))
    assert applied.ending.launched == len(MANY)


def test_after_a_failure_no_campaign_is_begun_though_it_was_looked_up(
    practice: Practice, teli: SecondTeli
) -> None:
    teli.faults["create", 3] = Fault.HTML_404
    ending = practice.apply().ending
    assert (ending.launched, ending.failed, ending.skipped) == (2, 1, len(MANY) - 3)
    assert len(teli.creates()) == 3


def test_what_is_not_as_it_was_sent_is_ended_while_others_are_launched(
    practice: Practice, teli: SecondTeli
) -> None:
    teli.faults["create", 7] = Fault.WRONG_COUNT
    applied = practice.apply(options(parallelism=4, on_error=OnError.CONTINUE))
    assert applied.sentences.count(Sentence.VERIFICATION_FAILED) == 1
    assert applied.ending.launched == len(MANY) - 1
    assert len(teli.log_of("end")) == 1


def test_the_next_plan_has_nothing_to_verify_after_many_launches(
    practice: Practice, teli: SecondTeli
) -> None:
    practice.apply(options(parallelism=8))
    assert practice.detailed_exit_code() == ExitCode.DONE
    assert not any(change.learned for change in practice.plan().plan.changes)
    assert len(teli.creates()) == len(MANY)


def test_when_teli_asks_for_time_all_wait_and_what_was_refused_is_sent_again(
    practice: Practice, teli: SecondTeli
) -> None:
    slept: list[float] = []
    practice.sleep = slept.append
    teli.faults["create", 3] = Fault.TOO_MANY_FOR_NOW
    applied = practice.apply(options(parallelism=8))
    assert (applied.ending.exit_code, applied.ending.launched) == (ExitCode.DONE, len(MANY))
    assert any(6 < seconds <= 7 for seconds in slept)
    assert (len(teli.creates()), len(set(teli.creates()))) == (len(MANY) + 1, len(MANY))
