"""Semantics §5, one world a file in tests/cases/decision_table/. A case is named by the row it is about."""

from __future__ import annotations

import re
from itertools import product

import pytest

import teli_iac.plan
from teli_iac.model import Action, Reason
from tests.decisions.telling import tell
from tests.decisions.texts import as_text
from tests.decisions.worlds import Case, every_case

CASES = every_case()

R, K, B = Reason, Action.KEEP, Action.BLOCKED
ROWS: dict[int, frozenset[tuple[Action, Reason]]] = {
    1: frozenset({(K, R.RECOVERED), (B, R.VERIFICATION_FAILED), (Action.EXTEND, R.PEOPLE_ADDED)}),
    2: frozenset({(B, R.UNKNOWN_OUTCOME)}),
    3: frozenset({(Action.REPLACE, R.RESUMED), (Action.DELETE, R.RESUMED)}),
    4: frozenset({(Action.END, R.LATE_ARRIVAL)}),
    5: frozenset({(K, R.ALREADY_LAUNCHED)}),
    6: frozenset({(B, R.LEDGER_LOST), (K, R.ORPHAN)}),
    7: frozenset({(Action.DELETE, R.NOT_IN_MANIFESTS)}),
    8: frozenset({(Action.DELETE, R.NOT_IN_MANIFESTS), (K, R.RETAINED)}),
    9: frozenset({(K, R.GONE)}),
    10: frozenset({(K, R.IMPORTED), (B, R.IMPORTED), (B, R.PEOPLE_UNKNOWN)}),
    11: frozenset({(K, R.RUN_WENT_BACK)}),
    12: frozenset({(B, R.EARLIER_RUN_LIVE)}),
    13: frozenset({(B, R.LOOKS_RENAMED)}),
    14: frozenset({(K, R.UNKNOWN_STATUS), (B, R.UNKNOWN_STATUS)}),
    15: frozenset({(B, R.VERIFICATION_FAILED)}),
    16: frozenset(
        (act, why) for act in (K, B) for why in (R.PAUSED_ELSEWHERE, R.ENDED_ELSEWHERE, R.VANISHED)
    ),
    17: frozenset(product((Action.PAUSE, Action.RESUME, Action.END), (R.STATUS_WANTED,))),
    18: frozenset({(K, R.HELD)}),
    19: frozenset({(K, R.LAPSED)}),
    20: frozenset(product((Action.REPLACE,), (R.SETTINGS_CHANGED, R.PEOPLE_REMOVED, R.DETAILS_CHANGED))),
    21: frozenset({(Action.LAUNCH, R.NEW), (Action.LAUNCH, R.RERUN)}),
    22: frozenset({(Action.EXTEND, R.PEOPLE_ADDED)}),
    23: frozenset(
        (K, why)
        for why in (
            R.RUNNING,
            R.FULFILLED,
            R.UNFINISHED,
            R.NOBODY_TO_CALL,
            R.TAKES_EFFECT_NEXT_RUN,
            R.RECOVERED,
        )
    ),
}
HINDERED = frozenset({(B, R.LIST_INCOMPLETE), (B, R.LEDGER_MISSING), (B, R.UNKNOWN_OUTCOME_ELSEWHERE)})


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.file.stem)
def test_a_world_is_decided_as_its_case_says(case: Case) -> None:
    assert tell(case.worlds.plan()) == case.plan, case.sentence


@pytest.mark.parametrize("case", [c for c in CASES if c.text is not None], ids=lambda case: case.file.stem)
def test_a_reviewer_reads_of_a_world_what_its_case_shows(case: Case) -> None:
    assert as_text(case.worlds.plan()) == case.text


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.file.stem)
def test_a_case_is_decided_by_the_rows_it_names(case: Case) -> None:
    decided = {(change.action, change.reason) for change in case.worlds.plan().changes}
    for row in case.rows:
        assert decided & (ROWS[row] | HINDERED), f"row {row}"


def test_each_row_of_the_table_has_its_cases_and_each_case_a_sentence_of_its_own() -> None:
    rows = {row for case in CASES for row in case.rows}
    assert rows == set(ROWS)
    assert len({case.sentence for case in CASES}) == len(CASES)


def test_every_reason_is_the_outcome_of_a_case() -> None:
    reached = {change.reason for case in CASES for change in case.worlds.plan().changes}
    assert reached == set(Reason)


def test_every_way_a_row_can_end_is_seen_in_a_case() -> None:
    seen = {(change.action, change.reason) for case in CASES for change in case.worlds.plan().changes}
    assert frozenset[tuple[Action, Reason]]().union(*ROWS.values(), HINDERED) == seen


def test_the_page_of_the_planner_names_every_row() -> None:
    named = {int(row) for row in re.findall(r"^ {4,5}(\d+)  ", teli_iac.plan.__doc__ or "", re.MULTILINE)}
    assert named == set(ROWS)
