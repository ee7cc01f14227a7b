"""The calling windows of a plan: which open, go on, pause and close in the worlds of the decision table."""

from __future__ import annotations

import pytest

from teli_iac.model import Action, CallingWindow, Plan, Turn
from tests.decisions.telling import short
from tests.decisions.worlds import FOLDER, Case, every_case, read_case

CASES = every_case()
STARTS = {Action.LAUNCH, Action.EXTEND}


def planned(name: str) -> Plan:
    return read_case(FOLDER / f"{name}.yaml").worlds.plan()


def windows(plan: Plan) -> list[CallingWindow]:
    return [window for change in plan.changes for window in change.windows]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("21-new", ["fall r1p1 opens"]),
        ("22-people-added", ["fall r1p1 goes_on", "fall r1p2 opens"]),
        ("20-settings-changed", ["fall r1p1 closes", "? opens"]),
        ("07-left-while-live-delete", ["fall r1p1 closes", "other r1p1 goes_on"]),
        ("07-left-while-live-retain", ["fall r1p1 closes", "other r1p1 goes_on"]),
        ("17-pause-wanted", ["fall r1p1 paused"]),
        ("16-paused-elsewhere", ["fall r1p1 paused"]),
        ("05-already-launched", ["fall r1p1 goes_on"]),
        ("23-fulfilled", []),
    ],
)
def test_a_world_opens_keeps_and_closes_these_windows(name: str, told: list[str]) -> None:
    found = windows(planned(name))
    assert [f"{short(w.campaign_id) if w.campaign_id else '?'} {w.turn}" for w in found] == told


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.file.stem)
def test_whatever_is_launched_opens_one_window_for_its_people(case: Case) -> None:
    for change in case.worlds.plan().changes:
        opening = [window for window in change.windows if window.turn is Turn.OPENS]
        if change.action in STARTS:
            assert [window.people for window in opening] == [change.people]
        elif change.action is not Action.REPLACE:
            assert opening == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.file.stem)
def test_what_leaves_keeps_no_window_open(case: Case) -> None:
    for change in case.worlds.plan().changes:
        if change.action is Action.DELETE:
            assert {window.turn for window in change.windows} <= {Turn.CLOSES, Turn.PAUSED}
