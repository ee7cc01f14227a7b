"""Times as manifests write them: RFC 3339 with an offset."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache


@lru_cache(maxsize=4096)
def parse_moment(text: str) -> datetime | None:
    """The instant in UTC, or None for a time that no calendar has: February 30, second 60, year 0.

    Remembered, since it is asked for when it is checked and when it is used, and campaigns share theirs.
    """
    try:
        moment = datetime.fromisoformat(text)
        return None if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
