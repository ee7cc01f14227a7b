"""Rows 1 to 6: outcomes nobody knows, and parts the ledger does not."""

from __future__ import annotations

from teli_iac.decisions.changes import adopt, blocked, end, exchange, keep
from teli_iac.decisions.comparing import compare, digest_of
from teli_iac.decisions.situation import Situation
from teli_iac.decisions.unwanted import leave
from teli_iac.model import Action, Campaign, Change, Reason


def unknown_outcome(situation: Situation) -> Change | None:
    """Row 2: an open launch intent whose id is absent; a person decides, or time does (§6)."""
    if not any(part.is_open for part in situation.parts):
        return None
    return blocked(situation, Reason.UNKNOWN_OUTCOME, Action.LAUNCH)


def open_release(situation: Situation) -> Change | None:
    """Row 3: a release was begun and is not done: continue it from its step, with today's manifest."""
    if not any(part.releasing for part in situation.parts):
        return None
    if situation.wanted is None:
        return leave(situation, Reason.RESUMED)
    return exchange(situation, situation.wanted, Reason.RESUMED, compare(situation, situation.wanted))


def late_arrival(situation: Situation) -> Change | None:
    """Row 4: an id that was given up has appeared and may call people who were handed on: end it."""
    late = tuple(part for part in situation.parts if part.is_late and part.running)
    return end(situation, Reason.LATE_ARRIVAL, late) if late else None


def already_launched(situation: Situation) -> Change | None:
    """Row 5: nothing is recorded, and the one part there is has the digest of the manifest: adopt it."""
    wanted = situation.wanted
    if wanted is None or not _is_exactly(situation, wanted):
        return None
    return adopt(situation, wanted, situation.parts[0])


def ledger_lost(situation: Situation) -> Change | None:
    """Row 6: any other part of ours that the ledger lacks; whom it was given to is unknown."""
    if all(part.recorded or part.imported for part in situation.parts):
        return None
    if situation.wanted is None and situation.imported is None:
        return keep(situation, Reason.ORPHAN)
    return blocked(situation, Reason.LEDGER_LOST)


def _is_exactly(situation: Situation, wanted: Campaign) -> bool:
    if len(situation.parts) != 1:
        return False
    (part,) = situation.parts
    reference = part.reference
    counted = part.observed.contacts_count if part.observed else None
    return (
        part.recorded is None
        and (reference.run, reference.part) == (wanted.run, 1)
        and reference.digest == digest_of(wanted)
        and counted in {None, len(wanted.leads)}
    )
