"""The steps that free the people of a live part who have not been called: the second act (semantics §2).

Pause, read who is uncontacted, end, wait out calls in flight, read again until two reads agree, and free
only those of the first read as well. Each step is recorded, so that a release goes on from any of them. What
cannot be proven frees nobody: the part stays as it is, paused or ended, and is named.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from teli_iac.errors import ApiError
from teli_iac.identity import pick_people
from teli_iac.kinds.counting import Count, count_out
from teli_iac.kinds.intentions import Result, Steps, record, send, wait
from teli_iac.kinds.removing import hold_calls, stop
from teli_iac.kinds.wire import look_up_request, read_look_up
from teli_iac.model import (
    Ended,
    LedgerKey,
    Paused,
    PeopleSet,
    Released,
    ReleaseIntended,
    Sentence,
    UncontactedRead,
)

_WAITS_BETWEEN_READS = (0.0, 2.0, 4.0, 8.0, 15.0)


@dataclass(frozen=True, slots=True, repr=False)
class ReleaseOrder:
    """A part to be released: whom it was given to, and how far an interrupted release has come.

    `uncontacted` is the first read, when there was one. `drain` is how long calls in flight may take.
    """

    campaign_id: str
    people: PeopleSet
    key: LedgerKey
    drain: timedelta
    begun: bool
    uncontacted: PeopleSet | None

    def __repr__(self) -> str:
        return f"ReleaseOrder({self.campaign_id})"


def release(order: ReleaseOrder) -> Steps[Result]:
    """Release one part; RELEASED, or UNPROVEN with what is known."""
    campaign_id = order.campaign_id
    if not order.begun:
        yield from record(ReleaseIntended(campaign_id))
    if (yield from _is_gone(campaign_id)):
        return (
            yield from _free(order, pick_people(order.people, frozenset()), first=order.uncontacted is None)
        )
    first = order.uncontacted
    if first is None:
        if not (yield from hold_calls(campaign_id)):
            return Result(Sentence.API_FAILED, campaign_id, ("it could not be paused",))
        yield from record(Paused(campaign_id))
        count = yield from _read(order, agreeing=1)
        if count.uncontacted is None:
            return _unproven(order, count, "it stays paused")
        first = count.uncontacted
        yield from record(UncontactedRead(campaign_id, first.ref), people=(first,))
    if not (yield from stop(campaign_id)):
        return Result(Sentence.API_FAILED, campaign_id, ("it is paused, and could not be ended",))
    yield from record(Ended(campaign_id))
    yield from wait(order.drain.total_seconds())
    count = yield from _read(order, agreeing=2)
    if count.uncontacted is None:
        return _unproven(order, count, "it is ended, and its people count as called")
    freed = pick_people(first, {person for person, _ in count.uncontacted})
    return (yield from _free(order, freed, first=False))


def _free(order: ReleaseOrder, freed: PeopleSet, *, first: bool) -> Steps[Result]:
    if first:  # a part that is gone was never read: nobody of it is free
        yield from record(UncontactedRead(order.campaign_id, freed.ref), people=(freed,))
    yield from record(Released(order.campaign_id, freed.ref), people=(freed,))
    return Result(Sentence.RELEASED, order.campaign_id, (f"{len(freed):,} not called yet",))


def _read(order: ReleaseOrder, *, agreeing: int) -> Steps[Count]:
    """The last of so many proven reads in a row that agree, or a Count that says why there were none."""
    row: list[PeopleSet] = []
    fault = "two reads in a row never agreed"
    for pause in _WAITS_BETWEEN_READS:
        yield from wait(pause)
        try:
            count = yield from count_out(order.campaign_id, order.people, order.key)
        except ApiError as error:
            row, fault = [], error.message
            continue
        if count.uncontacted is None:
            row, fault = [], count.fault
            continue
        row = [each for each in row if each == count.uncontacted] + [count.uncontacted]
        if len(row) == agreeing:
            return count
    return Count(None, fault)


def _is_gone(campaign_id: str) -> Steps[bool]:
    """Absent by two look-ups; then nothing can be read of it, and nobody of it is free."""
    for pause in (0.0, 2.0):
        yield from wait(pause)
        reply = yield from send(look_up_request(campaign_id))
        if read_look_up(reply, campaign_id) is not None:
            return False
    return True


def _unproven(order: ReleaseOrder, count: Count, state: str) -> Result:
    return Result(Sentence.UNPROVEN, order.campaign_id, (count.fault, state))
