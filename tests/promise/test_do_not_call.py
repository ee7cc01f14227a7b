"""Whoever is on a do-not-call list when a create is sent is not in it, whatever the plan said."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from teli_iac.errors import ExitCode, InvalidManifests
from teli_iac.model import Action, GuardName, PersonAct, Reason, Sentence
from teli_iac.render.verdict import impact
from tests.promise.practice import Practice, Wanted, options, phone_number
from tests.second_teli import SecondTeli

FALL = Wanted((0, 1, 2))


@pytest.fixture
def teli() -> Iterator[SecondTeli]:
    with SecondTeli() as service:
        yield service


@pytest.fixture
def practice(tmp_path: Path, teli: SecondTeli) -> Practice:
    """A project with one list, on which nobody is whom its campaign wants."""
    project = Practice(tmp_path / "acme", teli.url, suppress=[{"file": "dnc.txt"}])
    project.want(fall=FALL)
    listed(project, 50)
    return project


def listed(practice: Practice, *people: int) -> None:
    lines = (f"{phone_number(person)}\n" for person in people)
    (practice.folder / "dnc.txt").write_text("# whom not to call\n" + "".join(lines))


def sent(teli: SecondTeli) -> list[int]:
    """Everybody who was in a create, as often as they were."""
    teli.pass_time(timedelta(minutes=30))
    teli.dial()
    return [person for person in range(100) for _ in range(teli.dialled[phone_number(person)])]


def test_whoever_is_listed_is_never_called(practice: Practice, teli: SecondTeli) -> None:
    listed(practice, 1)
    (change,) = practice.plan().plan.changes
    assert (change.people, change.suppressed) == (2, 1)
    assert practice.apply().ending.people == 2
    assert sent(teli) == [0, 2]
    assert practice.detailed_exit_code() == ExitCode.DONE


def test_whoever_is_listed_between_plan_and_create_is_not_called(
    practice: Practice, teli: SecondTeli
) -> None:
    planned = practice.plan().plan.changes[0].campaign_id
    applied = practice.apply_after(lambda: listed(practice, 50, 0))
    assert applied.sentences == [Sentence.LAUNCHED]
    assert (applied.ending.people, applied.ending.suppressed) == (2, 1)
    assert planned not in teli.creates(), "that id says that three people were given"
    assert sent(teli) == [1, 2]
    assert practice.detailed_exit_code() == ExitCode.DONE, "the id is that of the people it was given"


def test_an_id_for_fewer_people_is_looked_up_as_every_id_is(practice: Practice, teli: SecondTeli) -> None:
    practice.apply_after(lambda: listed(practice, 0))
    (campaign_id,) = teli.creates()
    named = [seen for seen in teli.log if campaign_id in {seen.campaign_id, seen.path.rpartition("/")[2]}]
    kinds = [seen.kind for seen in named]
    assert "get" in kinds[: kinds.index("create")]


def test_when_everybody_is_listed_meanwhile_nothing_is_sent(practice: Practice, teli: SecondTeli) -> None:
    applied = practice.apply_after(lambda: listed(practice, 0, 1, 2))
    assert applied.sentences == [Sentence.NOBODY_LEFT]
    assert (applied.ending.exit_code, applied.ending.people, applied.ending.suppressed) == (0, 0, 3)
    assert not teli.creates()


def test_whoever_comes_off_a_list_meanwhile_waits_for_the_next_plan(
    practice: Practice, teli: SecondTeli
) -> None:
    listed(practice, 1)
    assert practice.apply_after(lambda: listed(practice, 50)).ending.people == 2
    (change,) = practice.plan().plan.changes
    assert (change.action, change.people) == (Action.EXTEND, 1)
    practice.apply()
    assert sent(teli) == [0, 1, 2]


def test_whoever_is_listed_while_a_part_is_live_is_taken_out_of_it(
    practice: Practice, teli: SecondTeli
) -> None:
    practice.apply()
    listed(practice, 2)
    (change,) = practice.plan().plan.changes
    assert (change.action, change.reason, change.suppressed) == (Action.REPLACE, Reason.PEOPLE_REMOVED, 1)
    practice.apply()
    assert sent(teli) == [0, 1]


def test_whoever_is_listed_while_a_replacement_stops_is_not_launched_again(
    practice: Practice, teli: SecondTeli
) -> None:
    practice.apply()
    practice.want(fall=replace(FALL, agent="agent_86f826bf8f59bacd5c10ae948b"))
    assert practice.apply_after(lambda: listed(practice, 2)).ending.suppressed == 1
    assert sent(teli) == [0, 1]


@pytest.mark.parametrize("text", ["", "# nobody\n", "+1415555010\n", "no number\n"])
def test_a_list_that_breaks_meanwhile_launches_nobody(
    practice: Practice, teli: SecondTeli, text: str
) -> None:
    applied = practice.apply_after(lambda: (practice.folder / "dnc.txt").write_text(text))
    assert applied.sentences == [Sentence.LIST_FAILED]
    assert applied.ending.exit_code == ExitCode.ERROR
    assert not teli.creates()


def test_a_list_that_is_taken_away_meanwhile_launches_nobody(practice: Practice, teli: SecondTeli) -> None:
    applied = practice.apply_after((practice.folder / "dnc.txt").unlink)
    assert applied.sentences == [Sentence.LIST_FAILED]
    assert not teli.creates()


def test_a_list_that_grows_too_old_meanwhile_launches_nobody(tmp_path: Path, teli: SecondTeli) -> None:
    practice = Practice(tmp_path / "acme", teli.url, suppress=[{"file": "dnc.txt", "max_age": "31d"}])
    practice.want(fall=FALL)
    listed(practice, 50)
    _age(practice, timedelta(days=31) - timedelta(minutes=1))
    applied = practice.apply_after(lambda: _age(practice, timedelta(days=32)))
    assert applied.sentences == [Sentence.LIST_FAILED]
    assert not teli.creates()
    with pytest.raises(InvalidManifests) as refused:
        practice.plan()
    assert [problem.code for problem in refused.value.problems] == ["TELI-E121"]


def test_a_list_that_is_too_old_keeps_nobody_from_taking_campaigns_off(
    tmp_path: Path, teli: SecondTeli
) -> None:
    practice = Practice(tmp_path / "acme", teli.url, suppress=[{"file": "dnc.txt", "max_age": "31d"}])
    practice.want(fall=FALL)
    listed(practice, 50)
    practice.apply()
    _age(practice, timedelta(days=32))
    allow = {GuardName.LIVE_DELETES: 1}
    assert practice.destroy(options(allow=allow)).ending.exit_code == ExitCode.DONE
    assert sent(teli) == []


def test_whoever_is_listed_while_a_part_is_live_is_not_counted_among_those_whom_the_next_one_calls(
    practice: Practice, teli: SecondTeli
) -> None:
    practice.want(fall=replace(FALL, settings={"redial": {"retry_limit": 1, "call_interval_days": 1}}))
    practice.apply()
    listed(practice, 1)
    plan = practice.plan().plan
    (change,) = plan.changes
    assert (change.action, change.people, change.moving, change.worst_case_calls) == (Action.REPLACE, 3, 2, 4)
    assert impact(plan) == (
        "nobody else is called. Calling stops for up to 1 person."
        " Up to 2 people not called yet move to a new part. 1 person is left out, on a do-not-call list."
    )
    assert not teli.dialled


def test_a_part_paused_by_hand_is_blocked_once_somebody_is_listed_and_replaced_once_it_is_resumed(
    practice: Practice, teli: SecondTeli
) -> None:
    practice.apply()
    practice.steer(PersonAct.PAUSE, "campaign/fall")
    listed(practice, 1)
    (change,) = practice.plan().plan.changes
    assert (change.action, change.reason) == (Action.BLOCKED, Reason.PAUSED_ELSEWHERE)
    practice.steer(PersonAct.RESUME, "campaign/fall")
    assert practice.apply().sentences[-1] is Sentence.LAUNCHED
    assert sent(teli) == [0, 2]


def _age(practice: Practice, age: timedelta) -> None:
    written = (datetime.now(UTC) - age).timestamp()
    os.utime(practice.folder / "dnc.txt", (written, written))
