"""Digests of parts that differ in one thing, and of real manifests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from teli_iac.identity import digest_part, fingerprint_people
from teli_iac.leads import load_leads
from teli_iac.manifests import lead_references, parse_manifests, read_manifests
from teli_iac.model import CampaignSettings, JsonValue, Lead, Redial

SETTINGS: dict[str, Any] = {
    "voice_agent_id": "agent_86f826bf8f59bacd5c10ae948a",
    "agent_outbound_number": "+15175550141",
    "number_pool": ("+14155550111", "+14155550112"),
    "redial": Redial(retry_limit=3, call_interval_days=1),
    "begin": datetime(2026, 12, 1, 14, tzinfo=UTC),
    "end": datetime(2026, 12, 2, 1, tzinfo=UTC),
}
ADA = Lead("+14155550101", (("first_name", "Ada"), ("visits", 7)), 2)
GRACE = Lead("+14155550102", (("first_name", "Grace"), ("visits", [1, {"b": 2, "a": 1}])), 3)


def digest(people: Sequence[Lead] = (ADA, GRACE), **changes: Any) -> str:
    """The digest of one part, with what is said here changed."""
    return digest_part(CampaignSettings(**{**SETTINGS, **changes}), fingerprint_people(people))


def lead(number: str, fields: dict[str, JsonValue], line: int = 1) -> Lead:
    """A person with fields in whatever order, put into the order of their names as every source does."""
    return Lead(number, tuple(sorted(fields.items())), line)


def digests(folder: Path) -> dict[str, str]:
    """The digest of every campaign of a project folder, by name, read as `plan` reads it."""
    manifests = read_manifests(["."], folder, None, {})
    leads, problems = load_leads(lead_references(manifests), str(folder))
    desired = parse_manifests(manifests, leads, problems)
    return {
        name: digest_part(campaign.settings, campaign.leads.fingerprint)
        for name, campaign in desired.campaigns.items()
    }
