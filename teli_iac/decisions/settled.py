"""Row 23 told at once of a campaign that is in every respect as wanted, as nearly all of them are.

None of rows 2 to 22 can match for it, which a property of any world holds this to; asking all of them takes
most of the time of a plan with nothing to do.
"""

from __future__ import annotations

from teli_iac.decisions.comparing import is_as_wanted
from teli_iac.decisions.situation import Condition, Part, Situation
from teli_iac.model import DesiredStatus, PartState, Reason, RecordedPart, Status, Verification

_REASONS = {Condition.LIVE: Reason.RUNNING, Condition.FINISHED: Reason.FULFILLED}
_AS_MADE = {Status.ACTIVE, Status.COMPLETED}


def reason_if_settled(situation: Situation) -> Reason | None:
    """Why it is kept, when its one part is the whole wanted run and nobody has stepped in; else None."""
    wanted = situation.wanted
    if wanted is None or len(situation.parts) != 1 or wanted.desired_status is not DesiredStatus.ACTIVE:
        return None
    (part,) = situation.parts
    if part.reference.run != wanted.run or not (part.recorded and _is_undisturbed(part, part.recorded)):
        return None
    return _REASONS.get(part.condition) if is_as_wanted(part.recorded, wanted) else None


def _is_undisturbed(part: Part, record: RecordedPart) -> bool:
    return (
        part.imported is None
        and part.observed is not None
        and part.observed.status in _AS_MADE
        and record.state is PartState.LAUNCHED
        and record.our_status is Status.ACTIVE
        and record.verification is not Verification.FAILED
    )
