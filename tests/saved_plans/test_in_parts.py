"""A saved plan of a split list names every part, and is applied only as it was split when it was approved."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from teli_iac.errors import ExitCode, PlanStale
from teli_iac.model import Change, Launch
from teli_iac.plan import Scope, digest_plan
from tests.promise.practice import Practice, Wanted
from tests.render import changes
from tests.render.plans import PLANS
from tests.saved_plans.approving import apply_saved, save
from tests.second_teli import SecondTeli

FALL = tuple(range(8))


def test_it_shows_each_part_and_is_applied_part_by_part(practice: Practice, teli: SecondTeli) -> None:
    practice.want(fall=Wanted(FALL, most=3))
    file = save(practice)
    (change,) = json.loads(file.read_text())["changes"]
    assert [each["people"] for each in change["parts"]] == [2, 3, 3]
    ending = apply_saved(practice, file).ending
    assert (ending.exit_code, ending.launched, ending.people) == (ExitCode.DONE, 3, 8)
    assert teli.creates() == [each["campaign_id"] for each in change["parts"]]


def test_another_limit_is_named_and_nothing_is_sent(practice: Practice, teli: SecondTeli) -> None:
    practice.want(fall=Wanted(FALL, most=3))
    file = save(practice)
    practice.want(fall=Wanted(FALL, most=4))
    with pytest.raises(PlanStale) as refused:
        apply_saved(practice, file)
    assert refused.value.differences == ("max_per_part of campaign/fall changed",)
    assert teli.creates() == []


def test_its_digest_names_every_part_and_that_of_an_unsplit_plan_is_what_it_was() -> None:
    plan = PLANS["in_parts"]().plan
    (split,) = plan.changes
    scope = Scope(plan.account)
    assert digest_plan(scope, [split]) != digest_plan(scope, [changes.launch(people=1750)])
    for part in split.further:
        others = tuple(each for each in split.further if each is not part)
        assert digest_plan(scope, [split]) != digest_plan(scope, [_with(split, others)])
    assert digest_plan(scope, [_with(split, ())]) == digest_plan(scope, [changes.launch(people=1750)])


def _with(split: Change, further: tuple[Launch, ...]) -> Change:
    return replace(split, further=further)
