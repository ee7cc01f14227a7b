"""How one value is written to JSON and read back, and how forms combine into records.

A form reads exactly what it writes. Anything else is a ValueError without the value in it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from teli_iac.identity import utc_text
from teli_iac.model import JsonValue


@dataclass(frozen=True, slots=True)
class Form:
    """A pair of inverse functions. `Any`, because a table of forms spans types mypy cannot relate."""

    write: Callable[[Any], JsonValue]
    read: Callable[[JsonValue], Any]


def write_instant(instant: datetime) -> str:
    """An aware instant as UTC text; a naive one is refused, for it would depend on this machine's zone."""
    if instant.tzinfo is None:
        raise ValueError("an instant without a time zone")
    return utc_text(instant)


def read_instant(value: JsonValue) -> datetime:
    """The aware UTC instant of a text that `write_instant` wrote."""
    if not isinstance(value, str) or not value.endswith("Z"):
        raise ValueError("not an instant in UTC")
    return datetime.fromisoformat(value)


def exactly(kind: type) -> Form:
    """A JSON value of just this Python type: `true` is no number."""

    def same(value: JsonValue) -> JsonValue:
        if type(value) is not kind:
            raise ValueError(f"not of type {kind.__name__}")
        return value

    return Form(same, same)


def word(vocabulary: type[StrEnum]) -> Form:
    """One of the words of an enumeration."""
    return Form(lambda member: str(vocabulary(member)), vocabulary)


def optional(form: Form) -> Form:
    """A value or null."""
    return Form(
        lambda value: None if value is None else form.write(value),
        lambda value: None if value is None else form.read(value),
    )


def several(form: Form) -> Form:
    """A tuple, as a list."""

    def read(value: JsonValue) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise ValueError("not a list")  # noqa: TRY004  what is wrong is the text, not the program
        return tuple(form.read(item) for item in value)

    return Form(lambda items: [form.write(item) for item in items], read)


def record(shape: type, fields: Mapping[str, Form]) -> Form:
    """A dataclass as an object with exactly these fields."""
    in_place = [(each.name, fields[each.name].read) for each in dataclasses.fields(shape)]

    def write(value: Any) -> JsonValue:
        return {name: form.write(getattr(value, name)) for name, form in fields.items()}

    def read(value: JsonValue) -> Any:
        if not isinstance(value, dict) or value.keys() != fields.keys():
            raise ValueError(f"not the fields {', '.join(fields)}")
        # By place: a ledger has an event for every step of every part, and by name takes half as long again.
        return shape(*[read(value[name]) for name, read in in_place])

    return Form(write, read)


TEXT = exactly(str)
COUNT = exactly(int)
FLAG = exactly(bool)
INSTANT = Form(write_instant, read_instant)
