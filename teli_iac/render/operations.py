"""What a halt, a pause, a resume or an end did, in lines that are read within seconds on a small screen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from teli_iac.model import Halted, Hold, HoldState, JsonValue, PersonAct, Sighting, Steered
from teli_iac.render.ink import Ink, Line, Span, paint
from teli_iac.render.json import json_text
from teli_iac.render.layout import flow, measure
from teli_iac.render.words import counted, enumerated, instant

FORMAT_VERSION = "1"

_IN_WORDS = {
    PersonAct.PAUSE: ("not calling", "paused"),
    PersonAct.RESUME: ("calling again", "calling again"),
    PersonAct.END: ("ended", "ended for good"),
}
_WAS = {
    PersonAct.PAUSE: "was not calling before",
    PersonAct.RESUME: "was calling before",
    PersonAct.END: "was over before",
}
_HOLD = {
    HoldState.SET: "On hold: apply refuses until `teli-iac release`.",
    HoldState.NO_LEDGER: "No hold, for there is no ledger; without one an apply launches nobody.",
}


def render_sighting(sighting: Sighting, act: PersonAct, *, colour: bool) -> str:
    """One line for one look: how many are as wanted, and how many not yet."""
    words = _IN_WORDS[act][0]
    rest = f", {sighting.missing:,} to go" if sighting.missing else ""
    fault = f" ({sighting.fault})" if sighting.fault else ""
    return paint(
        flow((), f"Look {sighting.number}: {sighting.reached:,} {words}{rest}{fault}", 120, hanging=2),
        colour=colour,
    )


def render_halted(halted: Halted, *, colour: bool, width: int) -> str:
    """How a halt ended: whether nobody is called, what is not proven, and whether it will stay so."""
    room = measure(width)
    return paint((line for part in _halted(halted, room) for line in part), colour=colour)


def _halted(halted: Halted, room: int) -> Iterator[list[Line]]:
    said = f"{counted(len(halted.paused), 'campaign')} paused, {halted.quiet:,} not calling before."
    if halted.proven:
        yield flow(
            (Span("HALTED. ", Ink.STRONG),), f"{said} Nothing of {halted.project} calls.", room, hanging=2
        )
    else:
        yield flow((Span("NOT PROVEN. ", Ink.ALARM),), said, room, hanging=2)
    yield from _named("may still call", halted.unproven, room)
    if not halted.proven:
        yield from (flow((Span("  ! ", Ink.ALARM),), fault, room, hanging=4) for fault in halted.faults)
        yield flow(
            (), "Run the same command again. If that does not help, pause them in Teli.", room, hanging=2
        )
    for campaign_id in halted.open_launches:
        said = f"{campaign_id} is not on Teli, but its launch is open: halt again later, for it may appear"
        yield flow((Span("  ? ", Ink.CHANGES),), said, room, hanging=4)
    if halted.taken_over:
        yield flow((), "Another command was writing the ledger; it has lost that right.", room, hanging=2)
    if halted.hold is HoldState.NOT_WRITTEN:
        yield flow((Span("NO HOLD. ", Ink.ALARM),), f"{halted.why_no_hold}", room, hanging=2)
        yield flow((), "Let nobody apply, and run the same command again.", room, hanging=2)
    else:
        yield flow((), _HOLD[halted.hold], room, hanging=2)


def render_hold(hold: Hold, *, colour: bool) -> str:
    """Why no apply passes now, in a sentence."""
    halted = enumerated(hold.addresses) or "everything"
    since = f"{hold.who} halted {halted} on {instant(hold.since)}: {hold.why}."
    said = f"{since} Apply refuses until `teli-iac release`."
    return paint(flow((Span("On hold. ", Ink.ALARM),), said, 120, hanging=2), colour=colour)


def render_steered(steered: Steered, *, colour: bool, width: int) -> str:
    """How a pause, resume or end ended, part by part."""
    room = measure(width)
    return paint((line for part in _steered(steered, room) for line in part), colour=colour)


def _steered(steered: Steered, room: int) -> Iterator[list[Line]]:
    became = _IN_WORDS[steered.act][1]
    for campaign_id in steered.done:
        yield flow((Span("  ~ ", Ink.CHANGES),), f"{campaign_id} is {became}", room, hanging=4)
    for campaign_id in steered.before:
        yield flow((Span("    "),), f"{campaign_id} {_WAS[steered.act]}", room, hanging=4, ink=Ink.QUIET)
    for left in steered.left_alone:
        yield flow(
            (Span("  ! ", Ink.ALARM),), f"{left.campaign_id} is left alone: {left.why}", room, hanging=4
        )
    yield from _named(f"not seen {_IN_WORDS[steered.act][0]}", steered.unproven, room)
    if steered.unproven:
        yield from (flow((Span("  ! ", Ink.ALARM),), fault, room, hanging=4) for fault in steered.faults)
        yield flow((), "Run the same command again, or do it in Teli.", room, hanging=2)
    if steered.why_unrecorded:
        yield flow((Span("NOT RECORDED. ", Ink.ALARM),), steered.why_unrecorded, room, hanging=2)
    if not (steered.done or steered.before or steered.left_alone or steered.unproven):
        yield flow((), "Nothing of it is on Teli; nothing was done.", room, hanging=2)


def _named(what: str, campaign_ids: Iterable[str], room: int) -> Iterator[list[Line]]:
    for campaign_id in campaign_ids:
        yield flow((Span("  ! ", Ink.ALARM),), f"{campaign_id} {what}", room, hanging=4, ink=Ink.ALARM)


def render_halted_json(halted: Halted) -> str:
    """The same as one JSON document; fields are added, never renamed."""
    return json_text(
        {
            "format_version": FORMAT_VERSION,
            "project": halted.project,
            "origin": halted.origin,
            "proven": halted.proven,
            "paused": [*halted.paused],
            "not_calling_before": halted.quiet,
            "unproven": [*halted.unproven],
            "hold": halted.hold,
            "why_no_hold": halted.why_no_hold,
            "taken_over": halted.taken_over,
            "open_launches": [*halted.open_launches],
            "faults": [*halted.faults],
        }
    )


def render_steered_json(steered: Steered) -> str:
    """The same as one JSON document; fields are added, never renamed."""
    left: list[JsonValue] = [
        {"campaign_id": each.campaign_id, "why": each.why} for each in steered.left_alone
    ]
    return json_text(
        {
            "format_version": FORMAT_VERSION,
            "act": steered.act,
            "done": [*steered.done],
            "before": [*steered.before],
            "unproven": [*steered.unproven],
            "left_alone": left,
            "why_unrecorded": steered.why_unrecorded,
            "faults": [*steered.faults],
        }
    )
