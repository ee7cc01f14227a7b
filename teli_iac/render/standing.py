"""How campaigns stand, for people in a terminal or a log, and for machines. Of people it knows counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, tzinfo

from teli_iac.catalogue.questions import QUESTIONS
from teli_iac.identity import utc_text
from teli_iac.kinds.tallying import Counts
from teli_iac.model import JsonValue, Status
from teli_iac.render.ink import Ink, Line, Span, paint
from teli_iac.render.json import json_text
from teli_iac.render.layout import Fact, fact_lines, flow
from teli_iac.render.sanitise import for_terminal
from teli_iac.render.words import counted, duration, enumerated, instant, people, value
from teli_iac.standing import LIVE, CampaignStanding, PartStanding, Phase, Standing

FORMAT_VERSION = "1"

_NARROWEST, _WIDEST = 40, 160
_LONGEST_BAR = 60
_PHASES: dict[Phase, tuple[str, Ink]] = {
    Phase.CALLING: ("calling", Ink.LAUNCHES),
    Phase.WAITING: ("waiting for its window", Ink.PLAIN),
    Phase.PAUSED: ("paused", Ink.CHANGES),
    Phase.UNCLEAR: ("in a status that nobody knows", Ink.ALARM),
    Phase.OPEN: ("launch open", Ink.ALARM),
    Phase.MISSING: ("not shown by Teli", Ink.ALARM),
    Phase.COMPLETED: ("completed", Ink.PLAIN),
    Phase.ENDED: ("ended", Ink.PLAIN),
    Phase.OVER: ("over, its window is closed", Ink.PLAIN),
    Phase.GONE: ("gone from Teli", Ink.QUIET),
}
_BY_PERSON = {
    (Phase.PAUSED, Status.PAUSED): " by hand",
    (Phase.CALLING, Status.ACTIVE): ", resumed by hand",
    (Phase.ENDED, Status.ENDED): " by hand",
}


def render_standing(standing: Standing, *, colour: bool, width: int, zone: tzinfo) -> str:
    """The project and every campaign with bars and counts; the same facts with and without colour."""
    room = max(_NARROWEST, min(width, _WIDEST))
    sections = [
        [*_heading(standing, room)],
        *(_campaign(each, standing.at, room, zone) for each in standing.campaigns),
    ]
    lines: list[Line] = []
    for section in sections:
        lines += [(), *section] if lines else section
    return paint(lines, colour=colour)


def render_standing_line(part: PartStanding, address: str, at: datetime, *, colour: bool) -> str:
    """One line for a log: when, which part, what it does and how far it is."""
    words, ink = _phase(part)
    progress = f" · {_progress(part.counts)} · {_counts(part.counts)}" if part.counts else ""
    asked = (
        f" · {enumerated(tuple(QUESTIONS[each].title for each in part.questions))}" if part.questions else ""
    )
    return paint(
        [
            (
                Span(f"{at.astimezone(UTC):%H:%M:%S}Z ", Ink.QUIET),
                Span(f"{for_terminal(address)} r{part.run}p{part.part}", Ink.STRONG),
                Span(f"  {words}", ink),
                Span(f"{progress}{for_terminal(asked)}"),
            )
        ],
        colour=colour,
    )


def _heading(standing: Standing, room: int) -> Iterator[Line]:
    account = standing.account
    yield from flow(
        (),
        f"Project {account.project} on {account.origin}, {instant(standing.at.replace(microsecond=0))}",
        room,
        hanging=4,
    )
    if standing.hold:
        hold = standing.hold
        halted = enumerated(hold.addresses) or "everything"
        said = f"{hold.who} halted {halted} on {instant(hold.since)}: {hold.why}"
        yield from flow(
            (Span("ON HOLD. ", Ink.ALARM),),
            f"{said}. Apply refuses until `teli-iac release`.",
            room,
            hanging=4,
        )
    yield from flow((), f"{_summary(standing)}.", room, hanging=4)
    for gap in standing.gaps:
        yield from flow((Span("  ! ", Ink.ALARM),), f"This may not be all: {gap}", room, hanging=4)


def _summary(standing: Standing) -> str:
    parts = standing.parts
    if not parts:
        return "Nothing was launched"
    phases = [
        f"{number:,} {words}"
        for phase, (words, _) in _PHASES.items()
        if (number := sum(part.phase is phase for part in parts))
    ]
    total = standing.total
    who = f"{people(total.total)}: {_counts(total)}" if total.total else "nobody counted"
    theirs = f"; {standing.unmanaged:,} on Teli are not this project's" if standing.unmanaged else ""
    return f"{counted(len(standing.campaigns), 'campaign')}, {enumerated(tuple(phases))}; {who}{theirs}"


def _campaign(campaign: CampaignStanding, at: datetime, room: int, zone: tzinfo) -> list[Line]:
    sign = Span("  ! ", Ink.ALARM) if campaign.asks else Span("    ")
    lines: list[Line] = [(sign, Span(for_terminal(campaign.address), Ink.STRONG))]
    for part in campaign.parts:
        lines += _part(part, at, room, zone)
    return lines


def _part(part: PartStanding, at: datetime, room: int, zone: tzinfo) -> Iterator[Line]:
    words, ink = _phase(part)
    yield from fact_lines((Fact(f"r{part.run}p{part.part}", words, ink=ink),), room)
    if part.counts and part.counts.total:
        yield from _bar(part.counts, room)
        yield from fact_lines(
            (Fact("called", f"{part.counts.called:,} of {part.counts.total:,}: {_counts(part.counts)}"),),
            room,
        )
    elif part.people is not None:
        yield from fact_lines((Fact("people", people(part.people)),), room)
    yield from fact_lines(tuple(_facts(part, at, zone)), room)


def _facts(part: PartStanding, at: datetime, zone: tzinfo) -> Iterator[Fact]:
    if part.handed_on:
        yield Fact("", f"{people(part.handed_on)} of it handed on to another part")
    if left := part.freed - part.handed_on:
        yield Fact("", f"{people(left)} of it taken out, and in no other part")
    if part.per_hour is not None:
        yield Fact("rate", _rate(part), ink=Ink.ALARM if part.finishes_late else Ink.PLAIN)
    if part.phase in LIVE or part.phase is Phase.OPEN:
        yield Fact("window", _window(part, at, zone))
        if part.caller_ids:
            yield Fact("from", counted(part.caller_ids, "number"))
    yield Fact("id", part.campaign_id, ink=Ink.QUIET)
    for change in part.drift:
        yield Fact(
            "drift", f"{change.path}: {value(change.before)} -> {value(change.after)}", ink=Ink.CHANGES
        )
    for question in part.questions:
        yield Fact("open", f"{QUESTIONS[question].title}: {QUESTIONS[question].next_step}", ink=Ink.ALARM)


def _phase(part: PartStanding) -> tuple[str, Ink]:
    words, ink = _PHASES[part.phase]
    if part.phase is Phase.UNCLEAR:
        return f'{words}: "{for_terminal(part.status_text)}"', ink
    person = _BY_PERSON.get((part.phase, part.by_person), "") if part.by_person else ""
    return f"{words}{person}", ink


def _bar(counts: Counts, room: int) -> Iterator[Line]:
    """Reached, voicemail, failed and not called, each by its share and its own sign."""
    length = min(_LONGEST_BAR, room - 22)
    numbers = (counts.reached, counts.voicemail, counts.failed)
    ends = [round(length * sum(numbers[: n + 1]) / max(counts.total, counts.called, 1)) for n in range(3)]
    reached, voicemail, failed = ends[0], ends[1] - ends[0], ends[2] - ends[1]
    yield (
        Span(" " * 16),
        Span("█" * reached, Ink.LAUNCHES),
        Span("▓" * voicemail, Ink.CHANGES),
        Span("▒" * failed, Ink.REMOVES),
        Span("░" * (length - ends[2]), Ink.QUIET),
        Span(f" {100 * counts.called // max(counts.total, 1):>3} %"),
    )


def _progress(counts: Counts) -> str:
    return f"{counts.called:,} of {counts.total:,} called"


def _counts(counts: Counts) -> str:
    return (
        f"{counts.reached:,} reached, {counts.voicemail:,} voicemail, {counts.failed:,} failed,"
        f" {counts.uncalled:,} not called"
    )


def _rate(part: PartStanding) -> str:
    said = f"{part.per_hour or 0:,.0f} people an hour since its window opened"
    if part.finish is None:
        return said
    by = f"{said}; at that rate done {instant(part.finish.replace(second=0, microsecond=0))}"
    return f"{by}, after its window closes" if part.finishes_late else by


def _window(part: PartStanding, at: datetime, zone: tzinfo) -> str:
    begin = instant(part.begin.replace(second=0)) if part.begin else "an unknown begin"
    end = instant(part.end.replace(second=0)) if part.end else "an unknown end"
    return f"{begin} to {end}{_local(part, zone)}{_left(part, at)}"


def _local(part: PartStanding, zone: tzinfo) -> str:
    """The same hours where this machine is, unless that is UTC."""
    if part.begin is None or part.end is None or not part.begin.astimezone(zone).utcoffset():
        return ""
    begin, end = part.begin.astimezone(zone), part.end.astimezone(zone)
    day = "" if begin.date() == end.date() else f"{end:%a %d} "
    return f" (here {begin:%a %d %H:%M} to {day}{end:%H:%M})"


def _left(part: PartStanding, at: datetime) -> str:
    if part.begin is not None and part.begin > at:
        return f"; opens in {duration(part.begin - at)}"
    return f"; closes in {duration(part.end - at)}" if part.end is not None and part.end > at else ""


def standing_document(standing: Standing) -> dict[str, JsonValue]:
    """The same as a JSON value; fields are added, never renamed."""
    hold = standing.hold
    return {
        "format_version": FORMAT_VERSION,
        "project": standing.account.project,
        "origin": standing.account.origin,
        "at": utc_text(standing.at),
        "hold": {
            "since": utc_text(hold.since),
            "who": hold.who,
            "why": hold.why,
            "addresses": [*hold.addresses],
        }
        if hold
        else None,
        "gaps": [*standing.gaps],
        "unmanaged": standing.unmanaged,
        "people": _counts_document(standing.total),
        "campaigns": [_campaign_document(campaign) for campaign in standing.campaigns],
    }


def render_standing_json(standing: Standing, *, indent: int | None = 2) -> str:
    """One JSON document, or with `indent` None one line of a stream."""
    return json_text(standing_document(standing), indent=indent)


def _campaign_document(campaign: CampaignStanding) -> JsonValue:
    return {"address": campaign.address, "parts": [_part_document(part) for part in campaign.parts]}


def _part_document(part: PartStanding) -> JsonValue:
    return {
        "campaign_id": part.campaign_id,
        "run": part.run,
        "part": part.part,
        "phase": part.phase,
        "status": part.status_text,
        "given": part.people,
        "people": _counts_document(part.counts) if part.counts else None,
        "freed": part.freed,
        "handed_on": part.handed_on,
        "caller_ids": part.caller_ids,
        "by_person": part.by_person,
        "campaign_begin_time": utc_text(part.begin) if part.begin else None,
        "campaign_end_time": utc_text(part.end) if part.end else None,
        "people_per_hour": part.per_hour,
        "expected_finish": utc_text(part.finish) if part.finish else None,
        "finishes_late": part.finishes_late,
        "drift": drift_document(part),
        "not_observable": [*part.not_observable],
        "open_questions": [*part.questions],
    }


def drift_document(part: PartStanding) -> JsonValue:
    """What differs, field by field."""
    return {change.path: {"recorded": change.before, "observed": change.after} for change in part.drift}


def _counts_document(counts: Counts) -> JsonValue:
    return {
        "total": counts.total,
        "reached": counts.reached,
        "failed": counts.failed,
        "voicemail": counts.voicemail,
        "uncalled": counts.uncalled,
        "adds_up": counts.adds_up,
    }


def changed_parts(before: Standing | None, now: Standing) -> Iterable[tuple[str, PartStanding]]:
    """The parts that a log is told of: those that are new or stand otherwise than before."""
    known = {part.campaign_id: _told(part) for part in before.parts} if before else {}
    for campaign in now.campaigns:
        for part in campaign.parts:
            if known.get(part.campaign_id) != _told(part):
                yield campaign.address, part


def _told(part: PartStanding) -> tuple[object, ...]:
    return part.phase, part.status_text, part.counts, part.questions, part.drift
