"""The second Teli itself: as documented where it behaves, and as scripted where it does not."""

from __future__ import annotations

import http.client
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import pytest
import schemathesis

from tests.openapi import describe
from tests.second_teli import ECHOES, Fault, SecondTeli

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
CAMPAIGNS = "/v1/voice/campaigns"
LIST = f"{CAMPAIGNS}?organization_id=acme&tenant_id=tenant&is_admin=true"
PEOPLE = tuple(f"+14155550{number}" for number in range(100, 110))

_OFFERED = (
    "listVoiceCampaigns",
    "createVoiceCampaign",
    "getVoiceCampaign",
    "deleteVoiceCampaign",
    "pauseVoiceCampaign",
    "resumeVoiceCampaign",
    "endVoiceCampaign",
    "getVoiceCampaignAnalytics",
    "listVoiceCampaignFailedNumbers",
)
_UNCHECKED = {
    "positive_data_acceptance": "the document calls every text a time; one that cannot be read is refused",
    "ignored_auth": "any key is a key here",
    "unsupported_method": "what is not offered is answered with 404",
    "use_after_free": "an id may be given out again after a delete, as the record leaves open",
}
"""Checks that are off, each with its reason."""

_owned = {"query.organization_id": "acme", "query.tenant_id": "tenant", "query.is_admin": "true"}
_existing = describe(_OFFERED, _UNCHECKED, {**_owned, "path.campaign_id": "vc 1"}, mode="positive", usual=15)


@pytest.fixture(scope="module")
def awkward() -> Iterator[SecondTeli]:
    with SecondTeli(odd_statuses=True, omit=ECHOES) as teli:
        yield teli


@_existing.parametrize()  # type: ignore[untyped-decorator]  # schemathesis leaves it so
def test_what_exists_is_answered_as_documented(case: schemathesis.Case[Any], awkward: SecondTeli) -> None:
    if ask(awkward, "GET", f"{CAMPAIGNS}/vc%201")[0] == 404:
        create(awkward, "vc 1", *PEOPLE)
        awkward.dial()
        create(awkward, "vc 1", "+14155550110")
    case.call_and_validate(base_url=awkward.url)


def ask(
    teli: SecondTeli, method: str, target: str, body: bytes | Iterator[bytes] | None = None
) -> tuple[int, bytes, Any]:
    with closing(http.client.HTTPConnection(urlsplit(teli.url).netloc, timeout=20)) as connection:
        connection.request(method, target, body, {"X-API-Key": "any key"})
        answer = connection.getresponse()
        return answer.status, answer.read(), answer.headers


def create(teli: SecondTeli, campaign_id: str, *numbers: str, **fields: str) -> Any:
    return json.loads(ask(teli, "POST", CAMPAIGNS, creating(campaign_id, *numbers, **fields))[1])


def creating(campaign_id: str, *numbers: str, **fields: str) -> bytes:
    document = {
        "leads": [{"phone_number": number} for number in numbers],
        "voice_agent_id": "agent_1",
        "agent_outbound_number": "+14155550199",
        "organization_id": "acme",
        "tenant_id": "tenant",
        "user_id": "user",
        "campaign_id": campaign_id,
        **fields,
    }
    return json.dumps(document).encode()


def listed(teli: SecondTeli) -> list[str]:
    campaigns = json.loads(ask(teli, "GET", LIST)[1])["campaigns"]
    return [campaign["campaign_id"] for campaign in campaigns]


def status_of(teli: SecondTeli, campaign_id: str) -> Any:
    return json.loads(ask(teli, "GET", f"{CAMPAIGNS}/{campaign_id}")[1]).get("status")


def test_everybody_is_called_once_within_the_window_and_again_by_a_second_create() -> None:
    with SecondTeli(clock=NOON) as teli:
        create(teli, "x", *PEOPLE, campaign_begin_time="2026-12-01T13:00:00")
        teli.dial()
        assert teli.dialled == Counter()
        teli.pass_time(timedelta(hours=1))
        teli.dial()
        teli.dial()
        assert teli.dialled == Counter(PEOPLE)
        assert status_of(teli, "x") == "completed"
        create(teli, "x", PEOPLE[0])
        teli.dial()
        assert teli.dialled[PEOPLE[0]] == 2


def test_only_who_ends_or_pauses_first_deletes_the_calls_with_the_campaign() -> None:
    with SecondTeli(clock=NOON) as teli:
        for campaign_id, order in (("x", None), ("y", "end"), ("z", "pause")):
            create(teli, campaign_id, f"+1415555010{'xyz'.index(campaign_id)}")
            if order:
                ask(teli, "POST", f"{CAMPAIGNS}/{campaign_id}/{order}")
            assert ask(teli, "DELETE", f"{CAMPAIGNS}/{campaign_id}")[0] == 200
        teli.dial()
        assert set(teli.dialled) == {"+14155550100"}


def test_the_clock_drives_the_date() -> None:
    with SecondTeli(clock=NOON) as teli:
        teli.pass_time(timedelta(days=2))
        assert parsedate_to_datetime(ask(teli, "GET", LIST)[2]["Date"]) == NOON + timedelta(days=2)


def test_a_new_campaign_is_late_in_lists_and_in_reads() -> None:
    with SecondTeli(late_in_lists=2, late_in_reads=1) as teli:
        create(teli, "x", *PEOPLE)
        assert [listed(teli) for _ in range(3)] == [[], [], ["x"]]
        assert [status_of(teli, "x") for _ in range(2)] == [None, "active"]


def test_lists_come_in_another_order_each_time_and_alike_for_a_seed() -> None:
    def orders(seed: int) -> list[list[str]]:
        with SecondTeli(seed=seed) as teli:
            for number in range(9):
                create(teli, f"x{number}")
            return [listed(teli) for _ in range(3)]

    first, second, third = orders(1)
    assert first != second != third
    assert sorted(first) == sorted(second)
    assert orders(1) == [first, second, third] != orders(2)


def test_statuses_may_be_odd_and_echoes_left_out() -> None:
    with SecondTeli(odd_statuses=True, omit=ECHOES) as teli:
        told = create(teli, "x", *PEOPLE)
        assert told == {"success": True, "campaign_id": "x", "invalid_leads_count": 0, "powered_by": "Teli"}
        assert status_of(teli, "x") == "Active"


def test_failed_numbers_and_analytics_tell_how_the_calls_went() -> None:
    with SecondTeli(clock=NOON) as teli:
        create(teli, "x", *PEOPLE)
        path = f"{CAMPAIGNS}/x/failed-numbers"
        assert json.loads(ask(teli, "GET", f"{path}?include_not_called=true")[1])["count"] == 10
        teli.dial()
        failed = json.loads(ask(teli, "GET", f"{path}?include_voicemail=false")[1])["failed_numbers"]
        assert failed == ["+14155550108", "+14155550109"]
        told = json.loads(ask(teli, "GET", f"{CAMPAIGNS}/x/analytics")[1])
        assert (told["total_calls"], told["connected_calls"], told["not_called"]) == (10, 7, 0)


def test_a_chunked_create_is_logged_with_its_people() -> None:
    with SecondTeli() as teli:
        ask(teli, "POST", CAMPAIGNS, iter([creating("x", *PEOPLE)[:40], creating("x", *PEOPLE)[40:]]))
        (received,) = teli.log
        assert (received.kind, received.campaign_id, received.numbers) == ("create", "x", PEOPLE)


@pytest.mark.parametrize("fault", Fault)
def test_a_faulty_create_is_carried_out_exactly_when_the_fault_says_so(fault: Fault) -> None:
    with SecondTeli(faults={("create", 1): fault}) as teli:
        if fault.cut:
            with pytest.raises((http.client.HTTPException, ConnectionError)):
                create(teli, "x", *PEOPLE)
        else:
            ask(teli, "POST", CAMPAIGNS, creating("x", *PEOPLE))
        assert listed(teli) == (["x"] if fault.done else [])
        assert teli.creates() == ([] if fault is Fault.CUT_BEFORE_READING else ["x"])
        assert teli.log[0].fault is fault
        teli.dial()
        assert teli.dialled == Counter(PEOPLE if fault.done else ())


def test_faults_meet_the_request_they_are_meant_for() -> None:
    with SecondTeli(faults={("end", 2): Fault.NOT_DONE_500}) as teli:
        for campaign_id in "xyz":
            create(teli, campaign_id, *PEOPLE)
            ask(teli, "POST", f"{CAMPAIGNS}/{campaign_id}/end")
        assert [status_of(teli, campaign_id) for campaign_id in "xyz"] == ["ended", "active", "ended"]


@pytest.mark.parametrize(
    ("fault", "status", "begin"),
    [
        (Fault.DONE_500, 500, b'{"error"'),
        (Fault.DONE_502, 502, b"<!doctype"),
        (Fault.DONE_HTML, 200, b"<!doctype"),
        (Fault.DONE_EMPTY, 200, b""),
        (Fault.HTML_404, 404, b"<!doctype"),
        (Fault.TOO_MANY, 429, b'{"error"'),
        (Fault.REDIRECT, 307, b""),
        (Fault.TRUNCATED, 200, b'{"success"'),
    ],
)
def test_a_spoilt_answer_looks_as_it_is_called(fault: Fault, status: int, begin: bytes) -> None:
    with SecondTeli(faults={("list", 1): fault}) as teli:
        create(teli, "x", *PEOPLE)
        told, body, headers = ask(teli, "GET", LIST)
        assert told == status
        assert body.startswith(begin)
        assert bool(body) == bool(begin)
        assert headers["Retry-After"] == ("0" if fault is Fault.TOO_MANY else None)
        assert headers["Location"] == (LIST if fault is Fault.REDIRECT else None)


def test_truncated_json_stops_in_the_middle() -> None:
    with SecondTeli(faults={("list", 1): Fault.TRUNCATED}) as teli, pytest.raises(json.JSONDecodeError):
        listed(teli)


def test_a_list_may_count_wrong_and_tell_campaigns_twice() -> None:
    with SecondTeli(faults={("list", 1): Fault.WRONG_COUNT, ("list", 2): Fault.REPEATED_IDS}) as teli:
        create(teli, "x", *PEOPLE)
        wrong, repeated, plain = (json.loads(ask(teli, "GET", LIST)[1]) for _ in range(3))
        assert (wrong["count"], wrong["campaigns"]) == (2, plain["campaigns"])
        assert (repeated["count"], repeated["campaigns"]) == (2, 2 * plain["campaigns"])
        assert plain["count"] == 1
