"""`status` and `drift` against a Teli that calls meanwhile: right at every moment, and nothing but GET."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, timedelta
from itertools import islice
from pathlib import Path

import pytest

from teli_iac import workflow
from teli_iac.errors import ApiError, ExitCode, UsageError
from teli_iac.model import OnError, PersonAct
from teli_iac.render.standing import render_standing
from teli_iac.sandbox.clock import dial, move_clock
from teli_iac.sandbox.store import Store
from teli_iac.standing import Phase, Question, Standing
from tests.operate.flaky import embedded_teli
from tests.promise.practice import NOBODY_ELSE, Practice, Wanted, options, phone_number
from tests.second_teli import Fault, SecondTeli

FALL, SPRING = Wanted((0, 1, 2, 7, 8, 9)), Wanted((10, 11))


@pytest.fixture
def teli() -> Iterator[SecondTeli]:
    with SecondTeli() as service:
        yield service


@pytest.fixture
def practice(tmp_path: Path, teli: SecondTeli) -> Practice:
    """A project with two live campaigns."""
    project = Practice(tmp_path / "acme", teli.url)
    project.want(fall=FALL, spring=SPRING)
    assert project.apply().ending.exit_code == ExitCode.DONE
    return project


def _status(practice: Practice, *addresses: str) -> Standing:
    return next(workflow.watch(practice.asked(), NOBODY_ELSE, addresses))


def _drift(practice: Practice, *addresses: str) -> Standing:
    return workflow.drift(practice.asked(), NOBODY_ELSE, addresses)


def _phases(standing: Standing) -> dict[str, list[Phase]]:
    return {each.address: [part.phase for part in each.parts] for each in standing.campaigns}


def _call(teli: SecondTeli) -> None:
    teli.pass_time(timedelta(hours=1))
    teli.dial()


def test_every_campaign_is_shown_with_its_people_before_and_after_they_are_called(
    practice: Practice, teli: SecondTeli
) -> None:
    before = _status(practice)
    assert _phases(before) == {"campaign/fall": [Phase.WAITING], "campaign/spring": [Phase.WAITING]}
    assert (before.total.total, before.total.uncalled) == (8, 8)
    _call(teli)
    after = _status(practice)
    total = after.total
    assert (total.reached, total.voicemail, total.failed, total.uncalled) == (5, 1, 2, 0)
    assert after.outcome() is ExitCode.DONE
    assert not after.moving


def test_looking_sends_nothing_but_get(practice: Practice, teli: SecondTeli) -> None:
    seen = len(teli.log)
    list(islice(workflow.watch(practice.asked(), NOBODY_ELSE, ()), 3))
    _drift(practice)
    assert {received.method for received in teli.log[seen:]} == {"GET"}


def test_what_is_no_longer_live_and_was_counted_twice_is_not_asked_for_again(
    practice: Practice, teli: SecondTeli
) -> None:
    _call(teli)
    standings = workflow.watch(practice.asked(), NOBODY_ELSE, ())
    first, *_, last = islice(standings, 5)
    assert len(teli.log_of("analytics")) == 2 * 2
    assert first.total == last.total


def test_the_sums_are_right_at_every_moment_while_a_dialler_runs(tmp_path: Path) -> None:
    store = Store()
    with embedded_teli(store) as (url, _):
        practice = Practice(tmp_path / "acme", url)
        names = {"fall": range(30), "spring": range(30, 55), "winter": range(55, 90)}
        practice.want(**{name: Wanted(tuple(people)) for name, people in names.items()})
        practice.apply()
        addresses = [f"campaign/{name}" for name in names]
        practice.steer(PersonAct.PAUSE, *addresses)
        move_clock(store, timedelta(minutes=11))
        practice.steer(PersonAct.RESUME, *addresses)

        def run_the_dialler() -> None:
            while dial(store, limit=3).calls:
                pass

        dialler = threading.Thread(target=run_the_dialler)
        dialler.start()
        called = 0
        for standing in workflow.watch(practice.asked(), NOBODY_ELSE, ()):
            assert standing.total.adds_up
            assert standing.total.total == 90
            for part in standing.parts:
                assert part.counts
                assert part.counts.adds_up
                assert part.counts.total == part.people
                assert part.questions == ()
            assert standing.total.called >= called, "nobody becomes uncalled again"
            called = standing.total.called
            if not standing.moving:
                break
        dialler.join()
        assert called == 90


def test_numbers_that_do_not_add_up_are_said_to_be_so(practice: Practice, teli: SecondTeli) -> None:
    practice.want(fall=replace(FALL, people=(0, 1)), spring=SPRING)
    teli.miscount = 1
    standing = _status(practice)
    assert all(Question.DOES_NOT_ADD_UP in part.questions for part in standing.parts)
    assert standing.outcome() is ExitCode.PARTLY


def test_counts_that_do_not_come_are_said_to_be_missing(practice: Practice, teli: SecondTeli) -> None:
    teli.faults |= {("analytics", number): Fault.DONE_HTML for number in range(1, 20)}
    assert {part.questions for part in _status(practice).parts} == {(Question.NOT_COUNTED,)}


def test_an_outcome_that_nobody_knows_is_an_open_question_and_ends_a_wait_with_6(
    practice: Practice, teli: SecondTeli
) -> None:
    teli.faults |= {("create", 3): Fault.CUT_BEFORE_DOING}
    practice.want(fall=FALL, spring=SPRING, winter=Wanted((20,)))
    practice.apply(options(on_error=OnError.CONTINUE))
    _call(teli)
    standing = _status(practice)
    assert _phases(standing)["campaign/winter"] == [Phase.OPEN]
    assert standing.campaigns[0].address == "campaign/winter", "what asks for attention comes first"
    assert (standing.moving, standing.outcome()) == (False, ExitCode.UNKNOWN)


def test_waiting_ends_with_4_where_a_pause_keeps_people_waiting_and_with_5_where_they_never_get_a_call(
    practice: Practice, teli: SecondTeli
) -> None:
    practice.steer(PersonAct.PAUSE, "campaign/fall")
    _call(teli)
    assert (_status(practice).moving, _status(practice).outcome()) == (False, ExitCode.REFUSED)
    practice.steer(PersonAct.END, "campaign/fall")
    assert _status(practice).outcome() is ExitCode.PARTLY
    assert _status(practice, "campaign/spring").outcome() is ExitCode.DONE


def test_people_who_were_handed_on_are_counted_once(practice: Practice, teli: SecondTeli) -> None:
    practice.want(fall=replace(FALL, agent="agent_another"), spring=SPRING)
    practice.apply()
    standing = _status(practice)
    assert [part.handed_on for part in standing.campaigns[0].parts] == [6, 0]
    assert (standing.total.total, standing.total.adds_up) == (8, True)
    _call(teli)
    assert _status(practice).outcome() is ExitCode.DONE


def test_who_was_taken_out_for_a_do_not_call_list_was_not_handed_on(tmp_path: Path, teli: SecondTeli) -> None:
    project = Practice(tmp_path / "listed", teli.url, suppress=[{"file": "dnc.txt", "may_be_empty": True}])
    (project.folder / "dnc.txt").write_text("")
    project.want(fall=Wanted((0, 1, 2)))
    project.apply()
    (project.folder / "dnc.txt").write_text(f"{phone_number(1)}\n")
    project.apply()
    standing = _status(project)
    parts = standing.campaigns[0].parts
    assert [(part.freed, part.handed_on) for part in parts] == [(3, 2), (0, 0)]
    assert (standing.total.total, standing.total.uncalled) == (3, 3), "nobody is counted twice or not at all"
    told = " ".join(render_standing(standing, colour=False, width=120, zone=UTC).split())
    assert "2 people of it handed on to another part 1 person of it taken out, and in no other part" in told
    _call(teli)
    assert _status(project).outcome() is ExitCode.DONE


def test_the_rate_tells_when_it_is_done_and_whether_that_is_too_late(tmp_path: Path) -> None:
    store = Store()
    with embedded_teli(store) as (url, _):
        practice = Practice(tmp_path / "acme", url)
        practice.want(fall=Wanted(tuple(range(20))))
        practice.apply()
        move_clock(store, timedelta(minutes=9))
        dial(store)
        practice.steer(PersonAct.PAUSE, "campaign/fall")
        move_clock(store, timedelta(hours=2))
        practice.steer(PersonAct.RESUME, "campaign/fall")
        dial(store, limit=5)
        (part,) = _status(practice).parts
        assert part.per_hour
        assert part.finish
        assert (2 < part.per_hour < 3, part.finishes_late) == (True, False)


def test_a_campaign_of_another_project_is_counted_and_not_shown(practice: Practice, teli: SecondTeli) -> None:
    body = (
        b'{"campaign_id":"by_hand","organization_id":"1700000000000x100000000000000001","tenant_id":"acme",'
    )
    body += b'"voice_agent_id":"a","agent_outbound_number":"+14155550199","leads":[]}'
    teli.answer("create", {}, body)
    standing = _status(practice)
    assert (standing.unmanaged, len(standing.parts)) == (1, 2)


def test_an_unknown_address_is_refused_with_the_nearest_one(practice: Practice) -> None:
    for look in (_status, _drift):
        with pytest.raises(UsageError, match="Did you mean campaign/fall"):
            look(practice, "campaign/fail")


def test_broken_manifests_and_a_held_lock_hide_nothing(practice: Practice) -> None:
    (practice.folder / "campaigns.yaml").write_text("kind: [Campaign\n  oops: {")
    assert len(_status(practice).parts) == 2
    assert not _drift(practice).drifted


def test_what_somebody_did_in_the_dashboard_is_drift_and_what_we_did_is_none(
    practice: Practice, teli: SecondTeli
) -> None:
    assert not _drift(practice).drifted
    practice.steer(PersonAct.PAUSE, "campaign/fall")
    assert not _drift(practice).drifted, "a pause by hand is recorded"
    fall, spring = sorted(teli.creates())
    teli.order(spring, "pause")
    teli.order(fall, "resume")
    drifted = {part.campaign_id: part.drift for part in _drift(practice).parts}
    assert [(change.before, change.after) for change in drifted[spring]] == [("active", "paused")]
    assert [(change.before, change.after) for change in drifted[fall]] == [("paused", "active")]


def test_a_campaign_that_was_deleted_in_the_dashboard_is_drift(practice: Practice, teli: SecondTeli) -> None:
    fall, _ = sorted(teli.creates())
    teli.order(fall, "delete")
    (part,) = [part for part in _drift(practice).parts if part.drift]
    assert [(change.path, change.after) for change in part.drift] == [("status", "gone")]


def test_a_finished_campaign_is_not_drift(practice: Practice, teli: SecondTeli) -> None:
    _call(teli)
    assert not _drift(practice).drifted


def test_a_look_that_fails_ends_no_watch_and_is_said_to_have_failed(
    practice: Practice, teli: SecondTeli
) -> None:
    standings = workflow.watch(practice.asked(), NOBODY_ELSE, ())
    first = next(standings)
    lists = len(teli.log_of("list"))
    teli.faults |= {("list", lists + number): Fault.NOT_DONE_500 for number in range(1, 5)}
    failed, after = islice(standings, 2)
    assert [gap.partition(":")[0] for gap in failed.gaps] == ["this look failed"]
    assert (failed.parts, after.gaps) == (first.parts, ())


def test_watching_is_given_up_when_nothing_is_seen_any_more(practice: Practice, teli: SecondTeli) -> None:
    standings = workflow.watch(practice.asked(), NOBODY_ELSE, ())
    next(standings)
    teli.faults |= {("list", number): Fault.NOT_DONE_500 for number in range(1, 200)}
    with pytest.raises(ApiError):
        list(standings)
