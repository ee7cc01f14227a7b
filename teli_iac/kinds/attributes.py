"""A campaign's settings as flat, comparable attributes: what a reviewer sees when they change."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from teli_iac.identity import utc_text
from teli_iac.model import CampaignSettings, JsonValue, ObservedCampaign, RecordedPart

HIDDEN_BY_THE_API = ("agent_outbound_number", "number_pool", "redial", "leads")
"""What the list never shows (teli-api.md §1.2): compared with the ledger, never called free of drift."""


def settings_attributes(settings: CampaignSettings) -> Mapping[str, JsonValue]:
    """Attribute paths to values, in the API's own names; an absent setting has no entry."""
    attributes: dict[str, JsonValue] = {
        "voice_agent_id": settings.voice_agent_id,
        "agent_outbound_number": settings.agent_outbound_number,
    }
    if settings.number_pool:
        attributes["number_pool"] = list(settings.number_pool)
    if settings.redial:
        attributes["redial.retry_limit"] = settings.redial.retry_limit
        attributes["redial.call_interval_days"] = settings.redial.call_interval_days
    if settings.begin:
        attributes["campaign_begin_time"] = utc_text(settings.begin)
    if settings.end:
        attributes["campaign_end_time"] = utc_text(settings.end)
    return attributes


def sent_attributes(part: RecordedPart) -> Mapping[str, JsonValue]:
    """What we sent of the things the list shows."""
    return _visible(part.settings.voice_agent_id, part.people_count, part.begin, part.end)


def shown_attributes(campaign: ObservedCampaign, sent: RecordedPart) -> Mapping[str, JsonValue]:
    """What the list shows now; what it left out is taken as sent, for silence is not a difference.

    Nor is a time of which nobody knows what was sent, as that of an adopted part.
    """
    return _visible(
        campaign.voice_agent_id or sent.settings.voice_agent_id,
        sent.people_count if campaign.contacts_count is None else campaign.contacts_count,
        _unless_same(campaign.begin, sent.begin),
        _unless_same(campaign.end, sent.end),
    )


def is_shown_as_sent(campaign: ObservedCampaign, sent: RecordedPart) -> bool:
    """Whether the list shows nothing that differs from what we sent; quicker to tell than by attributes."""
    return (
        campaign.voice_agent_id in {None, "", sent.settings.voice_agent_id}
        and campaign.contacts_count in {None, sent.people_count}
        and _unless_same(campaign.begin, sent.begin) == sent.begin
        and _unless_same(campaign.end, sent.end) == sent.end
    )


def same_instant(left: datetime, right: datetime) -> bool:
    """Equal to the second: the API may drop or add fractions (teli-api.md §9)."""
    return abs((left - right).total_seconds()) <= 1


def _unless_same(shown: datetime | None, sent: datetime | None) -> datetime | None:
    if shown is None or sent is None or same_instant(shown, sent):
        return sent
    return shown


def _visible(
    agent: str, people: int, begin: datetime | None, end: datetime | None
) -> Mapping[str, JsonValue]:
    return {
        "voice_agent_id": agent,
        "contacts_count": people,
        "campaign_begin_time": utc_text(begin) if begin else None,
        "campaign_end_time": utc_text(end) if end else None,
    }
