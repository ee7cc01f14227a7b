"""What a plan learns about parts before it decides: outcomes, lapses, ends. An apply records it.

The planner decides as if it were recorded already, so that one apply is enough.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from teli_iac.decisions.situation import Condition, Part, Situation
from teli_iac.identity import PartReference
from teli_iac.kinds.verification import faults_in_list, strangers_in_run
from teli_iac.model import (
    Appeared,
    DesiredStatus,
    Event,
    Finished,
    IntentLapsed,
    Launched,
    PartState,
    Resumed,
    Status,
    Vanished,
    Verification,
    Verified,
)

LOOK_UPS_BEFORE_LAPSE = 3
"""An open intent lapses only after this many look-ups found nothing (semantics §6)."""

_SEEN_AS = {Condition.FINISHED: Status.COMPLETED, Condition.ENDED: Status.ENDED}


@dataclass(frozen=True, slots=True)
class Learned:
    """A situation with its news folded in: the events to record, recovered parts, and faults by part."""

    situation: Situation
    events: tuple[Event, ...]
    recovered: tuple[str, ...]
    faults: tuple[tuple[str, tuple[str, ...]], ...]


def learn(
    situation: Situation, shown: Mapping[str, tuple[PartReference, ...]], *, list_complete: bool
) -> Learned:
    """Fold what the API shows, by the name in each id, into the records of a campaign's parts."""
    if all(map(_is_as_recorded, situation.parts)):
        return Learned(situation, (), (), ())
    known = frozenset(p.campaign_id for p in situation.parts if p.recorded or p.imported)
    news = [
        _verify(
            _settle(part, situation, list_complete=list_complete),
            shown.get(part.reference.name, ()),
            known,
            list_complete=list_complete,
        )
        for part in situation.parts
    ]
    if not any(n.events or n.faults for n in news):
        return Learned(situation, (), (), ())
    return Learned(
        situation=replace(situation, parts=tuple(n.part for n in news)),
        events=tuple(event for n in news for event in n.events),
        recovered=tuple(n.part.campaign_id for n in news if n.recovered),
        faults=tuple((n.part.campaign_id, n.faults) for n in news if n.faults),
    )


def _is_as_recorded(part: Part) -> bool:
    """Launched, verified, never stopped by us, and calling still: nothing below could be news of it."""
    record, shown = part.recorded, part.observed
    if record is None or shown is None or part.proven_absent:
        return False
    return (
        shown.status is Status.ACTIVE
        and record.state is PartState.LAUNCHED
        and record.verification is Verification.PASSED
        and record.our_status is Status.ACTIVE
    )


@dataclass(frozen=True, slots=True)
class _News:
    part: Part
    events: tuple[Event, ...] = ()
    recovered: bool = False
    faults: tuple[str, ...] = ()

    def adding(self, event: Event, **facts: Any) -> _News:
        """The same with one more event, and the record as that event leaves it."""
        assert_recorded = self.part.recorded
        if assert_recorded is None:
            return self
        part = replace(self.part, recorded=replace(assert_recorded, **facts))
        return replace(self, part=part, events=(*self.events, event))


def _settle(part: Part, situation: Situation, *, list_complete: bool) -> _News:
    news = _News(part)
    if part.is_open and part.observed:
        news = news.adding(Launched(part.campaign_id, looked_up=True), state=PartState.LAUNCHED)
        news = replace(news, recovered=True)
    elif list_complete and _has_lapsed(part, situation):
        news = news.adding(IntentLapsed(part.campaign_id), state=PartState.LAPSED)
    elif part.is_late and part.recorded and not part.recorded.appeared:
        news = news.adding(Appeared(part.campaign_id), appeared=True)
    elif _was_resumed(part, situation):
        news = news.adding(Resumed(part.campaign_id), our_status=Status.ACTIVE)
    return _see_end(news)


def _was_resumed(part: Part, situation: Situation) -> bool:
    """Somebody lifted the pause that we made, and the manifest wants no other: it is ours no more."""
    record, shown = part.recorded, part.observed
    if record is None or shown is None or situation.wanted is None or record.releasing:
        return False
    wants_calls = situation.wanted.desired_status is DesiredStatus.ACTIVE
    return wants_calls and record.our_status is Status.PAUSED and shown.status is Status.ACTIVE


def _has_lapsed(part: Part, situation: Situation) -> bool:
    # Only asked when nothing of the observation is in doubt: an API clock that is ahead would cut the wait.
    if not part.is_open or part.recorded is None or situation.project.settle_after is None:
        return False
    if part.failed_verification:  # Teli said that it took the create, under another id
        return False
    waited = situation.now - part.recorded.intended_at >= situation.project.settle_after
    return waited and part.look_ups >= LOOK_UPS_BEFORE_LAPSE


def _see_end(news: _News) -> _News:
    part = news.part
    if part.recorded is None or part.state is not PartState.LAUNCHED:
        return news
    seen = _SEEN_AS.get(part.condition)
    if seen and part.recorded.finished is None:
        return news.adding(Finished(part.campaign_id, seen), finished=seen)
    if part.proven_absent and not part.recorded.gone:
        return news.adding(Vanished(part.campaign_id), gone=True)
    return news


def _verify(
    news: _News, shown: tuple[PartReference, ...], known: frozenset[str], *, list_complete: bool
) -> _News:
    part = news.part
    record = part.recorded
    if record is None or record.state is not PartState.LAUNCHED or part.observed is None:
        return news
    if part.failed_verification and part.running:  # the end that this asks for never came through
        return replace(news, faults=record.faults)
    if record.verification is not Verification.PENDING or not list_complete:
        return news
    faults = (
        *faults_in_list(part.observed, record.people_count, record.begin, record.end),
        *strangers_in_run(part.reference, shown, known),
    )
    if faults:
        failed = replace(part, recorded=replace(record, verification=Verification.FAILED))
        return replace(news, part=failed, faults=faults)
    verified = news.adding(Verified(part.campaign_id), verification=Verification.PASSED)
    return replace(verified, recovered=True)
