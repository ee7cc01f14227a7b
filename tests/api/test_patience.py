"""When Teli asks for time, all threads of a client give it, and all share one stock of repeats."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

import pytest

from teli_iac.api import Waiting, WritingClient, parse_origin
from teli_iac.api.retry import MOST_REPEATS, Stock, wait_of_all
from teli_iac.api.sending import Received, Sender
from teli_iac.errors import ApiUnreachable, NotSent, TransportFault
from teli_iac.model import Reply, Request
from tests.api.clients import CREATE, END, LIST, NOW

ORIGIN = parse_origin("https://api.teli.ai")
OK = Received(Reply(200, {"success": True}, None), None)


class _World:
    """A clock that sleeping moves, and a wire that answers as it is told; both are written down."""

    def __init__(self, *answers: Received | TransportFault) -> None:
        self.told: list[str] = []
        self._now = NOW
        self._answers = [*answers]

    def client(self) -> WritingClient:
        waiting = Waiting(sleep=self._sleep, jitter=lambda: 0.0, now=lambda: self._now)
        return WritingClient(cast("Sender", self), ORIGIN, waiting)

    def send(self, request: Request) -> Received:
        self.told.append(request.method)
        answer = self._answers.pop(0) if self._answers else OK
        if isinstance(answer, TransportFault):
            raise answer
        return answer

    def _sleep(self, seconds: float) -> None:
        self.told.append(f"{seconds:g} s")
        self._now += timedelta(seconds=seconds)


def _busy(retry_after: str | None, status: int = 429) -> Received:
    return Received(Reply(status, {"error": "Too many requests"}, None), retry_after)


def test_after_a_refused_create_everything_else_waits_as_long_as_was_asked_for() -> None:
    world = _World(_busy("7"))
    client = world.client()
    client.write(CREATE)
    client.read(LIST)
    client.write(END)
    assert world.told == ["POST", "7 s", "GET", "POST"]


def test_a_create_is_asked_for_before_its_intent_and_never_held_up_after_it() -> None:
    world = _World(_busy("7"))
    client = world.client()
    client.read(LIST)
    assert world.told == ["GET", "7 s", "GET"]
    world = _World(_busy("7"), OK)
    client = world.client()
    client.write(CREATE)
    client.write(CREATE)
    assert world.told == ["POST", "POST"]
    client.wait_until_welcome()
    client.write(CREATE)
    assert world.told[2:] == ["7 s", "POST"]


def test_the_longest_wait_that_was_asked_for_counts() -> None:
    world = _World(_busy("20"), _busy("5"))
    client = world.client()
    client.write(CREATE)
    client.write(CREATE)
    client.read(LIST)
    assert world.told == ["POST", "POST", "20 s", "GET"]


def test_who_waited_elsewhere_does_not_wait_again() -> None:
    world = _World(_busy("7"))
    client = world.client()
    client.write(CREATE)
    client.wait_until_welcome()
    client.wait_until_welcome()
    assert world.told == ["POST", "7 s"]


@pytest.mark.parametrize(
    ("outcome", "retry_after", "seconds"),
    [
        (429, 7.0, 7.0),
        (503, 3600.0, 30.0),
        (429, None, 0.0),
        (200, 7.0, 0.0),
        (404, 7.0, 0.0),
        (NotSent("x"), None, 0.0),
    ],
)
def test_all_wait_for_what_a_struggling_server_names(
    outcome: int | TransportFault, retry_after: float | None, seconds: float
) -> None:
    assert wait_of_all(outcome, retry_after) == seconds


def test_a_service_that_is_down_is_asked_a_bounded_number_of_times_however_many_ask() -> None:
    asked = 40
    world = _World(*[NotSent("x")] * 4 * asked)
    client = world.client()
    for _ in range(asked):
        with pytest.raises(ApiUnreachable):
            client.read(LIST)
    assert world.told.count("GET") < asked + MOST_REPEATS


def test_answers_fill_the_stock_again() -> None:
    stock = Stock()
    for _ in range(int(MOST_REPEATS)):
        stock = stock.after(503)
    assert not stock.has_one()
    for _ in range(6):
        stock = stock.after(200)
    assert stock.has_one()
    for _ in range(1000):
        stock = stock.after(404)
    assert stock == Stock()


def test_time_that_was_waited_for_is_told_by_the_clock_of_the_client() -> None:
    soon = (NOW + timedelta(seconds=9)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    world = _World(_busy(soon, 503))
    client = world.client()
    client.write(CREATE)
    client.read(LIST)
    assert world.told == ["POST", "9 s", "GET"]
