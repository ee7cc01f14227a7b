import gzip
import socket
from datetime import UTC, datetime

import pytest

from teli_iac.api import TimeOuts, parse_origin
from teli_iac.api.client import connect
from teli_iac.errors import ApiRefused, ApiUnreachable
from teli_iac.model import Request
from tests.api.clients import END, IMPATIENT, KEY, LIST, Naps, client_of, connected
from tests.api.servers import (
    OK,
    Caller,
    Conversation,
    answer,
    answering,
    answering_once,
    close_after_headers,
    close_at_once,
    json_answer,
)


def _drip(caller: Caller) -> None:
    caller.read_request()
    caller.send(b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{")
    caller.server.over.wait()


def test_a_read_brings_the_document_and_the_servers_clock() -> None:
    reply = json_answer({"campaigns": []}, headers="Date: Tue, 01 Dec 2026 14:00:00 GMT\r\n")
    with connected(answering(reply)) as (_, client):
        got = client.read(LIST)
    assert (got.status, got.document) == (200, {"campaigns": []})
    assert got.date == datetime(2026, 12, 1, 14, 0, tzinfo=UTC)


def test_a_request_says_what_it_is_and_lies_below_the_base_path() -> None:
    with connected(answering(OK), below="/api/proxy/") as (server, client):
        client.read(LIST)
    head = server.heads[0].decode()
    assert head.startswith(
        "GET /api/proxy/v1/voice/campaigns?organization_id=o%201%26x&is_admin=true HTTP/1.1\r\n"
    )
    headers = dict(line.split(": ", 1) for line in head.split("\r\n")[1:-2])
    assert headers.pop("Host") == f"127.0.0.1:{server.port}"
    assert headers.pop("User-Agent").startswith("teli-iac/")
    assert headers == {
        "X-API-Key": KEY.secret,
        "Accept": "application/json",
        "Accept-Encoding": "gzip",
        "Connection": "keep-alive",
    }


def test_an_encoded_slash_in_an_id_stays_encoded() -> None:
    with connected(answering(OK)) as (server, client):
        client.read(Request("GET", "/v1/voice/campaigns/vc%201%2F2%3F"))
    assert server.heads[0].startswith(b"GET /v1/voice/campaigns/vc%201%2F2%3F HTTP/1.1\r\n")


@pytest.mark.parametrize(
    "path", ["v1", "", "@evil.example/", "//../x", "/v1/../../admin", "/v1/./x", ".evil.example/"]
)
def test_a_path_that_could_lead_elsewhere_is_never_sent(path: str) -> None:
    with connected(answering(OK)) as (server, client):
        with pytest.raises(ValueError, match="slash"):
            client.read(Request("GET", path))
        with pytest.raises(ValueError, match="slash"):
            client.write(Request("DELETE", path))
    assert server.connections == 0


def test_many_reads_share_one_connection() -> None:
    with connected(answering(OK)) as (server, client):
        for _ in range(5):
            client.read(LIST)
    assert (server.connections, len(server.heads)) == (1, 5)


def test_packed_chunked_and_interim_answers_are_read_like_any_other() -> None:
    packed = gzip.compress(b'{"a": 1}')
    chunked = b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n{"a"\r\n4\r\n: 1}\r\n0\r\n\r\n'
    interim = b"HTTP/1.1 103 Early Hints\r\n\r\n" + answer(b'{"a": 1}')
    answers = (answer(packed, headers="Content-Encoding: gzip\r\n"), chunked, interim)
    with connected(answering(*answers)) as (_, client):
        assert [client.read(LIST).document for _ in answers] == [{"a": 1}] * 3


@pytest.mark.parametrize(
    "reply",
    [
        answer(b"<html>Welcome</html>", headers="Content-Type: text/html\r\n"),
        answer(b""),
        answer(b"[1]"),
        answer(b'{"a": 1}', headers="Content-Encoding: br\r\n")[:-4] + b"\x00\x00\x00\x00",
    ],
    ids=["html", "empty", "list", "unknown packing"],
)
def test_what_is_no_document_is_an_answer_without_one(reply: bytes) -> None:
    with connected(answering(reply)) as (_, client):
        got = client.read(LIST)
    assert (got.status, got.document) == (200, None)


def test_an_absent_campaign_is_an_answer_and_is_asked_for_once() -> None:
    with connected(answering(json_answer({"error": "x"}, status="404 Not Found"))) as (server, client):
        got = client.read(LIST)
    assert (got.status, got.document) == (404, {"error": "x"})
    assert len(server.heads) == 1


@pytest.mark.parametrize("status", ["401 Unauthorized", "403 Forbidden"])
def test_a_refused_key_is_said_once_and_not_tried_again(status: str) -> None:
    with (
        connected(answering(json_answer({"error": "Invalid API key"}, status=status))) as (server, client),
        pytest.raises(ApiRefused, match="refused the key") as refusal,
    ):
        client.read(LIST)
    assert refusal.value.http_status == int(status[:3])
    assert "TELI_API_KEY" in refusal.value.next_step
    assert len(server.heads) == 1


@pytest.mark.parametrize("status", ["429 Too Many", "500 Oops", "502 Bad", "503 Busy", "504 Late"])
def test_a_passing_fault_is_asked_over_four_times_and_then_answered_as_it_is(status: str) -> None:
    naps = Naps()
    with connected(answering(json_answer({"error": "x"}, status=status)), naps=naps) as (server, client):
        assert client.read(LIST).status == int(status[:3])
    assert len(server.heads) == 4
    assert naps.seconds == [0.5, 1.0, 2.0]


def test_a_server_that_names_a_wait_is_obeyed() -> None:
    naps = Naps()
    busy = json_answer({}, status="429 Too Many", headers="Retry-After: 7\r\n")
    dated = json_answer({}, status="503 Busy", headers="Retry-After: Tue, 01 Dec 2026 14:00:09 GMT\r\n")
    with connected(answering(busy, dated, OK), naps=naps) as (_, client):
        assert client.read(LIST).status == 200
    assert naps.seconds == [7.0, 9.0]


@pytest.mark.parametrize(
    "fault",
    [
        close_at_once,
        close_after_headers,
        answering_once(b""),
        answering_once(b"HTTP/1.1 200 OK\r\n"),
        answering_once(b'HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{"success": true}'),
        answering_once(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n{}"),
        answering_once(b"SSH-2.0-OpenSSH_9.6\r\n"),
        answering_once(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200_000 + b"\r\n\r\n{}"),
        answering_once(answer(b"not gzip", headers="Content-Encoding: gzip\r\n")),
        answering_once(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}"),
    ],
    ids=[
        "closed at once",
        "closed after the headers",
        "no answer",
        "half the headers",
        "half the body",
        "half the chunks",
        "no HTTP",
        "headers without end",
        "broken packing",
        "two lengths",
    ],
)
def test_a_broken_answer_is_asked_for_again_and_the_truth_is_found(fault: Conversation) -> None:
    naps = Naps()
    with connected(fault, answering(OK), naps=naps) as (server, client):
        assert client.read(LIST).document == {"success": True}
    assert server.connections == 2
    assert naps.seconds == [0.5]


def test_an_answer_shorter_than_it_is_claimed_short_is_cut_and_has_no_document() -> None:
    short = b'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n{"success": true}'
    with connected(answering_once(short)) as (_, client):
        assert client.read(LIST).document is None


def test_a_server_that_answers_a_byte_now_and_then_is_given_up() -> None:
    naps = Naps()
    with (
        connected(_drip, time_outs=IMPATIENT, naps=naps) as (server, client),
        pytest.raises(ApiUnreachable, match="no answer came in time"),
    ):
        client.read(LIST)
    assert len(server.heads) == 4


def test_a_whole_answer_that_takes_too_long_is_given_up_though_no_single_byte_does() -> None:
    never = TimeOuts(answer=-1.0)
    with connected(answering(OK), time_outs=never) as (server, client):
        with pytest.raises(ApiUnreachable, match="no answer came in time"):
            client.read(LIST)
        assert len(server.heads) == 4


def test_a_server_that_is_not_there_is_named_with_what_failed_and_what_to_check() -> None:
    naps = Naps()
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with (
        client_of(f"http://127.0.0.1:{port}", naps=naps) as client,
        pytest.raises(ApiUnreachable) as unreachable,
    ):
        client.read(LIST)
    assert unreachable.value.message == "127.0.0.1 could not be reached: it refused the connection."
    assert "base_url" in unreachable.value.next_step
    assert naps.seconds == [0.5, 1.0, 2.0]


def test_a_name_that_does_not_exist_is_said_so() -> None:
    with (
        client_of("https://no.such.test") as client,
        pytest.raises(ApiUnreachable, match=r"no\.such\.test could not be reached: its name was not found"),
    ):
        client.read(LIST)


def test_a_plan_is_given_something_that_cannot_write() -> None:
    with connected(answering(OK)) as (server, client):
        reading = client.reading()
        assert not [name for name in dir(reading) if "write" in name]
        with pytest.raises(ValueError, match="only a GET reads"):
            reading.read(END)
        with pytest.raises(ValueError, match="only a GET reads"):
            client.read(END)
        reading.read(LIST)
        client.read(LIST)
    assert server.connections == 1
    assert [head.split()[0] for head in server.heads] == [b"GET", b"GET"]


def test_the_key_and_the_address_come_out_of_no_repr() -> None:
    with connect(parse_origin("http://127.0.0.1:9"), KEY) as client:
        assert (
            KEY.secret not in f"{client!r} {client.reading()!r} {vars(client)!r} {vars(client.reading())!r}"
        )
