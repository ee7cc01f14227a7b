"""How campaigns stand, as values: what each part is doing, how far it is, what differs and what is open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from teli_iac.errors import ExitCode
from teli_iac.kinds.tallying import Counts
from teli_iac.model import Account, FieldChange, Hold, Status


class Phase(StrEnum):
    """What a part is doing, as far as Teli and its window tell."""

    CALLING = "calling"
    WAITING = "waiting"
    """Active, and its window has not opened yet."""
    PAUSED = "paused"
    UNCLEAR = "unclear"
    """Teli shows a status that it has not documented."""
    OPEN = "open"
    """Its create was sent and never answered, and Teli does not show it."""
    MISSING = "missing"
    """It was launched, and Teli does not show it now."""
    COMPLETED = "completed"
    ENDED = "ended"
    OVER = "over"
    """Its window is closed."""
    GONE = "gone"


LIVE = frozenset({Phase.CALLING, Phase.WAITING, Phase.PAUSED, Phase.UNCLEAR})
MOVING = frozenset({Phase.CALLING, Phase.WAITING, Phase.UNCLEAR})


class Question(StrEnum):
    """What waits for somebody to know or to decide."""

    UNKNOWN_OUTCOME = "unknown_outcome"
    UNVERIFIED = "unverified"
    VERIFICATION_FAILED = "verification_failed"
    OPEN_RELEASE = "open_release"
    LATE_ARRIVAL = "late_arrival"
    NOT_IN_LEDGER = "not_in_ledger"
    UNKNOWN_STATUS = "unknown_status"
    NOT_SHOWN = "not_shown"
    NOT_COUNTED = "not_counted"
    DOES_NOT_ADD_UP = "does_not_add_up"


@dataclass(frozen=True, slots=True)
class PartStanding:
    """One Teli campaign of ours. `people` is how many it was given to, None where nobody knows.

    `per_hour` is the average since its window opened, and `finish` when nobody would be left to call at
    that rate; both None where that cannot be said. `caller_ids` counts the numbers that it calls from,
    `freed` those of its uncalled people whom a release has taken out, and `handed_on` those of them whom a
    later part was given.
    """

    campaign_id: str
    run: int
    part: int
    phase: Phase
    status_text: str
    people: int | None
    counts: Counts | None
    begin: datetime | None
    end: datetime | None
    freed: int
    handed_on: int
    caller_ids: int | None
    by_person: Status | None
    per_hour: float | None
    finish: datetime | None
    drift: tuple[FieldChange, ...]
    not_observable: tuple[str, ...]
    questions: tuple[Question, ...]

    @property
    def finishes_late(self) -> bool:
        """Whether its window closes before everybody is called, at the rate so far."""
        return self.finish is not None and self.end is not None and self.finish > self.end


@dataclass(frozen=True, slots=True)
class CampaignStanding:
    """A campaign under the name it has now, with its parts in order."""

    address: str
    parts: tuple[PartStanding, ...]

    @property
    def live(self) -> bool:
        """Whether any part of it is live."""
        return any(part.phase in LIVE for part in self.parts)

    @property
    def asks(self) -> bool:
        """Whether something of it waits for a person, or differs from what was recorded."""
        return any(part.questions or part.drift for part in self.parts)


@dataclass(frozen=True, slots=True)
class Standing:
    """A project at one moment. What asks for attention comes first, then what is live, each by address.

    `gaps` say why the answer may not be whole; `unmanaged` counts campaigns that are not ours.
    """

    account: Account
    at: datetime
    campaigns: tuple[CampaignStanding, ...]
    unmanaged: int
    hold: Hold | None
    gaps: tuple[str, ...]

    @property
    def parts(self) -> tuple[PartStanding, ...]:
        """Every part of every campaign."""
        return tuple(part for campaign in self.campaigns for part in campaign.parts)

    @property
    def total(self) -> Counts:
        """Everybody in counted parts, added up; whoever was handed on to another part is counted there."""
        counted = [part.counts for part in self.parts if part.counts]
        handed_on = sum(part.handed_on for part in self.parts if part.counts)
        return Counts(
            total=sum(each.total for each in counted) - handed_on,
            reached=sum(each.reached for each in counted),
            failed=sum(each.failed for each in counted),
            voicemail=sum(each.voicemail for each in counted),
            uncalled=sum(each.uncalled for each in counted) - handed_on,
        )

    @property
    def drifted(self) -> bool:
        """Whether anything differs from what was recorded."""
        return any(part.drift for part in self.parts)

    @property
    def moving(self) -> bool:
        """Whether anything may still change by itself."""
        return any(part.phase in MOVING for part in self.parts)

    def outcome(self) -> ExitCode:
        """What waiting for these campaigns ends with (semantics §8): the most serious wins."""
        return max((_outcome(part) for part in self.parts), default=ExitCode.DONE)


_FAULTS = frozenset({Question.DOES_NOT_ADD_UP, Question.NOT_COUNTED, Question.VERIFICATION_FAILED})


def _outcome(part: PartStanding) -> ExitCode:
    if part.phase is Phase.OPEN:
        return ExitCode.UNKNOWN
    if _FAULTS & set(part.questions) or part.phase is Phase.MISSING:
        return ExitCode.PARTLY
    if part.phase is Phase.PAUSED:
        return ExitCode.REFUSED
    if part.phase in {Phase.ENDED, Phase.OVER} and (part.counts is None or part.counts.uncalled > part.freed):
        return ExitCode.PARTLY
    return ExitCode.DONE
