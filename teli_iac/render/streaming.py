"""An apply as one event a line: format version 1, described in docs/events.md and schemas/events.json.

Every event has `format_version`, `sequence`, `at` and `event`; fields are added, never renamed. None holds
a phone number, a name or anything else of a lead.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from teli_iac.errors import TeliIacError
from teli_iac.identity import utc_text
from teli_iac.model import Ending, JsonValue, Outcome, Plan
from teli_iac.render.json import json_text
from teli_iac.render.protocol import Refused

FORMAT_VERSION = "1"

Document = dict[str, JsonValue]


class Stream:
    """Numbers the events of one apply, from 1."""

    def __init__(self) -> None:
        self._sequence = 0

    def line(self, told: Document, at: datetime) -> str:
        """The event as one line."""
        self._sequence += 1
        head: Document = {"format_version": FORMAT_VERSION, "sequence": self._sequence, "at": utc_text(at)}
        return json_text({**head, **told}, indent=None)


def planned(plan: Plan, refusals: Sequence[Refused]) -> Document:
    """What is about to be done, in counts, and the guards that refuse it."""
    summary: Document = dict(plan.summary)
    return {
        "event": "planned",
        "project": plan.account.project,
        "plan_digest": plan.digest,
        "summary": summary,
        "people": {"new": plan.new_people, "again": plan.people_again},
        "suppressed": plan.suppressed,
        "worst_case_calls": plan.worst_case_calls,
        "refused_by": [str(refusal.guard) for refusal in refusals],
    }


def step(outcome: Outcome) -> Document:
    """One campaign begins, or comes to its result."""
    return {
        "event": "step",
        "address": outcome.address,
        "action": outcome.action,
        "kind": outcome.kind,
        "result": outcome.sentence,
        "campaign_id": outcome.campaign_id,
        "people": outcome.people,
        "suppressed": outcome.suppressed,
        "detail": [*outcome.detail],
        "done": outcome.done,
        "total": outcome.total,
    }


def ended(ending: Ending) -> Document:
    """How it all ended: always the last event of an apply that began."""
    return {
        "event": "ended",
        "exit_code": int(ending.exit_code),
        "launched": ending.launched,
        "removed": ending.removed,
        "failed": ending.failed,
        "skipped": ending.skipped,
        "blocked": ending.blocked,
        "unknown": [*ending.unknown],
        "people": ending.people,
        "suppressed": ending.suppressed,
    }


def failed(fault: TeliIacError) -> Document:
    """What ended it before its end; the last event then."""
    return {
        "event": "failed",
        "exit_code": int(fault.exit_code),
        "code": fault.code,
        "message": fault.message,
        "next_step": fault.next_step,
    }
