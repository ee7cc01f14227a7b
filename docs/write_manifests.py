"""Write docs/manifests.md, the reference of manifests, from schemas/: `python -m docs.write_manifests`.

Editors and `validate` use the same schemas, so the three cannot disagree; a test holds the file to them.
"""  # noqa: INP001  docs/ is a folder of pages, not a package

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

PAGE = Path(__file__).with_name("manifests.md")
SCHEMAS = PAGE.parent.parent / "schemas"
KINDS = ("project", "campaign", "number_pool", "redial_policy")

_HEAD = """\
# Manifests

Every key of every kind, written from `schemas/` by `python -m docs.write_manifests`.
A key in **bold** is required where the key above it is written.
"""


def page() -> str:
    """The whole page: a section for each kind, with a row for each key below `metadata` and `spec`."""
    return "\n".join([_HEAD, *(_section(_schema(kind)) for kind in KINDS)])


def _schema(kind: str) -> Mapping[str, Any]:
    schema: Mapping[str, Any] = json.loads((SCHEMAS / f"{kind}.json").read_text(encoding="utf-8"))
    return schema


def _section(schema: Mapping[str, Any]) -> str:
    rows = [_row(*each) for each in _keys(schema, "")]
    table = ["| key | is | means | default | example |", "|---|---|---|---|---|", *rows]
    return "\n".join([f"## {schema['title']}", "", schema["description"], "", *table, ""])


def _keys(schema: Mapping[str, Any], above: str) -> Iterator[tuple[str, Mapping[str, Any], bool]]:
    """A schema's properties with their paths, each before those below it, in the schema's order."""
    for name, each in schema.get("properties", {}).items():
        yield f"{above}{name}", each, name in schema.get("required", ())
        yield from _keys(each, f"{above}{name}.")
    for branch in ("then", "else"):
        if branch in schema:
            yield from _keys(schema[branch], above)
    if "items" in schema:
        yield from _keys(schema["items"], f"{above.removesuffix('.')}[].")


def _row(path: str, schema: Mapping[str, Any], required: bool) -> str:  # noqa: FBT001  from _keys, by position
    key = f"**`{path}`**" if required else f"`{path}`"
    default = _code(schema["default"]) if "default" in schema else ""
    example = _code(schema["examples"][0]) if schema.get("examples") else ""
    return f"| {key} | {_is(schema)} | {_cell(schema.get('description', ''))} | {default} | {example} |"


def _is(schema: Mapping[str, Any]) -> str:
    if "const" in schema:
        return f"always {_code(schema['const'])}"
    if "enum" in schema:
        return ", ".join(_code(value) for value in schema["enum"])
    kinds = schema.get("type", ())
    words = schema.get("title") or " or ".join([kinds] if isinstance(kinds, str) else kinds)
    return _cell(words) + _bounds(schema)


def _bounds(schema: Mapping[str, Any]) -> str:
    if "minimum" not in schema or "maximum" not in schema:
        return ""
    return f", {schema['minimum']} to {schema['maximum']}"


def _code(value: object) -> str:
    return f"`{_cell(json.dumps(value, ensure_ascii=False))}`"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
