import logging

import pytest

from teli_iac.errors import ReplyLost
from tests.api.clients import CREATE, KEY, LIST, connected
from tests.api.servers import OK, Server, answering, close_after_request, json_answer


@pytest.mark.parametrize(
    "status", ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"]
)
def test_a_redirect_is_an_answer_and_the_other_host_sees_neither_request_nor_key(status: str) -> None:
    with Server(answering(OK)) as other:
        away = json_answer({"success": True}, status=status, headers=f"Location: {other.url}/v1\r\n")
        with connected(answering(away)) as (_, client):
            read, written = client.read(LIST), client.write(CREATE)
    assert (read.status, read.document) == (int(status[:3]), None)
    assert (written.status, written.document) == (int(status[:3]), None)
    assert other.connections == 0


def test_nothing_of_a_request_is_logged_at_any_level(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with connected(answering(OK, OK, OK), close_after_request) as (_, client):
        client.read(LIST)
        client.write(CREATE)
    with connected(close_after_request) as (_, client), pytest.raises(ReplyLost):
        client.write(CREATE)
    assert KEY.secret not in caplog.text
    assert "organization_id" not in caplog.text
    assert not [record for record in caplog.records if record.name.startswith(("httpx", "httpcore"))]


def test_a_cookie_is_not_carried_into_the_next_request() -> None:
    reply = json_answer({}, headers="Set-Cookie: session=1; Path=/\r\n")
    with connected(answering(reply)) as (server, client):
        client.read(LIST)
        client.read(LIST)
    assert b"cookie" not in server.heads[1].lower()
