"""A plan as it was saved: the decisions, what was allowed, what they rest on, and for how long."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from teli_iac.guards import Refusal, allow_up_to, refuse
from teli_iac.model import GuardName, Plan
from teli_iac.saved_plans.binding import Bound

_NONCE = re.compile("[0-9a-f]{32}")
VALID_FOR = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class SavedPlan:
    """One approval of one plan. `nonce` is what the ledger remembers of it, so that it works once.

    The launches of `plan` hold no leads: it can be shown and compared, and only a plan made anew is applied.
    `allowed` are the consents given with it, each an upper bound.
    """

    plan: Plan
    allowed: Mapping[GuardName, int]
    bound: Bound
    made_at: datetime
    expires_at: datetime
    nonce: str
    tool_version: str

    def __post_init__(self) -> None:
        # The ledger keeps it for ever, so nothing else passes for one.
        if not _NONCE.fullmatch(self.nonce):
            raise ValueError("a nonce is 32 hexadecimal digits")
        if not self.plan.guard_counts.keys() == self.plan.limits.keys() == set(GuardName):
            raise ValueError("every guard counts and has a limit")

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        """The guards that refuse it in spite of what was allowed."""
        return refused_when_approved(self.plan, self.allowed)


def refused_when_approved(plan: Plan, allowed: Mapping[GuardName, int]) -> tuple[Refusal, ...]:
    """The guards that refuse a plan whose people may have shrunk since it was approved."""
    return refuse(plan.guard_counts, plan.limits, allow_up_to(plan.guard_counts, allowed))
