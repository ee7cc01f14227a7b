"""Do-not-call lists, as a Project and a Campaign declare them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import NotRequired, TypedDict

from teli_iac.kinds.complaint import Complaint
from teli_iac.kinds.durations import parse_duration
from teli_iac.model import DoNotCall, Mark, SuppressionQuery, SuppressionReference

_SUPPRESS = ("spec", "suppress")
_OF_A_FILE = ("file", "delimiter", "encoding")
_OF_A_QUERY = ("connection",)


class SuppressionSpec(TypedDict):
    """One list as the schemas let it pass."""

    file: NotRequired[str]
    query: NotRequired[str]
    connection: NotRequired[str]
    column: NotRequired[str]
    default_country: NotRequired[str]
    delimiter: NotRequired[str]
    encoding: NotRequired[str]
    max_age: NotRequired[str]
    as_of: NotRequired[str]
    may_be_empty: NotRequired[bool]


def check_suppression(lists: Sequence[SuppressionSpec]) -> Iterator[Complaint]:
    """What the schema cannot see: days that the calendar does not have, and lists from two places."""
    for number, declared in enumerate(lists):
        yield from _check_source((*_SUPPRESS, number), declared)
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
) -> tuple[DoNotCall, ...]:
    """The lists of a spec that `check_suppression` has nothing to say about; `place` gives a path's line."""
    return tuple(
        _asked(declared, place((*_SUPPRESS, number, "query")))
        if "query" in declared
        else _list(declared, place((*_SUPPRESS, number)))
        for number, declared in enumerate(lists)
    )


def _check_source(path: tuple[str | int, ...], declared: SuppressionSpec) -> Iterator[Complaint]:
    """That numbers come from one place, and that what is said of it can be said of such a place."""
    asked = "query" in declared
    told = "The list is the answer to a query" if asked else "The list is in a file"
    for key in _OF_A_FILE if asked else _OF_A_QUERY:
        if key in declared:
            said = f"{told}, and {key} is for {'a file' if asked else 'a query'}"
            yield Complaint("TELI-E110", (*path, key), said, "Keep the one or the other.")
    if asked and "max_age" in declared and "as_of" not in declared:
        yield Complaint(
            "TELI-E124",
            (*path, "max_age"),
            "An answer is as old as the moment at which it is asked for, so max_age alone refuses none",
            "Write the day that the data is of under as_of, or leave max_age out.",
        )


def _asked(declared: SuppressionSpec, mark: Mark) -> SuppressionQuery:
    max_age, day = declared.get("max_age"), declared.get("as_of")
    return SuppressionQuery(
        query=declared["query"],
        connection=declared["connection"],
        column=declared.get("column", "phone_number"),
        default_country=declared.get("default_country"),
        max_age=parse_duration(max_age) if max_age is not None else None,
        as_of=_day(day) if day is not None else None,
        may_be_empty=declared.get("may_be_empty", False),
        mark=mark,
    )


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
