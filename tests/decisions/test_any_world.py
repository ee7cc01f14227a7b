"""What holds for every plan of every world, whatever rows decide it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teli_iac.decisions import decide_by_table
from teli_iac.decisions.changes import keep
from teli_iac.decisions.gathering import follow_renames, references_shown, situations
from teli_iac.decisions.learning import Learned, learn
from teli_iac.decisions.settled import reason_if_settled
from teli_iac.decisions.world import World
from teli_iac.identity import PartReference, digest_part, key_people, parse_campaign_id
from teli_iac.kinds.verification import group_by_name
from teli_iac.ledger.fold import begin_part
from teli_iac.model import (
    Action,
    Change,
    GuardName,
    IntentLapsed,
    LaunchIntended,
    ObservedCampaign,
    PartState,
    Plan,
    Reason,
    RecordedPart,
    Status,
    Verification,
)
from teli_iac.splitting import split
from tests.decisions.notation import KEY, NOON, PROJECT, Spec
from tests.decisions.strategies import worlds
from tests.decisions.worlds import Case, Worlds, every_case, worlds_of

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")

SENDS = frozenset({Action.LAUNCH, Action.DELETE, Action.END})
MAY_HAVE_BEEN_CALLED = frozenset({PartState.INTENDED, PartState.LAUNCHED, PartState.ABANDONED})


_CALLING = {Action.LAUNCH, Action.EXTEND, Action.REPLACE}


def launches(plan: Plan) -> list[Change]:
    return [change for change in plan.changes if change.action is Action.LAUNCH]


@given(worlds(), st.randoms(use_true_random=False))
def test_the_same_worlds_in_any_order_give_the_same_plan(told: Spec, random: Random) -> None:
    world = worlds_of(told)
    mixed = Worlds(
        desired=replace(world.desired, campaigns=_shuffled(world.desired.campaigns, random)),
        recorded=replace(
            world.recorded,
            parts=_shuffled(world.recorded.parts, random),
            people=_shuffled(world.recorded.people, random),
            on_remove=_shuffled(world.recorded.on_remove, random),
        ),
        observed=replace(world.observed, campaigns=_shuffled(world.observed.campaigns, random)),
        scope=world.scope,
    )
    plan, again = world.plan(), mixed.plan()
    assert again.changes == plan.changes
    assert (again.digest, again.guard_counts) == (plan.digest, plan.guard_counts)
    assert set(again.governed) == set(plan.governed)


@given(worlds())
def test_what_is_kept_or_blocked_carries_nothing_that_sends(told: Spec) -> None:
    for change in worlds_of(told).plan().changes:
        if change.action in {Action.KEEP, Action.BLOCKED}:
            assert change.removals == ()
            assert change.further == ()
            assert change.launch is None or change.reason is Reason.ALREADY_LAUNCHED
            assert (change.new, change.again, change.worst_case_calls) == (0, 0, 0)


@given(worlds())
def test_what_is_settled_at_once_is_what_the_whole_table_says(told: Spec) -> None:
    hold_settled_to_the_table(worlds_of(told))


@pytest.mark.parametrize("case", every_case(), ids=lambda case: case.file.stem)
def test_in_every_case_of_the_table_so_too(case: Case) -> None:
    hold_settled_to_the_table(case.worlds)


def hold_settled_to_the_table(world: Worlds) -> None:
    for learned in _learned(world):
        settled = reason_if_settled(learned.situation)
        for hindrance in (None, Reason.LIST_INCOMPLETE) if settled else ():
            beside = World(world.observed.now, PROJECT, (), (), {}, hindrance, frozenset())
            assert settled
            assert decide_by_table(learned.situation, beside) == keep(learned.situation, settled)


def test_some_are_settled_at_once_running_and_done() -> None:
    settled = {reason_if_settled(each.situation) for case in every_case() for each in _learned(case.worlds)}
    assert settled == {None, Reason.RUNNING, Reason.FULFILLED}


def _learned(world: Worlds) -> list[Learned]:
    shown = references_shown(world.observed)
    recorded, renames = follow_renames(world.desired, world.recorded, shown)
    gathered = situations(world.desired, recorded, world.observed, shown, renames)
    return [learn(each, group_by_name(shown), list_complete=not world.observed.gaps) for each in gathered]


@given(worlds())
def test_a_plan_names_no_id_that_is_not_of_this_project(told: Spec) -> None:
    world = worlds_of(told)
    for change in world.plan().changes:
        named = [*(removal.campaign_id for removal in change.removals), *change.verify]
        if change.campaign_id and change.campaign_id not in world.recorded.imports:
            named.append(change.campaign_id)
        assert {_owner(campaign_id) for campaign_id in named} <= {PROJECT}


@given(worlds())
def test_nobody_is_launched_into_a_run_that_anybody_may_have_been_given_in(told: Spec) -> None:
    world = worlds_of(told)
    for change in launches(world.plan()):
        assert change.launch
        run = (change.launch.name, change.launch.run)
        given_in_run = {p.campaign_id for p in _perhaps_given(world) if (p.name, p.run) == run}
        lapsed = {event.campaign_id for event in change.learned if isinstance(event, IntentLapsed)}
        assert given_in_run <= lapsed
        assert not [r for r in _shown(world) if (r.project, r.name, r.run) == (PROJECT, *run)]
        assert not [each for each in world.recorded.imports.values() if (each.name, each.run) == run]


@given(worlds())
def test_an_id_is_launched_once_ever(told: Spec) -> None:
    world = worlds_of(told)
    for change in launches(world.plan()):
        assert change.launch
        assert change.launch.campaign_id == change.campaign_id
        wanted = world.desired.campaigns[change.launch.name]
        shares = split(wanted.leads, wanted.max_per_part)
        for declared, share in zip(change.launches, shares, strict=True):
            digest = digest_part(wanted.settings, share.fingerprint)
            reference = PartReference(PROJECT, declared.name, declared.run, declared.part, digest)
            assert declared.campaign_id == reference.campaign_id
            assert declared.campaign_id not in {*world.recorded.parts, *world.observed.campaigns}
            used = [(p.name, p.run, p.part) for p in world.recorded.parts.values()]
            assert (declared.name, declared.run, declared.part) not in used


@given(worlds())
def test_the_parts_of_a_launch_are_in_a_row_within_the_limit_and_share_nobody(told: Spec) -> None:
    world = worlds_of(told)
    for change in world.plan().changes:
        if not change.launch or change.action is Action.KEEP:
            continue
        most = world.desired.campaigns[change.launch.name].max_per_part
        assert most is None or max(len(launch.leads) for launch in change.launches) <= most
        numbers = [lead.phone_number for launch in change.launches for lead in launch.leads]
        assert len(numbers) == len({*numbers}) == change.people == change.new + change.again
        first = change.launch.part
        assert [launch.part for launch in change.launches] == [*range(first, first + len(change.launches))]


@given(worlds())
def test_nothing_is_launched_with_a_gap_or_without_a_ledger(told: Spec) -> None:
    world = worlds_of(told)
    if world.observed.gaps or not world.scope.ledger_exists:
        assert launches(world.plan()) == []


@given(worlds())
def test_a_campaign_with_a_manifest_is_stopped_only_as_a_late_arrival(told: Spec) -> None:
    world = worlds_of(told)
    for change in world.plan().changes:
        if change.removals and change.address.partition("/")[2] in world.desired.campaigns:
            assert change.reason is Reason.LATE_ARRIVAL
            states = {_state(world, removal.campaign_id) for removal in change.removals}
            assert states <= {PartState.VOID, PartState.LAPSED, PartState.ABANDONED}


@given(worlds())
def test_what_no_manifest_names_is_decided_only_when_the_paths_cover_the_project(told: Spec) -> None:
    world = worlds_of(told)
    named = {change.address.partition("/")[2] for change in world.plan().changes}
    if not world.desired.covers_project:
        assert named <= world.desired.campaigns.keys()
    if world.scope.targets:
        assert {f"campaign/{name}" for name in named} <= set(world.scope.targets)


@given(worlds())
def test_what_guards_count_is_the_sum_of_what_the_changes_say(told: Spec) -> None:
    plan = worlds_of(told).plan()
    counts = plan.guard_counts
    deletes = [change for change in plan.changes if change.action is Action.DELETE]
    calling = [change for change in plan.changes if change.action in _CALLING]
    assert counts[GuardName.MAX_NEW_PEOPLE] == plan.new_people == sum(c.new for c in calling)
    assert counts[GuardName.PEOPLE_AGAIN] == plan.people_again == sum(c.again for c in calling)
    assert counts[GuardName.MAX_DELETES] == len(deletes) == plan.summary["delete"]
    assert counts[GuardName.LIVE_DELETES] == sum(change.live for change in deletes)
    assert all(change.people == change.new + change.again for change in launches(plan))


@given(worlds(), st.timedeltas(timedelta(0), timedelta(hours=2)))
def test_a_digest_leaves_the_clock_out(told: Spec, later: timedelta) -> None:
    plan, after = worlds_of(told).plan(), worlds_of({**told, "now": NOON + later}).plan()
    decisions, afterwards = _decisions(plan), _decisions(after)
    assert (decisions == afterwards) == (plan.digest == after.digest)


@given(worlds())
def test_after_everything_was_launched_there_is_nothing_to_launch(told: Spec) -> None:
    world = worlds_of(told)
    plan = world.plan()
    again = _after(world, plan).plan()
    launched = {change.address for change in launches(plan)}
    assert not launched & {change.address for change in again.changes if change.action in SENDS}
    assert not launched & {change.address for change in again.blocked}


def _after(world: Worlds, plan: Plan) -> Worlds:
    """The worlds when every launch and adoption of the plan is recorded and shown."""
    parts, people, shown = (
        dict(world.recorded.parts),
        dict(world.recorded.people),
        dict(world.observed.campaigns),
    )
    for change in plan.changes:
        for event in change.learned:
            if isinstance(event, IntentLapsed):
                parts[event.campaign_id] = replace(parts[event.campaign_id], state=PartState.LAPSED)
        if change.launch and change.action is Action.LAUNCH:
            part = _recorded(change, world)
            keyed = key_people(KEY, change.launch.leads)
            parts[part.campaign_id], people[keyed.ref] = part, keyed
            shown[part.campaign_id] = ObservedCampaign(
                part.campaign_id, Status.ACTIVE, "active", None, None, part.begin, part.end
            )
    return replace(
        world,
        recorded=replace(world.recorded, parts=parts, people=people),
        observed=replace(world.observed, campaigns=shown),
    )


def _recorded(change: Change, world: Worlds) -> RecordedPart:
    launch = change.launch
    assert launch
    begin = world.observed.now + timedelta(minutes=10)
    intended = LaunchIntended(
        launch.campaign_id,
        launch.name,
        launch.run,
        launch.part,
        launch.digest,
        launch.settings,
        begin,
        launch.settings.end or begin + timedelta(days=7),
        key_people(KEY, launch.leads).ref,
        len(launch.leads),
        launch.again,
    )
    part = begin_part(intended, world.observed.now)
    return replace(part, state=PartState.LAUNCHED, verification=Verification.PASSED)


def _decisions(plan: Plan) -> list[Change]:
    decided = (change for change in plan.changes if change.action is not Action.KEEP)
    return [replace(change, learned=(), drift=(), uncalled=0) for change in decided]


def _perhaps_given(world: Worlds) -> list[RecordedPart]:
    parts = world.recorded.parts.values()
    return [p for p in parts if p.state in MAY_HAVE_BEEN_CALLED or p.appeared]


def _shown(world: Worlds) -> list[PartReference]:
    return [r for r in map(parse_campaign_id, world.observed.campaigns) if r]


def _state(world: Worlds, campaign_id: str) -> PartState | None:
    part = world.recorded.parts.get(campaign_id)
    return part.state if part else None


def _owner(campaign_id: str) -> str | None:
    reference = parse_campaign_id(campaign_id)
    return reference.project if reference else None


def _shuffled(values: Mapping[_Key, _Value], random: Random) -> Mapping[_Key, _Value]:
    keys = list(values)
    random.shuffle(keys)
    return {key: values[key] for key in keys}
