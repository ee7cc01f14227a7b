"""One person as a source hands them on, before anybody has judged the number."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from teli_iac.model import JsonValue

Fields: TypeAlias = "tuple[tuple[str, JsonValue], ...]"


class Row(NamedTuple):
    """`number` as it stands there, None when it is missing; `fields` all else that is sent, sorted by name.

    `place` works out line and column of the number, for the few rows that somebody is told about. A named
    tuple, not a dataclass: a million of them are made and dropped, and this takes a third of the time.
    """

    line: int
    number: JsonValue
    fields: Fields
    place: Callable[[], tuple[int, int]]
