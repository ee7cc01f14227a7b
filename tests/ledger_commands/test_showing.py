"""What `ledger show` and `ledger log` tell of a history."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

import pytest

from teli_iac import workflow
from teli_iac.errors import LedgerMissing, UsageError
from teli_iac.history import EventTold, LedgerKept, events_told, ledger_kept
from teli_iac.ledger import fold, kind_of
from teli_iac.model import (
    Event,
    Governed,
    IntentVoided,
    Launched,
    Left,
    OnRemove,
    PeopleSet,
    PlanConsumed,
    Recorded,
    Released,
    ReleaseIntended,
    Renamed,
    UncontactedRead,
    VerificationFailed,
    Verified,
    Voiding,
)
from teli_iac.render import render_events, render_events_jsonl, render_ledger, render_ledger_json
from tests.ledger.strategies import stored
from tests.ledger.worlds import ACCOUNT, ANN, KEY, campaign_id, history, intended, one_of_each, people
from tests.promise.practice import Practice, Wanted
from tests.second_teli import Fault, SecondTeli

FALL, SPRING = campaign_id("fall"), campaign_id("spring")


def _recorded(events: Sequence[Event], *sets: PeopleSet) -> Recorded:
    return replace(fold(stored([*events]), KEY), people={each.ref: each for each in (people(), *sets)})


def _kept(*events: Event, address: str | None = None) -> LedgerKept:
    return ledger_kept(ACCOUNT, _recorded(events, people(ANN)), address)


def _told(*events: Event, address: str | None = None) -> tuple[EventTold, ...]:
    recorded = _recorded(events, people(ANN))
    return events_told(recorded, stored([*events]), kind_of, address)


def _shown(*events: Event) -> str:
    return render_ledger(_kept(*events), colour=False, width=100)


def test_a_part_is_told_with_its_people_its_state_and_its_times() -> None:
    launched = Launched(FALL, looked_up=False)
    shown = _shown(intended(), launched, Verified(FALL), Governed("fall", OnRemove.END))
    assert shown.splitlines()[2:] == [
        "4 events in the ledger. Nothing is open.",
        "",
        "    campaign/fall",
        "      r1p1      launched, verified, active by us",
        f"      id        {FALL}",
        "      people    2 people given",
        "      when      Tue 24 Nov 2026 12:10 UTC to Tue 1 Dec 2026 12:00 UTC",
        "      intended  Tue 24 Nov 2026 12:00 UTC",
    ]


def test_what_is_open_comes_first() -> None:
    kept = _kept(
        intended("fall"),
        Launched(FALL, looked_up=False),
        intended("spring"),
        Launched(SPRING, looked_up=False),
        intended("spring", 2),
        intended("winter"),
        Launched(campaign_id("winter"), looked_up=False),
        ReleaseIntended(campaign_id("winter")),
    )
    assert [campaign.address for campaign in kept.campaigns] == [
        "campaign/spring",
        "campaign/winter",
        "campaign/fall",
    ]
    assert [each.part.part for each in kept.campaigns[0].parts] == [2, 1]
    assert "Open: 1 launch and 1 release." in render_ledger(kept, colour=False, width=80)


def test_released_people_are_counted_and_those_of_a_void_launch_are_not_given() -> None:
    freed = people(ANN).ref
    kept = _kept(
        intended("fall"),
        Launched(FALL, looked_up=False),
        ReleaseIntended(FALL),
        UncontactedRead(FALL, freed),
        Released(FALL, freed),
        intended("spring"),
        IntentVoided(SPRING, Voiding.REJECTED, 422),
    )
    counts = {
        campaign.address: (part.given, part.released)
        for campaign in kept.campaigns
        for part in campaign.parts
    }
    assert counts == {"campaign/fall": (2, 1), "campaign/spring": (0, 0)}


def test_what_failed_its_verification_says_why() -> None:
    shown = _shown(
        intended(),
        Launched(FALL, looked_up=False),
        VerificationFailed(FALL, ("contacts_count is 1, sent were 2",)),
    )
    assert "failed its verification" in shown
    assert "contacts_count is 1, sent were 2" in shown


def test_machines_are_told_the_same_as_people() -> None:
    document = json.loads(render_ledger_json(_kept(*history())))
    assert document["ledger_version"] == len(history())
    assert [campaign["address"] for campaign in document["campaigns"]] == [
        campaign.address for campaign in _kept(*history()).campaigns
    ]


def test_every_kind_of_event_has_a_sentence_of_its_own() -> None:
    beginnings = (intended(), one_of_each()["adopted"])
    said = set()
    for event in one_of_each().values():
        (told,) = events_told(_recorded(beginnings), stored([event]), kind_of, None)
        said.add(render_events_jsonl([told]).split('"says": ')[1])
    assert len(said) == len(one_of_each())


def test_events_are_told_in_order_each_with_its_time_and_campaign() -> None:
    text = render_events(_told(intended(), Launched(FALL, looked_up=True)), colour=False, width=120)
    assert text.splitlines()[-1] == ("    2 2026-11-24T12:00:00Z campaign/fall  A look-up found it launched.")


def test_the_log_of_a_campaign_follows_it_through_its_names() -> None:
    events = (
        Governed("fall", OnRemove.DELETE),
        intended("fall"),
        intended("spring"),
        PlanConsumed("a nonce", "0123456789abcdef"),
        Renamed("fall", "autumn"),
        Left("autumn"),
    )
    assert [told.sequence for told in _told(*events, address="campaign/autumn")] == [1, 2, 5, 6]
    assert [told.sequence for told in _told(*events)] == [1, 2, 3, 4, 5, 6]


def test_an_address_that_the_ledger_never_heard_of_is_refused_with_what_was_meant() -> None:
    with pytest.raises(UsageError, match=r"never heard of campaign/fal\. Did you mean campaign/fall\?"):
        _kept(intended(), address="campaign/fal")
    with pytest.raises(UsageError, match=r"Did you mean campaign/fall\?"):
        _told(intended(), address="campaign/fal")


def test_a_launch_whose_answer_was_lost_stands_first(practice: Practice, teli: SecondTeli) -> None:
    teli.faults[("create", 2)] = Fault.CUT_BEFORE_DOING
    practice.apply()
    kept = workflow.show_ledger(practice.asked(), None)
    assert [(campaign.address, campaign.is_open) for campaign in kept.campaigns] == [
        ("campaign/spring", True),
        ("campaign/fall", False),
    ]
    only = workflow.show_ledger(practice.asked(), "campaign/fall")
    assert [campaign.address for campaign in only.campaigns] == ["campaign/fall"]


def test_released_people_are_counted_in_an_applied_project(practice: Practice) -> None:
    practice.apply()
    practice.want(fall=Wanted((0, 1)), spring=Wanted((10, 11)))
    practice.apply()
    (fall,) = workflow.show_ledger(practice.asked(), "campaign/fall").campaigns
    assert [(part.given, part.released) for part in fall.parts] == [(3, 3), (2, 0)]
    kinds = [told.kind for told in workflow.list_events(practice.asked(), "campaign/fall")]
    assert {"release_intended", "uncontacted_read", "released"} <= set(kinds)


def test_neither_needs_the_key_of_the_api_nor_teli_nor_a_ledger_to_be_made(
    practice: Practice, teli: SecondTeli
) -> None:
    with pytest.raises(LedgerMissing):
        workflow.show_ledger(practice.asked(), None)
    assert not (practice.folder / ".teli").exists()
    practice.apply()
    asked_before = len(teli.log)
    keyless = replace(practice.asked(), environment={"TELI_LEDGER_KEY": "a long enough text for a ledger"})
    workflow.show_ledger(keyless, None)
    workflow.list_events(keyless, None)
    workflow.check_ledger(keyless)
    assert len(teli.log) == asked_before
