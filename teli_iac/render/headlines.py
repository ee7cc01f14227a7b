"""The first line of a change: its sign, its address, and in a few words what happens."""

from __future__ import annotations

from collections.abc import Iterable

from teli_iac.catalogue.reasons import REASONS
from teli_iac.model import Action, Change
from teli_iac.render.ink import Ink, Line, Span
from teli_iac.render.layout import columns, flow
from teli_iac.render.sanitise import for_terminal

SIGNS: dict[Action, tuple[str, Ink]] = {
    Action.LAUNCH: ("+", Ink.LAUNCHES),
    Action.EXTEND: ("+", Ink.LAUNCHES),
    Action.REPLACE: ("-/+", Ink.REPLACES),
    Action.PAUSE: ("~", Ink.CHANGES),
    Action.RESUME: ("~", Ink.CHANGES),
    Action.END: ("~", Ink.CHANGES),
    Action.DELETE: ("-", Ink.REMOVES),
    Action.KEEP: (" ", Ink.PLAIN),
    Action.BLOCKED: ("!", Ink.ALARM),
}
_SIGN_ROOM = 3
_HANGING = 8
_LONGEST_ALIGNED = 36
"""An address longer than this stands out of the column, rather than pushing it to the right."""


def address_room(changes: Iterable[Change]) -> int:
    """The column in which the words of all headlines begin, counted from the address."""
    sizes = (columns(for_terminal(change.address)) for change in changes)
    return max((size for size in sizes if size <= _LONGEST_ALIGNED), default=0)


def headline(change: Change, aligned: int, room: int) -> list[Line]:
    """Sign, address, words; the words are the same without colour."""
    sign, ink = SIGNS[change.action]
    address = for_terminal(change.address)
    gap = " " * (max(0, aligned - columns(address)) + 2)
    prefix = (Span(f"{sign:>{_SIGN_ROOM}} ", ink), Span(address, Ink.STRONG), Span(gap))
    alarming = change.action is Action.BLOCKED or (change.action is Action.DELETE and change.live)
    return flow(prefix, words(change), room, hanging=_HANGING, ink=Ink.ALARM if alarming else Ink.PLAIN)


def words(change: Change) -> str:
    """What happens, as it reads on after the address."""
    if change.action is Action.BLOCKED:
        return f"blocked: {REASONS[change.reason].title}"
    if change.action is Action.LAUNCH:
        return f"launch{_run(change)}{', people are called again' if change.again else ''}"
    if change.action is Action.DELETE:
        verb = "delete" if any(removal.delete for removal in change.removals) else "end"
        return f"{verb}, live: it may be calling now" if change.live else f"{verb}, not live"
    return f"{change.action}{_run(change)}: {REASONS[change.reason].title}"


def _run(change: Change) -> str:
    if change.launch is None:
        return ""
    first, last = change.launches[0].part, change.launches[-1].part
    part = f", parts {first:,} to {last:,}" if last > first else f", part {first:,}" if first > 1 else ""
    return f" run {change.launch.run}{part}"
