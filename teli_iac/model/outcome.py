"""What an apply tells while it works: one outcome after another, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from teli_iac.model.plan import Action


class OnError(StrEnum):
    """What an apply does after a failure: stop, or go on with campaigns that are not concerned."""

    STOP = "stop"
    CONTINUE = "continue"


class OutcomeKind(StrEnum):
    """What happened to one change."""

    STARTED = "started"
    DONE = "done"
    SKIPPED = "skipped"
    FAILED = "failed"
    UNKNOWN = "unknown"


class Sentence(StrEnum):
    """Which sentence tells an outcome; the words are the renderer's."""

    LAUNCHING = "launching"
    LAUNCHED = "launched"
    FOUND_LAUNCHED = "found_launched"
    REMOVING = "removing"
    REMOVED = "removed"
    STOPPED = "stopped"
    PAUSING = "pausing"
    PAUSED = "paused"
    RESUMING = "resuming"
    RESUMED = "resumed"
    REPLACING = "replacing"
    RELEASED = "released"
    UNPROVEN = "unproven"
    RECORDED = "recorded"
    REJECTED = "rejected"
    NOT_SENT = "not_sent"
    ALREADY_THERE = "already_there"
    VERIFICATION_FAILED = "verification_failed"
    OUTCOME_UNKNOWN = "outcome_unknown"
    API_FAILED = "api_failed"
    LEDGER_FAILED = "ledger_failed"
    NOT_STARTED = "not_started"
    NOBODY_LEFT = "nobody_left"
    LIST_FAILED = "list_failed"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One step of an apply: `done` of `total` changes are behind it; `detail` has facts, no people.

    `suppressed` of the people that were planned are left out, since they are on a list by now.
    """

    address: str
    kind: OutcomeKind
    action: Action
    sentence: Sentence
    campaign_id: str | None
    people: int
    detail: tuple[str, ...]
    done: int
    total: int
    suppressed: int = 0


@dataclass(frozen=True, slots=True)
class Ending:
    """How an apply ended, counted by what happened to its changes; `exit_code` is that of semantics §8."""

    exit_code: int
    launched: int
    removed: int
    failed: int
    skipped: int
    blocked: int
    unknown: tuple[str, ...]
    people: int
    suppressed: int = 0
