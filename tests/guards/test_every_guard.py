"""Semantics §7: each guard refuses one world and lets another pass, and only its exact number lifts it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from teli_iac.guards import DEFAULT_LIMITS, Refusal, refuse
from teli_iac.model import GuardName, Plan
from tests.decisions.notation import Spec
from tests.decisions.worlds import worlds_of


@dataclass(frozen=True, slots=True)
class Worlds:
    """A world that a guard refuses with this count, and the nearest one that it lets pass."""

    refused: Spec
    count: int
    passing: Spec


def leaving(*names: str, status: str = "completed", wanted: bool = True) -> Spec:
    """Campaigns of two people each whose manifests went away."""
    told = {"launched": {"id": "kept r1p1", "people": 90}}
    return {
        "desired": {"kept": {"people": 90}} if wanted else {},
        "recorded": [*([told] if wanted else []), *({"launched": f"{name} r1p1"} for name in names)],
        "observed": {**({"kept r1p1": "active"} if wanted else {}), **{f"{n} r1p1": status for n in names}},
    }


def limited(guard: GuardName, limit: int, world: Spec) -> Spec:
    return {**world, "project": {"guards": {guard.value: limit}}}


SIX = ("a", "b", "c", "d", "e", "f")
TWO_LIVE = {
    "desired": {"fall": {"people": 5}, "winter": {"people": "4-9"}},
    "recorded": [{"launched": "fall r1p1"}],
}
GUARDS: Mapping[GuardName, Worlds] = {
    GuardName.MAX_NEW_PEOPLE: Worlds(
        limited(GuardName.MAX_NEW_PEOPLE, 9, {"desired": {"x": {"people": 4}, "y": {"people": "11-16"}}}),
        10,
        limited(GuardName.MAX_NEW_PEOPLE, 10, {"desired": {"x": {"people": 4}, "y": {"people": "11-16"}}}),
    ),
    GuardName.PEOPLE_AGAIN: Worlds(
        {
            "desired": {"fall": {"run": 2, "people": "3-6"}},
            "recorded": [{"launched": {"id": "fall r1p1", "people": 4}}],
            "observed": {"fall r1p1": "completed"},
        },
        2,
        {
            "desired": {"fall": {"run": 2, "people": "5-6"}},
            "recorded": [{"launched": {"id": "fall r1p1", "people": 4}}],
            "observed": {"fall r1p1": "completed"},
        },
    ),
    GuardName.MAX_DELETES: Worlds(leaving(*SIX), 6, leaving(*SIX[:5])),
    GuardName.LIVE_DELETES: Worlds(leaving("a", "b", status="paused"), 2, leaving("a", "b")),
    GuardName.DUPLICATE_PEOPLE: Worlds(
        {**TWO_LIVE, "observed": {"fall r1p1": "active"}},
        2,
        {**TWO_LIVE, "observed": {"fall r1p1": "completed"}},
    ),
    GuardName.INVALID_LEADS: Worlds(
        {"desired": {"x": {"refused": 2}, "y": {"people": "11-13", "refused": 1}}},
        3,
        {"desired": {"x": {}, "y": {"people": "11-13"}}},
    ),
    GuardName.ALL_GONE: Worlds(leaving("a", "b", wanted=False), 1, leaving("a", "b")),
}
EVERY = pytest.mark.parametrize("guard", GuardName)


def planned(world: Spec) -> Plan:
    return worlds_of(world).plan()


def refusals(plan: Plan, allowed: Mapping[GuardName, int]) -> tuple[Refusal, ...]:
    return refuse(plan.guard_counts, plan.limits, allowed)


def test_every_guard_has_its_worlds_and_its_default_limit() -> None:
    assert GUARDS.keys() == DEFAULT_LIMITS.keys() == set(GuardName)


def test_the_default_limits_are_those_of_the_contract() -> None:
    assert list(DEFAULT_LIMITS.values()) == [5000, 0, 5, 0, 0, 0, 0]


@EVERY
def test_a_guard_refuses_its_world_and_says_what_it_counted_and_which_flag_lifts_it(guard: GuardName) -> None:
    (refusal,) = [r for r in refusals(planned(GUARDS[guard].refused), {}) if r.guard is guard]
    assert refusal.count == GUARDS[guard].count > refusal.limit
    assert refusal.consent == f"--allow {guard.value}={refusal.count}"


@EVERY
def test_a_guard_lets_the_nearest_world_pass(guard: GuardName) -> None:
    assert guard not in {refusal.guard for refusal in refusals(planned(GUARDS[guard].passing), {})}


@EVERY
def test_no_other_guard_minds_what_one_guard_refuses(guard: GuardName) -> None:
    assert [refusal.guard for refusal in refusals(planned(GUARDS[guard].refused), {})] == [guard]


@EVERY
def test_the_exact_number_lifts_a_guard(guard: GuardName) -> None:
    assert refusals(planned(GUARDS[guard].refused), {guard: GUARDS[guard].count}) == ()


@EVERY
@pytest.mark.parametrize("off", [-1, 1, 1000])
def test_any_other_number_does_not_lift_it_not_even_a_higher_one(guard: GuardName, off: int) -> None:
    plan = planned(GUARDS[guard].refused)
    assert len(refusals(plan, {guard: GUARDS[guard].count + off})) == 1


@EVERY
def test_consent_to_another_guard_lifts_nothing(guard: GuardName) -> None:
    plan = planned(GUARDS[guard].refused)
    others = {other: GUARDS[guard].count for other in GuardName if other is not guard}
    assert len(refusals(plan, others)) == 1


@EVERY
def test_a_higher_limit_in_the_project_lifts_a_guard_and_a_lower_one_does_not(guard: GuardName) -> None:
    world, count = GUARDS[guard].refused, GUARDS[guard].count
    assert refusals(planned(limited(guard, count, world)), {}) == ()
    assert len(refusals(planned(limited(guard, count - 1, world)), {})) == 1


def test_a_consent_that_is_not_needed_is_no_harm() -> None:
    assert refusals(planned(GUARDS[GuardName.MAX_DELETES].passing), {GuardName.MAX_DELETES: 5}) == ()


def test_several_guards_refuse_at_once_each_with_its_own_number() -> None:
    plan = planned(leaving(*SIX, status="active", wanted=False))
    assert [refusal.consent for refusal in refusals(plan, {})] == [
        "--allow max_deletes=6",
        "--allow live_deletes=6",
        "--allow all_gone=1",
    ]
