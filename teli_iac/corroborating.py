"""What Teli's call history says about a campaign: corroboration for people, nothing that decides.

The history names no campaign. A call belongs to a part as far as agent, time and, where the history shows it,
the number called fit; so it may support what is believed, and never prove who was called.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from teli_iac.call_history import read_call_log
from teli_iac.errors import UsageError
from teli_iac.identity import person_key
from teli_iac.model import (
    CallLog,
    CallSeen,
    Evidence,
    LedgerKey,
    PartCalls,
    PeopleSet,
    Recorded,
    RecordedPart,
)
from teli_iac.worlds import Worlds

_USUAL = timedelta(days=1)


def gather_evidence(
    worlds: Worlds, recorded: Recorded, address: str | None, since: datetime | None, until: datetime | None
) -> Evidence:
    """Read the history for a campaign's lifetime, or the last day. Raises UsageError, ApiError."""
    parts = _parts(recorded, address)
    now = worlds.asked.waiting.now()
    begins = since or min((_begin(part) for part in parts), default=now - _USUAL)
    ends = until or now
    if begins >= ends:
        raise UsageError("The time to look at ends before it begins.", "Give --since a time before --until.")
    log = read_call_log(worlds.api.reading(), worlds.desired.project, begins, ends)
    people = worlds.ledger.people({part.people for part in parts}) if parts else {}
    if address is not None:
        agents = {part.settings.voice_agent_id for part in parts}
        kept = tuple(call for call in log.calls if call.voice_agent_id in agents)
        log = CallLog(log.since, log.until, kept, log.gaps)
    return Evidence(address, log, tuple(_calls_of(part, log.calls, people, recorded.key) for part in parts))


def _parts(recorded: Recorded, address: str | None) -> list[RecordedPart]:
    if address is None:
        return []
    parts = [part for part in recorded.parts.values() if f"campaign/{part.name}" == address]
    if not parts:
        raise UsageError(
            f"The ledger has never launched {address}.", "Without an address, every call is shown."
        )
    return sorted(parts, key=lambda part: (part.run, part.part))


def _begin(part: RecordedPart) -> datetime:
    return min(part.intended_at, part.begin) if part.begin else part.intended_at


def _calls_of(
    part: RecordedPart, calls: Iterable[CallSeen], people: Mapping[str, PeopleSet], key: LedgerKey
) -> PartCalls:
    mine = [call for call in calls if _fits(call, part)]
    shown = [call.to_number for call in mine if call.to_number]
    if not shown and mine:
        return PartCalls(part, len(mine), None, None)
    given = {person for person, _ in people[part.people]}
    reached = [person for number in shown if (person := person_key(key, number)) in given]
    return PartCalls(part, len(mine), len(reached), len(set(reached)))


def _fits(call: CallSeen, part: RecordedPart) -> bool:
    begun = _begin(part) <= call.at
    return (
        begun
        and (part.end is None or call.at <= part.end)
        and call.voice_agent_id == part.settings.voice_agent_id
    )
