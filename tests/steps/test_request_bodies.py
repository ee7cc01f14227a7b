"""The very bytes that start calls, and the very paths and queries of every other request."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest

from teli_iac.identity import fingerprint_people
from teli_iac.kinds.wire import (
    create_request,
    delete_request,
    end_request,
    list_request,
    look_up_request,
    pause_request,
)
from teli_iac.model import (
    CampaignSettings,
    JsonValue,
    Launch,
    Lead,
    Leads,
    Redial,
    RefusedRows,
    Request,
)
from tests.decisions.notation import leads, project

CAMPAIGN_ID = "acme_fall_r1p1_abcdefghijkl"
IN_NEW_YORK = timezone(timedelta(hours=-5))
BEGIN = datetime(2026, 12, 1, 9, tzinfo=IN_NEW_YORK)
END = datetime(2026, 12, 1, 20, 30, 0, 250_000, tzinfo=IN_NEW_YORK)
FULL = CampaignSettings(
    voice_agent_id="agent_86f826bf8f59bacd5c10ae948a",
    agent_outbound_number="+15175550141",
    number_pool=("+14155550101", "+14155550102"),
    redial=Redial(3, 1),
    begin=BEGIN,
    end=END,
)
BARE = CampaignSettings("agent_a", "+15175550141", (), None, None, None)


def body(settings: CampaignSettings, *rows: Lead, begin: datetime = BEGIN, end: datetime = END) -> bytes:
    return b"".join(
        create(settings, Leads(rows, fingerprint_people(rows), RefusedRows({}, ()), ""), begin, end)
    )


def create(settings: CampaignSettings, people: Leads, begin: datetime, end: datetime) -> list[bytes]:
    launch = Launch(CAMPAIGN_ID, "fall", 1, 1, "abcdefghijkl", settings, people, 0)
    request = create_request(launch, project({}), begin, end)
    assert (request.method, request.path, request.query) == ("POST", "/v1/voice/campaigns", ())
    return list(request.body or ())


def lead(person: int, **fields: JsonValue) -> Lead:
    return Lead(f"+1415555{person:04d}", tuple(sorted(fields.items())), person)


def test_a_full_campaign_is_sent_as_these_bytes() -> None:
    ann = lead(101, first_name="Ann", last_name="O'Neill", email="ann@example.com", plan="gold")
    bob = lead(102, first_name="Böb 🎈", visits=3, vip=True, tags=["a", {"b": None}])
    assert body(FULL, ann, bob).decode() == (
        '{"campaign_id":"acme_fall_r1p1_abcdefghijkl",'
        '"organization_id":"1762896364768x389173798861431550",'
        '"tenant_id":"acme",'
        '"user_id":"1762896366429x599348279945132448",'
        '"voice_agent_id":"agent_86f826bf8f59bacd5c10ae948a",'
        '"agent_outbound_number":"+15175550141",'
        '"campaign_begin_time":"2026-12-01T14:00:00Z",'
        '"campaign_end_time":"2026-12-02T01:30:00.250000Z",'
        '"redial_enabled":true,'
        '"number_pool":[{"phone_number":"+14155550101"},{"phone_number":"+14155550102"}],'
        '"redial_config":{"retry_limit":3,"call_interval_days":1},'
        '"leads":[{"phone_number":"+14155550101","email":"ann@example.com","first_name":"Ann",'
        '"last_name":"O\'Neill","plan":"gold"},'
        '{"phone_number":"+14155550102","first_name":"Böb 🎈","tags":["a",{"b":null}],'
        '"vip":true,"visits":3}]}'
    )


def test_a_bare_campaign_says_that_it_does_not_redial_and_leaves_out_what_it_has_not() -> None:
    assert body(BARE, lead(101)).decode() == (
        '{"campaign_id":"acme_fall_r1p1_abcdefghijkl",'
        '"organization_id":"1762896364768x389173798861431550",'
        '"tenant_id":"acme",'
        '"user_id":"1762896366429x599348279945132448",'
        '"voice_agent_id":"agent_a",'
        '"agent_outbound_number":"+15175550141",'
        '"campaign_begin_time":"2026-12-01T14:00:00Z",'
        '"campaign_end_time":"2026-12-02T01:30:00.250000Z",'
        '"redial_enabled":false,'
        '"leads":[{"phone_number":"+14155550101"}]}'
    )


def test_a_field_that_tries_to_break_out_stays_text() -> None:
    hostile = '"}],"leads":[{"phone_number":"x\\'
    sent = json.loads(body(BARE, lead(101, note=hostile)))
    assert sent["leads"] == [{"phone_number": "+14155550101", "note": hostile}]


def test_a_campaign_without_people_is_a_sound_document() -> None:
    assert json.loads(body(BARE))["leads"] == []


@pytest.mark.parametrize(("people", "pieces"), [(1, 1), (200, 1), (297, 1)])
def test_few_leads_travel_in_one_piece(people: int, pieces: int) -> None:
    assert len(create(BARE, leads({"people": people}), BEGIN, END)) == 2 + pieces


@pytest.mark.parametrize(("people", "pieces"), [(999, 1), (1000, 1), (1001, 2), (2500, 3)])
def test_leads_travel_a_thousand_at_a_time_and_arrive_in_order(people: int, pieces: int) -> None:
    rows = tuple(Lead("+14155550101", (("row", row),), row) for row in range(people))
    encoded = create(BARE, Leads(rows, fingerprint_people(rows), RefusedRows({}, ()), ""), BEGIN, END)
    assert len(encoded) == 2 + pieces
    assert [sent["row"] for sent in json.loads(b"".join(encoded))["leads"]] == list(range(people))


def test_a_body_can_be_encoded_again_and_again() -> None:
    launch = Launch(CAMPAIGN_ID, "fall", 1, 1, "abcdefghijkl", FULL, leads({"people": 3}), 0)
    sent = create_request(launch, project({}), BEGIN, END).body
    assert sent is not None
    assert list(sent) == list(sent)


def test_the_repr_of_a_body_shows_nobody() -> None:
    launch = Launch(CAMPAIGN_ID, "fall", 1, 1, "abcdefghijkl", FULL, leads({"people": 3}), 0)
    shown = repr(create_request(launch, project({}), BEGIN, END))
    assert "3 people" in shown
    assert "555" not in shown
    assert "Person" not in shown


def test_times_are_sent_in_utc_whatever_zone_they_were_written_in() -> None:
    in_utc, in_kathmandu = BEGIN.astimezone(UTC), BEGIN.astimezone(timezone(timedelta(hours=5, minutes=45)))
    assert body(BARE, begin=in_utc) == body(BARE, begin=in_kathmandu) == body(BARE, begin=BEGIN)


def test_the_list_is_asked_for_the_whole_organization() -> None:
    assert list_request(project({})) == Request(
        "GET",
        "/v1/voice/campaigns",
        (
            ("organization_id", "1762896364768x389173798861431550"),
            ("tenant_id", "acme"),
            ("is_admin", "true"),
        ),
    )


def test_every_request_about_one_campaign_has_its_path() -> None:
    path = f"/v1/voice/campaigns/{CAMPAIGN_ID}"
    assert look_up_request(CAMPAIGN_ID) == Request("GET", path)
    assert pause_request(CAMPAIGN_ID) == Request("POST", f"{path}/pause")
    assert end_request(CAMPAIGN_ID) == Request("POST", f"{path}/end")
    assert delete_request(CAMPAIGN_ID) == Request("DELETE", path)


@pytest.mark.parametrize(
    ("campaign_id", "encoded"),
    [
        ("vc 1", "vc%201"),
        ("a/b", "a%2Fb"),
        ("a?b#c", "a%3Fb%23c"),
        ("ü%2F", "%C3%BC%252F"),
        ("a&b=c+d", "a%26b%3Dc%2Bd"),
    ],
)
def test_an_id_of_somebody_else_is_encoded_into_one_path_segment(campaign_id: str, encoded: str) -> None:
    assert look_up_request(campaign_id).path == f"/v1/voice/campaigns/{encoded}"
    assert delete_request(campaign_id).path == f"/v1/voice/campaigns/{encoded}"
