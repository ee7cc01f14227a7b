"""What stands under all changes: the unchanged ones, what Teli shows and hides, the sum, the guards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from teli_iac.catalogue.guards import GUARDS
from teli_iac.catalogue.reasons import REASONS
from teli_iac.model import Action, Change, GuardName, Plan, Reason
from teli_iac.render.facts import field, findings
from teli_iac.render.ink import Ink, Line, Span
from teli_iac.render.layout import fact_lines, flow
from teli_iac.render.protocol import Refused
from teli_iac.render.words import counted, enumerated, people

_NOTHING_TO_SAY = frozenset(
    {Reason.RUNNING, Reason.FULFILLED, Reason.RETAINED, Reason.GONE, Reason.RECOVERED}
)
_FILES_SHOWN = 5
_INDENT = (Span("  "),)


def unchanged(plan: Plan, room: int) -> list[Line]:
    """One counted line for all that stays as it is, and a line for each that a person should know of."""
    kept = [change for change in plan.changes if change.action is Action.KEEP]
    if not kept:
        return []
    titles = Counter(REASONS[change.reason].title for change in kept)
    counts = ", ".join(f"{number:,} {title}" for title, number in titles.most_common())
    lines = flow((), f"Unchanged: {counted(len(kept), 'campaign')} ({counts}).", room, hanging=4)
    told = [change for change in kept if _is_worth_telling(change)]
    for reason in _reasons_of(told):
        said = f"{REASONS[reason].title}: {REASONS[reason].meaning}"
        lines += [(), *flow(_INDENT, said, room, hanging=4)]
        lines += [line for change in told if change.reason is reason for line in _note(change, room)]
    return lines


def _is_worth_telling(change: Change) -> bool:
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


def drift(plan: Plan, room: int) -> list[Line]:
    """What was sent against what Teli shows now."""
    differing = [change for change in plan.changes if change.drift]
    if not differing:
        return []
    lines = flow((), "Drift: what was sent -> what Teli shows now.", room, hanging=4, ink=Ink.CHANGES)
    for change in differing:
        lines += flow(_INDENT, change.address, room, hanging=4)
        lines += fact_lines([field(each) for each in change.drift], room)
    return lines


def beyond(plan: Plan, room: int) -> list[Line]:
    """What this plan cannot see or does not touch, said as such."""
    said = [*_not_observable(plan), *_learned(plan), *_unmanaged(plan)]
    return [line for sentence in said for line in flow((), sentence, room, hanging=4)]


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
    acts = Counter(change.action for change in plan.changes)
    verbs = [f"{acts[verb]:,} to {verb}" for verb in Action if verb not in {Action.KEEP, Action.BLOCKED}]
    counts = [words for words in verbs if not words.startswith("0 ")]
    if plan.blocked:
        counts.append(f"{len(plan.blocked):,} blocked")
    said = f"Plan: {', '.join(counts)}." if counts else "Nothing to do."
    return [
        *flow((), said, room, hanging=4, ink=Ink.STRONG),
        *flow((), _impact(plan), room, hanging=4, ink=_impact_ink(plan)),
    ]


def _impact(plan: Plan) -> str:
    stopping = sum(change.people for change in plan.acting if _stops(change))
    stops = f" Calling stops for up to {people(stopping)}." if stopping else ""
    moving = sum(change.people for change in plan.acting if _moves(change))
    stops += f" Up to {people(moving)} not called yet move to a new part." if moving else ""
    if not plan.new_people and not plan.people_again:
        return f"Impact: nobody else is called.{stops}" if moving else f"Impact: nobody is called.{stops}"
    first = f"{people(plan.new_people)} {'is' if plan.new_people == 1 else 'are'} called for the first time"
    most = f"at most {counted(plan.worst_case_calls, 'call')}"
    return f"Impact: {first}, {plan.people_again:,} again; {most}.{stops}"


def _stops(change: Change) -> bool:
    if change.action is Action.END:
        return True
    stops = change.action in {Action.DELETE, Action.REPLACE, Action.PAUSE} and change.live
    return stops and not _moves(change)


def _moves(change: Change) -> bool:
    return change.replacement is not None and change.replacement.campaign is not None


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
        counts = f"{each.guard} counts {each.count:,}, limit {each.limit:,}: {GUARDS[each.guard].title}."
        lines += flow((Span("  ! ", Ink.ALARM),), counts, room, hanging=4)
        if each.guard is GuardName.INVALID_LEADS:
            lines += flow((Span("    "),), _where_uncallable(plan), room, hanging=4)
        lines += flow((Span("    "),), f"To allow it: {each.consent}", room, hanging=4)
    return lines


def _where_uncallable(plan: Plan) -> str:
    """In which files of those that launch, and what lists them all, since unchanged campaigns count too."""
    launches = [change.launch for change in plan.changes if change.launch]
    files = sorted({launch.leads.source for launch in launches if launch.leads.refused.count})
    more = [f"{len(files) - _FILES_SHOWN} more"] if len(files) > _FILES_SHOWN else []
    stand = f"They stand in {enumerated((*files[:_FILES_SHOWN], *more))}. " if files else ""
    return f"{stand}To see each row: `teli-iac validate`"
