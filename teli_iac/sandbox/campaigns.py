"""Campaigns and their contacts in the store: one function per thing that is asked of the tables."""

from __future__ import annotations

from dataclasses import dataclass

from teli_iac.sandbox.accepting import NewCampaign
from teli_iac.sandbox.analytics import Contact
from teli_iac.sandbox.outcomes import Outcome
from teli_iac.sandbox.store import Connection
from teli_iac.sandbox.times import wire_time
from teli_iac.sandbox.transitions import CampaignStatus


@dataclass(frozen=True, slots=True)
class CampaignRow:
    """What the list shows of a campaign. Times are as sent on the wire; the count is the last create's."""

    campaign_id: str
    status: CampaignStatus
    voice_agent_id: str
    contacts_count: int
    organization_id: str
    tenant_id: str
    begins: str
    ends: str


@dataclass(frozen=True, slots=True)
class Progress:
    """Contacts in all, and those that get no further call."""

    total: int
    completed: int


@dataclass(frozen=True, slots=True)
class Found:
    """A campaign that exists: the key of its row and contacts, and its status."""

    key: int
    status: CampaignStatus


def store_campaign(connection: Connection, campaign_id: str, new: NewCampaign) -> None:
    """Put the campaign down, active. One of the same id is overwritten, and its contacts stay."""
    key = connection.execute(
        """INSERT INTO campaigns (campaign_id, organization_id, tenant_id, user_id, voice_agent_id,
                                  retry_limit, call_interval_days, begins, ends, status, contacts_count)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (campaign_id) WHERE visible DO UPDATE SET
             organization_id = excluded.organization_id, tenant_id = excluded.tenant_id,
             user_id = excluded.user_id, voice_agent_id = excluded.voice_agent_id,
             retry_limit = excluded.retry_limit, call_interval_days = excluded.call_interval_days,
             begins = excluded.begins, ends = excluded.ends, status = excluded.status,
             contacts_count = excluded.contacts_count
           RETURNING key""",
        _row(campaign_id, new),
    ).fetchone()[0]
    connection.executemany(
        "INSERT INTO contacts (campaign_key, phone_number) VALUES (?, ?)",
        ((key, number) for number in new.phone_numbers),
    )


def _row(campaign_id: str, new: NewCampaign) -> tuple[str | int, ...]:
    return (
        campaign_id,
        new.organization_id,
        new.tenant_id,
        new.user_id,
        new.voice_agent_id,
        new.redial.retry_limit,
        new.redial.call_interval_days,
        wire_time(new.begins),
        wire_time(new.ends),
        CampaignStatus.ACTIVE,
        len(new.phone_numbers),
    )


def list_rows(
    connection: Connection, organization_id: str, tenant_id: str, user_id: str | None
) -> list[CampaignRow]:
    """The campaigns of a tenant in an organization, oldest first; with a `user_id`, that user's only.

    A campaign that was created without an owner belongs to nobody, and so to no user's list.
    """
    rows = connection.execute(
        """SELECT campaign_id, status, voice_agent_id, contacts_count, organization_id, tenant_id,
                  begins, ends
           FROM campaigns WHERE visible AND organization_id = :organization AND tenant_id = :tenant
             AND (:user IS NULL OR user_id = :user AND user_id <> '') ORDER BY key""",
        {"organization": organization_id, "tenant": tenant_id, "user": user_id},
    )
    return [CampaignRow(row[0], CampaignStatus(row[1]), *row[2:]) for row in rows]


def find_campaign(connection: Connection, campaign_id: str) -> Found | None:
    """The campaign of this id, unless it was never made or was deleted."""
    row = connection.execute(
        "SELECT key, status FROM campaigns WHERE visible AND campaign_id = ?", (campaign_id,)
    ).fetchone()
    return Found(row[0], CampaignStatus(row[1])) if row else None


def set_status(connection: Connection, key: int, status: CampaignStatus) -> None:
    """Overwrite the status."""
    connection.execute("UPDATE campaigns SET status = ? WHERE key = ?", (status, key))


def remove_campaign(connection: Connection, found: Found) -> None:
    """Take the campaign and its contacts away.

    Only pause and end are documented to stop calls. A campaign deleted while active therefore vanishes
    from the API, and the calls that were queued for it still go out.
    """
    if found.status is CampaignStatus.ACTIVE:
        connection.execute("UPDATE campaigns SET visible = 0 WHERE key = ?", (found.key,))
        return
    connection.execute("DELETE FROM contacts WHERE campaign_key = ?", (found.key,))
    connection.execute("DELETE FROM campaigns WHERE key = ?", (found.key,))


def count_progress(connection: Connection, key: int) -> Progress:
    """How far the dialler has come with a campaign."""
    total, completed = connection.execute(
        "SELECT count(*), coalesce(sum(done), 0) FROM contacts WHERE campaign_key = ?", (key,)
    ).fetchone()
    return Progress(total, completed)


def list_contacts(connection: Connection, key: int) -> list[Contact]:
    """The contacts of a campaign in the order in which they were given."""
    rows = connection.execute(
        "SELECT phone_number, attempts, outcome, called_at FROM contacts WHERE campaign_key = ? ORDER BY id",
        (key,),
    )
    return [
        Contact(n, attempts, Outcome(outcome) if outcome else None, at) for n, attempts, outcome, at in rows
    ]
