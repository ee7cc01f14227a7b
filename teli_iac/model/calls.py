"""Calls as Teli's call history shows them: evidence, never proof."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from teli_iac.model.recorded import PartState, RecordedPart


@dataclass(frozen=True, slots=True, repr=False)
class CallSeen:
    """One call. What the history left out is None. The repr hides the number."""

    call_id: str
    at: datetime
    voice_agent_id: str | None
    status: str
    seconds: float | None
    voicemail: bool | None
    successful: bool | None
    to_number: str | None

    def __repr__(self) -> str:
        return f"CallSeen({self.call_id})"


@dataclass(frozen=True, slots=True)
class CallLog:
    """The calls of a time span, oldest first, and in sentences why some of them may be missing."""

    since: datetime
    until: datetime
    calls: tuple[CallSeen, ...]
    gaps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartCalls:
    """The calls that may be a part's: by its agent within its window, and of these those to its people.

    `people_called` counts different people; both are None where no call shows whom it went to.
    """

    part: RecordedPart
    by_agent: int
    to_people: int | None
    people_called: int | None

    @property
    def is_open(self) -> bool:
        """Whether nobody knows if the part was launched."""
        return self.part.state is PartState.INTENDED


@dataclass(frozen=True, slots=True)
class Evidence:
    """The calls of a time span, and of each part that was asked about."""

    address: str | None
    log: CallLog
    parts: tuple[PartCalls, ...]
