"""What stands under all changes: the unchanged ones, what Teli shows and hides, the sum, the guards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from teli_iac.catalogue.reasons import REASONS
from teli_iac.model import Action, Change, GuardName, Plan, Reason
from teli_iac.render.detail import Detail, shown_of
from teli_iac.render.facts import field, findings
from teli_iac.render.ink import Ink, Line, Span
from teli_iac.render.layout import fact_lines, flow
from teli_iac.render.protocol import Refused
from teli_iac.render.verdict import decisions, impact, refusal, where_uncallable
from teli_iac.render.words import counted, enumerated, people

_NOTHING_TO_SAY = frozenset(
    {Reason.RUNNING, Reason.FULFILLED, Reason.RETAINED, Reason.GONE, Reason.RECOVERED}
)
_INDENT = (Span("  "),)


def more(count: int, which: str, room: int) -> list[Line]:
    """How many of a kind are not shown one by one."""
    if not count:
        return []
    return flow((Span("    "),), f"… and {count:,} more {which}", room, hanging=6, ink=Ink.QUIET)


def unchanged(plan: Plan, detail: Detail, room: int) -> list[Line]:
    """One counted line for all that stays as it is, and a line for each that a person should know of."""
    kept = [change for change in plan.changes if change.action is Action.KEEP]
    if not kept:
        return []
    lines = flow((), f"Unchanged: {kept_by_reason(kept)}.", room, hanging=4)
    told = [change for change in kept if is_worth_telling(change)]
    for reason in _reasons_of(told):
        said = f"{REASONS[reason].title}: {REASONS[reason].meaning}"
        lines += [(), *flow(_INDENT, said, room, hanging=4)]
        alike = [change for change in told if change.reason is reason]
        shown = shown_of(alike, detail)
        lines += [line for change in shown for line in _note(change, room)]
        lines += more(len(alike) - len(shown), "like these", room)
    return lines


def kept_by_reason(kept: Sequence[Change]) -> str:
    """`7 campaigns (5 running, 2 fulfilled)`."""
    titles = Counter(REASONS[change.reason].title for change in kept)
    counts = ", ".join(f"{number:,} {title}" for title, number in titles.most_common())
    return f"{counted(len(kept), 'campaign')} ({counts})"


def is_worth_telling(change: Change) -> bool:
    """Whether a person should know of a campaign that stays as it is."""
    quiet = change.reason in _NOTHING_TO_SAY
    return bool(not quiet or change.uncalled or change.faults or change.verify)


def _reasons_of(changes: Sequence[Change]) -> list[Reason]:
    """The reasons that occur, in the order of the decision table."""
    occurring = {change.reason for change in changes}
    return [reason for reason in Reason if reason in occurring]


def _note(change: Change, room: int) -> list[Line]:
    uncalled = f": {people(change.uncalled)} never called" if change.uncalled else ""
    return [
        *flow((Span("    "),), f"{change.address}{uncalled}", room, hanging=6),
        *fact_lines(tuple(findings(change)), room),
    ]


def drift(plan: Plan, detail: Detail, room: int) -> list[Line]:
    """What was sent against what Teli shows now."""
    differing = [change for change in plan.changes if change.drift]
    if not differing:
        return []
    lines = flow((), "Drift: what was sent -> what Teli shows now.", room, hanging=4, ink=Ink.CHANGES)
    shown = shown_of(differing, detail)
    for change in shown:
        lines += flow(_INDENT, change.address, room, hanging=4)
        lines += fact_lines([field(each) for each in change.drift], room)
    return lines + more(len(differing) - len(shown), "like these", room)


def beyond(plan: Plan, room: int) -> list[Line]:
    """What this plan cannot see or does not touch, said as such."""
    return [line for sentence in unseen(plan) for line in flow((), sentence, room, hanging=4)]


def unseen(plan: Plan) -> list[str]:
    """The same as sentences."""
    return [*_not_observable(plan), *_learned(plan), *_unmanaged(plan)]


def _not_observable(plan: Plan) -> list[str]:
    hidden: dict[tuple[str, ...], int] = Counter(c.not_observable for c in plan.changes if c.not_observable)
    return [
        f"Not observable: Teli does not show {enumerated(names)} of {counted(number, 'campaign')};"
        " whether they drifted is unknown."
        for names, number in hidden.items()
    ]


def _learned(plan: Plan) -> list[str]:
    number = sum(bool(change.learned) for change in plan.changes)
    if not number:
        return []
    return [f"News: apply records what Teli shows of {counted(number, 'campaign')}."]


def _unmanaged(plan: Plan) -> list[str]:
    if not plan.unmanaged:
        return []
    return [f"Unmanaged: {counted(plan.unmanaged, 'campaign')} on Teli not of this project, never touched."]


def gaps(plan: Plan, room: int) -> list[Line]:
    """Why the list of campaigns may be incomplete, and what follows from that."""
    if not plan.gaps:
        return []
    said = "Incomplete: Teli's list may lack campaigns, so nothing is launched."
    lines = flow((), said, room, hanging=4, ink=Ink.ALARM)
    for gap in plan.gaps:
        lines += flow((Span("    "),), gap, room, hanging=6)
    return lines


def total(plan: Plan, room: int) -> list[Line]:
    """The plan in one line of verbs and one line of people and calls."""
    return [
        *flow((), decisions(plan), room, hanging=4, ink=Ink.STRONG),
        *flow((), f"Impact: {impact(plan)}", room, hanging=4, ink=_impact_ink(plan)),
    ]


def _impact_ink(plan: Plan) -> Ink:
    if plan.people_again:
        return Ink.ALARM
    return Ink.LAUNCHES if plan.new_people else Ink.STRONG


def refused(plan: Plan, refusals: Sequence[Refused], room: int) -> list[Line]:
    """The guards that refuse, what each counted, and the flag that lifts it."""
    if not refusals:
        return []
    said = f"Refused by {counted(len(refusals), 'guard')}; apply does nothing until each is lifted:"
    lines = flow((), said, room, hanging=4, ink=Ink.ALARM)
    for each in refusals:
        lines += flow((Span("  ! ", Ink.ALARM),), refusal(each), room, hanging=4)
        if each.guard is GuardName.INVALID_LEADS:
            lines += flow((Span("    "),), where_uncallable(plan), room, hanging=4)
        lines += flow((Span("    "),), f"To allow it: {each.consent}", room, hanging=4)
    return lines
