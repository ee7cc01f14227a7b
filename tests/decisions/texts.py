"""The plan as a person sees it, guards that refuse included."""

from __future__ import annotations

from teli_iac.guards import refuse
from teli_iac.model import Plan
from teli_iac.render import render_text


def as_text(plan: Plan) -> str:
    refusals = refuse(plan.guard_counts, plan.limits, {})
    return render_text(plan, refusals, colour=False, width=80)
