"""The red button: whatever state the repository, the ledger and the network are in, the calls stop."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from teli_iac.errors import ApiRefused, ExitCode, LeaseLost, NotConfigured, OnHold
from teli_iac.ledger import LocalLedger
from teli_iac.model import Action, HoldState, PersonAct, Reason, Status
from teli_iac.settings import Target
from tests.effort import examples
from tests.promise.practice import Practice, Wanted, options
from tests.second_teli import Fault, SecondTeli

FALL, SPRING = Wanted((0, 1, 2)), Wanted((10, 11))


@pytest.fixture
def teli() -> Iterator[SecondTeli]:
    with SecondTeli() as service:
        yield service


@pytest.fixture
def practice(tmp_path: Path, teli: SecondTeli) -> Practice:
    """A project with two live campaigns."""
    return _live(tmp_path, teli)


def _live(folder: Path, teli: SecondTeli) -> Practice:
    practice = Practice(folder / "acme", teli.url)
    practice.want(fall=FALL, spring=SPRING)
    assert practice.apply().ending.exit_code == ExitCode.DONE
    return practice


def _statuses(teli: SecondTeli) -> set[str]:
    return set(_status_by_id(teli).values())


def _status_by_id(teli: SecondTeli) -> dict[str, str]:
    account = {"organization_id": "1700000000000x100000000000000001", "tenant_id": "acme", "is_admin": "true"}
    _, document = teli.answer("list", account)
    return {campaign["campaign_id"]: campaign["status"] for campaign in document["campaigns"]}


def _call(teli: SecondTeli) -> None:
    teli.pass_time(timedelta(hours=1))
    teli.dial()


def test_everything_is_paused_and_seen_to_be_so(practice: Practice, teli: SecondTeli) -> None:
    halted = practice.halt()
    assert (halted.complete, len(halted.paused), halted.unproven) == (True, 2, ())
    assert halted.hold is HoldState.SET
    _call(teli)
    assert not teli.dialled


def test_apply_and_destroy_refuse_until_the_hold_is_released(practice: Practice) -> None:
    practice.halt()
    with pytest.raises(OnHold) as refused:
        practice.apply()
    assert refused.value.exit_code == ExitCode.REFUSED
    assert "the price is wrong" in refused.value.message
    with pytest.raises(OnHold):
        practice.destroy()
    practice.release()
    assert practice.apply().ending.exit_code == ExitCode.DONE


def test_what_a_halt_paused_is_a_persons_pause_until_it_is_resumed(
    practice: Practice, teli: SecondTeli
) -> None:
    practice.halt()
    practice.release()
    changes = practice.plan().plan.changes
    assert {(change.action, change.reason) for change in changes} == {(Action.KEEP, Reason.PAUSED_ELSEWHERE)}
    practice.steer(PersonAct.RESUME, "campaign/fall", "campaign/spring")
    _call(teli)
    assert sorted(teli.dialled.values()) == [1] * 5


def test_what_apply_had_paused_and_a_person_halted_again_is_not_resumed_by_apply(
    practice: Practice, teli: SecondTeli
) -> None:
    practice.want(fall=Wanted(FALL.people, settings={"desired_status": "paused"}))
    practice.apply(options("campaign/fall"))
    practice.steer(PersonAct.RESUME, "campaign/fall")
    practice.halt("campaign/fall")
    practice.release()
    practice.want(fall=FALL, spring=SPRING)
    practice.apply()
    assert _statuses(teli) == {"active", "paused"}, "spring was not halted"


def test_campaigns_of_others_are_not_touched(practice: Practice, teli: SecondTeli) -> None:
    theirs = ("by_hand", "acme2_fall_r1p1_aaaaaaaaaaaa", "acme_fall_r1p1")
    for campaign_id in theirs:
        _create_by_hand(teli, campaign_id)
    practice.halt()
    by_id = _status_by_id(teli)
    assert [by_id[campaign_id] for campaign_id in theirs] == ["active"] * 3


def _create_by_hand(teli: SecondTeli, campaign_id: str) -> None:
    body = {
        "campaign_id": campaign_id,
        "organization_id": "1700000000000x100000000000000001",
        "tenant_id": "acme",
        "user_id": "u",
        "voice_agent_id": "a",
        "agent_outbound_number": "+14155550199",
        "leads": [{"phone_number": "+14155550150"}],
    }
    teli.answer("create", {}, json.dumps(body).encode())


def test_only_the_named_campaigns_are_paused_and_yet_no_apply_passes(
    practice: Practice, teli: SecondTeli
) -> None:
    halted = practice.halt("campaign/spring")
    assert ([one.split("_")[1] for one in halted.paused], halted.complete) == (["spring"], True)
    assert _statuses(teli) == {"active", "paused"}
    with pytest.raises(OnHold) as refused:
        practice.apply()
    assert "campaign/spring" in refused.value.message


def test_broken_manifests_stop_no_halt(practice: Practice, teli: SecondTeli) -> None:
    (practice.folder / "campaigns.yaml").write_text("kind: [Campaign\n  oops: {")
    assert practice.halt().complete
    assert _statuses(teli) == {"paused"}


def test_a_project_with_faults_is_understood_as_far_as_it_can_be(
    practice: Practice, teli: SecondTeli
) -> None:
    file = practice.folder / "teli.yaml"
    document = json.loads(file.read_text())
    document["spec"] |= {"guards": {"nonsense": -1}, "drain": "a while", "unheard_of": True}
    file.write_text(json.dumps(document))
    assert practice.halt().complete
    assert _statuses(teli) == {"paused"}


def test_where_no_project_can_be_read_flags_say_whose_campaigns_are_meant(
    practice: Practice, teli: SecondTeli
) -> None:
    (practice.folder / "teli.yaml").write_text("<<<<<<< HEAD\nkind: Project\n=======\n")
    with pytest.raises(NotConfigured, match="unknown whose campaigns"):
        practice.halt()
    target = Target(
        name="acme",
        organization_id="1700000000000x100000000000000001",
        tenant_id="acme",
        base_url=teli.url,
    )
    halted = practice.halt(target=target)
    assert (halted.complete, halted.hold) == (True, HoldState.SET), "the local ledger lies where it lay"
    assert _statuses(teli) == {"paused"}


def test_a_ledger_that_another_command_holds_is_taken_and_that_command_can_write_no_more(
    practice: Practice,
) -> None:
    ledger = LocalLedger(practice.folder)
    lease = ledger.acquire("ann@build-7 pid 123", datetime.now(UTC), timedelta(minutes=1))
    halted = practice.halt()
    assert (halted.complete, halted.taken_over) == (True, True)
    with pytest.raises(LeaseLost):
        ledger.renew(lease, datetime.now(UTC), timedelta(minutes=1))
    with pytest.raises(OnHold):
        practice.apply()


def test_without_a_ledger_that_answers_calls_stop_all_the_same_and_it_is_said_that_nothing_holds(
    practice: Practice, teli: SecondTeli
) -> None:
    (practice.folder / ".teli" / "ledger.db").write_bytes(b"this is no database at all, and never was one")
    halted = practice.halt()
    assert (halted.proven, halted.complete, halted.hold) == (True, False, HoldState.NOT_WRITTEN)
    assert halted.why_no_hold
    assert _statuses(teli) == {"paused"}


def test_a_key_that_is_refused_stops_nothing_and_says_so(practice: Practice, teli: SecondTeli) -> None:
    teli.refuse_keys = True
    with pytest.raises(ApiRefused):
        practice.halt()
    teli.refuse_keys = False
    assert _statuses(teli) == {"active"}


def test_what_never_shows_paused_is_named_and_the_halt_is_not_complete(
    practice: Practice, teli: SecondTeli
) -> None:
    teli.faults |= {("pause", number): Fault.NOT_DONE_500 for number in range(1, 500)}
    halted = practice.halt()
    assert (halted.proven, halted.complete, len(halted.unproven)) == (False, False, 2)


def test_when_the_list_cannot_be_read_the_ledger_tells_what_to_pause(
    practice: Practice, teli: SecondTeli
) -> None:
    seen = len(teli.log_of("list"))
    teli.faults |= {("list", number): Fault.NOT_DONE_500 for number in range(seen + 1, seen + 1000)}
    halted = practice.halt()
    assert (halted.proven, halted.complete) == (False, False)
    assert _statuses(teli) == {"paused"}, "by their ids, which the ledger knows"


def test_a_campaign_that_shows_late_is_found_by_the_id_that_the_ledger_knows(tmp_path: Path) -> None:
    with SecondTeli(late_in_lists=40) as teli:
        practice = _live(tmp_path, teli)
        assert practice.halt().complete
        assert {one.campaign_id for one in teli.log_of("create")} == {
            one.path.split("/")[4] for one in teli.log_of("pause")
        }


faults = st.dictionaries(
    st.tuples(st.sampled_from(["list", "pause", "get"]), st.integers(3, 40)),
    st.sampled_from(Fault),
    max_size=40,
)


@settings(max_examples=examples(20))
@given(faults)
def test_whatever_the_network_does_a_halt_that_says_so_has_stopped_every_call(
    tmp_path_factory: pytest.TempPathFactory, script: dict[tuple[str, int], Fault]
) -> None:
    with SecondTeli(odd_statuses=True) as teli:
        practice = _live(tmp_path_factory.mktemp("house"), teli)
        teli.faults |= script
        halted = practice.halt()
        calling = {one for one, status in _status_by_id(teli).items() if status.lower() == Status.ACTIVE}
        assert halted.proven or not halted.complete
        assert not (halted.proven and calling)
        teli.faults.clear()
        assert practice.halt().complete
        _call(teli)
        assert not teli.dialled


def test_two_halts_at_once_both_come_to_an_end_and_the_hold_stands(
    practice: Practice, teli: SecondTeli
) -> None:
    ended: list[bool] = []
    threads = [threading.Thread(target=lambda: ended.append(practice.halt().complete)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ended == [True] * 4
    assert _statuses(teli) == {"paused"}
    with pytest.raises(OnHold):
        practice.apply()


class _HaltedMeanwhile(SecondTeli):
    """Somebody halts when the n-th request of a kind arrives; that is done once calls are being stopped.

    The next of its kind is done once the ledger is told of the halt, so that one at the most is on its way.
    """

    def __init__(self, kind: str, number: int) -> None:
        super().__init__()
        self.practice: Practice | None = None
        self.halting: threading.Thread | None = None
        self.complete: list[bool] = []
        self._moment = (kind, number)
        self._count = 0
        self._stopping = threading.Event()
        self._held = threading.Event()

    def next_fault(self, kind: str) -> Fault | None:
        fault = super().next_fault(kind)
        if self.practice and kind == "pause":
            self._stopping.set()
        if self.practice and kind == self._moment[0]:
            self._count += 1
            if self._count == self._moment[1]:
                self.halting = threading.Thread(target=self._halt)
                self.halting.start()
                self._stopping.wait(60)
            if self._count == self._moment[1] + 1:
                self._held.wait(60)
        return fault

    def _halt(self) -> None:
        assert self.practice
        self.complete.append(self.practice.halt(looked=self._held.set).complete)


FLEET = 60
"""More campaigns than an apply launches until a halt that has begun holds the ledger."""


def test_an_apply_that_launches_meanwhile_is_stopped_and_what_it_had_sent_is_paused(tmp_path: Path) -> None:
    with _HaltedMeanwhile("create", 3) as teli:
        practice = Practice(tmp_path / "acme", teli.url)
        practice.sleep_in_earnest()
        practice.want(**{f"wave_{number}": Wanted((number,)) for number in range(FLEET)})
        teli.practice = practice
        ending = practice.apply().ending
        assert teli.halting
        teli.halting.join()
        assert (ending.exit_code, teli.complete) == (ExitCode.PARTLY, [True])
        assert len(teli.creates()) < FLEET
        assert _statuses(teli) == {"paused"}
        practice.release()
        practice.apply()
        for number in range(FLEET):
            practice.steer(PersonAct.RESUME, f"campaign/wave-{number}")
        _call(teli)
        assert list(teli.dialled.values()) == [1] * FLEET, "and later everybody is called once"


def test_an_apply_that_resumes_meanwhile_resumes_nothing_more(tmp_path: Path) -> None:
    with _HaltedMeanwhile("resume", 1) as teli:
        practice = Practice(tmp_path / "acme", teli.url)
        names = [f"wave_{number}" for number in range(4)]
        practice.want(**{name: Wanted((number,)) for number, name in enumerate(names)})
        practice.apply()
        paused = {"desired_status": "paused"}
        practice.want(**{name: Wanted((n,), settings=paused) for n, name in enumerate(names)})
        practice.apply()
        practice.want(**{name: Wanted((number,)) for number, name in enumerate(names)})
        # The second resume arrives after the halt has begun: the first is caught, the others never leave.
        _let_one_call(teli)
        teli.practice = practice
        ending = practice.apply().ending
        assert teli.halting
        teli.halting.join()
        assert (ending.exit_code, teli.complete) == (ExitCode.PARTLY, [True])
        assert len(teli.log_of("resume")) <= 2
        assert _statuses(teli) <= {"paused"}


def _let_one_call(teli: Any) -> None:
    """Something calls when the halt begins, so that it has something to pause."""
    first = min(_status_by_id(teli))
    teli.order(first, "resume")
