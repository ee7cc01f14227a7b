"""Instants as this service writes and reads them: naive ISO text in UTC, with microseconds.

Texts of this form sort like the instants they name, so the store compares them as they are.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

LATEST = datetime.max.replace(tzinfo=UTC)
DEFAULT_WINDOW = timedelta(days=7)


def utc_now() -> datetime:
    """The machine's clock, aware and in UTC."""
    return datetime.now(UTC)


def wire_time(instant: datetime) -> str:
    """An aware instant as the service sends it: `2025-11-21T21:40:13.089462`."""
    return instant.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds")


def read_time(text: str) -> datetime:
    """ISO text as an aware instant in UTC; a text without offset is UTC (teli-api.md §9).

    Raises ValueError for anything else, an instant outside the calendar included.
    """
    read = datetime.fromisoformat(text)
    if read.tzinfo is None:
        return read.replace(tzinfo=UTC)
    try:
        return read.astimezone(UTC)
    except OverflowError as fault:
        raise ValueError("outside the calendar") from fault


def later(instant: datetime, by: timedelta) -> datetime:
    """The instant moved on, at most to the end of the calendar."""
    return instant + by if LATEST - instant > by else LATEST


def http_date(instant: datetime) -> str:
    """The instant as a `Date` header says it, in whole seconds."""
    return format_datetime(instant.astimezone(UTC), usegmt=True)
