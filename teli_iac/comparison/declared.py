"""What manifests declare, as attributes that can be compared and shown: nobody's number is among them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from datetime import timedelta

from teli_iac.kinds.attributes import settings_attributes
from teli_iac.model import Campaign, Connection, DoNotCall, JsonValue, Project, SuppressionQuery

_SHORT = 12
_PASSWORD = re.compile(r"(?<=//)[^/@\s]+(?=@)")


def campaign_attributes(campaign: Campaign) -> Mapping[str, JsonValue]:
    """All that a manifest says beyond its people: what is sent, and how we are to treat it."""
    return {
        **settings_attributes(campaign.settings),
        "run": campaign.run,
        "desired_status": campaign.desired_status.value,
        "on_remove": campaign.on_remove.value,
        "labels": {**campaign.labels} or None,
        "renamed_from": campaign.renamed_from,
        "leads": people_asked(campaign),
        "leads.max_per_part": campaign.max_per_part,
        "suppress": lists_asked(campaign),
    }


def people_asked(campaign: Campaign) -> JsonValue:
    """Where people are asked for and how: the text as a name of it, for it may hold somebody's."""
    query = campaign.leads.query
    return _named_query(query.connection, query.text) if query else None


def lists_asked(campaign: Campaign) -> JsonValue:
    """The same of do-not-call lists; whom those in files leave out is known, and told as people."""
    suppression = campaign.leads.suppression
    unasked = suppression.unasked if suppression else ()
    return [
        {**_named_query(each.connection, each.query), "column": each.column, "country": each.default_country}
        for each in unasked
    ] or None


def _named_query(connection: str, text: str) -> dict[str, JsonValue]:
    hashed = hashlib.sha256(text.strip().encode()).hexdigest()[:_SHORT]
    return {"connection": connection, "query": f"the text {hashed}"}


def project_attributes(project: Project, suppress: Sequence[DoNotCall]) -> Mapping[str, JsonValue]:
    """All that a Project says, its do-not-call lists included; whom they leave out is told as people."""
    return {
        "name": project.name,
        "organization_id": project.organization_id,
        "tenant_id": project.tenant_id,
        "user_id": project.user_id,
        "base_url": project.base_url,
        "ledger": _PASSWORD.sub("…", project.ledger),
        "guards": {guard.value: limit for guard, limit in project.guards.items()} or None,
        "launch_grace": _duration(project.launch_grace),
        "drain": _duration(project.drain),
        "settle_after": _duration(project.settle_after) if project.settle_after else "never",
        "allow_test_numbers": project.allow_test_numbers,
        "exclude": [*project.exclude] or None,
        "connections": {each.name: _connection(each) for each in project.connections.values()} or None,
        "suppress": _lists(suppress),
    }


def _lists(suppress: Sequence[DoNotCall]) -> JsonValue:
    """Every list by its name, so that what changed about one is told alone; a name may have several."""
    declared: dict[str, JsonValue] = {}
    for each in suppress:
        same = sum(name.partition(" #")[0] == each.named for name in declared)
        declared[f"{each.named} #{same + 1}" if same else each.named] = _list(each)
    return declared or None


def _list(each: DoNotCall) -> JsonValue:
    said: dict[str, JsonValue] = {
        "column": each.column,
        "default_country": each.default_country,
        "max_age": _duration(each.max_age) if each.max_age else None,
        "as_of": f"{each.as_of:%Y-%m-%d}" if each.as_of else None,
        "may_be_empty": each.may_be_empty,
    }
    if isinstance(each, SuppressionQuery):
        return {**said, **_named_query(each.connection, each.query)}
    return {**said, "delimiter": each.delimiter, "encoding": each.encoding}


def _connection(connection: Connection) -> JsonValue:
    """As it is declared: of its secrets it has the names of variables."""
    settings: dict[str, JsonValue] = {**connection.settings}
    return {**settings, "kind": connection.kind.value, "timeout": _duration(connection.timeout)}


def _duration(length: timedelta) -> str:
    minutes, seconds = divmod(int(length.total_seconds()), 60)
    return f"{minutes}m" if not seconds else f"{minutes * 60 + seconds}s"
