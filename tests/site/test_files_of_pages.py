"""The YAML and JSON that pages show is what they say it is: manifests, parts of them, a settings file."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from teli_iac.manifests import schema_text
from tests.pipelines.judges import ROOT
from tests.site.blocks import WRITTEN, blocks, text_of

SHOWN = [
    pytest.param(block.text, id=f"{page}-{number}")
    for page in WRITTEN
    for number, block in enumerate(blocks(text_of(page)))
    if block.language == "yaml"
]
SCHEMAS = {
    kind: json.loads(schema_text(kind)) for kind in ("Project", "Campaign", "NumberPool", "RedialPolicy")
}
PARTS = {
    name: part
    for kind in ("Campaign", "Project")
    for name, part in SCHEMAS[kind]["properties"]["spec"]["properties"].items()
}
"""What may stand below `spec`, for blocks that show no more than that."""
HOOKS = {hook["id"] for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}


@pytest.mark.parametrize("shown", SHOWN)
def test_what_a_page_shows_as_yaml_is_taken(shown: str) -> None:
    for document in yaml.safe_load_all(shown):
        if "kind" in document:
            assert complaints(SCHEMAS[document["kind"]], document) == []
        elif "repos" in document:
            assert {hook["id"] for repository in document["repos"] for hook in repository["hooks"]} <= HOOKS
        else:
            below = document.get("spec", document)
            assert set(below) <= set(PARTS), "parts of a manifest, or a whole one with its kind"
            assert [each for name, value in below.items() for each in complaints(PARTS[name], value)] == []


def complaints(schema: dict[str, Any], value: object) -> list[str]:
    return [fault.message for fault in Draft7Validator(schema).iter_errors(value)]


def test_what_a_page_shows_as_json_is_json() -> None:
    shown = [block.text for page in WRITTEN for block in blocks(text_of(page)) if block.language == "json"]
    assert all(json.loads(text) for text in shown)
    assert len(shown) >= 1
    assert len(SHOWN) > 6
