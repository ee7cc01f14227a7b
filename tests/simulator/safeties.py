"""Each safety mechanism of the product, and how to switch it off: the simulator has to notice.

A mechanism that nothing misses would be decoration. Where two of them guard the same gate, the second is
taken away as well, and `what` says so.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

from teli_iac import approval, decisions, observe, plan, splitting
from teli_iac.apply import scouting, verifying
from teli_iac.decisions import ROWS_FOR_ALL, ROWS_FOR_WANTED, changes, gathering, learning, unsettled, wanted
from teli_iac.decisions.comparing import only
from teli_iac.errors import TransportFault
from teli_iac.kinds import launching, releasing
from teli_iac.kinds.counting import Count
from teli_iac.kinds.intentions import Record
from teli_iac.kinds.wire import list_request, read_list
from teli_iac.ledger import Journal, Lease, rules
from teli_iac.model import Event, LaunchIntended, Leads, LedgerKey, PeopleSet, Project
from teli_iac.saved_plans import comparing
from teli_iac.workflow import applying

Patch = tuple[object, str, object]
Steps = Generator[Any, Any, Any]


@dataclass(frozen=True, slots=True)
class Safety:
    """What a mechanism does, what stands in its place when it is off, and the first seed that misses it."""

    what: str
    missed_at: int
    patches: Callable[[], tuple[Patch, ...]]


@contextmanager
def without(name: str) -> Iterator[None]:
    """Switch one mechanism off."""
    with ExitStack() as stack:
        for owner, attribute, instead in SAFETIES[name].patches():
            stack.enter_context(patch.object(owner, attribute, instead))
        yield


def _nothing(*_: object, **__: object) -> tuple[()]:
    return ()


def _no(*_: object, **__: object) -> None:
    return None


def _saying(answer: object) -> Callable[..., Steps]:
    def steps(*_: object, **__: object) -> Steps:
        return answer
        yield

    return steps


def _intent_with_its_outcome() -> Callable[..., Steps]:
    """Records as ever, but an intent only together with what became of it."""
    held: dict[str, tuple[Event, tuple[PeopleSet, ...]]] = {}

    def record(*events: Any, people: tuple[PeopleSet, ...] = ()) -> Steps:
        campaign_id = events[0].campaign_id
        if isinstance(events[0], LaunchIntended):
            held[campaign_id] = (events[0], people)
            return
        if campaign_id in held:
            intent, given = held.pop(campaign_id)
            events, people = (intent, *events), (*given, *people)
        yield Record(events, people)

    return record


def _everybody(_campaign_id: str, people: PeopleSet, _key: LedgerKey) -> Steps:
    return Count(people, "")
    yield


def _to_whoever_asks(last: Lease, holder: str, now: datetime, duration: timedelta) -> Lease:
    return Lease(last.token + 1, holder, now + duration)


def _lapsed_at_once(part: Any, _situation: object) -> bool:
    return bool(part.is_open and not part.failed_verification)


def _whatever_is_said(result: Any, approve: Callable[[Any], bool], _worlds: object) -> None:
    approve(result)


def _one_list(api: Any, project: Project, _waiting: object) -> tuple[Any, Any, tuple[()]]:
    reply = api.read(list_request(project))
    return {campaign.campaign_id: campaign for campaign in read_list(reply)}, reply.date, ()


def _not_followed(_desired: object, recorded: Any, _shown: object) -> Any:
    return recorded, gathering.Renames({}, ())


def _overlapping(leads: Leads, most: int | None) -> tuple[Leads, ...]:
    parts = splitting.split(leads, most)
    if len(parts) == 1:
        return parts
    firsts = (next(iter(part)) for part in (*parts[1:], parts[0]))
    return tuple(only(part, (*part, first)) for part, first in zip(parts, firsts, strict=True))


def _rows_without(rows: tuple[Any, ...], row: object) -> tuple[Any, ...]:
    return tuple(each for each in rows if each is not row)


_UNFENCED: tuple[Patch, ...] = (
    (rules, "refuse_lost", _no),
    (Journal, "_refuse_when_lost", _no),
    (rules, "refuse_other_version", _no),
)
_STRANGERS: tuple[Patch, ...] = (
    (verifying, "strangers_in_run", _nothing),
    (learning, "strangers_in_run", _nothing),
)

SAFETIES: Mapping[str, Safety] = {
    "intent": Safety(
        "The intent is durable before its create is sent.",
        19,
        lambda: ((launching, "record", _intent_with_its_outcome()),),
    ),
    "look-up": Safety(
        "An id is looked up before it is sent, and after every doubt.",
        679,
        lambda: (
            (launching, "is_present", _saying(False)),  # noqa: FBT003  the answer of a look-up
            (scouting, "is_present", _saying(False)),  # noqa: FBT003  the same
        ),
    ),
    "once": Safety(
        "A create whose answer was lost is never sent again.",
        50,
        lambda: ((launching, "NotSent", TransportFault),),
    ),
    "sixty seconds": Safety(
        "A create leaves within a minute of its intent, or not at all.",
        7,
        lambda: ((launching, "SEND_WITHIN", timedelta(days=1)),),
    ),
    "verification": Safety(
        "What Teli made of a create is held against what was sent, and ended before its first call.",
        196,
        lambda: (
            (launching, "faults_in_answer", _nothing),
            (verifying, "faults_in_list", _nothing),
            (learning, "faults_in_list", _nothing),
        ),
    ),
    "lease": Safety(
        "One apply at a time (the version that a write expects is not compared either).",
        7,
        lambda: ((rules, "next_lease", _to_whoever_asks), *_UNFENCED),
    ),
    "fencing": Safety(
        "Whoever has lost the lease writes nothing more, and so sends nothing more.",
        7,
        lambda: _UNFENCED,
    ),
    "completeness": Safety(
        "Nothing is created while the list is not proven complete (nor is an unknown part ended afterwards).",
        285,
        lambda: ((plan, "_hindrance", _no), *_STRANGERS),
    ),
    "two lists": Safety(
        "A list is believed when a second one names the same campaigns (nor is an unknown part ended).",
        181,
        lambda: ((observe, "_read_agreeing_lists", _one_list), *_STRANGERS),
    ),
    "unrecorded parts": Safety(
        "A part of ours that the ledger lacks blocks its campaign (nor is it found after a launch).",
        5,
        lambda: (
            (decisions, "ROWS_FOR_ALL", _rows_without(ROWS_FOR_ALL, unsettled.ledger_lost)),
            *_STRANGERS,
        ),
    ),
    "consumption": Safety(
        "A saved plan works once (nor does it compare the ledger's version).",
        17,
        lambda: ((applying, "refuse_used", _no), (comparing, "_ledger", _nothing)),
    ),
    "binding": Safety(
        "A saved plan is refused when the world is no longer the one it was made for.",
        171,
        lambda: ((approval, "compare_worlds", _nothing),),
    ),
    "approval": Safety(
        "Nothing begins before somebody has approved the plan.",
        11,
        lambda: ((applying, "get_approval", _whatever_is_said),),
    ),
    "released people": Safety(
        "Only who is proven not to have been called is released.",
        12,
        lambda: ((releasing, "count_out", _everybody),),
    ),
    "drain": Safety(
        "A release waits until calls in flight are counted.",
        12,
        lambda: (
            (applying, "_without_needless_waits", lambda project: replace(project, drain=timedelta(0))),
        ),
    ),
    "ending": Safety(
        "A part is paused and ended before its people are released.",
        6,
        lambda: ((releasing, "hold_calls", _saying(True)), (releasing, "stop", _saying(True))),  # noqa: FBT003  as if done
    ),
    "patience": Safety(
        "An outcome lapses only when its id stayed absent until `settle_after` has passed.",
        220,
        lambda: ((learning, "_has_lapsed", _lapsed_at_once),),
    ),
    "late arrivals": Safety(
        "An id that was given up is watched for ever, and ended when it appears.",
        328,
        lambda: ((decisions, "ROWS_FOR_ALL", _rows_without(ROWS_FOR_ALL, unsettled.late_arrival)),),
    ),
    "renames": Safety(
        "`renamed_from` moves the memory of a campaign to its new name, and what looks renamed is blocked.",
        47,
        lambda: (
            (plan, "follow_renames", _not_followed),
            (decisions, "ROWS_FOR_WANTED", _rows_without(ROWS_FOR_WANTED, wanted.looks_renamed)),
        ),
    ),
    "parts": Safety(
        "Everybody of a launch that is split is in one part of it, and in no other.",
        1,
        lambda: ((changes, "split", _overlapping),),
    ),
}
"""By name."""
