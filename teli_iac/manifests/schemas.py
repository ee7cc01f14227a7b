"""The only home of jsonschema: the schemas of schemas/ and their verdict on a document."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any

from teli_iac.identity import canonical_json
from teli_iac.kinds import KINDS
from teli_iac.manifests.accepting import Accept, compile_schema, ecma_pattern
from teli_iac.manifests.violations import Violation
from teli_iac.model import JsonValue

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError
    from jsonschema.protocols import Validator

COMBINED = "teli-iac"
"""The schema of any kind, for editors."""


def schema_text(kind: str | None = None) -> str:
    """The JSON Schema of a kind such as `Campaign` as it is shipped, or of all kinds together.

    KeyError when there is no such kind.
    """
    name = COMBINED if kind is None else KINDS[kind].SCHEMA
    packed = files("teli_iac") / "_schemas" / f"{name}.json"
    if packed.is_file():
        return packed.read_text(encoding="utf-8")
    # A checkout has no copy in the package: the folder beside it is the original.
    checkout = FilePath(__file__).parent.parent.parent / "schemas" / f"{name}.json"
    return checkout.read_text(encoding="utf-8")


def violations(kind: str, value: JsonValue) -> Iterator[Violation]:
    """Everything the schema of `kind` has against a document's value, in no particular order."""
    if not _accepts(kind)(value):
        yield from judged_violations(kind, value)


def judged_violations(kind: str, value: JsonValue) -> Iterator[Violation]:
    """The same, always by jsonschema."""
    for error in _validator(kind).iter_errors(value):
        yield from _violations(error)


@cache
def _accepts(kind: str) -> Accept:
    return compile_schema(json.loads(schema_text(kind)))


@cache
def _validator(kind: str) -> Validator:
    # jsonschema takes 60 ms to import and is not needed to print a help page.
    from jsonschema import Draft7Validator  # noqa: PLC0415  paid for only when a manifest is judged
    from jsonschema.validators import extend  # noqa: PLC0415  as above

    own = {"pattern": _pattern, "uniqueItems": _unique_items}
    strict = extend(Draft7Validator, own)  # type: ignore[no-untyped-call]  # untyped in types-jsonschema
    validator: Validator = strict(json.loads(schema_text(kind)))
    return validator


def _pattern(_: Any, pattern: str, instance: object, __: Any) -> Iterator[ValidationError]:
    from jsonschema.exceptions import ValidationError  # noqa: PLC0415  as above

    if isinstance(instance, str) and not ecma_pattern(pattern).search(instance):
        yield ValidationError("does not match")


def _unique_items(_: Any, unique: object, instance: object, __: Any) -> Iterator[ValidationError]:
    """Each repetition at its own place, in linear time: jsonschema compares mixed lists pair by pair."""
    from jsonschema.exceptions import ValidationError  # noqa: PLC0415  as above

    if not unique or not isinstance(instance, list):
        return
    seen: set[str] = set()
    for index, item in enumerate(instance):
        text = canonical_json(item)
        if text in seen:
            yield ValidationError("repeats", path=[index])
        seen.add(text)


def _violations(error: ValidationError) -> Iterator[Violation]:
    """One violation per key: jsonschema reports unknown keys together and does not name missing ones."""
    keyword, path = str(error.validator), tuple(error.absolute_path)
    schema: dict[str, Any] = error.schema if isinstance(error.schema, dict) else {}
    value: Any = error.instance
    expected: Any = error.validator_value
    if keyword == "additionalProperties":
        for key in value:
            if key not in schema["properties"]:
                yield Violation(keyword, path, value, expected, schema, key)
    elif keyword == "required":
        missing = next(key for key in expected if f"'{key}' is" in error.message)
        yield Violation(keyword, path, value, expected, schema, missing)
    elif "propertyNames" in error.absolute_schema_path:
        yield Violation(keyword, path, value, expected, schema, value)
    else:
        yield Violation(keyword, path, value, expected, schema)
