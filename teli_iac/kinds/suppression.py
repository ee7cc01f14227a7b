"""Do-not-call lists, as a Project and a Campaign declare them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import NotRequired, TypedDict

from teli_iac.kinds.complaint import Complaint
from teli_iac.kinds.durations import parse_duration
from teli_iac.model import Mark, SuppressionReference

_SUPPRESS = ("spec", "suppress")


class SuppressionSpec(TypedDict):
    """One list as the schemas let it pass."""

    file: str
    column: NotRequired[str]
    default_country: NotRequired[str]
    delimiter: NotRequired[str]
    encoding: NotRequired[str]
    max_age: NotRequired[str]
    as_of: NotRequired[str]
    may_be_empty: NotRequired[bool]


def check_suppression(lists: Sequence[SuppressionSpec]) -> Iterator[Complaint]:
    """What the schema cannot see: days that the calendar does not have."""
    for number, declared in enumerate(lists):
        day = declared.get("as_of")
        if day is not None and _day(day) is None:
            yield Complaint(
                "TELI-E045",
                (*_SUPPRESS, number, "as_of"),
                f'as_of: the calendar has no "{day}"',
                "Correct the date.",
            )


def parse_suppression(
    lists: Sequence[SuppressionSpec], place: Callable[[tuple[str | int, ...]], Mark]
) -> tuple[SuppressionReference, ...]:
    """The lists of a spec that `check_suppression` has nothing to say about; `place` gives a path's line."""
    return tuple(_list(declared, place((*_SUPPRESS, number))) for number, declared in enumerate(lists))


def _list(declared: SuppressionSpec, mark: Mark) -> SuppressionReference:
    max_age, day = declared.get("max_age"), declared.get("as_of")
    return SuppressionReference(
        file=declared["file"],
        column=declared.get("column", "phone_number"),
        default_country=declared.get("default_country"),
        delimiter=declared.get("delimiter"),
        encoding=declared.get("encoding"),
        max_age=parse_duration(max_age) if max_age is not None else None,
        as_of=_day(day) if day is not None else None,
        may_be_empty=declared.get("may_be_empty", False),
        mark=mark,
    )


def _day(text: str) -> datetime | None:
    """The beginning of a day in UTC, None for one that does not exist."""
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        return None
