"""The agents and numbers that every organization has here; a campaign may also name others."""

from __future__ import annotations

from teli_iac.model import JsonValue

_CREATED_AT = "2025-11-20T18:03:27.506000"

_AGENTS = (
    ("1763661807373x263645226803702167", "agent_86f826bf8f59bacd5c10ae948a", "Sample voice agent", "voice"),
    ("1763661807374x263645226803702168", "agent_0123456789abcdef0123456789", "Second voice agent", "voice"),
    ("1763661807375x263645226803702169", "", "Sample SMS agent", "sms"),
)

_PHONE_NUMBERS = ("+14155550101", "+14155550102", "+14155550103")


def sample_agents(organization_id: str, agent_type: str) -> list[JsonValue]:
    """The agents of an organization, of one type or, when `agent_type` is empty, of every type."""
    agents = (_agent(row, organization_id) for row in _AGENTS)
    return [agent for agent in agents if agent_type in {"", agent["agent_type"]}]


def sample_agent(agent_id: str) -> dict[str, JsonValue] | None:
    """One agent by its `agent_id`; its `voice_agent_id` is not a name for it (unknown in the record)."""
    return next((_agent(row, None) for row in _AGENTS if row[0] == agent_id), None)


def _agent(row: tuple[str, str, str, str], organization_id: str | None) -> dict[str, JsonValue]:
    agent_id, voice_agent_id, name, agent_type = row
    return {
        "agent_id": agent_id,
        "unique_id": agent_id,
        "agent_name": name,
        "agent_type": agent_type,
        "agent_status": "active",
        "organization_id": organization_id,
        "voice_agent_id": voice_agent_id or None,
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
