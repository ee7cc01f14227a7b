"""Every goal is judged, whatever was measured, and what was not measured is not met."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from benchmarks.goals import GOALS, Aim, goals_markdown, judged
from benchmarks.measuring import Cost, Measured, Run
from benchmarks.tables import Goal, Row, Table, Unit, Verdict

MODULES = Path(__file__).parents[2] / "benchmarks"
THEIRS = Row("theirs", Measured(Cost((Run(10, 100), Run(20, 100)))))
ABSENT = Row("theirs", Measured(None, "not installed"))


def ours(*goals: Goal, **figures: float) -> Row:
    cost = Cost((Run(1, 300), Run(3, 200)))
    return Row(
        "ours", Measured(cost), "theirs", goals, {Unit[name]: value for name, value in figures.items()}
    )


def verdict_of(beside: Row, row: Row, aim: Aim) -> Verdict:
    return {each.aim: each.verdict for each in judged([Table("", [beside, row])])}[aim]


def test_nothing_measured_meets_no_goal() -> None:
    assert [each.verdict for each in judged([])] == [Verdict.NOT_MEASURED] * len(GOALS)
    assert goals_markdown([]).count("NOT MEASURED") == len(GOALS)


@pytest.mark.parametrize(
    ("goal", "verdict"),
    [
        (Goal(Aim.PLAN, Unit.RATIO, 1 / 7), Verdict.MET),
        (Goal(Aim.PLAN, Unit.RATIO, 1 / 8), Verdict.MISSED),
        (Goal(Aim.PLAN, Unit.SECONDS, 2), Verdict.MET),
        (Goal(Aim.PLAN, Unit.SECONDS, 1.9), Verdict.MISSED),
        (Goal(Aim.PLAN, Unit.PEAK, 300), Verdict.MET),
        (Goal(Aim.PLAN, Unit.PEAK, 299), Verdict.MISSED),
        (Goal(Aim.PLAN, Unit.KEPT, 20), Verdict.MET),
        (Goal(Aim.PLAN, Unit.KEPT, 19), Verdict.MISSED),
        (Goal(Aim.PLAN, Unit.A_CAMPAIGN, 60), Verdict.NOT_MEASURED),
    ],
)
def test_a_goal_is_met_missed_or_not_measured(goal: Goal, verdict: Verdict) -> None:
    assert verdict_of(THEIRS, ours(goal, KEPT=20), Aim.PLAN) is verdict


def test_a_goal_beside_an_absent_peer_is_not_measured_even_where_its_other_part_is_met() -> None:
    goals = Goal(Aim.PLAN, Unit.RATIO, 1 / 3), Goal(Aim.PLAN, Unit.SECONDS, 2)
    assert verdict_of(ABSENT, ours(*goals), Aim.PLAN) is Verdict.NOT_MEASURED
    table = Table("", [ABSENT, ours(*goals)])
    assert "theirs: not installed; 2 s | **NOT MEASURED** |" in goals_markdown([table])


def test_one_part_missed_is_a_goal_missed() -> None:
    goals = Goal(Aim.PLAN, Unit.RATIO, 1), Goal(Aim.PLAN, Unit.SECONDS, 1)
    assert verdict_of(THEIRS, ours(*goals), Aim.PLAN) is Verdict.MISSED


def test_a_ratio_is_told_with_its_spread_within_the_rounds() -> None:
    line = Table("", [THEIRS, ours()]).markdown().splitlines()[-1]
    assert line.startswith("| ours | 2.000 (1.000 to 3.000) | 2 | 300 | 0.13 (0.10 to 0.15) | theirs |")


def test_every_goal_is_served_by_some_measure() -> None:
    texts = [path.read_text(encoding="utf-8") for path in MODULES.glob("*.py")]
    served = set(re.findall(r"Aim\.([A-Z_]+), Unit\.", "".join(texts)))
    assert served == {aim.name for aim in Aim}
