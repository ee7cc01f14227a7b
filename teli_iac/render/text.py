"""A plan for people: what will happen to whom, in the order in which a reader needs it.

What waits for a person comes first, then what stops calls, then what starts them, each by address: that
is also the order in which an apply works. The sum, the impact and the guards that refuse come last, for
that is what remains on the screen above the prompt, however long the plan is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from teli_iac.model import Action, Change, Plan
from teli_iac.render import closing
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


def render_text(plan: Plan, refusals: Sequence[Refused], *, colour: bool, width: int) -> str:
    """The plan as lines for a terminal of `width` columns; the same facts with and without colour."""
    room = measure(width)
    sections = [
        _heading(plan, room),
        *_changes(plan, room),
        closing.unchanged(plan, room),
        closing.drift(plan, room),
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


def _changes(plan: Plan, room: int) -> Iterable[list[Line]]:
    told = [change for change in plan.changes if change.action is not Action.KEEP]
    aligned = address_room(told)
    for change in sorted(told, key=_rank):
        yield [*headline(change, aligned, room), *fact_lines(tuple(facts_of(change, plan.now)), room)]


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
