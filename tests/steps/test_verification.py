"""Is what Teli made of a create what was sent?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from teli_iac.identity import PartReference
from teli_iac.kinds.verification import faults_in_answer, faults_in_list, strangers_in_run
from teli_iac.model import JsonValue, ObservedCampaign, Reply, Status

BEGIN = datetime(2026, 12, 1, 12, 10, tzinfo=UTC)
END = BEGIN + timedelta(days=7)
FALL = PartReference("acme", "fall", 1, 1, "abcdefghijkl")
SHOWN = ObservedCampaign(FALL.campaign_id, Status.ACTIVE, "active", "agent_a", 3, BEGIN, END)


def answer(**facts: JsonValue) -> Reply:
    return Reply(
        200,
        {
            "contacts_count": 3,
            "invalid_leads_count": 0,
            "campaign_begin_time": "2026-12-01T12:10:00.734512",
            "campaign_end_time": "2026-12-08T12:10:00Z",
            **facts,
        },
    )


def test_an_answer_that_echoes_what_was_sent_has_no_fault() -> None:
    assert faults_in_answer(answer(), 3, BEGIN, END) == ()


@pytest.mark.parametrize("fact", ["contacts_count", "invalid_leads_count", "campaign_begin_time"])
def test_what_an_answer_leaves_out_is_no_fault(fact: str) -> None:
    assert faults_in_answer(answer(**{fact: None}), 3, BEGIN, END) == ()


@pytest.mark.parametrize(
    ("facts", "fault"),
    [
        ({"contacts_count": 2}, "Teli counts 2 contacts; 3 were sent"),
        ({"contacts_count": 4}, "Teli counts 4 contacts; 3 were sent"),
        ({"contacts_count": 0}, "Teli counts 0 contacts; 3 were sent"),
        ({"invalid_leads_count": 1}, "Teli calls 1 of the leads invalid"),
        (
            {"campaign_begin_time": "2026-12-01T12:10:02"},
            "Teli says the campaign begins at 2026-12-01T12:10:02Z; 2026-12-01T12:10:00Z was sent",
        ),
        (
            {"campaign_begin_time": "2026-12-01T07:10:00"},
            "Teli says the campaign begins at 2026-12-01T07:10:00Z; 2026-12-01T12:10:00Z was sent",
        ),
        (
            {"campaign_end_time": "2026-12-15T12:10:00Z"},
            "Teli says the campaign ends at 2026-12-15T12:10:00Z; 2026-12-08T12:10:00Z was sent",
        ),
    ],
)
def test_each_thing_that_is_not_as_sent_is_a_fault_in_words(facts: dict[str, JsonValue], fault: str) -> None:
    assert faults_in_answer(answer(**facts), 3, BEGIN, END) == (fault,)


def test_all_faults_are_told_at_once() -> None:
    wrong = answer(contacts_count=1, invalid_leads_count=2, campaign_end_time="2026-12-02T00:00:00")
    assert len(faults_in_answer(wrong, 3, BEGIN, END)) == 3


def test_the_list_is_held_to_the_same() -> None:
    assert faults_in_list(SHOWN, 3, BEGIN, END) == ()
    assert faults_in_list(replace(SHOWN, contacts_count=2), 3, BEGIN, END) == (
        "Teli counts 2 contacts; 3 were sent",
    )
    assert len(faults_in_list(replace(SHOWN, begin=END, end=BEGIN), 3, BEGIN, END)) == 2
    hidden = replace(SHOWN, contacts_count=None, begin=None, end=None)
    assert faults_in_list(hidden, 3, BEGIN, END) == ()


def test_an_unknown_part_of_the_same_run_is_a_fault_and_one_of_another_run_name_or_project_is_not() -> None:
    stranger = replace(FALL, part=2)
    others = [replace(FALL, run=2), replace(FALL, name="winter"), replace(FALL, project="beta")]
    known = frozenset({FALL.campaign_id})
    assert strangers_in_run(FALL, [FALL, *others], known) == ()
    assert strangers_in_run(FALL, [FALL, stranger, *others], known) == (
        f"another part of this run exists that the ledger does not know: {stranger.campaign_id}",
    )
