"""`validate` refuses whoever two campaigns would call, and rows that may not be called."""

from __future__ import annotations

from pathlib import Path

import pytest

from teli_iac import workflow
from teli_iac.errors import InvalidManifests, Problem
from tests.promise.practice import Practice, Wanted


def _problems(practice: Practice) -> tuple[Problem, ...]:
    with pytest.raises(InvalidManifests) as refused:
        workflow.validate(practice.asked())
    return refused.value.problems


def test_a_number_in_two_campaigns_is_a_problem_at_its_place_and_masked(tmp_path: Path) -> None:
    practice = Practice(tmp_path, "sandbox:")
    practice.want(fall=Wanted((0, 1)), spring=Wanted((1, 2)))
    (problem,) = _problems(practice)
    assert problem.code == "TELI-E160"
    assert "campaign/spring calls +…01, and so does campaign/fall" in problem.message
    assert "555010" not in str(problem)


def test_more_than_ten_shared_numbers_are_counted(tmp_path: Path) -> None:
    practice = Practice(tmp_path, "sandbox:")
    practice.want(fall=Wanted(tuple(range(30))), spring=Wanted(tuple(range(30))))
    problems = _problems(practice)
    assert len(problems) == 11
    assert problems[-1].message == "20 more numbers are in two campaigns"


def test_a_campaign_that_is_over_or_ended_shares_nobody(tmp_path: Path) -> None:
    practice = Practice(tmp_path, "sandbox:")
    over = {"campaign_begin_time": "2020-01-01T09:00:00Z", "campaign_end_time": "2020-01-02T09:00:00Z"}
    practice.want(
        fall=Wanted((0, 1)),
        past=Wanted((0, 1), settings=over),
        ended=Wanted((0, 1), settings={"desired_status": "ended"}),
    )
    assert len(workflow.validate(practice.asked()).campaigns) == 3


def test_the_projects_guard_lets_as_many_pass(tmp_path: Path) -> None:
    practice = Practice(tmp_path, "sandbox:", guards={"duplicate_people": 1})
    practice.want(fall=Wanted((0, 1)), spring=Wanted((1, 2)))
    assert len(workflow.validate(practice.asked()).campaigns) == 2


def test_rows_that_may_not_be_called_are_each_told_at_their_place(tmp_path: Path) -> None:
    practice = Practice(tmp_path, "https://api.teli.ai", allow_test_numbers=False)
    practice.want(fall=Wanted(tuple(range(12))))
    problems = _problems(practice)
    assert [problem.code for problem in problems] == ["TELI-E088"] * 10 + ["TELI-E161"]
    assert "2 more rows may not be called: 2 of TELI-E088" in problems[-1].message
