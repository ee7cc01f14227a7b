"""Rows of the table that a world could be taken for both of: the earlier one decides, and a case shows it."""

from __future__ import annotations

import re

import pytest

from tests.decisions.test_decision_table import HINDERED, ROWS
from tests.decisions.worlds import FOLDER, read_case

TOLD_BEFORE = {
    (1, 15): "15-verification-failed",
    (1, 20): "01-recovered-and-then-edited",
    (3, 7): "03-open-release-of-a-campaign-that-left",
    (3, 18): "03-open-release-while-held",
    (4, 7): "04-late-arrival-of-an-unwanted-campaign",
    (6, 7): "06-unwanted-beside-a-recorded-part",
    (6, 5): "06-beside-a-recorded-part",
    (7, 8): "07-left-with-one-part-live",
    (12, 14): "12-earlier-run-with-a-status-nobody-knows",
    (12, 21): "12-earlier-run-live",
    (13, 21): "13-looks-renamed",
    (14, 7): "14-unknown-status-of-an-unwanted-campaign",
    (14, 20): "14-unknown-status-and-edited",
    (14, 22): "14-unknown-status-and-people-added",
    (16, 20): "16-paused-elsewhere-and-edited",
    (16, 22): "16-vanished-and-people-added",
    (18, 21): "18-held-from-the-start",
    (19, 21): "19-lapsed-before-it-was-launched",
    (19, 22): "19-people-added-when-the-window-is-over",
    (22, 23): "22-people-added-after-it-completed",
}
"""Pairs whose case has a name of its own. Where a row shuts another out (6 of 5, 14 of 7), it is first."""

TOLD_IN_THE_NAME = {
    (int(found[1]), int(found[2])): file.stem
    for file in FOLDER.glob("*-before-*.yaml")
    if (found := re.match(r"(\d\d)-before-(\d\d)-", file.name))
}

CONFUSABLE: dict[int, set[int]] = {
    1: {15, 20},
    2: {3, 4, 7, 12, 22},
    3: {4, 7, 16, 17, 18},
    4: {7, 15, 20},
    5: {13, 16},
    6: {5, 7, 11, 12},
    7: {8},
    8: {9},
    11: {17, 22},
    12: {14, 16, 18, 21},
    13: {18, 19, 21},
    14: {7, 15, 16, 17, 18, 20, 22},
    15: {16, 17, 20, 22},
    16: {17, 18, 19, 20, 22},
    17: {19, 20, 22},
    18: {19, 20, 21, 22},
    19: {21, 22},
    20: {22},
    22: {23},
}
"""By row: the later ones that it must win against where both could be meant. Not here: 10, which has many
cases of its own, and rows that exclude each other, as 21 and 20: a stale part was given somebody."""


def test_every_pair_of_rows_that_could_be_confused_has_its_case() -> None:
    wanted = {(row, other) for row, others in CONFUSABLE.items() for other in others}

    assert {**TOLD_BEFORE, **TOLD_IN_THE_NAME}.keys() == wanted


@pytest.mark.parametrize(("pair", "name"), sorted({**TOLD_BEFORE, **TOLD_IN_THE_NAME}.items()), ids=str)
def test_the_earlier_row_decides(pair: tuple[int, int], name: str) -> None:
    case = read_case(FOLDER / f"{name}.yaml")
    decided = {(change.action, change.reason) for change in case.worlds.plan().changes}

    assert pair[0] in case.rows
    assert decided & (ROWS[pair[0]] | HINDERED)
