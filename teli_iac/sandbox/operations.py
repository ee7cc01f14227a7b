"""The operations this service offers: each reads a call, does it to the store and answers.

Which of their details are guesses is told in the package's docstring.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Literal, TypeAlias

from teli_iac.model import JsonValue
from teli_iac.sandbox import analytics, campaigns
from teli_iac.sandbox.accepting import NewCampaign, read_create
from teli_iac.sandbox.answers import Answer, Call, Refused, bare_failure, failure, success
from teli_iac.sandbox.calls import list_calls
from teli_iac.sandbox.campaigns import CampaignRow, Found
from teli_iac.sandbox.clock import now
from teli_iac.sandbox.samples import sample_agent, sample_agents, sample_phone_numbers
from teli_iac.sandbox.store import Connection, Store
from teli_iac.sandbox.times import wire_time
from teli_iac.sandbox.transitions import Order, follow

Operation: TypeAlias = Callable[[Store, Call], Answer]


@dataclass(frozen=True, slots=True)
class Route:
    """Where an operation is found, and what the service says when it fails inside (500)."""

    method: Literal["GET", "POST", "DELETE"]
    pattern: str
    operation: Operation
    failure: str = "Internal server error"


def list_campaigns(store: Store, call: Call) -> Answer:
    """The campaigns of a tenant; without `is_admin` those of one user."""
    organization_id = _organization(call, failure)
    user_id = None if call.flag("is_admin", default=False) else call.asked("user_id")
    with store.reading() as connection:
        rows = campaigns.list_rows(connection, organization_id, call.asked("tenant_id"), user_id)
    return success(count=len(rows), campaigns=[_list_item(row) for row in rows])


def create_campaign(store: Store, call: Call) -> Answer:
    """Store a campaign and start calling; an id that exists is overwritten and dialled again."""
    new = read_create(call.body, now(store))
    campaign_id = new.campaign_id or f"voice_campaign_{secrets.token_hex(6)}"
    with store.writing() as connection:
        campaigns.store_campaign(connection, campaign_id, new)
    return _created(campaign_id, new)


def get_campaign(store: Store, call: Call) -> Answer:
    """Status and progress, no configuration."""
    with store.reading() as connection:
        found = _found(connection, call)
        progress = campaigns.count_progress(connection, found.key)
    counts: dict[str, JsonValue] = {
        "total": progress.total,
        "completed": progress.completed,
        "pending": progress.total - progress.completed,
    }
    return success(campaign_id=_campaign_id(call), status=found.status, progress=counts)


def delete_campaign(store: Store, call: Call) -> Answer:
    """Remove the campaign and its contacts; the dial log stays."""
    with store.writing() as connection:
        campaigns.remove_campaign(connection, _found(connection, call))
    return success(message=f"Campaign {_campaign_id(call)} deleted")


def order_campaign(order: Order, message: str, store: Store, call: Call) -> Answer:
    """Pause, resume or end."""
    with store.writing() as connection:
        found = _found(connection, call)
        campaigns.set_status(connection, found.key, follow(found.status, order))
    return success(campaign_id=_campaign_id(call), message=message)


def get_analytics(store: Store, call: Call) -> Answer:
    """Counts, rates and sentiment."""
    with store.reading() as connection:
        contacts = campaigns.list_contacts(connection, _found(connection, call).key)
    return success(campaign_id=_campaign_id(call), **analytics.analyse(contacts))


def list_failed_numbers(store: Store, call: Call) -> Answer:
    """The numbers that were not reached."""
    query = analytics.FailedNumbersQuery(
        detailed=call.asked("format") == "detailed",
        include_voicemail=call.flag("include_voicemail", default=True),
        include_not_called=call.flag("include_not_called", default=False),
    )
    with store.reading() as connection:
        contacts = campaigns.list_contacts(connection, _found(connection, call).key)
    numbers = analytics.failed_numbers(_campaign_id(call), contacts, query)
    return success(campaign_id=_campaign_id(call), failed_numbers=numbers, count=len(numbers))


def list_agents(_store: Store, call: Call) -> Answer:
    """The sample agents, which every organization has."""
    agents = sample_agents(_organization(call, bare_failure), call.asked("agent_type"))
    return success(count=len(agents), agents=agents)


def get_agent(_store: Store, call: Call) -> Answer:
    """One sample agent."""
    agent = sample_agent(call.path["agent_id"])
    return success(agent=agent) if agent else bare_failure(404, "Agent not found")


def list_phone_numbers(_store: Store, call: Call) -> Answer:
    """The sample numbers; without an organization there are none (an error is not documented)."""
    numbers = sample_phone_numbers(
        call.asked("organization_id"), call.asked("user_id"), call.asked("phone_type")
    )
    return success(count=len(numbers), phone_numbers=numbers)


def _organization(call: Call, refuse: Callable[[int, str], Answer]) -> str:
    organization_id = call.asked("organization_id")
    if not organization_id:
        raise Refused(refuse(400, "organization_id required"))
    return organization_id


def _campaign_id(call: Call) -> str:
    return call.path["campaign_id"]


def _found(connection: Connection, call: Call) -> Found:
    found = campaigns.find_campaign(connection, _campaign_id(call))
    if found is None:
        raise Refused(failure(404, "Campaign not found"))
    return found


def _list_item(row: CampaignRow) -> dict[str, JsonValue]:
    return {
        "campaign_id": row.campaign_id,
        "status": row.status,
        "voice_agent_id": row.voice_agent_id,
        "agent_id": row.voice_agent_id,
        "contacts_count": row.contacts_count,
        "organization_id": row.organization_id,
        "tenant_id": row.tenant_id,
        "campaign_begin_time": row.begins,
        "campaign_end_time": row.ends,
        "created_at": "",
    }


def _created(campaign_id: str, new: NewCampaign) -> Answer:
    return success(
        campaign_id=campaign_id,
        contacts_count=len(new.phone_numbers),
        invalid_leads_count=new.invalid_leads,
        campaign_begin_time=wire_time(new.begins),
        campaign_end_time=wire_time(new.ends),
        message="Campaign started successfully",
    )


_CAMPAIGNS = "/v1/voice/campaigns"
_CAMPAIGN = f"{_CAMPAIGNS}/<campaign_id>"

ROUTES: tuple[Route, ...] = (
    Route("GET", _CAMPAIGNS, list_campaigns, "Failed to list voice campaigns"),
    Route("POST", _CAMPAIGNS, create_campaign, "Failed to start voice campaign"),
    Route("GET", _CAMPAIGN, get_campaign),
    Route("DELETE", _CAMPAIGN, delete_campaign),
    Route("POST", f"{_CAMPAIGN}/pause", partial(order_campaign, Order.PAUSE, "Campaign paused")),
    Route("POST", f"{_CAMPAIGN}/resume", partial(order_campaign, Order.RESUME, "Campaign resumed")),
    Route("POST", f"{_CAMPAIGN}/end", partial(order_campaign, Order.END, "Campaign ended")),
    Route("GET", f"{_CAMPAIGN}/analytics", get_analytics),
    Route("GET", f"{_CAMPAIGN}/failed-numbers", list_failed_numbers),
    Route("GET", "/v1/voice/phone-numbers", list_phone_numbers),
    Route("GET", "/v1/voice/calls", list_calls, "Failed to list calls"),
    Route("GET", "/v1/agents", list_agents, "Failed to list agents"),
    Route("GET", "/v1/agents/<agent_id>", get_agent, "Failed to get agent - agent may not exist"),
)
