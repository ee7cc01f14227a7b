"""What differs between the ledger and Teli, field by field, and what cannot be seen at all."""

from __future__ import annotations

from collections.abc import Iterator

from teli_iac.catalogue.questions import QUESTIONS
from teli_iac.identity import utc_text
from teli_iac.model import JsonValue
from teli_iac.render.ink import Ink, Line, Span, paint
from teli_iac.render.json import json_text
from teli_iac.render.layout import Fact, fact_lines, flow, measure
from teli_iac.render.sanitise import for_terminal
from teli_iac.render.standing import drift_document
from teli_iac.render.words import counted, enumerated, value
from teli_iac.standing import CampaignStanding, PartStanding, Standing

FORMAT_VERSION = "1"


def render_drift(standing: Standing, *, colour: bool, width: int) -> str:
    """Every campaign that differs or asks a question, then what was compared and what never can be."""
    room = measure(width)
    lines = list(
        flow((), f"Project {standing.account.project} on {standing.account.origin}", room, hanging=4)
    )
    for campaign in standing.campaigns:
        if campaign.asks:
            lines += [(), *_campaign(campaign, room)]
    lines += [(), *_sum(standing, room)]
    return paint(lines, colour=colour)


def _campaign(campaign: CampaignStanding, room: int) -> Iterator[Line]:
    yield (Span("  ! ", Ink.ALARM), Span(for_terminal(campaign.address), Ink.STRONG))
    for part in campaign.parts:
        if part.drift or part.questions:
            yield from fact_lines(tuple(_facts(part)), room)


def _facts(part: PartStanding) -> Iterator[Fact]:
    yield Fact(f"r{part.run}p{part.part}", part.campaign_id)
    for change in part.drift:
        yield Fact(
            "drift", f"{change.path}: {value(change.before)} -> {value(change.after)}", ink=Ink.CHANGES
        )
    for question in part.questions:
        yield Fact("open", f"{QUESTIONS[question].title}: {QUESTIONS[question].next_step}", ink=Ink.ALARM)


def _sum(standing: Standing, room: int) -> Iterator[Line]:
    shown = [part for part in standing.parts if part.not_observable]
    drifted = sum(bool(part.drift) for part in standing.parts)
    verb = "differs" if drifted == 1 else "differ"
    said = f"{drifted:,} of {counted(len(standing.parts), 'part')} {verb} from what was recorded."
    yield from flow(
        (), said if drifted else "Nothing that Teli shows differs from what was recorded.", room, hanging=4
    )
    if shown:
        hidden = enumerated(shown[0].not_observable)
        yield from flow(
            (),
            f"Not observable, so whether they drifted is unknown: {hidden}.",
            room,
            hanging=4,
            ink=Ink.QUIET,
        )
    for gap in standing.gaps:
        yield from flow((Span("  ! ", Ink.ALARM),), f"This may not be all: {gap}", room, hanging=4)


def render_drift_json(standing: Standing) -> str:
    """The same as one JSON document; fields are added, never renamed."""
    return json_text(
        {
            "format_version": FORMAT_VERSION,
            "project": standing.account.project,
            "origin": standing.account.origin,
            "at": utc_text(standing.at),
            "drifted": standing.drifted,
            "gaps": [*standing.gaps],
            "campaigns": [
                {"address": campaign.address, "parts": [_part(part) for part in campaign.parts]}
                for campaign in standing.campaigns
            ],
        }
    )


def _part(part: PartStanding) -> JsonValue:
    return {
        "campaign_id": part.campaign_id,
        "phase": part.phase,
        "drift": drift_document(part),
        "not_observable": [*part.not_observable],
        "open_questions": [*part.questions],
    }
