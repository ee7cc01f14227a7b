"""The steps of a launch: intent, one create, the truth. Here lives the promise (semantics §1, §6).

An id is sent at most once, ever. Sent again, after a 404 by id, is only what failed before its first
byte was written or was refused unprocessed. After any doubt the id is looked up, never sent again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum, auto

from teli_iac.errors import ApiError, NotSent, ReplyLost
from teli_iac.kinds.intentions import Result, Steps, ask_time, record, send, wait
from teli_iac.kinds.removing import stop
from teli_iac.kinds.verification import faults_in_answer
from teli_iac.kinds.wire import CreateAnswer, create_request, look_up_request, read_create, read_look_up
from teli_iac.model import (
    DEFAULT_WINDOW,
    CampaignSettings,
    Ended,
    IntentVoided,
    Launch,
    Launched,
    LaunchIntended,
    PeopleSet,
    Project,
    Reply,
    Request,
    Sentence,
    VerificationFailed,
    Voiding,
)

SEND_WITHIN = timedelta(seconds=60)
"""A create leaves within this time of its intent, or not at all: a lease may have expired since."""

_MISNAMED = "Teli took it under another id than was sent, and calls these people: see to it in the dashboard"
_WAITS_BEFORE_SENDING_AGAIN = (1.0, 2.0, 4.0)
_WAITS_BEFORE_LOOKING_UP = (0.0, 1.0, 2.0, 4.0, 8.0)


@dataclass(frozen=True, slots=True)
class LaunchOrder:
    """A launch with all it needs: the account it is sent for and the people as the ledger keeps them.

    `weight` is how many bytes the leads have in the body, where that takes long to find out: it must not be
    done between the intent and the create.
    """

    launch: Launch
    project: Project
    people: PeopleSet
    weight: int | None = None


def launch(order: LaunchOrder, *, seen_absent: bool = False) -> Steps[Result]:
    """Launch one part: nobody is called unless its intent is durable and its id is still absent.

    `seen_absent` says that its look-up was made a moment ago, and found nothing.
    """
    campaign_id = order.launch.campaign_id
    if not seen_absent and (yield from is_present(campaign_id)):
        return Result(Sentence.ALREADY_THERE, campaign_id)
    intended_at = yield from ask_time()
    begin, end = effective_window(order.launch.settings, intended_at, order.project.launch_grace)
    if end <= begin:
        return Result(
            Sentence.NOT_STARTED, campaign_id, ("its calling window closed before it was launched",)
        )
    yield from record(_intent(order, begin, end), people=(order.people,))
    request = create_request(order.launch, order.project, begin, end, order.weight)
    reply = yield from _send_once(request, campaign_id, intended_at)
    return (yield from _conclude(order, reply, begin, end))


def effective_window(
    settings: CampaignSettings, now: datetime, launch_grace: timedelta
) -> tuple[datetime, datetime]:
    """When calling may start and stop: never earlier than now + grace, so that a bad create can be ended."""
    earliest = now + launch_grace
    begin = max(settings.begin, earliest) if settings.begin else earliest
    return begin, settings.closes or begin + DEFAULT_WINDOW


class _Unanswered(Enum):
    """A create without an answer: it never left, or nobody knows."""

    NEVER_SENT = auto()
    IN_DOUBT = auto()


def _send_once(request: Request, campaign_id: str, intended_at: datetime) -> Steps[Reply | _Unanswered]:
    for pause in (0.0, *_WAITS_BEFORE_SENDING_AGAIN):
        yield from wait(pause)
        if reason := (yield from _reason_not_to_send(campaign_id, intended_at, sent_before=bool(pause))):
            return reason
        try:
            reply = yield from send(request)
        except NotSent:
            continue
        except ReplyLost:
            return _Unanswered.IN_DOUBT
        if read_create(reply, campaign_id) is not CreateAnswer.REFUSED_UNPROCESSED:
            return reply
    return _Unanswered.NEVER_SENT


def _reason_not_to_send(
    campaign_id: str, intended_at: datetime, *, sent_before: bool
) -> Steps[_Unanswered | None]:
    # Before the first sending the id was looked up already, and nobody but the intent's author can use it.
    try:
        present = sent_before and (yield from is_present(campaign_id))
    except ApiError:
        return _Unanswered.NEVER_SENT
    if present:
        return _Unanswered.IN_DOUBT
    now = yield from ask_time()
    return None if now - intended_at < SEND_WITHIN else _Unanswered.NEVER_SENT


def _conclude(
    order: LaunchOrder, reply: Reply | _Unanswered, begin: datetime, end: datetime
) -> Steps[Result]:
    campaign_id = order.launch.campaign_id
    if reply is _Unanswered.NEVER_SENT:
        yield from record(IntentVoided(campaign_id, Voiding.NOT_SENT, None))
        return Result(Sentence.NOT_SENT, campaign_id)
    answer = CreateAnswer.DOUBTFUL if isinstance(reply, _Unanswered) else read_create(reply, campaign_id)
    if isinstance(reply, _Unanswered) or answer is CreateAnswer.DOUBTFUL:
        return (yield from _find_out(campaign_id))
    if answer is CreateAnswer.MISNAMED:
        return (yield from _misnamed(campaign_id))
    if answer is CreateAnswer.REJECTED:
        return (yield from _rejected(campaign_id, reply.status))
    yield from record(Launched(campaign_id, looked_up=False))
    faults = faults_in_answer(reply, len(order.launch.leads), begin, end)
    return (
        (yield from end_unverified(campaign_id, faults)) if faults else Result(Sentence.LAUNCHED, campaign_id)
    )


def _rejected(campaign_id: str, http_status: int) -> Steps[Result]:
    # A rejection is believed only while the id stays absent: a proxy can refuse what its origin accepted.
    try:
        present = yield from is_present(campaign_id)
    except ApiError:
        return Result(Sentence.OUTCOME_UNKNOWN, campaign_id)
    if present:
        yield from record(Launched(campaign_id, looked_up=True))
        return Result(Sentence.FOUND_LAUNCHED, campaign_id)
    yield from record(IntentVoided(campaign_id, Voiding.REJECTED, http_status))
    return Result(Sentence.REJECTED, campaign_id, (f"the API answered {http_status}",))


def _misnamed(campaign_id: str) -> Steps[Result]:
    # Whoever was sent is called, under an id that no look-up of ours finds: such an intent must never lapse.
    result = yield from _find_out(campaign_id)
    if result.sentence is not Sentence.OUTCOME_UNKNOWN:
        return result
    yield from record(VerificationFailed(campaign_id, (_MISNAMED,)))
    return replace(result, faults=(_MISNAMED,))


def _find_out(campaign_id: str) -> Steps[Result]:
    for pause in _WAITS_BEFORE_LOOKING_UP:
        yield from wait(pause)
        try:
            present = yield from is_present(campaign_id)
        except ApiError:
            continue
        if present:
            yield from record(Launched(campaign_id, looked_up=True))
            return Result(Sentence.FOUND_LAUNCHED, campaign_id)
    return Result(Sentence.OUTCOME_UNKNOWN, campaign_id)


def end_unverified(campaign_id: str, faults: tuple[str, ...]) -> Steps[Result]:
    """End a part that is not what was sent, before its first call, and say why; it blocks until settled."""
    yield from record(VerificationFailed(campaign_id, faults))
    if (yield from stop(campaign_id)):
        yield from record(Ended(campaign_id))
        return Result(Sentence.VERIFICATION_FAILED, campaign_id, faults)
    still = "it could not be ended: end it in the dashboard now"
    return Result(Sentence.VERIFICATION_FAILED, campaign_id, (*faults, still))


def is_present(campaign_id: str) -> Steps[bool]:
    """Whether Teli has the id. Raises ApiError when it does not say."""
    reply = yield from send(look_up_request(campaign_id))
    return read_look_up(reply, campaign_id) is not None


def _intent(order: LaunchOrder, begin: datetime, end: datetime) -> LaunchIntended:
    launch = order.launch
    return LaunchIntended(
        campaign_id=launch.campaign_id,
        name=launch.name,
        run=launch.run,
        part=launch.part,
        digest=launch.digest,
        settings=launch.settings,
        begin=begin,
        end=end,
        people=order.people.ref,
        people_count=len(launch.leads),
        again=launch.again,
    )
