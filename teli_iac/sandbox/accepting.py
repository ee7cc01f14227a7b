"""Reading the body of a create: what is refused, what is dropped and what is taken as it comes. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from teli_iac.sandbox.answers import Refused, detail, failure
from teli_iac.sandbox.outcomes import NO_REDIAL, RedialRule
from teli_iac.sandbox.times import DEFAULT_WINDOW, later, read_time

Document: TypeAlias = Mapping[str, Any]
"""A JSON object as it came from outside; nothing in it has a known type yet."""

_MOST_RETRIES = 1000
_LONGEST_INTERVAL_DAYS = 3650


@dataclass(frozen=True, slots=True, repr=False)
class NewCampaign:
    """What a create asks for. An id that was not sent is empty; `phone_numbers` may repeat one.

    The repr leaves the numbers out.
    """

    campaign_id: str
    organization_id: str
    tenant_id: str
    user_id: str
    voice_agent_id: str
    redial: RedialRule
    begins: datetime
    ends: datetime
    phone_numbers: tuple[str, ...]
    invalid_leads: int

    def __repr__(self) -> str:
        return f"NewCampaign({self.campaign_id!r}, {len(self.phone_numbers)} contacts)"


def read_create(body: bytes, now: datetime) -> NewCampaign:
    """The campaign that a body asks for; times that it leaves out are now and now + 7 days.

    Raises Refused: 400 for the three fields whose absence is documented to be checked, 422 for what
    cannot be read. Other required fields may be missing: the documentation's own samples omit some.
    """
    document = _read_object(body)
    voice_agent_id = _required(document, "voice_agent_id")
    _required(document, "agent_outbound_number")
    phone_numbers, invalid = _read_leads(document.get("leads"))
    return NewCampaign(
        campaign_id=_text(document, "campaign_id"),
        organization_id=_text(document, "organization_id"),
        tenant_id=_text(document, "tenant_id"),
        user_id=_text(document, "user_id"),
        voice_agent_id=voice_agent_id,
        redial=_read_redial(document),
        begins=_read_instant(document, "campaign_begin_time") or now,
        ends=_read_instant(document, "campaign_end_time") or later(now, DEFAULT_WINDOW),
        phone_numbers=phone_numbers,
        invalid_leads=invalid,
    )


def _read_object(body: bytes) -> Document:
    try:
        document = json.loads(body)
    except (ValueError, RecursionError) as fault:
        raise _unreadable("JSON decode error") from fault
    if not isinstance(document, dict):
        raise _unreadable("Input should be a valid dictionary")
    return document


def _required(document: Document, name: str) -> str:
    text = _text(document, name)
    if not text:
        raise Refused(failure(400, f"{name} required"))
    return text


def _text(document: Document, name: str) -> str:
    value = document.get(name)
    if value is None:
        return ""
    if not isinstance(value, str) or not _is_unicode(value):
        raise _unreadable(f"{name}: Input should be a valid string")
    return value


def _is_unicode(text: str) -> bool:
    """False for half of a surrogate pair, which JSON can spell and no database stores."""
    return not any("\ud800" <= character <= "\udfff" for character in text)


def _read_leads(leads: object) -> tuple[tuple[str, ...], int]:
    """The numbers to call, repetitions included, and how many leads lack one. An empty array is accepted."""
    if not isinstance(leads, list):
        raise Refused(failure(400, "leads array required"))
    numbers = tuple(_text(lead, "phone_number") for lead in leads if _has_number(lead))
    return numbers, len(leads) - len(numbers)


def _has_number(lead: object) -> bool:
    return isinstance(lead, dict) and bool(lead.get("phone_number"))


def _read_redial(document: Document) -> RedialRule:
    config = document.get("redial_config") or {}
    if not isinstance(config, dict):
        raise _unreadable("redial_config: Input should be a valid dictionary")
    rule = RedialRule(
        _count(config, "retry_limit", _MOST_RETRIES),
        _count(config, "call_interval_days", _LONGEST_INTERVAL_DAYS),
    )
    return rule if document.get("redial_enabled") is True else NO_REDIAL


def _count(document: Document, name: str, most: int) -> int:
    """A whole number, cut to a limit that no plausible policy reaches and every simulation survives."""
    value = document.get(name, 0)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise _unreadable(f"{name}: Input should be a valid integer")
    return min(value, most)


def _read_instant(document: Document, name: str) -> datetime | None:
    text = _text(document, name)
    if not text:
        return None
    try:
        return read_time(text)
    except ValueError as fault:
        raise _unreadable(f"{name}: Input should be a valid datetime") from fault


def _unreadable(text: str) -> Refused:
    return Refused(detail(422, text))
