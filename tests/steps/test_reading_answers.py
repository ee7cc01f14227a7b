"""What answers about one campaign are taken for: hazards, "HTTP". What is not as documented is refused."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from teli_iac.errors import AnswerUnreadable, ApiRefused
from teli_iac.kinds.wire import CreateAnswer, read_create, read_delete, read_look_up, read_time
from teli_iac.model import JsonValue, ObservedCampaign, Reply, Status

ERROR: dict[str, JsonValue] = {"error": "Campaign not found", "success": False, "powered_by": "Teli"}
OURS = "acme_fall_r1p1_abcdefghijkl"


@pytest.mark.parametrize("status", [401, 403])
def test_a_refused_key_is_told_as_such_and_is_no_absence(status: int) -> None:
    with pytest.raises(ApiRefused) as refused:
        read_look_up(Reply(status, {"error": "Invalid API key", "success": False}), OURS)
    assert refused.value.http_status == status


def test_a_look_up_tells_the_status_and_nothing_it_does_not_know() -> None:
    reply = Reply(200, {"success": True, "campaign_id": OURS, "status": "Paused", "progress": {}})
    assert read_look_up(reply, OURS) == ObservedCampaign(
        OURS, Status.PAUSED, "Paused", None, None, None, None
    )


def test_only_a_404_in_the_apis_own_words_is_absence() -> None:
    assert read_look_up(Reply(404, ERROR), OURS) is None


@pytest.mark.parametrize(
    "reply",
    [
        pytest.param(Reply(404, None), id="404 with a web page"),
        pytest.param(Reply(404, {}), id="404 with an empty object"),
        pytest.param(Reply(404, {"detail": "Not Found"}), id="404 of the framework: no such route"),
        pytest.param(Reply(404, {"error": None}), id="404 with no error"),
        pytest.param(Reply(404, {"error": {"code": 404}}), id="404 with another kind of error"),
        pytest.param(Reply(410, ERROR), id="410"),
        pytest.param(Reply(200, ERROR), id="200 with an error"),
        pytest.param(Reply(200, None), id="200 with a web page"),
        pytest.param(Reply(302, None), id="a redirect"),
        pytest.param(Reply(500, ERROR), id="500 with the error of a 404"),
        pytest.param(Reply(502, None), id="502"),
        pytest.param(Reply(200, {"success": True, "status": "active"}), id="no id"),
        pytest.param(Reply(200, {"success": True, "campaign_id": "vc 1"}), id="another id"),
        pytest.param(Reply(200, {"success": True, "campaign_id": OURS.upper()}), id="the id in capitals"),
    ],
)
def test_what_proves_neither_presence_nor_absence_is_refused(reply: Reply) -> None:
    with pytest.raises(AnswerUnreadable):
        read_look_up(reply, OURS)


@pytest.mark.parametrize(
    ("reply", "answer"),
    [
        (Reply(200, {"success": True, "campaign_id": OURS}), CreateAnswer.ACCEPTED),
        (Reply(200, {"success": True, "campaign_id": "vc 1"}), CreateAnswer.MISNAMED),
        (Reply(200, {"success": True}), CreateAnswer.DOUBTFUL),
        (Reply(200, {"success": 1, "campaign_id": OURS}), CreateAnswer.DOUBTFUL),
        (Reply(200, {"success": False, "campaign_id": OURS}), CreateAnswer.DOUBTFUL),
        (Reply(200, None), CreateAnswer.DOUBTFUL),
        (Reply(201, {"success": True, "campaign_id": OURS}), CreateAnswer.DOUBTFUL),
        (Reply(202, None), CreateAnswer.DOUBTFUL),
        (Reply(204, None), CreateAnswer.DOUBTFUL),
        (Reply(307, None), CreateAnswer.DOUBTFUL),
        (Reply(400, {"error": "leads array required"}), CreateAnswer.REJECTED),
        (Reply(400, None), CreateAnswer.REJECTED),
        (Reply(401, None), CreateAnswer.REJECTED),
        (Reply(404, None), CreateAnswer.REJECTED),
        (Reply(409, None), CreateAnswer.REJECTED),
        (Reply(422, {"detail": []}), CreateAnswer.REJECTED),
        (Reply(429, None), CreateAnswer.REFUSED_UNPROCESSED),
        (Reply(500, {"error": "Failed to start voice campaign"}), CreateAnswer.DOUBTFUL),
        (Reply(502, None), CreateAnswer.DOUBTFUL),
        (Reply(503, {"success": True, "campaign_id": OURS}), CreateAnswer.DOUBTFUL),
    ],
    ids=str,
)
def test_an_answer_to_a_create_says_yes_no_or_not_now_and_all_else_is_doubt(
    reply: Reply, answer: CreateAnswer
) -> None:
    assert read_create(reply, OURS) is answer


@pytest.mark.parametrize(
    ("reply", "deleted"),
    [
        (Reply(200, {"success": True, "message": "Campaign deleted"}), True),
        (Reply(204, None), True),
        (Reply(404, ERROR), True),
        (Reply(200, None), False),
        (Reply(200, {"success": False}), False),
        (Reply(302, None), False),
        (Reply(401, {"error": "Invalid API key"}), False),
        (Reply(404, None), False),
        (Reply(404, {"detail": "Not Found"}), False),
        (Reply(500, {"error": "no"}), False),
    ],
    ids=str,
)
def test_a_delete_is_done_when_teli_says_so_or_knows_no_such_campaign(reply: Reply, *, deleted: bool) -> None:
    assert read_delete(reply) is deleted


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2025-11-21T21:40:13.089462", datetime(2025, 11, 21, 21, 40, 13, 89462, tzinfo=UTC)),
        ("2025-11-21T21:40:13", datetime(2025, 11, 21, 21, 40, 13, tzinfo=UTC)),
        ("2025-11-21T21:40:13Z", datetime(2025, 11, 21, 21, 40, 13, tzinfo=UTC)),
        ("2025-11-21T21:40:13.089Z", datetime(2025, 11, 21, 21, 40, 13, 89000, tzinfo=UTC)),
        ("2025-11-21T16:40:13-05:00", datetime(2025, 11, 21, 21, 40, 13, tzinfo=UTC)),
        ("2025-11-21 21:40:13+00:00", datetime(2025, 11, 21, 21, 40, 13, tzinfo=UTC)),
    ],
)
def test_a_time_is_read_with_or_without_offset_and_fraction(text: str, moment: datetime) -> None:
    assert read_time(text) == moment


@pytest.mark.parametrize(
    "value",
    [
        None,
        "",
        "soon",
        "2025-02-30T00:00:00",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        1763661807373,
        1763661807.373,
        True,
        [],
        {},
    ],
    ids=repr,
)
def test_a_time_that_cannot_be_read_is_no_time_and_no_crash(value: JsonValue) -> None:
    assert read_time(value) is None
