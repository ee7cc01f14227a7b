"""The decision table of semantics §5: a situation goes in, the first row that matches decides.

`situation` gathers the facts about one campaign, `learning` folds in what the API has told, and
`unsettled`, `unwanted` and `wanted` hold the rows in the order of the table. `settled` knows at once what
they say of a campaign that is as wanted.
"""

from __future__ import annotations

from dataclasses import replace

from teli_iac.decisions import imports, unsettled, unwanted, wanted
from teli_iac.decisions.changes import keep, release_only
from teli_iac.decisions.learning import Learned
from teli_iac.decisions.settled import reason_if_settled
from teli_iac.decisions.situation import Situation
from teli_iac.decisions.world import World
from teli_iac.model import Change, Reason

ROWS_FOR_ALL = (
    unsettled.unknown_outcome,
    unsettled.open_release,
    unsettled.late_arrival,
    unsettled.already_launched,
    unsettled.ledger_lost,
    imports.made_elsewhere,
    unwanted.leaving_live,
    unwanted.leaving_finished,
    unwanted.gone,
    unwanted.leaving_unclear,
)
"""Rows 2 to 6, 10 for what was made elsewhere, and 7 to 9, which that never reaches.

Row 1 is `learning`: a recovered part is folded in, and the table goes on.
"""

ROWS_FOR_WANTED = (
    wanted.imported,
    wanted.run_went_back,
    wanted.earlier_run_live,
    wanted.looks_renamed,
    wanted.unknown_status,
    wanted.verification_failed,
    wanted.stopped_elsewhere,
    wanted.status_wanted,
    wanted.held,
    wanted.lapsed,
    wanted.stale,
    wanted.new_or_rerun,
    wanted.people_added,
    wanted.otherwise,
)
"""Rows 10 to 23; the last one always decides."""


_AS_WANTED = frozenset({Reason.RUNNING, Reason.FULFILLED})


def decide(learned: Learned, world: World) -> Change:
    """Decide about one campaign, and attach what was learned about it."""
    change = _first_match(learned, world)
    if world.hindrance:  # only a release that is open goes on nevertheless
        change = release_only(change)
    faults = _faults(learned)
    if not (learned.events or learned.faults or learned.recovered or faults):
        return change
    recovered = learned.recovered and change.reason in _AS_WANTED
    return replace(
        change,
        reason=Reason.RECOVERED if recovered else change.reason,
        learned=learned.events,
        verify=tuple(campaign_id for campaign_id, _ in learned.faults),
        faults=faults,
    )


def _faults(learned: Learned) -> tuple[str, ...]:
    failed = [part.recorded for part in learned.situation.parts if part.failed_verification]
    if not (failed or learned.faults):
        return ()
    earlier = (fault for record in failed if record for fault in record.faults)
    now = (fault for _, faults in learned.faults for fault in faults)
    return tuple(dict.fromkeys((*earlier, *now)))


def _first_match(learned: Learned, world: World) -> Change:
    situation = learned.situation
    settled = reason_if_settled(situation)
    return keep(situation, settled) if settled else decide_by_table(situation, world)


def decide_by_table(situation: Situation, world: World) -> Change:
    """Ask row after row; what is settled need not."""
    for row in ROWS_FOR_ALL:
        change = row(situation)
        if change:
            return change
    if situation.wanted is None:
        raise AssertionError("rows 7 to 10 and 14 decide about every campaign that is not wanted")
    matches = (row(situation, situation.wanted, world) for row in ROWS_FOR_WANTED)
    return next(change for change in matches if change)
