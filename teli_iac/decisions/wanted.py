"""Rows 10 to 23: campaigns that a manifest describes. Each function is one row; None means: the next row."""

from __future__ import annotations

from teli_iac.decisions.changes import blocked, end, exchange, extend, keep, launch, steer
from teli_iac.decisions.comparing import Difference, compare, digest_of, in_parts, share_of_known_people
from teli_iac.decisions.imports import people_unknown
from teli_iac.decisions.situation import Condition, Part, Situation
from teli_iac.decisions.world import World
from teli_iac.model import Action, Campaign, Change, DesiredStatus, Reason, Status

_SAME_PEOPLE_SHARE = 0.8
"""From this share of common people on, a new campaign looks like a leaving one renamed (row 13)."""

_WANTED_STATUS = {
    DesiredStatus.ACTIVE: Status.ACTIVE,
    DesiredStatus.PAUSED: Status.PAUSED,
    DesiredStatus.ENDED: Status.ENDED,
}


def imported(situation: Situation, wanted: Campaign, _world: World) -> Change | None:
    """Row 10: nobody knows whom a part of the wanted run was given to."""
    return people_unknown(situation, wanted)


def run_went_back(situation: Situation, wanted: Campaign, _world: World) -> Change | None:
    """Row 11: an earlier run than the highest known is asked for; it has happened."""
    return keep(situation, Reason.RUN_WENT_BACK) if wanted.run < situation.highest_run else None


def earlier_run_live(situation: Situation, wanted: Campaign, _world: World) -> Change | None:
    """Row 12: a new run is asked for while an earlier one still calls."""
    earlier = [part for part in situation.parts if part.running and part.reference.run < wanted.run]
    if not earlier:
        return None
    return blocked(situation, Reason.EARLIER_RUN_LIVE, Action.LAUNCH, people=len(wanted.leads))


def looks_renamed(situation: Situation, wanted: Campaign, world: World) -> Change | None:
    """Row 13: new here, with the people or the very digest of a campaign under another name.

    With `renamed_from` the parts of the old name are in the situation, and this row does not match. Where it
    does, nobody knows that name, and one person in common with a campaign that leaves or left is enough.
    """
    if any(not part.never_was for part in situation.parts):
        return None
    if wanted.renamed_from:
        same_people = share_of_known_people(situation, wanted, (*world.leaving, *world.left)) > 0
    else:
        same_people = share_of_known_people(situation, wanted, world.leaving) >= _SAME_PEOPLE_SHARE
    was_its_name = situation.name in world.given_up
    if not (same_people or was_its_name or _has_twin(wanted, world)):
        return None
    return blocked(situation, Reason.LOOKS_RENAMED, Action.LAUNCH, people=len(wanted.leads))


def _has_twin(wanted: Campaign, world: World) -> bool:
    """Whether the run as a whole, or any part that it would be split into, exists under another name."""
    return any(world.has_twin(wanted.name, wanted.run, digest_of(part)) for part in in_parts(wanted))


def unknown_status(situation: Situation, wanted: Campaign, _world: World) -> Change | None:
    """Row 14: a live part's status is a word we do not know."""
    if not any(part.condition is Condition.UNCLEAR for part in situation.parts):
        return None
    return _keep_unless_different(situation, wanted, Reason.UNKNOWN_STATUS)


def verification_failed(situation: Situation, _wanted: Campaign, _world: World) -> Change | None:
    """Row 15: Teli made something else of a create; nothing goes on until a person settles it."""
    if not any(part.failed_verification for part in situation.parts):
        return None
    return blocked(situation, Reason.VERIFICATION_FAILED)


def stopped_elsewhere(situation: Situation, wanted: Campaign, _world: World) -> Change | None:
    """Row 16: a part was paused, ended or deleted while live, not by us; people's acts are respected."""
    acts = (_act_of_somebody(part) for part in situation.in_run(wanted.run))
    reason = next((act for act in acts if act), None)
    return _keep_unless_different(situation, wanted, reason) if reason else None


def status_wanted(situation: Situation, wanted: Campaign, _world: World) -> Change | None:
    """Row 17: `desired_status` is not what we last made a live part.

    No resume calls somebody who was taken out during the pause, so that row 20 comes first there.
    """
    status = _WANTED_STATUS[wanted.desired_status]
    live = (part for part in situation.in_run(wanted.run) if part.condition is Condition.LIVE)
    differing = tuple(part for part in live if _is_to_become(part, status))
    if not differing:
        return None
    if status is Status.ENDED:
        return end(situation, Reason.STATUS_WANTED, differing)
    if status is Status.ACTIVE and compare(situation, wanted).removed:
        return None
    return steer(situation, differing, status)


def _is_to_become(part: Part, status: Status) -> bool:
    if part.recorded is None or part.recorded.our_status is status:
        return False
    # Only a pause that apply made is lifted, and only while it lasts.
    shown = part.observed.status if part.observed else None
    return status is not Status.ACTIVE or shown is Status.PAUSED


def held(situation: Situation, wanted: Campaign, _world: World) -> Change | None:
    """Row 18: the manifest does not want calls now."""
    if wanted.desired_status is DesiredStatus.ACTIVE:
        return None
    return keep(situation, Reason.HELD, uncalled=compare(situation, wanted).added)


def lapsed(situation: Situation, wanted: Campaign, world: World) -> Change | None:
    """Row 19: the manifest's window is over, or ends too soon to be launched into."""
    closes = wanted.settings.closes
    if closes is None or closes > world.now + situation.project.launch_grace:
        return None
    never_given = compare(situation, wanted).added
    if never_given:
        return keep(situation, Reason.LAPSED, uncalled=never_given)
    return otherwise(situation, wanted, world)


def stale(situation: Situation, wanted: Campaign, world: World) -> Change | None:
    """Row 20: a live part is not what the manifest says: release it, and launch who is free and wanted."""
    difference = compare(situation, wanted)
    reason = _why_stale(difference)
    if reason is None:
        return None
    if world.hindrance:
        return blocked(situation, world.hindrance, Action.REPLACE)
    return exchange(situation, wanted, reason, difference)


def new_or_rerun(situation: Situation, wanted: Campaign, world: World) -> Change | None:
    """Row 21: nobody has been given yet in this run."""
    if situation.in_run(wanted.run) or not len(wanted.leads):
        return None
    if world.hindrance:
        return blocked(situation, world.hindrance, Action.LAUNCH, people=len(wanted.leads))
    return launch(situation, wanted, Reason.RERUN if situation.highest_run_before else Reason.NEW)


def people_added(situation: Situation, wanted: Campaign, world: World) -> Change | None:
    """Row 22: wanted people were not given: launch them alone; running parts stay as they are."""
    added = compare(situation, wanted).to_launch
    if not added:
        return None
    if world.hindrance:
        return blocked(situation, world.hindrance, Action.EXTEND, people=len(added))
    return extend(situation, wanted, added)


def otherwise(situation: Situation, wanted: Campaign, _world: World) -> Change:
    """Row 23: the run is as wanted, or as near to it as it can be without calling anybody again."""
    parts = situation.in_run(wanted.run)
    if not parts:
        return keep(situation, Reason.NOBODY_TO_CALL)
    if any(part.condition is Condition.LIVE for part in parts):
        return keep(situation, Reason.RUNNING)
    if not all(_is_fulfilled(part) for part in parts):
        return keep(situation, Reason.UNFINISHED)
    if compare(situation, wanted).settings_differ:
        return keep(situation, Reason.TAKES_EFFECT_NEXT_RUN)
    return keep(situation, Reason.FULFILLED)


def _keep_unless_different(situation: Situation, wanted: Campaign, reason: Reason) -> Change:
    difference = compare(situation, wanted)
    if not difference.anything:
        return keep(situation, reason)
    would = Action.REPLACE if _why_stale(difference) else Action.EXTEND
    return blocked(situation, reason, would, people=difference.added)


def _act_of_somebody(part: Part) -> Reason | None:
    record = part.recorded
    if record is None:
        return None
    paused = part.observed is not None and part.observed.status is Status.PAUSED
    not_by_apply = record.our_status is Status.ACTIVE or record.by_person is Status.PAUSED
    if part.condition is Condition.LIVE and paused and not_by_apply:
        return Reason.PAUSED_ELSEWHERE
    if part.condition is Condition.ENDED and record.our_status is not Status.ENDED:
        return Reason.ENDED_ELSEWHERE
    deleted_by_us = record.our_status is Status.ENDED
    over = record.end is not None and record.end <= part.now
    if part.condition is Condition.GONE and not (deleted_by_us or record.finished or over):
        return Reason.VANISHED
    return None


def _why_stale(difference: Difference) -> Reason | None:
    if difference.stale_settings:
        return Reason.SETTINGS_CHANGED
    if difference.removed:
        return Reason.PEOPLE_REMOVED
    return Reason.DETAILS_CHANGED if difference.changed_details else None


def _is_fulfilled(part: Part) -> bool:
    if part.recorded and part.recorded.released is not None and not part.recorded.unread:
        return True  # whoever was not called was freed, and is given elsewhere or not wanted
    seen = part.recorded.finished if part.recorded else None
    return part.condition is Condition.FINISHED or seen is Status.COMPLETED
