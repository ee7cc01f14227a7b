"""What stands under a headline: to whom it happens, when, from where, why, and what to do next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from teli_iac.catalogue.reasons import REASONS
from teli_iac.model import Action, Change, FieldChange, Launch, Reason, Removal
from teli_iac.render.ink import Ink
from teli_iac.render.layout import Fact
from teli_iac.render.words import counted, duration, enumerated, instant, people, place, redial, value

_NUMBERS_SHOWN = 3
_PARTS_SHOWN = 5
_TOLD_IN_WORDS = frozenset(
    {
        "voice_agent_id",
        "agent_outbound_number",
        "number_pool",
        "redial.retry_limit",
        "redial.call_interval_days",
        "campaign_begin_time",
        "campaign_end_time",
        "leads",
    }
)
_NEEDS_NO_WHY = frozenset({Reason.NEW, Reason.RERUN})


def facts_of(change: Change, now: datetime) -> Iterator[Fact]:
    """Everything a reviewer needs to judge one change, the most important first."""
    yield from _why(change)
    if change.action is Action.BLOCKED:
        yield from _would(change)
    elif change.launch:
        yield from _calls(change, change.launch)
        yield from _window(change, now)
        yield from _settings(change, change.launch)
    yield from _replacement(change)
    yield from _left_out(change)
    yield from _transitions(change)
    yield from _removals(change)
    yield from (field(each) for each in change.distinct_fields if not _is_told(change, each))
    yield from findings(change)
    yield from _next_step(change)


def findings(change: Change) -> Iterator[Fact]:
    """What a check of a launched part found wrong, and which parts an apply checks."""
    yield from (Fact("found", fault, ink=Ink.ALARM) for fault in change.faults)
    yield from (Fact("checks", f"{part}, and ends it if it is not what was sent") for part in change.verify)


def field(change: FieldChange) -> Fact:
    """A setting that differs: `path: before -> after`, and the manifest line that says so."""
    words = f"{value(change.path)}: {value(change.before)} -> {value(change.after)}"
    return Fact("", words, place(change.origin))


def _is_told(change: Change, each: FieldChange) -> bool:
    launches_anew = change.launch is not None and change.action in {Action.LAUNCH, Action.EXTEND}
    return launches_anew and each.before is None and each.path in _TOLD_IN_WORDS


def _why(change: Change) -> Iterator[Fact]:
    if change.reason in _NEEDS_NO_WHY:
        return
    yield Fact("why", REASONS[change.reason].meaning)


def _would(change: Change) -> Iterator[Fact]:
    whom = f" ({people(change.people)})" if change.people else ""
    if change.blocked_action:
        yield Fact("would", f"{change.blocked_action} it{whom}")


def _calls(change: Change, launch: Launch) -> Iterator[Fact]:
    again = f", {change.again:,} called again" if change.again else ""
    ink = Ink.CHANGES if change.again else Ink.PLAIN
    yield Fact("people", f"{change.new:,} called for the first time{again}", ink=ink)
    calls = f"at most {change.worst_case_calls:,} ({redial(launch.settings.redial)})"
    yield Fact("calls", calls, _elsewhere(change, "redial.retry_limit"))
    if change.further:
        most = people(max(each.people for each in change.launches))
        yield Fact("parts", f"{len(change.launches):,} of at most {most}, one after the other")


def _left_out(change: Change) -> Iterator[Fact]:
    if change.suppressed:
        yield Fact("left out", f"{people(change.suppressed)} of its leads, on a do-not-call list")


def _window(change: Change, now: datetime) -> Iterator[Fact]:
    soon = "shortly after apply (`launch_grace`)"
    begin, end = change.begin, change.end
    if begin is None:
        start = soon
    elif begin <= now:
        start = f"{soon}; {instant(begin)} is past"
    else:
        start = f"not before {instant(begin)}"
    yield Fact("starts", start)
    stop = instant(end) if end else "7 days after it starts"
    if begin and end and begin > now:
        stop += f", {duration(end - begin)} later"
    yield Fact("stops", stop)


def _settings(change: Change, launch: Launch) -> Iterator[Fact]:
    settings = launch.settings
    yield Fact("agent", value(settings.voice_agent_id), _elsewhere(change, "voice_agent_id"))
    yield Fact("caller", value(settings.agent_outbound_number), _elsewhere(change, "agent_outbound_number"))
    if settings.number_pool:
        yield Fact("pool", _pool(settings.number_pool), _elsewhere(change, "number_pool"))
    yield Fact("leads", _leads(launch))
    if change.origin:
        yield Fact("manifest", place(change.origin))
    yield from _ids(change, launch)


def _ids(change: Change, launch: Launch) -> Iterator[Fact]:
    if not change.further:
        yield Fact("id", launch.campaign_id)
        return
    shown = change.launches[:_PARTS_SHOWN]
    yield from (Fact("id", f"{each.campaign_id} with {people(each.people)}") for each in shown)
    if rest := len(change.launches) - len(shown):
        yield Fact("", f"and {counted(rest, 'more part')}")


def _pool(numbers: tuple[str, ...]) -> str:
    if len(numbers) <= _NUMBERS_SHOWN:
        return ", ".join(numbers)
    shown = ", ".join(numbers[: _NUMBERS_SHOWN - 1])
    return f"{shown} and {len(numbers) - _NUMBERS_SHOWN + 1} more"


def _leads(launch: Launch) -> str:
    refused = launch.leads.refused
    if not refused.count:
        return value(launch.leads.source)
    kinds = ", ".join(f"{number:,} x {code}" for code, number in sorted(refused.by_kind.items()))
    return f"{value(launch.leads.source)}, without {counted(refused.count, 'row')} ({kinds})"


def _replacement(change: Change) -> Iterator[Fact]:
    replacement = change.replacement
    if replacement is None:
        return
    yield Fact("people", f"up to {change.people:,} not called yet are stopped")
    for campaign_id in replacement.releases:
        yield Fact("does", f"pause, count, end and count again {campaign_id}")
    if replacement.campaign is None:
        yield Fact("then", "nobody is launched: the manifest does not want calls now")
        return
    again = f", {change.again:,} called again" if change.again else ""
    first = f" and {change.new:,} called for the first time{again}" if change.new or change.again else ""
    most = replacement.campaign.max_per_part
    parts = f", in parts of at most {most:,}" if most else ""
    yield Fact("then", f"launch those of them who are wanted{first}{parts}")
    yield Fact(
        "calls", f"at most {change.worst_case_calls:,} ({redial(replacement.campaign.settings.redial)})"
    )


def _transitions(change: Change) -> Iterator[Fact]:
    if not change.transitions:
        return
    verb = "are not called until it resumes" if change.action is Action.PAUSE else "may be called again"
    yield Fact("people", f"{change.people:,} given to it; those not called yet {verb}")
    yield from (Fact("does", f"{change.action} {each.campaign_id}") for each in change.transitions)


def _removals(change: Change) -> Iterator[Fact]:
    if change.action is Action.DELETE and change.live:
        yield Fact("people", f"{change.people:,} given to it; those not called yet will not be called")
    for removal in change.removals:
        yield Fact("does", f"{_removal(removal)} {removal.campaign_id}")


def _removal(removal: Removal) -> str:
    if not removal.stop:
        return "delete"
    stops = ("pause", "count", "end", "count again") if removal.release else ("pause", "end")
    return enumerated((*stops, "delete") if removal.delete else stops)


def _next_step(change: Change) -> Iterator[Fact]:
    if change.action is not Action.BLOCKED:
        return
    if change.campaign_id:
        yield Fact("id", change.campaign_id)
    yield Fact("next", REASONS[change.reason].next_step.replace("ADDRESS", change.address))


def _elsewhere(change: Change, path: str) -> str:
    """Where a setting of a launch is declared, unless that is the campaign's own manifest."""
    mark = next((each.origin for each in change.fields if each.path == path), None)
    own = mark is not None and change.origin is not None and mark.file == change.origin.file
    return "" if own else place(mark)
