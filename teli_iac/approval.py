"""Approval ahead of time: a plan saved for review, and held to when it is applied."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from teli_iac.errors import PlanStale
from teli_iac.identity import utc_text
from teli_iac.model import Plan, PlanConsumed, Recorded
from teli_iac.proposal import PlanResult
from teli_iac.saved_plans import (
    VALID_FOR,
    SavedPlan,
    as_saved,
    bind,
    compare_accounts,
    compare_worlds,
    refused_when_approved,
)
from teli_iac.settings import PlanOptions
from teli_iac.worlds import Worlds

_MOST_TOLD = 20
_PLAN_AGAIN = "Plan again, and have the new plan approved: teli-iac plan --out FILE"


def as_approved(result: PlanResult, options: PlanOptions, nonce: str, tool_version: str) -> SavedPlan:
    """The plan with everything it rests on, good for a day and for one apply."""
    counts = result.plan.guard_counts
    return SavedPlan(
        plan=as_saved(result.plan),
        allowed={guard: number for guard, number in options.allow.items() if counts[guard] == number},
        bound=bind(result.basis, result.plan, ledger_existed=result.basis.ledger_exists),
        made_at=result.plan.now,
        expires_at=result.plan.now + VALID_FOR,
        nonce=nonce,
        tool_version=tool_version,
    )


def consumption(saved: SavedPlan) -> PlanConsumed:
    """What the ledger remembers of a saved plan, so that it works once in all clones."""
    return PlanConsumed(saved.nonce, saved.plan.digest)


def refuse_outdated(saved: SavedPlan, now: datetime, tool_version: str) -> None:
    """Refuse what the file alone tells: it has expired, or another release made it. Raises PlanStale."""
    if saved.tool_version != tool_version:
        raise PlanStale(
            f"The saved plan was made by teli-iac {saved.tool_version}, and this is {tool_version};"
            " nothing was sent.",
            "Plan and apply with the same release of teli-iac.",
        )
    if saved.expires_at - saved.made_at > VALID_FOR:
        raise PlanStale(
            "The saved plan was edited: no plan is good for longer than a day; nothing was sent.", _PLAN_AGAIN
        )
    if now >= saved.expires_at:
        raise PlanStale(
            f"The saved plan expired at {utc_text(saved.expires_at)}; nothing was sent.", _PLAN_AGAIN
        )


def refuse_another_target(saved: SavedPlan, worlds: Worlds) -> None:
    """Refuse a plan of another project or account before its ledger is opened. Raises PlanStale."""
    _refuse(compare_accounts(saved.plan.account, worlds.account))


def refuse_used(saved: SavedPlan, recorded: Recorded) -> None:
    """Refuse a plan that an apply has taken up already, in whichever clone. Raises PlanStale."""
    if saved.nonce in recorded.consumed:
        raise PlanStale("The saved plan was used already, and works once; nothing was sent.", _PLAN_AGAIN)


def hold_to(saved: SavedPlan, result: PlanResult, tool_version: str) -> PlanResult:
    """What was planned anew, if it is what was approved; PlanStale naming every difference otherwise.

    The consents of the saved plan are upper bounds.
    """
    refuse_outdated(saved, result.plan.now, tool_version)
    _refuse(compare_worlds(saved, result.basis, result.plan))
    return replace(result, refusals=refused_when_approved(result.plan, saved.allowed))


def refuse_other_digest(plan: Plan, expected: str | None) -> None:
    """Refuse a plan whose digest is not the approved one, or does not begin with it. Raises PlanStale."""
    if expected is not None and not plan.digest.startswith(expected):
        raise PlanStale(
            f"The plan's digest is {plan.digest}, expected was {expected}; nothing was sent.",
            "Look at what the plan does now, and approve its digest.",
        )


def _refuse(differences: tuple[str, ...]) -> None:
    if not differences:
        return
    told = differences[:_MOST_TOLD]
    more = len(differences) - len(told)
    rest = (f"{more:,} more differences",) if more else ()
    raise PlanStale("The saved plan is out of date; nothing was sent.", _PLAN_AGAIN, (*told, *rest))
