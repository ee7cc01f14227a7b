"""What is known of one part, judged: what it does, how fast, what differs from the record, what is open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from teli_iac.diff import diff_attributes
from teli_iac.kinds.attributes import sent_attributes, shown_attributes
from teli_iac.kinds.tallying import Counts
from teli_iac.model import FieldChange, ObservedCampaign, PartState, RecordedPart, Status, Verification
from teli_iac.standing.values import LIVE, Phase, Question

NEVER_WAS = frozenset({PartState.VOID, PartState.LAPSED, PartState.RETRIED, PartState.ABANDONED})


@dataclass(frozen=True, slots=True)
class Known:
    """One part in what the ledger says, what Teli shows and what was counted, at one moment.

    `was_counted` tells that its counts were asked for, `is_absent` that Teli says it has no such campaign.
    """

    record: RecordedPart | None
    is_imported: bool
    shown: ObservedCampaign | None
    counts: Counts | None
    was_counted: bool
    is_absent: bool
    now: datetime

    @property
    def begin(self) -> datetime | None:
        """When it may begin to call: as shown, else as sent."""
        return (self.shown.begin if self.shown else None) or (self.record.begin if self.record else None)

    @property
    def end(self) -> datetime | None:
        """When it stops calling: as shown, else as sent."""
        return (self.shown.end if self.shown else None) or (self.record.end if self.record else None)


_PHASES = {
    Status.COMPLETED: Phase.COMPLETED,
    Status.ENDED: Phase.ENDED,
    Status.PAUSED: Phase.PAUSED,
    Status.UNKNOWN: Phase.UNCLEAR,
}


def phase_of(known: Known) -> Phase:
    """What the part is doing."""
    if known.shown is None:
        return _phase_unshown(known)
    phase = _PHASES.get(known.shown.status, Phase.CALLING)
    if phase in {Phase.COMPLETED, Phase.ENDED}:
        return phase
    if known.end is not None and known.end <= known.now:
        return Phase.OVER
    waits = known.begin is not None and known.begin > known.now
    return Phase.WAITING if waits and phase is Phase.CALLING else phase


def _phase_unshown(known: Known) -> Phase:
    record = known.record
    if record is not None and record.state is PartState.INTENDED:
        return Phase.OPEN
    return Phase.GONE if known.is_absent or record is None or record.gone else Phase.MISSING


def per_hour(known: Known, phase: Phase) -> float | None:
    """People called in an hour, on average since its window opened."""
    counts, begin = known.counts, known.begin
    if phase is not Phase.CALLING or counts is None or begin is None or not counts.called:
        return None
    hours = (known.now - begin) / timedelta(hours=1)
    return counts.called / hours if hours > 0 else None


def finish(known: Known, rate: float | None) -> datetime | None:
    """When nobody would be left to call at this rate."""
    if known.counts is None or rate is None or not known.counts.uncalled:
        return None
    try:
        return known.now + timedelta(hours=known.counts.uncalled / rate)
    except OverflowError:
        return None


def drift_of(known: Known, phase: Phase) -> Iterator[FieldChange]:
    """What Teli shows otherwise than we sent it or last made it; only what it shows can differ."""
    record, shown = known.record, known.shown
    if record is None:
        return
    expected = record.by_person or record.our_status
    if shown is None:
        if phase is Phase.GONE and not (record.gone or record.finished or expected is Status.ENDED):
            yield FieldChange("status", expected.value, "gone", None)
        return
    over = phase in {Phase.COMPLETED, Phase.OVER}
    if shown.status is not expected and not over and not record.releasing:
        yield FieldChange("status", expected.value, shown.status_text, None)
    yield from diff_attributes(sent_attributes(record), shown_attributes(shown, record), {})


def questions_of(known: Known, phase: Phase) -> Iterator[Question]:
    """What waits for somebody to know or to decide."""
    record = known.record
    if record is None and not known.is_imported:
        yield Question.NOT_IN_LEDGER
    if record is not None:
        yield from _of_record(record, phase)
    if phase is Phase.UNCLEAR:
        yield Question.UNKNOWN_STATUS
    if phase is Phase.MISSING:
        yield Question.NOT_SHOWN
    yield from _of_counts(known)


def _of_record(record: RecordedPart, phase: Phase) -> Iterator[Question]:
    if phase is Phase.OPEN:
        yield Question.UNKNOWN_OUTCOME
    elif record.state in NEVER_WAS and phase in LIVE:
        yield Question.LATE_ARRIVAL
    elif record.verification is Verification.FAILED:
        yield Question.VERIFICATION_FAILED
    elif record.verification is Verification.PENDING and phase in LIVE:
        yield Question.UNVERIFIED
    if record.releasing:
        yield Question.OPEN_RELEASE


def _of_counts(known: Known) -> Iterator[Question]:
    if not known.was_counted:
        return
    if known.counts is None:
        yield Question.NOT_COUNTED
    elif not known.counts.adds_up or (known.record and known.record.people_count != known.counts.total):
        yield Question.DOES_NOT_ADD_UP
