"""The ledger in an object store when a process dies, or an answer is lost, at any of its requests."""

from __future__ import annotations

from pathlib import Path

import pytest

from teli_iac.errors import LeaseLost, LedgerError
from teli_iac.ledger import Backend, open_ledger
from teli_iac.model import Left
from tests.ledger.http_proxy import between
from tests.ledger.objects import endpoint, fresh_prefix, place_of
from tests.ledger.processes import ROOT, assert_all_kept, go, live, started
from tests.ledger.sites import Site
from tests.ledger.worlds import ACCOUNT, KEY, MINUTE, NOON, made

REQUESTS = 23
"""What `live` asks of a store, without a fault: to look, to probe (11), to make; to take the lease and probe
again; to keep people and the first event; and to write on."""


def opened(scheme: str, prefix: str, at: str) -> Backend:
    return open_ledger(place_of(scheme, at, prefix), ".", ACCOUNT.project)


@pytest.fixture
def prefix() -> str:
    return fresh_prefix()


def site_of(scheme: str, prefix: str) -> Site:
    return Site(
        place=place_of(scheme, endpoint(scheme), prefix),
        folder=ROOT,
        clone=lambda _: ROOT,
        snapshot=lambda: None,
        kept=lambda: b"",
    )


def killed_at(number: int, fate: str, prefix: str, folder: Path) -> list[str]:
    """What a life says that ends with `kill -9` at its n-th request."""
    with between(endpoint("s3"), number, fate) as proxy:
        place = place_of("s3", proxy.endpoint, prefix)
        with started("live", place, folder) as writer:
            proxy.strike = writer.kill
            go(writer)
            return writer.communicate()[0].split()


@pytest.mark.parametrize("number", range(1, REQUESTS + 1))
@pytest.mark.parametrize("fate", ["before", "after"])
def test_killed_at_any_request_a_ledger_keeps_all_it_acknowledged(
    prefix: str, tmp_path: Path, fate: str, number: int
) -> None:
    said = killed_at(number, fate, prefix, tmp_path)

    assert "done" not in said
    assert_all_kept(site_of("s3", prefix), said)


@pytest.mark.parametrize("number", range(1, REQUESTS + 1))
@pytest.mark.parametrize(
    ("scheme", "fate"), [("s3", "before"), ("s3", "after"), ("gs", "after"), ("az", "after")]
)
def test_any_answer_may_be_lost_and_a_life_goes_on_as_if_it_had_come(
    scheme: str, prefix: str, fate: str, number: int, capsys: pytest.CaptureFixture[str]
) -> None:
    with between(endpoint(scheme), number, fate) as proxy:
        assert live(opened(scheme, prefix, proxy.endpoint)) == "done"

    assert len(proxy.requests) > REQUESTS  # what was lost was asked for again, or looked at
    said = capsys.readouterr().out.split()
    assert said == ["0", "1", "2", "3"]
    assert_all_kept(site_of(scheme, prefix), said)


@pytest.mark.parametrize("scheme", ["s3", "gs", "az"])
def test_a_life_without_a_fault_asks_as_often_as_is_enumerated_here(scheme: str, prefix: str) -> None:
    with between(endpoint(scheme), 0, "before") as proxy:
        assert live(opened(scheme, prefix, proxy.endpoint)) == "done"

    assert len(proxy.requests) == REQUESTS


def test_when_nobody_can_say_whether_a_write_arrived_the_command_says_so_and_writes_no_more(
    prefix: str,
) -> None:
    event = Left("fall")
    ledger = made(opened("s3", prefix, endpoint("s3")))
    lease = ledger.acquire("ann", NOON, MINUTE)
    with between(endpoint("s3"), 2, "for ever") as proxy:
        ours = opened("s3", prefix, proxy.endpoint)
        with pytest.raises(LedgerError, match="could not be found out"):
            ours.append((event,), (), NOON, lease, 0)

    with pytest.raises(LedgerError, match="at version 1, not 0"):
        ledger.append((event,), (), NOON, lease, 0)
    assert ledger.load(ACCOUNT, KEY).version == 1


def test_a_late_write_of_a_holder_whose_lease_was_taken_is_refused_by_the_store(prefix: str) -> None:
    slow = made(opened("s3", prefix, endpoint("s3")))
    first = slow.acquire("ann", NOON, MINUTE)
    quick = opened("s3", prefix, endpoint("s3"))
    taken = quick.acquire("bob", NOON + MINUTE, MINUTE)

    with pytest.raises(LeaseLost):  # it goes by the head that it saw last, and only the store knows better
        slow.append((Left("fall"),), (), NOON, first, 0)

    assert quick.append((Left("fall"),), (), NOON + MINUTE, taken, 0) == 1
    assert [stored.event for stored in quick.events()] == [Left("fall")]
