"""Rows 7 to 9: campaigns that no manifest describes any more."""

from __future__ import annotations

from teli_iac.decisions.changes import blocked, delete, keep, removal_of
from teli_iac.decisions.situation import Condition, Part, Situation
from teli_iac.model import Action, Change, Reason


def leaving_live(situation: Situation) -> Change | None:
    """Row 7: stop the calls of a live campaign, then do as its `on_remove` says."""
    if situation.wanted or not any(part.condition is Condition.LIVE for part in _ours(situation)):
        return None
    return leave(situation, Reason.NOT_IN_MANIFESTS)


def leaving_finished(situation: Situation) -> Change | None:
    """Row 8: take a finished, ended or over campaign off Teli, or retain it, as its `on_remove` says."""
    done = {Condition.FINISHED, Condition.ENDED, Condition.OVER}
    if situation.wanted or not any(part.condition in done for part in _ours(situation)):
        return None
    return leave(situation, Reason.NOT_IN_MANIFESTS)


def gone(situation: Situation) -> Change | None:
    """Row 9: nothing of it is left on Teli; what a list merely lacks is not gone."""
    if situation.wanted or any(part.observed for part in _ours(situation)):
        return None
    if any(part.is_missing for part in _ours(situation)):
        return blocked(situation, Reason.LIST_INCOMPLETE, Action.DELETE)
    return keep(situation, Reason.GONE)


def leaving_unclear(situation: Situation) -> Change | None:
    """Row 14 for a campaign that left: its status is a word we do not know, so a person decides."""
    if situation.wanted:
        return None
    return blocked(situation, Reason.UNKNOWN_STATUS, Action.DELETE)


def _ours(situation: Situation) -> tuple[Part, ...]:
    """Its parts without those of row 10, for which nothing is ever sent."""
    return tuple(part for part in situation.parts if not part.imported)


def leave(situation: Situation, reason: Reason) -> Change:
    """What `on_remove` makes of its parts; a release that is open is continued."""
    removals = (removal_of(part, situation.on_remove) for part in situation.parts)
    wanted = tuple(removal for removal in removals if removal)
    return delete(situation, wanted, reason) if wanted else keep(situation, Reason.RETAINED)
