"""The steps that stop a part and take it off Teli: pause, end, delete, each read back before the next.

Whether a deleted campaign still dials is not documented (teli-api.md §9), so a live part is paused and
ended first. Pauses, ends and deletes may be repeated; a 404 on delete is done (semantics §6).
"""

from __future__ import annotations

from teli_iac.errors import ApiError, TransportFault
from teli_iac.kinds.intentions import Result, Steps, record, send, wait
from teli_iac.kinds.wire import (
    delete_request,
    end_request,
    look_up_request,
    pause_request,
    read_delete,
    read_look_up,
    resume_request,
)
from teli_iac.model import (
    Deleted,
    Ended,
    Paused,
    Removal,
    Reply,
    Request,
    Resumed,
    Sentence,
    Status,
    Transition,
)

_WAITS = (0.0, 1.0, 2.0)
_OVER = frozenset({Status.ENDED, Status.COMPLETED})
_QUIET = frozenset({Status.PAUSED, *_OVER})
_CALLING = frozenset({Status.ACTIVE, Status.COMPLETED})
_ABSENT_WHEN_GONE = 2
"""A new campaign may be absent from a read for a moment: so many reads in a row, apart, lack what is gone."""


def remove(removal: Removal) -> Steps[Result]:
    """Stop the part if it is live, then delete it if that is wanted; a step is recorded when it is true."""
    campaign_id = removal.campaign_id
    if removal.stop:
        if not (yield from hold_calls(campaign_id)):
            return Result(Sentence.API_FAILED, campaign_id, ("it could not be paused",))
        yield from record(Paused(campaign_id))
        if not (yield from stop(campaign_id)):
            return Result(Sentence.API_FAILED, campaign_id, ("it is paused, and could not be ended",))
        yield from record(Ended(campaign_id))
    if not removal.delete:
        return Result(Sentence.STOPPED, campaign_id)
    if not (yield from _delete(campaign_id)):
        return Result(Sentence.API_FAILED, campaign_id, ("it could not be deleted",))
    yield from record(Deleted(campaign_id))
    return Result(Sentence.REMOVED, campaign_id)


def steer(transition: Transition) -> Steps[Result]:
    """Pause the part, or let it call again; recorded once it is true."""
    campaign_id = transition.campaign_id
    if transition.status is Status.PAUSED:
        if not (yield from hold_calls(campaign_id)):
            return Result(Sentence.API_FAILED, campaign_id, ("it could not be paused",))
        yield from record(Paused(campaign_id))
        return Result(Sentence.PAUSED, campaign_id)
    if not (yield from _bring_to(resume_request(campaign_id), campaign_id, _CALLING)):
        return Result(Sentence.API_FAILED, campaign_id, ("it could not be resumed",))
    yield from record(Resumed(campaign_id))
    return Result(Sentence.RESUMED, campaign_id)


def hold_calls(campaign_id: str) -> Steps[bool]:
    """Pause the part; true once the API shows that it places no new calls."""
    return (yield from _bring_to(pause_request(campaign_id), campaign_id, _QUIET))


def stop(campaign_id: str) -> Steps[bool]:
    """End the part for good; true once the API shows that it is ended, completed or gone."""
    return (yield from _bring_to(end_request(campaign_id), campaign_id, _OVER))


def _bring_to(request: Request, campaign_id: str, wanted: frozenset[Status]) -> Steps[bool]:
    # What a transition answers is not documented beyond 200 and 404, so only the status read back counts.
    absent = 0
    for pause in _WAITS:
        yield from wait(pause)
        yield from _try(request)
        try:
            reply = yield from send(look_up_request(campaign_id))
            shown = read_look_up(reply, campaign_id)
        except ApiError:
            continue
        absent = 0 if shown else absent + 1
        if absent == _ABSENT_WHEN_GONE or (shown and shown.status in wanted):
            return True
    return False


def _delete(campaign_id: str) -> Steps[bool]:
    for pause in _WAITS:
        yield from wait(pause)
        reply = yield from _try(delete_request(campaign_id))
        if reply is not None and read_delete(reply):
            return True
    return False


def _try(request: Request) -> Steps[Reply | None]:
    try:
        return (yield from send(request))
    except TransportFault:
        return None
