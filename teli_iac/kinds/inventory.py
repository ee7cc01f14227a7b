"""All that is known of the lists of agents and phone numbers: what is asked, and how an answer is read.

Sources: teli-api.md §2.1 and §3.1. An answer that is not as documented tells nothing, and is said to.
"""

from __future__ import annotations

from teli_iac.kinds.wire import success_document, unreadable
from teli_iac.model import Agent, JsonValue, Project, Reply, Request

_TEXTS = ("first_sentence", "greeting_prompt", "general_prompt", "follow_up_prompt", "voicemail_content")
"""Where an agent's words stand when they are read; how they map to those written is not documented."""


def agents_request(project: Project) -> Request:
    """Ask for every agent of the organization, those for SMS among them."""
    return Request(
        "GET",
        "/v1/agents",
        query=(
            ("organization_id", project.organization_id),
            ("user_id", project.user_id),
            ("is_admin", "true"),
        ),
    )


def numbers_request(project: Project) -> Request:
    """Ask for every voice number of the organization."""
    return Request(
        "GET",
        "/v1/voice/phone-numbers",
        query=(
            ("user_id", project.user_id),
            ("organization_id", project.organization_id),
            ("is_admin", "true"),
            ("phone_type", "voice"),
        ),
    )


def read_agents(reply: Reply) -> tuple[Agent, ...]:
    """The agents of a list answer. Raises ApiRefused, or AnswerUnreadable when it is not such a list."""
    return tuple(map(_agent, _items(reply, "agents")))


def read_numbers(reply: Reply) -> frozenset[str]:
    """The voice numbers of a list answer; one that is said to be of another type is left out."""
    items = _items(reply, "phone_numbers")
    voice = (item for item in items if _text(item, "phone_type") in {"", "voice"})
    return frozenset(_text(item, "phone_number") for item in voice) - {""}


def _items(reply: Reply, key: str) -> list[dict[str, JsonValue]]:
    what = f"the list of {key.replace('_', ' ')}"
    document = success_document(reply, what)
    items = document.get(key)
    if not isinstance(items, list):
        raise unreadable(f"{what} has no {key} array")
    if document.get("count", len(items)) != len(items):
        raise unreadable(f"{what} says it has {document['count']} and holds {len(items)}")
    sound = [item for item in items if isinstance(item, dict)]
    if len(sound) != len(items):
        raise unreadable(f"{what} holds something else")
    return sound


def _agent(item: dict[str, JsonValue]) -> Agent:
    return Agent(
        voice_agent_id=_text(item, "voice_agent_id"),
        name=_text(item, "agent_name"),
        agent_type=_text(item, "agent_type").lower(),
        texts=tuple((field, _text(item, field)) for field in _TEXTS if _text(item, field)),
    )


def _text(item: dict[str, JsonValue], key: str) -> str:
    value = item.get(key)
    return value if isinstance(value, str) else ""
