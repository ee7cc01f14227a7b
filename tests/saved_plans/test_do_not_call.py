"""Approving may shrink the set of people, never grow it: a do-not-call list may grow until then."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from teli_iac.errors import ExitCode, InvalidManifests, PlanStale
from teli_iac.model import GuardName, Sentence
from tests.promise.practice import Practice, Wanted, phone_number
from tests.saved_plans.approving import apply_saved, save
from tests.second_teli import SecondTeli

BEFORE, FALL = (90,), (0, 1, 2, 3)


@pytest.fixture
def practice(tmp_path: Path, teli: SecondTeli) -> Practice:
    """A project that has a ledger, and a list on which is one of four people it wants to call."""
    project = Practice(tmp_path / "acme", teli.url, suppress=[{"file": "dnc.txt", "max_age": "31d"}])
    listed(project, 3)
    project.want(before=Wanted(BEFORE))
    project.apply()
    project.want(before=Wanted(BEFORE), fall=Wanted(FALL))
    teli.log.clear()
    return project


def listed(practice: Practice, *people: int) -> None:
    (practice.folder / "dnc.txt").write_text("".join(f"{phone_number(person)}\n" for person in people))


def called(teli: SecondTeli) -> list[int]:
    teli.pass_time(timedelta(minutes=30))
    teli.dial()
    return [person for person in FALL for _ in range(teli.dialled[phone_number(person)])]


@pytest.mark.parametrize(
    ("now", "rest"), [((3,), [0, 1, 2]), ((3, 0), [1, 2]), ((3, 0, 1, 50), [2])], ids=["as it was", "1", "2"]
)
def test_whoever_is_listed_after_the_approval_is_left_out(
    practice: Practice, teli: SecondTeli, now: tuple[int, ...], rest: list[int]
) -> None:
    file = save(practice)
    listed(practice, *now)
    applied = apply_saved(practice, file)
    assert (applied.sentences, applied.ending.people) == ([Sentence.LAUNCHED], len(rest))
    assert called(teli) == rest
    assert practice.detailed_exit_code() == ExitCode.DONE


def test_when_everybody_is_listed_after_the_approval_nothing_is_sent(
    practice: Practice, teli: SecondTeli
) -> None:
    file = save(practice)
    listed(practice, *FALL)
    assert apply_saved(practice, file).ending.exit_code == ExitCode.DONE
    assert not teli.creates()


def test_whoever_is_listed_while_an_approved_plan_is_applied_is_left_out(
    practice: Practice, teli: SecondTeli
) -> None:
    file = save(practice)
    listed(practice, 3, 0)
    applied = apply_saved(practice, file, when_shown=lambda _: listed(practice, 3, 0, 1))
    assert (applied.ending.people, applied.ending.suppressed) == (1, 1)
    assert called(teli) == [2]


@pytest.mark.parametrize("now", [(50,), (0, 1), (2, 50)])
def test_whoever_comes_off_a_list_is_not_called_by_an_older_approval(
    practice: Practice, teli: SecondTeli, now: tuple[int, ...]
) -> None:
    file = save(practice)
    listed(practice, *now)
    with pytest.raises(PlanStale) as stale:
        apply_saved(practice, file)
    assert stale.value.exit_code == ExitCode.STALE
    assert any("campaign/fall was left out" in each for each in stale.value.differences)
    assert not teli.creates()


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ((3, 0), "leaves out others of campaign/fall than when it was approved, and without a ledger nobody"),
        ((0,), "leaves out others of campaign/fall than when it was approved, and without a ledger nobody"),
        ((50,), "somebody of campaign/fall was left out by a do-not-call list"),
    ],
    ids=["the list has grown", "another instead", "somebody came off"],
)
def test_without_a_ledger_it_is_not_said_that_somebody_came_off_a_list_unless_it_is_so(
    tmp_path: Path, teli: SecondTeli, now: tuple[int, ...], told: str
) -> None:
    practice = Practice(tmp_path / "new", teli.url, suppress=[{"file": "dnc.txt"}])
    practice.want(fall=Wanted(FALL))
    listed(practice, 3)
    file = save(practice)
    listed(practice, *now)
    with pytest.raises(PlanStale) as stale:
        apply_saved(practice, file)
    (difference,) = stale.value.differences
    assert told in difference
    assert not teli.creates()


def _want(*people: int) -> Callable[[Practice], None]:
    return lambda practice: practice.want(before=Wanted(BEFORE), fall=Wanted(people))


def _declare(practice: Practice, **changed: object) -> None:
    file = practice.folder / "teli.yaml"
    manifest = json.loads(file.read_text())
    manifest["spec"]["suppress"][0] |= changed
    file.write_text(json.dumps(manifest))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (_want(0, 1, 2), "the leads of campaign/fall changed"),
        (_want(0, 1, 2, 3, 4), "the leads of campaign/fall changed"),
        (lambda practice: _declare(practice, default_country="US"), "suppress of campaign/fall changed"),
        (lambda practice: _declare(practice, max_age="60d"), "suppress of campaign/fall changed"),
    ],
    ids=["fewer leads", "more leads", "another country", "another age"],
)
def test_a_grown_list_hides_no_other_difference(
    practice: Practice, teli: SecondTeli, change: Callable[[Practice], None], told: str
) -> None:
    file = save(practice)
    listed(practice, 3, 0)
    change(practice)
    with pytest.raises(PlanStale) as stale:
        apply_saved(practice, file)
    assert any(told in each for each in stale.value.differences)
    assert not teli.creates()


def test_a_newer_list_may_tell_its_own_day(practice: Practice) -> None:
    _declare(practice, as_of=f"{practice.asked().waiting.now() - timedelta(days=20):%Y-%m-%d}")
    file = save(practice)
    _declare(practice, as_of=f"{practice.asked().waiting.now():%Y-%m-%d}")
    listed(practice, 3, 2)
    assert apply_saved(practice, file).ending.people == 2


def test_a_list_that_has_grown_too_old_since_launches_nobody(practice: Practice, teli: SecondTeli) -> None:
    file = save(practice)
    os.utime(practice.folder / "dnc.txt", (0, 0))
    with pytest.raises(InvalidManifests):
        apply_saved(practice, file)
    assert not teli.creates()


def test_stopping_a_live_part_for_somebody_listed_since_has_to_be_approved(practice: Practice) -> None:
    file = save(practice)
    listed(practice, 3, *BEFORE)
    with pytest.raises(PlanStale) as stale:
        apply_saved(practice, file)
    assert any("replace (people_removed)" in each for each in stale.value.differences)


def test_a_consent_counts_for_fewer_people(practice: Practice) -> None:
    manifest = json.loads((practice.folder / "teli.yaml").read_text())
    manifest["spec"]["guards"] = {"max_new_people": 1}
    (practice.folder / "teli.yaml").write_text(json.dumps(manifest))
    file = save(practice, allow={GuardName.MAX_NEW_PEOPLE: 3})
    listed(practice, 3, 0)
    assert apply_saved(practice, file).ending.people == 2


def test_a_saved_plan_has_no_number_that_was_left_out(practice: Practice) -> None:
    text = save(practice).read_text()
    assert phone_number(3)[1:] not in text
    assert json.loads(text)["suppressed"] == 1
