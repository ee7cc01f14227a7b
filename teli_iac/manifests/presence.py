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

_NEEDED_TO_LAUNCH = ("voice_agent_id", "agent_outbound_number")


def missing_keys(kind: str, root: Node) -> Iterator[Violation]:
    """The keys that a launch needs; a campaign that was made elsewhere is never launched."""
    spec = root.children.get("spec")
    if kind != campaign.KIND or spec is None or not isinstance(spec.value, dict):
        return
    if "campaign_id" in deepest(root, ("metadata",)).children:
        return
    for key in _NEEDED_TO_LAUNCH:
        if key not in spec.children and not (key == "voice_agent_id" and "agent" in spec.children):
            yield Violation("required", ("spec",), spec.value, [key], _spec_schema(), key)


@cache
def _spec_schema() -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(schema_text(campaign.KIND))["properties"]["spec"]
    return schema
