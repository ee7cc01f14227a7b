"""What a campaign must say beyond what its schema asks for, which depends on who made it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from teli_iac.kinds import campaign
from teli_iac.manifests.document import Node, deepest
from teli_iac.manifests.schemas import schema_text
from teli_iac.manifests.violations import Violation

_LEADS = ("spec", "leads")
_NEEDED_TO_LAUNCH = ("voice_agent_id", "agent_outbound_number")


def missing_keys(kind: str, root: Node) -> Iterator[Violation]:
    """The keys that a launch needs; a campaign that was made elsewhere is never launched."""
    spec = root.children.get("spec")
    if kind == campaign.KIND:
        yield from _missing_in_leads(root)
    if kind != campaign.KIND or spec is None or not isinstance(spec.value, dict):
        return
    if "campaign_id" in deepest(root, ("metadata",)).children:
        return
    for key in _NEEDED_TO_LAUNCH:
        if key not in spec.children and not (key == "voice_agent_id" and "agent" in spec.children):
            yield Violation("required", ("spec",), spec.value, [key], _spec_schema(), key)


def _missing_in_leads(root: Node) -> Iterator[Violation]:
    """People come from a file, or from a query and the connection that it is put to."""
    leads = deepest(root, _LEADS)
    if "leads" not in deepest(root, _LEADS[:1]).children or not isinstance(leads.value, dict):
        return
    given = leads.children.keys()
    if not given & {"file", "query"}:
        key = "query" if "connection" in given else "file"
    elif "query" in given and "connection" not in given:
        key = "connection"
    else:
        return
    schema = _spec_schema()["properties"]["leads"]["else"]["else"]
    yield Violation("required", _LEADS, leads.value, [key], schema, key)


@cache
def _spec_schema() -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(schema_text(campaign.KIND))["properties"]["spec"]
    return schema
