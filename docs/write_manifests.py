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

Every key of every kind, written from `schemas/` by `python -m docs.write_manifests`. Below each stand what
it is, its default and an example. A key in **bold** is required where the key above it is written; `[]` means
each of a list.
"""


def page() -> str:
    """The whole page: a section for each kind, with every key in the order of its schema."""
    return "\n".join([_HEAD, *(_section(_schema(kind)) for kind in KINDS)])


def _schema(kind: str) -> Mapping[str, Any]:
    schema: Mapping[str, Any] = json.loads((SCHEMAS / f"{kind}.json").read_text(encoding="utf-8"))
    return schema


def _section(schema: Mapping[str, Any]) -> str:
    keys = [_entry(*each) for each in _keys(schema, "")]
    return "\n".join([f"## {schema['title']}", "", schema["description"], "", *keys, ""])


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


def _entry(path: str, schema: Mapping[str, Any], required: bool) -> str:  # noqa: FBT001  from _keys, by position
    """An entry of a list, for a table of five columns fits no telephone and hardly a screen."""
    key = f"**`{path}`**" if required else f"`{path}`"
    facts = [_is(schema)]
    if "default" in schema:
        facts.append(f"default {_code(schema['default'])}")
    if "const" not in schema and _can_be_shown(schema.get("examples")):
        facts.append(f"for example {_code(schema['examples'][0])}")
    return f"- {key}: {schema['description']}\\\n  *{'; '.join(facts)}*"


def _can_be_shown(examples: list[object] | None) -> bool:
    """Whether an example says more than the keys below it do: one of a mapping in a line does not."""
    return bool(examples) and not isinstance(next(iter(examples or ())), dict)


def _is(schema: Mapping[str, Any]) -> str:
    if "const" in schema:
        return f"always {_code(schema['const'])}"
    if "enum" in schema:
        return ", ".join(_code(value) for value in schema["enum"])
    kinds = schema.get("type", ())
    words: str = schema.get("title") or " or ".join([kinds] if isinstance(kinds, str) else kinds)
    return words + _bounds(schema)


def _bounds(schema: Mapping[str, Any]) -> str:
    if "minimum" not in schema or "maximum" not in schema:
        return ""
    return f", {schema['minimum']} to {schema['maximum']}"


def _code(value: object) -> str:
    return f"`{json.dumps(value, ensure_ascii=False)}`"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
