from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from teli_iac.api import TimeOuts, WritingClient
from teli_iac.errors import NotSent, ReplyLost
from teli_iac.model import Request
from tests.api.clients import CREATE, DELETE, END, IMPATIENT, KEY, LIST, Naps, Pieces, client_of, connected
from tests.api.servers import (
    OK,
    Caller,
    Conversation,
    answer,
    answering,
    answering_once,
    close_after_headers,
    close_after_request,
    close_at_once,
    json_answer,
)


def _say_nothing(caller: Caller) -> None:
    caller.read_request()
    caller.server.over.wait()


def test_a_create_arrives_whole_with_its_length_and_type() -> None:
    with connected(answering(OK)) as (server, client):
        assert client.write(CREATE).document == {"success": True}
    head = server.heads[0].lower()
    assert head.startswith(b"post /v1/voice/campaigns http/1.1\r\n")
    assert b"\r\ncontent-type: application/json\r\n" in head
    assert b"\r\ncontent-length: 12\r\n" in head
    assert b"transfer-encoding" not in head
    assert server.bodies == [b'{"leads":[]}']


def test_acts_without_a_body_say_so() -> None:
    with connected(answering(OK)) as (server, client):
        client.write(END)
        client.write(DELETE)
    assert b"content-length: 0\r\n" in server.heads[0].lower()
    assert server.heads[1].startswith(b"DELETE ")


@pytest.mark.parametrize(
    "status", [200, 202, 301, 307, 400, 401, 403, 404, 409, 422, 429, 500, 502, 503, 504]
)
def test_every_answer_to_a_write_is_handed_on_and_nothing_is_sent_again(status: int) -> None:
    naps = Naps()
    reply = json_answer(
        {"error": "x"}, status=f"{status} X", headers="Location: /elsewhere\r\nRetry-After: 1\r\n"
    )
    with connected(answering(reply), naps=naps) as (server, client):
        assert client.write(CREATE).status == status
    assert len(server.heads) == 1
    assert naps.seconds == []


@pytest.mark.parametrize(
    "fault",
    [
        close_at_once,
        close_after_headers,
        close_after_request,
        answering_once(b"HTTP/1.1 200 OK\r\nContent-Le"),
        answering_once(b'HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{"success": true}'),
        answering_once(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"),
        answering_once(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200_000 + b"\r\n\r\n{}"),
        answering_once(b"<html>"),
        answering_once(answer(b"not gzip", headers="Content-Encoding: gzip\r\n")),
        _say_nothing,
    ],
    ids=[
        "closed at once",
        "closed after the headers",
        "closed after the body",
        "half the headers",
        "half the body",
        "broken chunks",
        "headers without end",
        "no HTTP",
        "broken packing",
        "silence",
    ],
)
def test_a_create_that_loses_its_reply_is_a_doubt_and_is_sent_once(fault: Conversation) -> None:
    naps = Naps()
    with (
        connected(fault, answering(OK), time_outs=IMPATIENT, naps=naps) as (server, client),
        pytest.raises(ReplyLost),
    ):
        client.write(CREATE)
    assert server.connections == 1
    assert naps.seconds == []


def test_a_long_create_cut_in_its_middle_is_a_doubt() -> None:
    long = Request("POST", "/v1/voice/campaigns", body=Pieces((b"x" * 2**20,) * 12))
    with connected(close_after_headers, answering(OK)) as (server, client), pytest.raises(ReplyLost):
        client.write(long)
    assert server.connections == 1


def test_a_create_that_found_no_server_was_not_sent() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with (
        client_of(f"http://127.0.0.1:{port}") as client,
        pytest.raises(NotSent, match="refused the connection"),
    ):
        client.write(CREATE)


def test_a_create_that_found_no_name_was_not_sent() -> None:
    with client_of("https://no.such.test") as client, pytest.raises(NotSent, match="name was not found"):
        client.write(CREATE)


def test_a_create_that_waited_in_vain_for_a_free_connection_was_not_sent() -> None:
    busy = TimeOuts(pool=0.05)
    arrived = threading.Semaphore(0)

    def hold(caller: Caller) -> None:
        caller.read_request()
        arrived.release()
        caller.server.over.wait()

    with connected(hold, time_outs=busy) as (server, client), ThreadPoolExecutor(8) as threads:
        held = [threads.submit(_answered, client) for _ in range(8)]
        for _ in held:
            arrived.acquire()
        with pytest.raises(NotSent, match="no connection became free"):
            client.write(CREATE)
        server.over.set()
        assert all(not future.result() for future in held)
    assert all(head.startswith(b"DELETE ") for head in server.heads)


def test_a_connection_that_dies_under_a_create_is_a_doubt_and_no_silent_repeat() -> None:
    def die_under_the_second(caller: Caller) -> None:
        caller.read_request()
        caller.send(OK)
        caller.read_request()

    with connected(die_under_the_second, answering(OK)) as (server, client):
        client.read(LIST)
        with pytest.raises(ReplyLost):
            client.write(CREATE)
    assert server.connections == 1
    assert [head.split()[0] for head in server.heads] == [b"GET", b"POST"]


def test_a_connection_that_died_before_is_not_used_for_a_create() -> None:
    hung_up = threading.Event()

    def answer_and_hang_up(caller: Caller) -> None:
        caller.read_request()
        caller.send(OK)
        caller.connection.close()
        hung_up.set()

    with connected(answer_and_hang_up, answering(OK)) as (server, client):
        client.read(LIST)
        hung_up.wait()
        assert client.write(CREATE).status == 200
    assert [head.split()[0] for head in server.heads] == [b"GET", b"POST"]


def test_a_body_that_changes_while_it_is_sent_is_a_doubt() -> None:
    sizes = iter((2**20, 2**20 - 1))

    class Fickle:
        def __iter__(self) -> Iterator[bytes]:
            size = next(sizes)
            return iter((b"x" * size,) * 12)

    with connected(close_after_request) as (server, client), pytest.raises(ReplyLost):
        client.write(Request("POST", "/v1/voice/campaigns", body=Fickle()))
    assert len(server.heads) == 1


def test_a_body_that_cannot_be_encoded_is_a_fault_of_ours_and_opens_no_connection() -> None:
    class Broken:
        def __iter__(self) -> Iterator[bytes]:
            yield b"{"
            raise OverflowError("no such number")

    with connected(answering(OK)) as (server, client), pytest.raises(OverflowError):
        client.write(Request("POST", "/v1/voice/campaigns", body=Broken()))
    assert server.connections == 0


def test_a_get_is_no_write() -> None:
    with client_of("http://127.0.0.1:9") as client, pytest.raises(ValueError, match="does not write"):
        client.write(LIST)


def test_the_fault_of_a_lost_reply_leads_to_no_key() -> None:
    with connected(close_after_request) as (_, client), pytest.raises(ReplyLost) as lost:
        client.write(CREATE)
    assert lost.value.__cause__ is None
    assert lost.value.__context__ is None
    assert KEY.secret not in lost.value.what


def _answered(client: WritingClient) -> bool:
    try:
        client.write(DELETE)
    except ReplyLost:
        return False
    return True
