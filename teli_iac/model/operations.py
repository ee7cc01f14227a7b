"""What a person on duty did to live campaigns, and what was seen of it: halted, paused, resumed, ended."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class HoldState(StrEnum):
    """Whether the ledger holds back every apply after a halt."""

    SET = "set"
    NO_LEDGER = "no_ledger"
    NOT_WRITTEN = "not_written"


@dataclass(frozen=True, slots=True)
class Sighting:
    """One look at Teli during an operation: how many are as wanted, and how many not yet or not known.

    `fault` says what went wrong with this look, empty when nothing did.
    """

    number: int
    reached: int
    missing: int
    fault: str


@dataclass(frozen=True, slots=True)
class Halted:
    """How a halt ended. `paused` are the ids that it paused, `quiet` counts what was not calling before.

    `unproven` are ids that were not observed to be not calling; `proven` is true only when there are none
    and Teli was read. `hold` tells of the ledger, `why_no_hold` what hindered it. `taken_over` is true when
    another command was writing and has been stopped. `open_launches` are ids whose create may still arrive,
    though none of them is on Teli now.
    """

    project: str
    origin: str
    paused: tuple[str, ...]
    quiet: int
    unproven: tuple[str, ...]
    proven: bool
    hold: HoldState
    why_no_hold: str
    taken_over: bool
    open_launches: tuple[str, ...]
    faults: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """Whether everything is proven, and nothing will start calls behind it."""
        return self.proven and self.hold is not HoldState.NOT_WRITTEN


class PersonAct(StrEnum):
    """What a person may do to a campaign by hand."""

    PAUSE = "pause"
    RESUME = "resume"
    END = "end"


@dataclass(frozen=True, slots=True)
class LeftAlone:
    """A part that was not touched, and why."""

    campaign_id: str
    why: str


@dataclass(frozen=True, slots=True)
class Steered:
    """How a pause, resume or end turned out: ids that are as wanted now, that were so before, or are not.

    `left_alone` were not touched on purpose. `why_unrecorded` is empty once the ledger knows of it.
    """

    act: PersonAct
    done: tuple[str, ...]
    before: tuple[str, ...]
    unproven: tuple[str, ...]
    left_alone: tuple[LeftAlone, ...]
    why_unrecorded: str
    faults: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """Whether all of it was observed and recorded."""
        return not self.unproven and not self.why_unrecorded
