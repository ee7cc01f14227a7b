"""From what a schema says to what a person should do: one sentence, one code, one next step."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from teli_iac.manifests.characters import named, quoted
from teli_iac.manifests.document import Document, Fault, Node, Path, deepest
from teli_iac.manifests.excerpts import is_personal
from teli_iac.manifests.suggestions import did_you_mean
from teli_iac.manifests.violations import Violation

_ALLOWED_SHOWN = 14
_KEYS_OF_LEADS = frozenset(
    {
        "file",
        "query",
        "connection",
        "columns",
        "variables",
        "default_country",
        "delimiter",
        "encoding",
        "phone_number",
    }
)
"""Keys below `leads` that the schemas give their names to; every other one may be data of a person."""

_WANTED = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping",
}


@dataclass(frozen=True, slots=True)
class _Subject:
    """What a sentence is about, and whether it stands among lead data, which no sentence may quote."""

    label: str
    personal: bool


def explain(document: Document, violation: Violation) -> Fault:
    """The complaint about one violation, placed at the key or value that has to change."""
    node = deepest(document.root, violation.path)
    line, column = _place(node, violation)
    personal = is_personal(document.source.reading.personal, node.line, node.column)
    subject = _Subject(_label(violation.path, personal=personal), personal)
    code, message, next_step = SENTENCES[violation.keyword](violation, subject)
    return Fault(code, message, next_step, line, column)


def _place(node: Node, violation: Violation) -> tuple[int, int]:
    if violation.keyword == "required" or violation.key is None:
        at_key = violation.keyword == "required" and node.key_line
        return (node.key_line, node.key_column) if at_key else (node.line, node.column)
    child = node.children[violation.key]
    return child.key_line, child.key_column


def _label(path: Path, *, personal: bool) -> str:
    """`spec.numbers[2]`; inside leads only what cannot be anybody's: places in lists and our own keys."""
    if personal and "leads" in path:
        below = path.index("leads") + 1
        shown = takewhile(lambda step: isinstance(step, int) or step in _KEYS_OF_LEADS, path[below:])
        path = (*path[:below], *shown)
    label = "".join(f"[{step}]" if isinstance(step, int) else f".{named(step)}" for step in path)
    return label.removeprefix(".") or "the document"


def _unknown_key(violation: Violation, where: _Subject) -> tuple[str, str, str]:
    known = violation.schema["properties"]
    key = violation.key or ""
    shown = "A key here" if where.personal else quoted(key)
    hint = did_you_mean(key, known)
    return "TELI-E035", f"{shown} is not a key of {where.label}", f"{hint}Keys here: {_listed(known)}."


def _missing_key(violation: Violation, where: _Subject) -> tuple[str, str, str]:
    described = violation.schema["properties"][violation.key]["description"]
    return "TELI-E036", f'{where.label} lacks "{violation.key}"', f'Add "{violation.key}". {described}'


def _wrong_type(violation: Violation, where: _Subject) -> tuple[str, str, str]:
    wanted = violation.expected if isinstance(violation.expected, list) else [violation.expected]
    names = " or ".join(_WANTED[name] for name in wanted)
    if violation.value is None:
        return (
            "TELI-E037",
            f"{where.label} has no value; {names} is wanted",
            "Give it a value, or leave the key out.",
        )
    text_alone_is_not_it = {"object", "array"} <= set(wanted)  # leads: nothing there is meant as a number
    if "string" in wanted and not text_alone_is_not_it and isinstance(violation.value, str | int | float):
        message = f"{where.label} is {_kind_of(violation.value)} where text is wanted"
        if "pattern" not in violation.schema:
            return "TELI-E030", message, 'Quote it ("…").'
        return "TELI-E030", message, _by_example(violation.schema, 'Quote it ("…"), and write it like')
    message = f"{where.label} is {_kind_of(violation.value)}, not {names}"
    if wanted == ["boolean"]:
        return "TELI-E037", message, "Write true or false, in lower case and without quotes."
    how = "Write it without quotes, like" if isinstance(violation.value, str) else "Write it like"
    return "TELI-E037", message, _by_example(violation.schema, how)


def _not_allowed(violation: Violation, where: _Subject) -> tuple[str, str, str]:
    allowed = [str(value) for value in violation.expected]
    shown = "" if where.personal or not isinstance(violation.value, str) else f" {quoted(violation.value)}"
    hint = did_you_mean(violation.value, allowed) if isinstance(violation.value, str) else ""
    return (
        "TELI-E038",
        f"{where.label}{shown} is not one of the allowed values",
        f"{hint}Allowed: {', '.join(json.dumps(value) for value in allowed)}.",
    )


def _malformed(violation: Violation, where: _Subject) -> tuple[str, str, str]:
    what = f"A key of {where.label}" if violation.key is not None else where.label
    form = violation.schema.get("title", "in the right form")
    return "TELI-E039", f"{what} is not {form}", _by_example(violation.schema, "Write it like")


def _out_of_range(violation: Violation, where: _Subject) -> tuple[str, str, str]:
    if violation.keyword == "minimum":
        return (
            "TELI-E040",
            f"{where.label} is below {violation.expected}",
            f"Write {violation.expected} or more.",
        )
    return "TELI-E040", f"{where.label} is above {violation.expected}", f"Write {violation.expected} or less."


def _too_short(_: Violation, where: _Subject) -> tuple[str, str, str]:
    return "TELI-E041", f"{where.label} is empty", "Put something in, or leave the key out."


def _too_long(violation: Violation, where: _Subject) -> tuple[str, str, str]:
    what = "entries" if violation.keyword == "maxItems" else "characters"
    limit = f"{violation.expected:,} {what}"
    return "TELI-E043", f"{where.label} has more than {limit}", f"Shorten it to at most {limit}."


def _repeated(_: Violation, where: _Subject) -> tuple[str, str, str]:
    return "TELI-E042", f"{where.label} repeats an earlier entry", "Remove one of the two."


SENTENCES: Mapping[str, Callable[[Violation, _Subject], tuple[str, str, str]]] = {
    "additionalProperties": _unknown_key,
    "required": _missing_key,
    "type": _wrong_type,
    "enum": _not_allowed,
    "pattern": _malformed,
    "minimum": _out_of_range,
    "maximum": _out_of_range,
    "minItems": _too_short,
    "minLength": _too_short,
    "maxItems": _too_long,
    "maxLength": _too_long,
    "uniqueItems": _repeated,
}
"""Every keyword that schemas/ uses and a document can break; `const` is judged before, with the envelope."""


def _kind_of(value: Any) -> str:
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, int | float):
        return "a number"
    if isinstance(value, str):
        return "text"
    return "a list" if isinstance(value, list) else "a mapping"


def _by_example(schema: Mapping[str, Any], how: str) -> str:
    """Every part of schemas/ that a document can break has an example, which the schema's test demands."""
    return f"{how} {json.dumps(schema['examples'][0], ensure_ascii=False)}."


def _listed(known: Mapping[str, Any]) -> str:
    keys = list(known)
    more = f" and {len(keys) - _ALLOWED_SHOWN} more" if len(keys) > _ALLOWED_SHOWN else ""
    return ", ".join(keys[:_ALLOWED_SHOWN]) + more
