"""Whatever people edit, services lose and machines forget: nobody is dialled twice within one run."""

from __future__ import annotations

import json
import shutil
import tempfile
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import TypeAlias

from hypothesis import given, settings
from hypothesis import strategies as st

from teli_iac.errors import TeliIacError
from teli_iac.model import OnError, PersonAct, Settlement
from tests.effort import examples
from tests.promise.practice import Practice, Wanted, options, phone_number
from tests.second_teli import Fault, SecondTeli

GUARDS = {"people_again": 100, "max_deletes": 100, "live_deletes": 100, "all_gone": 1}
NAMES = {"fall": range(10), "spring": range(10, 20)}
SPOILABLE = ("create", "create", "get", "list", "pause", "end", "delete")


@dataclass
class House:
    """A project, its Teli and what is wanted now; `runs` is the highest run ever wanted of each campaign."""

    practice: Practice
    teli: SecondTeli
    wanted: dict[str, Wanted]
    runs: dict[str, int]

    def write(self) -> None:
        for name, wanted in self.wanted.items():
            self.runs[name] = max(self.runs[name], wanted.run)
        self.practice.want(**self.wanted)

    def refuse_double_calls(self) -> None:
        for name, people in NAMES.items():
            for person in people:
                calls = self.teli.dialled[phone_number(person)]
                assert calls <= self.runs[name], f"{name}: a person was dialled {calls} times"


Step: TypeAlias = Callable[[House], None]


def _want(name: str, people: frozenset[int], agent: str) -> Step:
    def step(house: House) -> None:
        run = house.wanted[name].run if name in house.wanted else house.runs[name]
        first = NAMES[name].start
        house.wanted[name] = Wanted(tuple(sorted(first + each for each in people)), max(run, 1), agent)
        house.write()

    return step


def _forget(name: str) -> Step:
    def step(house: House) -> None:
        house.wanted.pop(name, None)
        house.write()

    return step


def _rerun(name: str) -> Step:
    def step(house: House) -> None:
        if name in house.wanted:
            house.wanted[name] = replace(house.wanted[name], run=house.wanted[name].run + 1)
            house.write()

    return step


def _apply(on_error: OnError) -> Step:
    def step(house: House) -> None:
        with suppress(TeliIacError):
            house.practice.apply(options(on_error=on_error, parallelism=2))

    return step


def _spoil(*spoilt: tuple[str, int, Fault]) -> Step:
    """Let the n-th request of a kind that is still to come go wrong, and apply."""

    def step(house: House) -> None:
        for kind, number, fault in spoilt:
            house.teli.faults[kind, len(house.teli.log_of(kind)) + number] = fault
        _apply(OnError.CONTINUE)(house)

    return step


def _pass_time(passage: timedelta) -> Step:
    def step(house: House) -> None:
        house.teli.pass_time(passage)
        house.teli.dial()

    return step


def _click(order: str) -> Step:
    """Somebody uses the dashboard on whatever is there."""

    def step(house: House) -> None:
        for campaign_id in set(house.teli.creates()):
            _post(house.teli, campaign_id, order)

    return step


def _settle(name: str, settlement: Settlement) -> Step:
    def step(house: House) -> None:
        with suppress(TeliIacError):
            house.practice.settle(name, settlement)

    return step


def _halt(house: House) -> None:
    with suppress(TeliIacError):
        house.practice.halt()


def _release(house: House) -> None:
    with suppress(TeliIacError):
        house.practice.release()


def _steer(name: str, act: PersonAct) -> Step:
    def step(house: House) -> None:
        with suppress(TeliIacError):
            house.practice.steer(act, f"campaign/{name}")

    return step


def _destroy(house: House) -> None:
    with suppress(TeliIacError):
        house.practice.destroy()


def _post(teli: SecondTeli, campaign_id: str, order: str) -> None:
    _send(teli, f"/v1/voice/campaigns/{campaign_id}/{order}", b"")


def _send(teli: SecondTeli, path: str, body: bytes) -> None:
    asked = urllib.request.Request(teli.url + path, body, {"X-API-Key": "somebody"}, method="POST")  # noqa: S310  loopback
    with suppress(OSError), urllib.request.urlopen(asked):  # noqa: S310  the same
        pass


names = st.sampled_from(sorted(NAMES))
groups = st.frozensets(st.integers(0, 9), min_size=1, max_size=4)
edits = st.one_of(
    st.builds(_want, names, groups, st.sampled_from(["agent_one", "agent_two"])),
    st.builds(_forget, names),
    st.builds(_rerun, names),
)
spoilt = st.tuples(st.sampled_from(SPOILABLE), st.integers(1, 3), st.sampled_from(Fault))
world = st.one_of(
    st.builds(
        _pass_time,
        st.sampled_from([timedelta(minutes=1), timedelta(minutes=11), timedelta(hours=1), timedelta(days=8)]),
    ),
    st.builds(_click, st.sampled_from(["pause", "resume", "end"])),
)
acts = st.one_of(
    st.builds(_spoil, spoilt, spoilt),
    st.builds(_spoil, st.tuples(st.just("create"), st.just(1), st.sampled_from(Fault))),
    st.builds(_apply, st.sampled_from(OnError)),
    st.builds(_settle, names, st.sampled_from(Settlement)),
    st.just(_destroy),
)
by_hand = st.one_of(st.builds(_steer, names, st.sampled_from(PersonAct)), st.just(_halt), st.just(_release))
histories = st.lists(st.one_of(edits, acts, world, acts), min_size=4, max_size=14)


@contextmanager
def _house(late: int = 0) -> Iterator[House]:
    with (
        tempfile.TemporaryDirectory() as folder,
        SecondTeli(late_in_lists=late, late_in_reads=late, odd_statuses=True) as teli,
    ):
        practice = Practice(Path(folder), teli.url, guards=GUARDS)
        wanted = {"fall": Wanted((0, 1, 2)), "spring": Wanted((10, 11))}
        house = House(practice, teli, wanted, dict.fromkeys(NAMES, 0))
        house.write()
        yield house


@settings(max_examples=examples(60))
@given(histories, st.sampled_from([0, 0, 3, 9]))
def test_nobody_is_dialled_twice_in_one_run_whatever_happens(history: list[Step], late: int) -> None:
    with _house(late) as house:
        for step in history:
            step(house)
            house.refuse_double_calls()
        house.teli.faults.clear()
        for _ in range(2):
            _apply(OnError.CONTINUE)(house)
            _pass_time(timedelta(days=1))(house)
        house.refuse_double_calls()
        _refuse_double_creates(house)


def _refuse_double_creates(house: House) -> None:
    """Only what was refused unprocessed may be sent again."""
    unprocessed = {Fault.TOO_MANY, Fault.TOO_MANY_FOR_NOW}
    processed = [seen for seen in house.teli.log_of("create") if seen.fault not in unprocessed]
    ids = [seen.campaign_id for seen in processed if seen.campaign_id]
    assert len(ids) == len(set(ids))


@settings(max_examples=examples(40))
@given(st.lists(st.one_of(edits, acts, world, by_hand, acts), min_size=4, max_size=14))
def test_nobody_is_dialled_twice_whatever_people_on_duty_do(history: list[Step]) -> None:
    with _house() as house:
        for step in history:
            step(house)
            house.refuse_double_calls()
        house.teli.faults.clear()
        _release(house)
        for name in NAMES:
            _steer(name, PersonAct.RESUME)(house)
        _apply(OnError.CONTINUE)(house)
        _pass_time(timedelta(days=1))(house)
        house.refuse_double_calls()
        _refuse_double_creates(house)


@settings(max_examples=examples(40))
@given(st.lists(st.one_of(edits, world, acts), max_size=8), st.sampled_from([0, 2]))
def test_after_an_undisturbed_apply_there_is_nothing_to_do(history: list[Step], late: int) -> None:
    with _house(late) as house:
        for step in history:
            step(house)
        house.teli.faults.clear()
        for _ in range(5):  # what shows late is recovered, what was unknown lapses
            _apply(OnError.CONTINUE)(house)
            house.teli.pass_time(timedelta(minutes=20))
        assert not house.practice.plan().plan.acting


@settings(max_examples=examples(25))
@given(histories)
def test_a_lost_ledger_calls_nobody_again_while_teli_still_shows_the_campaigns(history: list[Step]) -> None:
    with _house() as house:
        for step in history:
            if step is not _destroy:
                step(house)
        deleted = any(seen.kind == "delete" for seen in house.teli.log)
        if not deleted:
            shutil.rmtree(house.practice.folder / ".teli", ignore_errors=True)
        house.teli.faults.clear()
        _apply(OnError.CONTINUE)(house)
        _pass_time(timedelta(days=1))(house)
        house.refuse_double_calls()


@settings(max_examples=examples(25))
@given(st.lists(st.one_of(edits, acts), min_size=2, max_size=10))
def test_what_is_not_ours_is_never_touched(history: list[Step]) -> None:
    theirs = {"by_hand", "acme2_fall_r1p1_aaaaaaaaaaaa", "acme_fall_r1p1", "ACME_fall_r1p1_aaaaaaaaaaaa"}
    with _house() as house:
        for campaign_id in theirs:
            _create_by_hand(house.teli, campaign_id)
        for step in history:
            step(house)
        orders = {"pause", "end", "delete", "resume"}
        ordered = {seen.path.split("/")[4] for seen in house.teli.log if seen.kind in orders}
        assert not ordered & theirs
        assert house.practice.plan().plan.unmanaged == len(theirs)


def _create_by_hand(teli: SecondTeli, campaign_id: str) -> None:
    account = {"organization_id": "1700000000000x100000000000000001", "tenant_id": "acme"}
    settings_ = {"voice_agent_id": "agent_one", "agent_outbound_number": "+14155550199"}
    body = json.dumps({**account, **settings_, "campaign_id": campaign_id, "leads": []}).encode()
    _send(teli, "/v1/voice/campaigns", body)
