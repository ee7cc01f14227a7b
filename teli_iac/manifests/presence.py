"""What a campaign must say beyond what its schema asks for, which depends on who made it."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from functools import cache
from typing import Any

from teli_iac.kinds import campaign, project
from teli_iac.manifests.document import Node, deepest
from teli_iac.manifests.schemas import schema_text
from teli_iac.manifests.violations import Violation

_LEADS = ("spec", "leads")
_SUPPRESS = ("spec", "suppress")
_NEEDED_TO_LAUNCH = ("voice_agent_id", "agent_outbound_number")


def missing_keys(kind: str, root: Node) -> Iterator[Violation]:
    """The keys that a launch needs; a campaign that was made elsewhere is never launched."""
    spec = root.children.get("spec")
    if kind in {campaign.KIND, project.KIND}:
        yield from _missing_in_lists(kind, root)
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
    key = _missing_of_source(leads.children.keys())
    if key is not None:
        schema = _spec_schema()["properties"]["leads"]["else"]["else"]
        yield Violation("required", _LEADS, leads.value, [key], schema, key)


def _missing_in_lists(kind: str, root: Node) -> Iterator[Violation]:
    """So do numbers that nobody calls."""
    if "suppress" not in deepest(root, _SUPPRESS[:1]).children:
        return
    for number, declared in deepest(root, _SUPPRESS).children.items():
        if not isinstance(declared.value, dict):
            continue
        key = _missing_of_source(declared.children.keys())
        if key is not None:
            schema = _spec_schema(kind)["properties"]["suppress"]["items"]
            yield Violation("required", (*_SUPPRESS, number), declared.value, [key], schema, key)


def _missing_of_source(given: Collection[str | int]) -> str | None:
    if "file" not in given and "query" not in given:
        return "query" if "connection" in given else "file"
    return "connection" if "query" in given and "connection" not in given else None


@cache
def _spec_schema(kind: str = campaign.KIND) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(schema_text(kind))["properties"]["spec"]
    return schema
