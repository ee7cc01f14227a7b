"""Each request has a connection to itself, and no more are opened than are needed at once."""

from __future__ import annotations

from contextlib import ExitStack

import httpx
import pytest

from teli_iac.api.connections import Connection, Connections
from teli_iac.errors import ReplyLost
from tests.api.clients import END, LIST, connected
from tests.api.servers import OK, answering


def _connections(most: int) -> tuple[Connections, list[Connection]]:
    opened: list[Connection] = []

    def open_one() -> Connection:
        opened.append(Connection(lambda _: httpx.Response(200), lambda: None))
        return opened[-1]

    return Connections(open_one, most=most, patience=0.01), opened


def test_one_request_after_another_goes_over_one_connection() -> None:
    with connected(answering(OK)) as (server, client):
        for _ in range(3):
            client.read(LIST)
    assert server.connections == 1


def test_the_one_given_back_last_is_lent_first() -> None:
    connections, opened = _connections(3)
    with connections.lend(), connections.lend() as second:
        pass  # the second is given back before the first
    with connections.lend() as first:
        assert first is opened[0]
        with connections.lend() as next_one:
            assert next_one is second
    assert len(opened) == 2


def test_when_all_are_lent_who_wants_another_waits_and_gives_up() -> None:
    connections, opened = _connections(2)
    with ExitStack() as lent:
        for _ in range(2):
            lent.enter_context(connections.lend())
        with pytest.raises(httpx.PoolTimeout), connections.lend():
            pytest.fail("there are only two")
    with connections.lend() as again:
        assert again in opened


def test_a_request_that_failed_gives_its_connection_back() -> None:
    connections, opened = _connections(1)
    with pytest.raises(httpx.ReadTimeout), connections.lend():
        raise httpx.ReadTimeout("no answer")
    with connections.lend() as again:
        assert [again] == opened


def test_in_the_end_all_are_closed_those_in_use_as_well() -> None:
    closed: list[str] = []
    connections = Connections(
        lambda: Connection(lambda _: httpx.Response(200), lambda: closed.append("one")), most=2, patience=0.01
    )
    with connections.lend(), connections.lend():
        connections.close()
    assert closed == ["one", "one"]
    with pytest.raises(RuntimeError), connections.lend():
        pytest.fail("they are closed")


def test_nothing_is_sent_once_the_client_was_closed() -> None:
    with connected(answering(OK)) as (server, client):
        client.read(LIST)
        client.__exit__(None, None, None)
        with pytest.raises(ReplyLost):
            client.write(END)
    assert len(server.heads) == 1
