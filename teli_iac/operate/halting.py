"""The red button: pause everything that is ours and may call, and look until nothing of it does.

It needs no manifest, plan or lock. First the calls are stopped, then the ledger is told, which also stops an
apply that launches meanwhile. Proven is what two looks in a row show: every campaign of ours not calling,
and nothing left that could still appear.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TypeAlias

from teli_iac.errors import (
    ApiError,
    LedgerDamaged,
    LedgerError,
    LedgerForeign,
    LedgerMoved,
    NotConfigured,
    TeliIacError,
)
from teli_iac.kinds.launching import SEND_WITHIN
from teli_iac.model import (
    Event,
    Halted,
    Held,
    HoldState,
    ObservedCampaign,
    PartState,
    PersonAct,
    Recorded,
    RecordedPart,
    Sighting,
    Status,
    SteeredByPerson,
)
from teli_iac.operate.holding import Told, Writing, write_by_force
from teli_iac.operate.looking import Look, Teli, look, look_up, order_all
from teli_iac.operate.orders import NOT_CALLING, ORDERS
from teli_iac.operate.scope import Scope, names_in

WAITS = (0.0, 0.5, 1.0, 1.0, 2.0, 2.0, *(4.0,) * 30)
"""Seconds before each look. The last ones outlast any create that was in flight when the halt began."""

_LOOKS_TO_PROVE = 2
_LOOKS_AFTER_TAKING_OVER = 3
_SURELY_OVER = timedelta(hours=1)
_IN_FLIGHT = SEND_WITHIN + timedelta(seconds=10)
_NEVER_SENT = frozenset({PartState.VOID})

OpenLedger: TypeAlias = Callable[[], Writing | None]
"""Opens the ledger to be written; None when the project has none. Raises TeliIacError when it cannot."""

Steps: TypeAlias = Iterator[Sighting | Halted]


@dataclass(frozen=True, slots=True)
class Person:
    """Who does something by hand, and why, in their own words."""

    who: str
    why: str


@dataclass(slots=True)
class _Course:
    """What a halt has seen and done so far."""

    scope: Scope
    paused: set[str] = field(default_factory=set)
    calling: set[str] = field(default_factory=set)
    in_flight: set[str] = field(default_factory=set)
    shown: frozenset[str] = frozenset()
    noted: set[str] = field(default_factory=set)
    faults: dict[str, None] = field(default_factory=dict)
    recorded: Recorded | None = None
    hold: HoldState = HoldState.NOT_WRITTEN
    why_no_hold: str = ""
    hopeless: bool = False
    """The ledger will not answer, however often it is asked: its key or place is missing, or it is torn."""
    taken_over: bool = False
    clean: int = 0

    @property
    def is_proven(self) -> bool:
        needed = _LOOKS_AFTER_TAKING_OVER if self.taken_over else _LOOKS_TO_PROVE
        return self.clean >= needed


def halt(teli: Teli, scope: Scope, person: Person, open_ledger: OpenLedger) -> Steps:
    """Pause until nothing of the scope calls: a sighting after each look, and how it ended last.

    Raises ApiRefused when the key is refused: nothing can be stopped with it.
    """
    course = _Course(scope)
    for number, pause in enumerate(WAITS, 1):
        teli.waiting.sleep(pause)
        seen = look(teli)
        _pause_whatever_calls(teli, course, seen)
        _hold_back(course, person, open_ledger)
        yield Sighting(number, len(course.shown) - len(course.calling), _missing(course), seen.fault)
        if course.is_proven and (course.hold is not HoldState.NOT_WRITTEN or course.hopeless):
            break
    _note_the_last(course, person, open_ledger)
    yield _ended(teli, course)


def _pause_whatever_calls(teli: Teli, course: _Course, seen: Look) -> None:
    """One round: what this look shows calling is paused; the round is clean when it shows nothing so."""
    if seen.fault:
        course.faults[seen.fault] = None
    meant = _meant(teli, course, seen)
    unlisted = look_up(teli, _unlisted(teli, course, seen))
    unknown = {campaign_id for campaign_id, found in unlisted.items() if isinstance(found, ApiError)}
    for campaign_id, found in unlisted.items():
        if isinstance(found, ObservedCampaign):
            meant[campaign_id] = found
    calling = {one for one, campaign in meant.items() if campaign.status not in NOT_CALLING}
    seen_quiet = course.shown - course.calling
    order_all(teli, ORDERS[PersonAct.PAUSE].request, sorted(calling | (unknown - seen_quiet)))
    course.paused |= calling
    course.shown |= meant.keys()
    course.calling = calling | unknown
    course.in_flight = _still_in_flight(teli, course)
    blind = seen.shown is None or bool(course.calling) or bool(course.in_flight)
    course.clean = 0 if blind else course.clean + 1


def _meant(teli: Teli, course: _Course, seen: Look) -> dict[str, ObservedCampaign]:
    """Campaigns of the scope that the list shows, without those whose window closed long ago."""
    ours = teli.waiting.now()
    now = min(seen.date, ours) if seen.date else ours
    return {
        campaign_id: campaign
        for campaign_id, campaign in (seen.shown or {}).items()
        if course.scope.covers(campaign_id) and (campaign.end is None or campaign.end + _SURELY_OVER > now)
    }


def _unlisted(teli: Teli, course: _Course, seen: Look) -> list[str]:
    """What the list does not show and may call: seen before, or launched as far as the ledger tells."""
    known = set(course.shown)
    if course.recorded:
        known |= {part.campaign_id for part in course.recorded.parts.values() if _may_call(part, teli)}
    return sorted(each for each in known - (seen.shown or {}).keys() if course.scope.covers(each))


def _may_call(part: RecordedPart, teli: Teli) -> bool:
    ended = part.end is not None and part.end + _SURELY_OVER <= teli.waiting.now()
    over = part.gone or ended or part.finished is not None or part.our_status is Status.ENDED
    return not over and part.state not in _NEVER_SENT


def _still_in_flight(teli: Teli, course: _Course) -> set[str]:
    """Creates that were intended a moment ago and are not on Teli yet: one may still arrive."""
    if course.recorded is None:
        return set()
    since = teli.waiting.now() - _IN_FLIGHT
    return {
        part.campaign_id
        for part in course.recorded.parts.values()
        if part.state is PartState.INTENDED
        and part.intended_at > since
        and part.campaign_id not in course.shown
        and course.scope.covers(part.campaign_id)
    }


def _missing(course: _Course) -> int:
    return len(course.calling | course.in_flight)


def _hold_back(course: _Course, person: Person, open_ledger: OpenLedger) -> None:
    """Set the hold as soon as the ledger answers, and learn from it what else there may be."""
    if course.hold is not HoldState.NOT_WRITTEN or course.hopeless:
        return
    held = Held(person.who, person.why, course.scope.addresses)
    _write(course, open_ledger, lambda recorded: (held, *_notes(course, recorded, person)))
    course.clean = 0  # only what is seen with the ledger's knowledge, and after an apply was stopped, counts


def _note_the_last(course: _Course, person: Person, open_ledger: OpenLedger) -> None:
    """Record what was paused after the hold was set, so that the next plan knows that it was meant."""
    if course.hold is HoldState.SET and course.paused - course.noted:
        _write(course, open_ledger, lambda recorded: _notes(course, recorded, person))


def _write(course: _Course, open_ledger: OpenLedger, told: Told) -> None:
    try:
        writing = open_ledger()
        if writing is None:
            course.hold = HoldState.NO_LEDGER
            return
        written = write_by_force(writing, told)
    except (LedgerError, NotConfigured) as error:
        _put_off(course, error)
        return
    course.recorded = written.recorded
    course.scope = replace(course.scope, names=names_in(written.recorded))
    course.taken_over |= written.taken_over
    course.hold, course.why_no_hold = HoldState.SET, ""
    course.noted |= course.paused


def _put_off(course: _Course, error: TeliIacError) -> None:
    if course.hold is HoldState.SET:  # the hold stands; that a pause is not noted is no reason to go on
        course.faults[error.message] = None
        return
    course.why_no_hold = error.message
    course.hopeless = isinstance(error, NotConfigured | LedgerForeign | LedgerDamaged | LedgerMoved)


def _notes(course: _Course, recorded: Recorded, person: Person) -> Sequence[Event]:
    return tuple(
        SteeredByPerson(campaign_id, Status.PAUSED, person.who, person.why)
        for campaign_id in sorted(course.paused - course.noted)
        if campaign_id in recorded.parts
    )


def _ended(teli: Teli, course: _Course) -> Halted:
    return Halted(
        project=teli.project.name,
        origin=teli.project.base_url,
        paused=tuple(sorted(course.paused)),
        quiet=len(course.shown - course.paused),
        unproven=tuple(sorted(course.calling | course.in_flight)),
        proven=course.is_proven,
        hold=course.hold,
        why_no_hold=course.why_no_hold,
        taken_over=course.taken_over,
        open_launches=_open_launches(course),
        faults=tuple(course.faults),
    )


def _open_launches(course: _Course) -> tuple[str, ...]:
    """Creates whose outcome nobody knows, and which are not on Teli: they may appear after all."""
    parts = course.recorded.parts.values() if course.recorded else ()
    absent = (part.campaign_id for part in parts if part.state is PartState.INTENDED)
    return tuple(sorted(one for one in absent if one not in course.shown and course.scope.covers(one)))
