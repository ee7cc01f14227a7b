"""A plan for people: what will happen to whom, in the order in which a reader needs it.

What waits for a person comes first, then what stops calls, then what starts them, each by address: that
is also the order in which an apply works. The sum, the impact and the guards that refuse come last, for
that is what remains on the screen above the prompt, however long the plan is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from teli_iac.model import Action, Change, Plan
from teli_iac.render import closing
from teli_iac.render.detail import Detail, fitting, shown_of
from teli_iac.render.facts import facts_of
from teli_iac.render.headlines import address_room, headline
from teli_iac.render.ink import Ink, Line, paint
from teli_iac.render.layout import fact_lines, flow, measure
from teli_iac.render.protocol import Refused
from teli_iac.render.words import enumerated

_ORDER = (
    Action.BLOCKED,
    Action.DELETE,
    Action.END,
    Action.PAUSE,
    Action.REPLACE,
    Action.RESUME,
    Action.EXTEND,
    Action.LAUNCH,
)


def render_text(
    plan: Plan, refusals: Sequence[Refused], *, colour: bool, width: int, detail: Detail | None = None
) -> str:
    """The plan as lines for a terminal of `width` columns; the same facts with and without colour.

    Without `detail` a plan of many changes is told in less of it, so that a person can still read it.
    """
    room = measure(width)
    changes = sorted((change for change in plan.changes if change.action is not Action.KEEP), key=_rank)
    chosen = detail or fitting(changes)
    sections = [
        _heading(plan, room),
        *_changes(changes, plan, chosen, room),
        closing.unchanged(plan, chosen, room),
        closing.drift(plan, chosen, room),
        closing.beyond(plan, room),
        closing.gaps(plan, room),
        closing.total(plan, room),
        closing.refused(plan, refusals, room),
        _digest(plan, room),
    ]
    return paint(_separated(sections), colour=colour)


def _heading(plan: Plan, room: int) -> list[Line]:
    account = plan.account
    whose = f"organization {account.organization_id}, tenant {account.tenant_id}"
    lines = flow((), f"Project {account.project} on {account.origin}", room, hanging=4)
    lines += flow((), whose, room, hanging=4, ink=Ink.QUIET)
    if plan.targets:
        only = f"Only {enumerated(plan.targets)}; everything else is left out of this plan."
        lines += flow((), only, room, hanging=4, ink=Ink.CHANGES)
    return lines


def _changes(changes: Sequence[Change], plan: Plan, detail: Detail, room: int) -> Iterable[list[Line]]:
    aligned = address_room(changes)
    if detail is Detail.FULL:
        yield from (_in_full(change, plan, aligned, room) for change in changes)
        return
    for action, group in groupby(changes, key=lambda change: change.action):
        kind = [*group]
        shown = shown_of(kind, detail)
        lines = [line for change in shown for line in _in_short(change, plan, aligned, room)]
        yield lines + closing.more(len(kind) - len(shown), _which(action), room)
    yield flow((), "Told in short; everything: --detail full", room, hanging=4, ink=Ink.QUIET)


def _which(action: Action) -> str:
    return "are blocked" if action is Action.BLOCKED else f"to {action}"


def _in_full(change: Change, plan: Plan, aligned: int, room: int) -> list[Line]:
    return [*headline(change, aligned, room), *fact_lines(tuple(facts_of(change, plan.now)), room)]


def _in_short(change: Change, plan: Plan, aligned: int, room: int) -> list[Line]:
    if change.action is Action.BLOCKED:
        return _in_full(change, plan, aligned, room)
    return headline(change, aligned, room)


def _rank(change: Change) -> tuple[int, str]:
    return _ORDER.index(change.action), change.address


def _digest(plan: Plan, room: int) -> list[Line]:
    return flow((), f"Digest: {plan.digest}", room, hanging=4, ink=Ink.QUIET)


def _separated(sections: Iterable[list[Line]]) -> Iterable[Line]:
    """The sections that say something, a blank line between them."""
    spoken = [section for section in sections if section]
    for index, section in enumerate(spoken):
        if index:
            yield ()
        yield from section
