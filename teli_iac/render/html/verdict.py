"""The top of the page: may it be applied, and what that means in people and calls."""

from __future__ import annotations

from collections.abc import Sequence

from teli_iac.model import Plan
from teli_iac.render.html.markup import section, tag, text
from teli_iac.render.protocol import Refused
from teli_iac.render.verdict import decisions, impact
from teli_iac.render.words import counted


def verdict_section(plan: Plan, refusals: Sequence[Refused]) -> str:
    """The verdict as a sentence, then the numbers."""
    mood, said = _verdict(plan, refusals)
    banner = tag("p", text(said), cls=f"verdict {mood}")
    words = tag("p", text(decisions(plan))) + tag("p", f"Impact: {text(impact(plan))}", cls="impact")
    return section("verdict", "What applying this plan does", f"{banner}{words}{_numbers(plan)}")


def _verdict(plan: Plan, refusals: Sequence[Refused]) -> tuple[str, str]:
    if refusals:
        guards = counted(len(refusals), "guard")
        return "stop", f"Refused by {guards}: nothing is done until each is lifted."
    if plan.blocked:
        waiting = counted(len(plan.blocked), "campaign")
        return "warn", f"{waiting} cannot go on until a person has decided. The others can be applied."
    if plan.people_again:
        return "warn", "Ready to be applied. People who were called before are called again."
    return ("ok", "Ready to be applied.") if plan.acting else ("ok", "Nothing to do.")


def _numbers(plan: Plan) -> str:
    counts = plan.summary
    told = (
        ("people called for the first time", plan.new_people, ""),
        ("people called again", plan.people_again, "alarming"),
        ("calls at most", plan.worst_case_calls, ""),
        ("campaigns that begin to call", counts["launch"] + counts["extend"] + counts["replace"], ""),
        ("campaigns that leave", counts["delete"], "alarming"),
        ("campaigns blocked", counts["blocked"], "alarming"),
        ("campaigns unchanged", counts["keep"], ""),
    )
    cells = "".join(
        tag("div", f"<dt>{name}</dt><dd>{number:,}</dd>", cls=mood if number else "")
        for name, number, mood in told
    )
    return tag("dl", cells, cls="numbers")
