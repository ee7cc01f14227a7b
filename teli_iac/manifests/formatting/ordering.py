"""The order of keys: that of the schema, and behind it what the schema gives no name, as written."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, TypeAlias

from teli_iac.kinds import KINDS
from teli_iac.manifests.formatting.tree import Collection, Entry, Node, Page, Scalar
from teli_iac.manifests.schemas import schema_text

Schema: TypeAlias = Mapping[str, Any]

_ANY: Schema = {}


def schema_of(page: Page) -> Schema:
    """The schema of the kind that a page names, or one that knows no order."""
    if not isinstance(page.root, Collection):
        return _ANY
    kinds = [
        each.value.value
        for each in page.root.entries
        if each.key and each.key.value == "kind"
        if isinstance(each.value, Scalar)
    ]
    return _schema(kinds[0]) if kinds and kinds[0] in KINDS else _ANY


def below(schema: Schema, node: Node) -> Schema:
    """What a schema says of a node: one that asks for a type first answers for that type."""
    while asked := schema.get("if"):
        schema = schema.get("then" if asked["type"] == _type_of(node) else "else", _ANY)
    return schema


def schema_for(schema: Schema, entry: Entry) -> Schema:
    """The schema of an entry's value; `schema` is that of the collection around it."""
    if entry.key is None:
        found: Schema = schema.get("items", _ANY)
        return found
    named: Schema = schema.get("properties", {}).get(entry.key.value, _ANY)
    return named


def in_order(collection: Collection, schema: Schema) -> Sequence[Entry]:
    """The entries in the order they are printed in."""
    names = [*schema.get("properties", {})] if collection.is_mapping else []
    rank = {name: at for at, name in enumerate(names)}
    last = len(rank)
    return sorted(collection.entries, key=lambda each: rank.get(each.key.value, last) if each.key else last)


@cache
def _schema(kind: str) -> Schema:
    parsed: Schema = json.loads(schema_text(kind))
    return parsed


def _type_of(node: Node) -> str:
    if isinstance(node, Scalar):
        return "string"
    return "object" if node.is_mapping else "array"
