"""What a list of campaigns is taken for: hazards, "HTTP". What is not as documented is refused."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from teli_iac.errors import AnswerUnreadable, ApiRefused
from teli_iac.kinds.wire import read_list
from teli_iac.model import JsonValue, ObservedCampaign, Reply, Status

ERROR: dict[str, JsonValue] = {"error": "Campaign not found", "success": False, "powered_by": "Teli"}
OURS = "acme_fall_r1p1_abcdefghijkl"


def listed(**facts: JsonValue) -> dict[str, JsonValue]:
    """A campaign as the list shows it, but for these facts."""
    return {
        "campaign_id": OURS,
        "status": "active",
        "voice_agent_id": "agent_a",
        "agent_id": "agent_a",
        "contacts_count": 3,
        "organization_id": "1762896364768x389173798861431550",
        "tenant_id": "acme",
        "campaign_begin_time": "2025-11-21T21:40:13.089462",
        "campaign_end_time": "2025-11-28T21:40:13.089462",
        "created_at": "",
        **facts,
    }


def a_list(*campaigns: JsonValue, **facts: JsonValue) -> Reply:
    told: dict[str, JsonValue] = {"success": True, "count": len(campaigns), "campaigns": list(campaigns)}
    return Reply(200, {**told, **facts})


def test_a_listed_campaign_is_read_with_its_naive_times_in_utc() -> None:
    assert read_list(a_list(listed())) == (
        ObservedCampaign(
            OURS,
            Status.ACTIVE,
            "active",
            voice_agent_id="agent_a",
            contacts_count=3,
            begin=datetime(2025, 11, 21, 21, 40, 13, 89462, tzinfo=UTC),
            end=datetime(2025, 11, 28, 21, 40, 13, 89462, tzinfo=UTC),
        ),
    )


def test_an_empty_list_is_a_list() -> None:
    assert read_list(a_list()) == ()


def test_a_list_without_its_count_is_taken_by_its_length() -> None:
    assert len(read_list(Reply(200, {"success": True, "campaigns": [listed()]}))) == 1


@pytest.mark.parametrize(
    "facts",
    [
        {
            "contacts_count": None,
            "voice_agent_id": None,
            "campaign_begin_time": None,
            "campaign_end_time": "",
        },
        {"contacts_count": "3", "voice_agent_id": 7, "campaign_begin_time": "soon", "campaign_end_time": 0},
        {"contacts_count": True, "voice_agent_id": [], "campaign_begin_time": {}, "campaign_end_time": []},
    ],
)
def test_what_a_listed_campaign_leaves_out_or_garbles_is_not_known(facts: dict[str, JsonValue]) -> None:
    (campaign,) = read_list(a_list(listed(**facts)))
    assert (campaign.contacts_count, campaign.voice_agent_id) == (None, None)
    assert (campaign.begin, campaign.end) == (None, None)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("active", Status.ACTIVE),
        ("ACTIVE", Status.ACTIVE),
        (" Paused ", Status.PAUSED),
        ("Completed", Status.COMPLETED),
        ("eNdEd", Status.ENDED),
        ("processing", Status.UNKNOWN),
        ("activé", Status.UNKNOWN),
        ("", Status.UNKNOWN),
        (None, Status.UNKNOWN),
        (7, Status.UNKNOWN),
        (["active"], Status.UNKNOWN),
    ],
)
def test_a_status_is_read_without_regard_to_case_and_what_is_new_is_unknown(
    text: JsonValue, status: Status
) -> None:
    (campaign,) = read_list(a_list(listed(status=text)))
    assert campaign.status is status
    assert campaign.status_text == (text if isinstance(text, str) else "")


@pytest.mark.parametrize(
    "reply",
    [
        pytest.param(Reply(301, None), id="a redirect"),
        pytest.param(Reply(302, {"success": True, "count": 0, "campaigns": []}), id="a redirect with a list"),
        pytest.param(Reply(200, None), id="a web page, or nothing"),
        pytest.param(Reply(204, None), id="no content"),
        pytest.param(Reply(201, {"success": True, "count": 0, "campaigns": []}), id="created"),
        pytest.param(Reply(404, ERROR), id="not found"),
        pytest.param(Reply(500, {"error": "Failed to list voice campaigns", "success": False}), id="500"),
        pytest.param(Reply(200, {"error": "busy", "success": False}), id="no success"),
        pytest.param(Reply(200, {"count": 0, "campaigns": []}), id="success is not said"),
        pytest.param(a_list(success="true"), id="success is a word"),
        pytest.param(a_list(success=1), id="success is a number"),
        pytest.param(Reply(200, {"success": True, "count": 0}), id="no campaigns"),
        pytest.param(a_list(campaigns=None), id="campaigns are null"),
        pytest.param(a_list(campaigns={}), id="campaigns are a mapping"),
        pytest.param(a_list(listed(), count=2), id="it counts more than it holds"),
        pytest.param(a_list(listed(), count=0), id="it counts less than it holds"),
        pytest.param(a_list(listed(), count="1"), id="its count is a text"),
        pytest.param(a_list(listed(), count=True), id="its count is a truth"),
        pytest.param(a_list(listed(), count=None), id="its count is null"),
        pytest.param(a_list(listed(), listed()), id="an id twice"),
        pytest.param(a_list(listed(), "vc 1"), id="a campaign that is a text"),
        pytest.param(a_list(listed(), None), id="a campaign that is null"),
        pytest.param(a_list(listed(campaign_id="")), id="an empty id"),
        pytest.param(a_list(listed(campaign_id=None)), id="no id"),
        pytest.param(a_list(listed(campaign_id=17)), id="an id that is a number"),
    ],
)
def test_a_list_that_is_not_whole_and_consistent_is_refused(reply: Reply) -> None:
    with pytest.raises(AnswerUnreadable):
        read_list(reply)


@pytest.mark.parametrize("status", [401, 403])
def test_a_refused_key_is_told_as_such_and_not_as_an_unreadable_list(status: int) -> None:
    with pytest.raises(ApiRefused) as refused:
        read_list(Reply(status, {"error": "Invalid API key", "success": False}))
    assert refused.value.http_status == status
