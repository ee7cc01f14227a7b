"""The agents and numbers that every organization has here; a campaign may also name others."""

from __future__ import annotations

from typing import NamedTuple

from teli_iac.model import JsonValue


class _Row(NamedTuple):
    agent_id: str
    voice_agent_id: str
    name: str
    agent_type: str
    prompt: str


_CREATED_AT = "2025-11-20T18:03:27.506000"

_REMINDER = (
    "You call people for a dental practice. Greet {{first_name}} by name, be brief, and offer to call back."
)
_GREETING = "Hello {{first_name}}, this is the practice."
_QUALIFIER = "You call {{first_name}} {{last_name}}, who asked about {{Asked about}} on our web site."
_SURVEY = "You ask {{first_name}} three questions about the visit of {{visited_on}} ({{treatment}})."

_AGENTS = (
    _Row(
        "1763661807373x263645226803702167",
        "agent_86f826bf8f59bacd5c10ae948a",
        "Sample voice agent",
        "voice",
        _REMINDER,
    ),
    _Row(
        "1763661807374x263645226803702168",
        "agent_0123456789abcdef0123456789",
        "Second voice agent",
        "voice",
        _REMINDER,
    ),
    _Row("1763661807375x263645226803702169", "", "Sample SMS agent", "sms", _REMINDER),
    _Row(
        "1763661807376x263645226803702170",
        "agent_c7b1f0d94e6a4a2f8d35c9e716",
        "Qualifier",
        "voice",
        _QUALIFIER,
    ),
    _Row("1763661807377x263645226803702171", "agent_1d0c6b7e52a94f38b6e2f7a901", "Survey", "voice", _SURVEY),
)

_AREAS = ("212", "415", "517", "628")
_PHONE_NUMBERS = tuple(f"+1{area}55501{line:02d}" for area in _AREAS for line in range(100))
"""Every fictional number of a few areas, so that whatever an example calls from is there."""


def sample_agents(organization_id: str, agent_type: str) -> list[JsonValue]:
    """The agents of an organization, of one type or, when `agent_type` is empty, of every type."""
    agents = (_agent(row, organization_id) for row in _AGENTS)
    return [agent for agent in agents if agent_type in {"", agent["agent_type"]}]


def sample_agent(agent_id: str) -> dict[str, JsonValue] | None:
    """One agent by its `agent_id`; its `voice_agent_id` is not a name for it (unknown in the record)."""
    return next((_agent(row, None) for row in _AGENTS if row.agent_id == agent_id), None)


def _agent(row: _Row, organization_id: str | None) -> dict[str, JsonValue]:
    return {
        "agent_id": row.agent_id,
        "unique_id": row.agent_id,
        "agent_name": row.name,
        "agent_type": row.agent_type,
        "agent_status": "active",
        "general_prompt": row.prompt,
        "first_sentence": _GREETING,
        "organization_id": organization_id,
        "voice_agent_id": row.voice_agent_id or None,
        "created_at": _CREATED_AT,
        "modified_at": _CREATED_AT,
    }


def sample_phone_numbers(organization_id: str, user_id: str, phone_type: str) -> list[JsonValue]:
    """The voice numbers of an organization; there are no SMS numbers."""
    if not organization_id or phone_type not in {"", "voice"}:
        return []
    return [_phone_number(number, organization_id, user_id) for number in _PHONE_NUMBERS]


def _phone_number(number: str, organization_id: str, user_id: str) -> dict[str, JsonValue]:
    return {
        "phone_number": number,
        "pretty_phone_number": f"({number[2:5]}) {number[5:8]}-{number[8:]}",
        "id": f"00000000-0000-4000-8000-00000000{number[-4:]}",
        "area_code": number[2:5],
        "phone_type": "voice",
        "provider": "teli_voice",
        "user_id": user_id or None,
        "organization_id": organization_id,
        "nickname": None,
        "outbound_agent_id": None,
        "inbound_agent_id": None,
        "created_at": _CREATED_AT,
    }
