"""What a ledger remembers, campaign by campaign, for people and for machines. Of people it knows counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from teli_iac.history import CampaignKept, LedgerKept, PartKept
from teli_iac.identity import utc_text
from teli_iac.model import Imported, JsonValue, PartState, RecordedPart, Status, Verification
from teli_iac.render.ink import Ink, Line, Span, paint
from teli_iac.render.json import json_text
from teli_iac.render.layout import Fact, fact_lines, flow, measure
from teli_iac.render.sanitise import for_terminal
from teli_iac.render.words import counted, enumerated, instant, people

FORMAT_VERSION = "1"

_STATES = {
    PartState.INTENDED: "launch open, its outcome is unknown",
    PartState.LAUNCHED: "launched",
    PartState.ABANDONED: "given up, its people count as called",
    PartState.VOID: "came to nothing, its people are free",
    PartState.LAPSED: "lapsed, its people are free",
    PartState.RETRIED: "given up, its people may be called again",
}
_VERIFICATIONS = {
    Verification.PENDING: "not verified yet",
    Verification.PASSED: "verified",
    Verification.FAILED: "failed its verification",
}


def render_ledger(kept: LedgerKept, *, colour: bool, width: int) -> str:
    """The ledger as lines for a terminal, what is open first; the same facts with and without colour."""
    room = measure(width)
    lines = [*_heading(kept, room)]
    for campaign in kept.campaigns:
        lines += [(), *_campaign(campaign, room)]
    return paint(lines, colour=colour)


def render_ledger_json(kept: LedgerKept) -> str:
    """The same as one JSON document; fields are added, never renamed."""
    account = kept.account
    return json_text(
        {
            "format_version": FORMAT_VERSION,
            "project": account.project,
            "account": {
                "origin": account.origin,
                "organization_id": account.organization_id,
                "tenant_id": account.tenant_id,
            },
            "ledger_version": kept.version,
            "consumed_plans": kept.consumed_plans,
            "campaigns": [_campaign_document(campaign) for campaign in kept.campaigns],
        }
    )


def _heading(kept: LedgerKept, room: int) -> Iterable[Line]:
    account = kept.account
    whose = f"organization {account.organization_id}, tenant {account.tenant_id}"
    holds = f"{counted(kept.version, 'event')} in the ledger."
    opened = enumerated(tuple(_opened(kept)))
    yield from flow((), f"Project {account.project} on {account.origin}", room, hanging=4)
    yield from flow((), whose, room, hanging=4, ink=Ink.QUIET)
    yield from flow((), f"{holds} {f'Open: {opened}.' if opened else 'Nothing is open.'}", room, hanging=4)


def _opened(kept: LedgerKept) -> Iterator[str]:
    parts = [each.part for campaign in kept.campaigns for each in campaign.parts]
    launches = sum(part.state is PartState.INTENDED for part in parts)
    releases = sum(part.releasing for part in parts)
    if launches:
        yield counted(launches, "launch", "launches")
    if releases:
        yield counted(releases, "release")


def _campaign(campaign: CampaignKept, room: int) -> Iterator[Line]:
    sign = Span("  ! ", Ink.ALARM) if campaign.is_open else Span("    ")
    said = (Span("  it has left the manifests", Ink.QUIET),) if campaign.left else ()
    yield (sign, Span(for_terminal(campaign.address), Ink.STRONG), *said)
    for kept in campaign.parts:
        yield from fact_lines(tuple(_facts(kept)), room)
    for each in campaign.imports:
        yield from fact_lines(tuple(_facts_of_import(each)), room)


def _facts(kept: PartKept) -> Iterator[Fact]:
    part = kept.part
    ink = Ink.ALARM if kept.is_open else Ink.PLAIN
    yield Fact(f"r{part.run}p{part.part}", ", ".join(_became(part)), ink=ink)
    yield Fact("id", part.campaign_id)
    released = f", {people(kept.released)} released" if kept.released else ""
    yield Fact("people", f"{people(kept.given)} given{released}")
    yield Fact("when", _window(part.begin, part.end))
    yield Fact("intended", instant(part.intended_at))
    yield from (Fact("found", fault, ink=Ink.ALARM) for fault in part.faults)


def _facts_of_import(each: Imported) -> Iterator[Fact]:
    yield Fact("imported", "its people are unknown to us, and nothing is ever sent for it")
    yield Fact("id", each.campaign_id)
    if each.people_count is not None:
        yield Fact("people", people(each.people_count))
    yield Fact("when", _window(each.begin, each.end))


def _became(part: RecordedPart) -> Iterator[str]:
    yield _STATES[part.state]
    if part.releasing:
        yield "release open"
    if part.state is PartState.LAUNCHED:
        yield _VERIFICATIONS[part.verification]
        yield _status(part)
    if part.appeared:
        yield "its id appeared on Teli after all"


def _status(part: RecordedPart) -> str:
    if part.finished is not None:
        return f"seen {part.finished}"
    if part.gone and part.our_status is not Status.ENDED:
        return "gone from Teli, not by us"
    return f"{part.our_status} by us" + (" and gone from Teli" if part.gone else "")


def _window(begin: datetime | None, end: datetime | None) -> str:
    return f"{instant(begin) if begin else 'begin unknown'} to {instant(end) if end else 'an unknown end'}"


def _campaign_document(campaign: CampaignKept) -> JsonValue:
    return {
        "address": campaign.address,
        "open": campaign.is_open,
        "left": campaign.left,
        "on_remove": campaign.on_remove,
        "parts": [_part_document(kept) for kept in campaign.parts],
        "imports": [_import_document(each) for each in campaign.imports],
    }


def _import_document(each: Imported) -> JsonValue:
    return {
        "campaign_id": each.campaign_id,
        "run": each.run,
        "part": each.part,
        "people": each.people_count,
        "voice_agent_id": each.voice_agent_id,
        "campaign_begin_time": utc_text(each.begin) if each.begin else None,
        "campaign_end_time": utc_text(each.end) if each.end else None,
    }


def _part_document(kept: PartKept) -> JsonValue:
    part = kept.part
    return {
        "campaign_id": part.campaign_id,
        "run": part.run,
        "part": part.part,
        "digest": part.digest,
        "open": kept.is_open,
        "state": part.state,
        "verification": part.verification,
        "faults": [*part.faults],
        "our_status": part.our_status,
        "finished": part.finished,
        "gone": part.gone,
        "appeared": part.appeared,
        "releasing": part.releasing,
        "people": {"given": kept.given, "released": kept.released},
        "campaign_begin_time": utc_text(part.begin) if part.begin else None,
        "campaign_end_time": utc_text(part.end) if part.end else None,
        "intended_at": utc_text(part.intended_at),
    }
