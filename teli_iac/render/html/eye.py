"""What wants a human's eye: guards that refuse, blocked campaigns, live ones that leave, second calls."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from teli_iac.catalogue.reasons import REASONS
from teli_iac.model import Action, Change, GuardName, Plan
from teli_iac.render.headlines import words
from teli_iac.render.html.markup import listed, section, tag, text
from teli_iac.render.protocol import Refused
from teli_iac.render.verdict import refusal, where_uncallable
from teli_iac.render.words import counted, people

_MOST = 50


def eye_section(plan: Plan, refusals: Sequence[Refused]) -> str:
    """All of it, each with what to do about it; nothing when there is nothing."""
    inner = "".join(_parts(plan, refusals))
    return section("eye", "What needs a person's eye", inner) if inner else ""


def _parts(plan: Plan, refusals: Sequence[Refused]) -> Iterator[str]:
    leaving = [c for c in plan.acting if c.action in {Action.DELETE, Action.END} and c.live]
    again = [c for c in plan.acting if c.again]
    yield _part("Guards that refuse", [_refused(plan, each) for each in refusals])
    yield _part("Blocked", [_blocked(change) for change in plan.blocked])
    yield _part("Leaving while live: people who wait get no call", [_acting(c, c.people) for c in leaving])
    yield _part("People called again", [_acting(c, c.again) for c in again])
    yield _part("Teli's list may lack campaigns, so nothing is launched", [text(gap) for gap in plan.gaps])


def _part(title: str, items: list[str]) -> str:
    if not items:
        return ""
    rest = len(items) - _MOST
    more = [f"and {counted(rest, 'more', 'more')}; the decisions below name every one"] if rest > 0 else []
    return tag("h3", title) + listed([*items[:_MOST], *more])


def _refused(plan: Plan, refused: Refused) -> str:
    where = f" {text(where_uncallable(plan))}" if refused.guard is GuardName.INVALID_LEADS else ""
    return f"{text(refusal(refused))}{where} To allow it: <code>{text(refused.consent)}</code>"


def _blocked(change: Change) -> str:
    entry = REASONS[change.reason]
    step = entry.next_step.replace("ADDRESS", change.address)
    return (
        f"<strong>{text(change.address)}</strong>: {text(words(change))}. {text(entry.meaning)}"
        f" <em>Next: {text(step)}</em>"
    )


def _acting(change: Change, number: int) -> str:
    return f"<strong>{text(change.address)}</strong>: {text(words(change))}, {people(number)}"
