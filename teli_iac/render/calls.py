"""Calls as evidence, for people and for machines: of a number at most the last two digits."""

from __future__ import annotations

from collections.abc import Iterator

from teli_iac.identity import utc_text
from teli_iac.model import CallSeen, Evidence, JsonValue, PartCalls
from teli_iac.render.json import json_text
from teli_iac.render.sanitise import for_terminal
from teli_iac.render.words import counted, people

FORMAT_VERSION = "1"
CORROBORATION = (
    "Corroboration only: Teli's call history names no campaign. It can support what is believed, and proves"
    " neither that somebody was called nor that nobody was."
)
_SHOWN = 50


def render_calls(evidence: Evidence) -> str:
    """What the history says of each part, then the newest calls, and what all that is worth."""
    return "".join(f"{for_terminal(line)}\n" for line in _lines(evidence))


def render_calls_json(evidence: Evidence) -> str:
    """The same as one JSON document, with every call; fields are added, never renamed."""
    log = evidence.log
    return json_text(
        {
            "format_version": FORMAT_VERSION,
            "corroboration_only": True,
            "address": evidence.address,
            "since": utc_text(log.since),
            "until": utc_text(log.until),
            "gaps": [*log.gaps],
            "parts": [_part_document(each) for each in evidence.parts],
            "calls": [_call_document(call) for call in log.calls],
        }
    )


def _lines(evidence: Evidence) -> Iterator[str]:
    log = evidence.log
    since, until = _time(utc_text(log.since)), _time(utc_text(log.until))
    yield f"{counted(len(log.calls), 'call')} from {since} to {until}."
    yield from (f"Not complete: {gap}." for gap in log.gaps)
    for each in evidence.parts:
        yield f"  {each.part.campaign_id}{', whose outcome is unknown' if each.is_open else ''}"
        yield f"    {_said(each)}"
    shown = log.calls[-_SHOWN:]
    if len(shown) < len(log.calls):
        yield f"The last {len(shown)}; --format json has all:"
    yield from (f"  {_call(call)}" for call in shown)
    yield CORROBORATION


def _said(each: PartCalls) -> str:
    by_agent = f"{counted(each.by_agent, 'call')} by its agent within its window"
    if each.to_people is None or each.people_called is None:
        return f"{by_agent}; the history does not show to whom"
    whom = f"{people(each.people_called)} of its {each.part.people_count:,}"
    return f"{by_agent}, {each.to_people:,} of them to {whom}"


def _call(call: CallSeen) -> str:
    words = [_time(utc_text(call.at)), call.voice_agent_id or "an agent not told", call.status or "no status"]
    words += [f"{call.seconds:.0f} s"] if call.seconds is not None else []
    words += ["voicemail"] if call.voicemail else []
    words += [f"to {_masked(call.to_number)}"] if call.to_number else []
    return "  ".join(words)


def _time(text: str) -> str:
    return text[:19] + "Z"


def _masked(number: str) -> str:
    return f"…{number[-2:]}"


def _part_document(each: PartCalls) -> JsonValue:
    return {
        "campaign_id": each.part.campaign_id,
        "outcome_unknown": each.is_open,
        "people": each.part.people_count,
        "calls_by_agent": each.by_agent,
        "calls_to_people": each.to_people,
        "people_called": each.people_called,
    }


def _call_document(call: CallSeen) -> JsonValue:
    return {
        "call_id": call.call_id,
        "at": utc_text(call.at),
        "voice_agent_id": call.voice_agent_id,
        "status": call.status,
        "seconds": call.seconds,
        "voicemail": call.voicemail,
        "successful": call.successful,
        "to": _masked(call.to_number) if call.to_number else None,
    }
