"""Campaigns as a caller of the API meets them."""

from __future__ import annotations

import json

import pytest

from teli_iac.sandbox import dial, dial_log
from tests.sandbox.asking import CAMPAIGNS, Asker, creating, open_teli

ANN, BOB, CY = "+14155550101", "+14155550102", "+14155550103"
DEFAULT_BEGIN, DEFAULT_END = "2026-12-01T12:00:00.000000", "2026-12-08T12:00:00.000000"


def test_a_created_campaign_is_confirmed_with_its_counts_and_window() -> None:
    _, teli = open_teli()
    told = teli.create("vc 1", ANN, BOB)
    assert told.status == 200
    assert told.document == {
        "success": True,
        "campaign_id": "vc 1",
        "contacts_count": 2,
        "invalid_leads_count": 0,
        "campaign_begin_time": DEFAULT_BEGIN,
        "campaign_end_time": DEFAULT_END,
        "message": "Campaign started successfully",
        "powered_by": "Teli",
    }


def test_a_campaign_without_an_id_gets_one_of_its_own() -> None:
    _, teli = open_teli()
    first, second = (teli.create("", ANN).document["campaign_id"] for _ in range(2))
    assert first.startswith("voice_campaign_")
    assert first != second
    assert teli.read(first).status == 200


def test_leads_without_a_number_are_dropped_and_counted() -> None:
    _, teli = open_teli()
    leads = [{"phone_number": ANN}, {"first_name": "Bob"}, {"phone_number": ""}, "Cy"]
    told = teli.create("x", leads=leads).document
    assert (told["contacts_count"], told["invalid_leads_count"]) == (1, 3)


def test_times_with_an_offset_come_back_naive_and_in_utc() -> None:
    _, teli = open_teli()
    told = teli.create(
        "x", ANN, campaign_begin_time="2026-12-02T09:00:00-05:00", campaign_end_time="2026-12-03T09:00:00"
    ).document
    assert told["campaign_begin_time"] == "2026-12-02T14:00:00.000000"
    assert told["campaign_end_time"] == "2026-12-03T09:00:00.000000"


@pytest.mark.parametrize("missing", ["voice_agent_id", "agent_outbound_number", "leads"])
def test_the_three_checked_fields_are_missed(missing: str) -> None:
    _, teli = open_teli()
    told = teli.create("x", ANN, **{missing: None})
    asked_for = "leads array required" if missing == "leads" else f"{missing} required"
    assert (told.status, told.document["error"]) == (400, asked_for)
    assert teli.listed() == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"\xff",
        b'{"a":1',
        b"[" * 100_000,
        *(creating("x", ANN, campaign_begin_time=time) for time in ("soon", "0001-01-01T00:00:00+05:00")),
    ],
)
def test_a_body_that_cannot_be_read_creates_nothing(body: bytes) -> None:
    _, teli = open_teli()
    assert teli.ask("POST", CAMPAIGNS, body).status == 422
    assert teli.listed() == []


def test_a_chunked_body_is_read_to_its_end() -> None:
    _, teli = open_teli()
    assert teli.ask("POST", CAMPAIGNS, creating("x", ANN), chunked=True).document["contacts_count"] == 1


def test_the_list_shows_what_was_configured_and_no_creation_time() -> None:
    _, teli = open_teli()
    teli.create("x", ANN)
    assert teli.listed() == [
        {
            "campaign_id": "x",
            "status": "active",
            "voice_agent_id": "agent_1",
            "agent_id": "agent_1",
            "contacts_count": 1,
            "organization_id": "acme",
            "tenant_id": "tenant",
            "campaign_begin_time": DEFAULT_BEGIN,
            "campaign_end_time": DEFAULT_END,
            "created_at": "",
        }
    ]


def test_the_list_is_one_tenants_and_without_is_admin_one_users() -> None:
    _, teli = open_teli()
    teli.create("ours", ANN)
    teli.create("orphan", ANN, user_id=None)
    teli.create("elsewhere", ANN, tenant_id="other")

    def listed(**query: str) -> list[str]:
        return [campaign["campaign_id"] for campaign in teli.listed(**query)]

    assert listed() == ["ours", "orphan"]
    assert listed(is_admin="false", user_id="user") == ["ours"]
    assert listed(is_admin="false") == []
    assert listed(tenant_id="other") == ["elsewhere"]


def test_a_list_of_no_organization_is_refused() -> None:
    _, teli = open_teli()
    told = teli.ask("GET", CAMPAIGNS)
    assert (told.status, told.document["error"]) == (400, "organization_id required")


def test_the_status_tells_progress() -> None:
    store, teli = open_teli()
    teli.create("x", ANN, BOB, CY)
    dial(store, limit=1)
    assert teli.read("x").document == {
        "success": True,
        "campaign_id": "x",
        "status": "active",
        "progress": {"total": 3, "completed": 1, "pending": 2},
        "powered_by": "Teli",
    }


@pytest.mark.parametrize("order", ["pause", "resume", "end"])
@pytest.mark.parametrize("before", ["pause", "resume", "end", "complete"])
def test_every_order_is_answered_with_200_and_only_ended_is_for_good(before: str, order: str) -> None:
    store, teli = open_teli()
    teli.create("x", ANN)
    if before == "complete":
        dial(store)
        assert teli.read("x").document["status"] == "completed"
    else:
        teli.order("x", before)
    assert teli.order("x", order).status == 200
    wanted = {"pause": "paused", "resume": "active", "end": "ended"}[order]
    assert teli.read("x").document["status"] == ("ended" if before == "end" else wanted)


def test_a_second_create_overwrites_the_campaign_and_calls_everybody_again() -> None:
    store, teli = open_teli()
    teli.create("x", ANN, BOB)
    dial(store)
    told = teli.create("x", BOB, CY, voice_agent_id="agent_2").document
    assert told["contacts_count"] == 2
    assert [(c["voice_agent_id"], c["contacts_count"]) for c in teli.listed()] == [("agent_2", 2)]
    assert teli.read("x").document["progress"] == {"total": 4, "completed": 2, "pending": 2}
    dial(store)
    assert [call.phone_number for call in dial_log(store)] == [ANN, BOB, BOB, CY]


@pytest.mark.parametrize("order", ["pause", "end"])
def test_a_second_create_starts_even_a_campaign_that_was_stopped(order: str) -> None:
    _, teli = open_teli()
    teli.create("x", ANN)
    teli.order("x", order)
    teli.create("x", ANN)
    assert teli.read("x").document["status"] == "active"


def test_a_campaign_deleted_while_active_still_makes_the_calls_that_were_queued() -> None:
    store, teli = open_teli()
    teli.create("x", ANN)
    assert teli.delete("x").document["message"] == "Campaign x deleted"
    assert teli.listed() == []
    assert dial(store).calls == 1


@pytest.mark.parametrize("order", ["pause", "end"])
def test_a_campaign_stopped_and_then_deleted_makes_no_call(order: str) -> None:
    store, teli = open_teli()
    teli.create("x", ANN)
    teli.order("x", order)
    teli.delete("x")
    assert dial(store).calls == 0


def test_the_id_of_a_deleted_campaign_can_be_given_again() -> None:
    _, teli = open_teli()
    teli.create("x", ANN, BOB)
    teli.delete("x")
    teli.create("x", CY)
    assert teli.read("x").document["progress"]["total"] == 1


@pytest.mark.parametrize(
    "request_line",
    ["GET ", "DELETE ", "POST /pause", "POST /resume", "POST /end", "GET /analytics", "GET /failed-numbers"],
)
def test_a_campaign_that_does_not_exist_is_not_found(request_line: str) -> None:
    _, teli = open_teli()
    method, path = request_line.split(" ")
    told = teli.ask(method, f"{CAMPAIGNS}/nobody{path}")
    assert (told.status, told.document["error"]) == (404, "Campaign not found")


def test_an_id_may_be_any_text_that_a_path_can_hold() -> None:
    _, teli = open_teli()
    for campaign_id in ("vc 1", "é☎", "a?b", "..", "a;b", "'"):
        teli.create(campaign_id, ANN)
        assert teli.read(campaign_id).document["campaign_id"] == campaign_id


def test_failed_numbers_are_those_not_reached_each_once() -> None:
    store, teli = open_teli()
    people = [f"+14155550{number}" for number in range(100, 140)]
    teli.create("x", *people, *people)
    assert teli.failed("x") == []
    assert teli.failed("x", include_not_called="true") == people
    dial(store)
    outcomes = {call.phone_number: call.outcome for call in dial_log(store)}
    missed = [number for number in people if outcomes[number] in {"no_answer", "busy"}]
    assert teli.failed("x", include_voicemail="false") == missed
    assert teli.failed("x") == [number for number in people if outcomes[number] != "connected"]
    assert {row["failure_reason"] for row in teli.failed("x", format="detailed")} == {
        "no_answer",
        "busy",
        "voicemail",
    }


def test_analytics_add_up() -> None:
    store, teli = open_teli()
    teli.create("x", *(f"+14155550{number}" for number in range(100, 140)))
    assert teli.analytics("x")["not_called"] == 40
    dial(store, limit=30)
    told = teli.analytics("x")
    assert (told["total_contacts"], told["total_calls"], told["not_called"]) == (40, 30, 10)
    assert told["connected_calls"] + told["voicemail_calls"] + told["failed_calls"] == 30
    assert sum(told["sentiment_breakdown"].values()) == 30
    assert told["completion_rate"] == 75.0
    assert told["success_rate"] == round(100 * told["connected_calls"] / 30, 2)


@pytest.mark.parametrize("key", ["", "  "])
def test_a_request_without_a_key_is_refused_and_does_nothing(key: str) -> None:
    _, teli = open_teli()
    told = Asker(teli.application, key).create("x", ANN)
    assert (told.status, told.document) == (401, {"error": "API key is required", "success": False})
    assert teli.listed() == []


@pytest.mark.parametrize(
    ("method", "path", "status", "detail"),
    [
        ("GET", "/", 404, "Not Found"),
        ("GET", f"{CAMPAIGNS}/", 404, "Not Found"),
        ("GET", f"{CAMPAIGNS}/x/calls", 404, "Not Found"),
        ("PUT", CAMPAIGNS, 405, "Method Not Allowed"),
        ("GET", f"{CAMPAIGNS}/x/end", 405, "Method Not Allowed"),
    ],
)
def test_unknown_paths_and_wrong_methods_are_told_as_json(
    method: str, path: str, status: int, detail: str
) -> None:
    _, teli = open_teli()
    told = teli.ask(method, path)
    assert (told.status, told.document) == (status, {"detail": detail})
    assert told.headers["content-type"] == "application/json"


def test_fifty_thousand_people_are_taken_and_called() -> None:
    store, teli = open_teli()
    leads = [{"phone_number": f"+999{number:08}", "first_name": "A" * 100} for number in range(50_000)]
    body = json.dumps({**json.loads(creating("x")), "leads": leads}).encode()
    assert teli.ask("POST", CAMPAIGNS, body).document["contacts_count"] == 50_000
    report = dial(store)
    assert (report.calls, report.completed) == (50_000, ("x",))
