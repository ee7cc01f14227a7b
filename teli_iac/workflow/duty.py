"""On duty: commands that look at the live world and act on it, plan or no plan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from teli_iac.corroborating import gather_evidence
from teli_iac.model import Evidence
from teli_iac.operating import (
    Approve,
    Halting,
    Steering,
    Stock,
    find_drift,
    halt_campaigns,
    open_post,
    person,
    release_hold,
    steer_campaigns,
)
from teli_iac.settings import DEFAULT_PARALLELISM, MOST_PARALLELISM, ByHand, Invocation, Target
from teli_iac.standing import Standing
from teli_iac.worlds import open_worlds, recall


def halt(asked: Invocation, target: Target, addresses: tuple[str, ...], why: str) -> Halting:
    """Pause whatever calls until nothing is seen to, and hold every apply back; how it ended comes last."""
    with open_post(asked, target, MOST_PARALLELISM) as post:
        yield from halt_campaigns(post, addresses, person(why))


def release(asked: Invocation, target: Target, why: str) -> str:
    """Lift the hold of a halt; what was done, in a sentence. Nothing is sent to Teli."""
    with open_post(asked, target, connections=1) as post:
        return release_hold(post, person(why))


def steer(asked: Invocation, target: Target, by_hand: ByHand, approve: Approve) -> Steering:
    """Pause, resume or end by hand, and look until it is so; how it ended comes last."""
    with open_post(asked, target, DEFAULT_PARALLELISM) as post:
        yield from steer_campaigns(post, by_hand, approve)


def watch(asked: Invocation, target: Target, addresses: Sequence[str]) -> Iterator[Standing]:
    """How things stand, again whenever the next is asked for. Sends nothing but GET."""
    with open_post(asked, target, DEFAULT_PARALLELISM) as post:
        stock = Stock(post, addresses)
        while True:
            yield stock.take()


def drift(asked: Invocation, target: Target, addresses: Sequence[str]) -> Standing:
    """What Teli shows otherwise than the ledger remembers. Sends nothing but GET."""
    with open_post(asked, target, DEFAULT_PARALLELISM) as post:
        return find_drift(post, addresses)


def look_at_calls(
    asked: Invocation, address: str | None, since: datetime | None, until: datetime | None
) -> Evidence:
    """What Teli's call history says of a campaign, or of everything; corroboration, never proof."""
    with open_worlds(asked, connections=1) as worlds:
        return gather_evidence(worlds, recall(worlds), address, since, until)
