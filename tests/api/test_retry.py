import pytest

from teli_iac.api.retry import wait_before_repeat
from teli_iac.errors import NotSent, ReplyLost, TransportFault


@pytest.mark.parametrize("outcome", [429, 500, 502, 503, 504, NotSent("x"), ReplyLost("x")])
def test_what_may_pass_is_tried_four_times_with_growing_waits(outcome: int | TransportFault) -> None:
    waits = [wait_before_repeat(outcome, tries, retry_after=None, jitter=0.0) for tries in (1, 2, 3, 4)]
    assert waits == [0.5, 1.0, 2.0, None]


@pytest.mark.parametrize("status", [200, 201, 204, 301, 302, 400, 401, 403, 404, 408, 409, 422, 501, 505])
def test_every_other_answer_stands(status: int) -> None:
    assert wait_before_repeat(status, 1, retry_after=1.0, jitter=0.0) is None


def test_many_clients_do_not_come_back_at_once() -> None:
    assert wait_before_repeat(503, 2, retry_after=None, jitter=0.5) == 1.25
    assert wait_before_repeat(503, 2, retry_after=None, jitter=0.999) == pytest.approx(1.4995)


@pytest.mark.parametrize(("asked", "waited"), [(0.0, 0.0), (7.0, 7.0), (30.0, 30.0), (86400.0, 30.0)])
def test_a_server_that_names_a_wait_is_obeyed_within_reason(asked: float, waited: float) -> None:
    assert wait_before_repeat(429, 1, retry_after=asked, jitter=0.9) == waited


def test_a_named_wait_buys_no_further_tries() -> None:
    assert wait_before_repeat(429, 4, retry_after=1.0, jitter=0.0) is None
