"""Numbers, times and durations as people say them, the same in every locale and time zone."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from teli_iac.model import JsonValue, Mark, Redial

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_UNITS = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))
_UNITS_SAID = 2
_NAMED = 8
_LOST_SPACE = re.compile(r"^ | $|(?<= ) ")
"""A space that wrapping would swallow, and with it the difference between two values."""


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """`1 campaign`, `2 campaigns`, `1,000 campaigns`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def people(number: int) -> str:
    """`1 person`, `248 people`."""
    return counted(number, "person", "people")


def enumerated(items: tuple[str, ...]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(items) < 2:  # noqa: PLR2004  one item needs no `and`
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def named(addresses: tuple[str, ...]) -> str:
    """The addresses of campaigns, the first eight where they are many."""
    if len(addresses) <= _NAMED:
        return enumerated(addresses)
    shown = addresses[:_NAMED]
    return f"{', '.join(shown)} and {len(addresses) - len(shown):,} more campaigns"


def instant(moment: datetime) -> str:
    """An aware time as `Tue 1 Dec 2026 14:00 UTC`, seconds only when there are any."""
    at = moment.astimezone(UTC)
    clock = f"{at:%H:%M:%S}" if at.second else f"{at:%H:%M}"
    return f"{_DAYS[at.weekday()]} {at.day} {_MONTHS[at.month - 1]} {at.year} {clock} UTC"


def duration(length: timedelta) -> str:
    """`11 hours`, `7 days`, `1 day 3 hours`: the two greatest units, rounded down to the second."""
    rest = int(length.total_seconds())
    said = []
    for unit, seconds in _UNITS:
        number, rest = divmod(rest, seconds)
        if number:
            said.append(counted(number, unit))
    return " ".join(said[:_UNITS_SAID]) or "0 seconds"


def redial(setting: Redial | None) -> str:
    """How often a call that nobody took is tried again: `up to 3 retries each, 1 day apart`."""
    if setting is None or setting.retry_limit == 0:
        return "no retries"
    days = setting.call_interval_days
    apart = f"{counted(days, 'day')} apart" if days else "on the same day"
    return f"up to {counted(setting.retry_limit, 'retry', 'retries')} each, {apart}"


def value(shown: JsonValue) -> str:
    """A setting as a reviewer reads it; nothing at all is `(none)`, an empty text is `""`."""
    match shown:
        case None | [] | {}:
            return "(none)"
        case bool():
            return "true" if shown else "false"
        case str():
            return _LOST_SPACE.sub(r"\\x20", shown) or '""'
        case list():
            return ", ".join(value(item) for item in shown)
        case dict():
            return ", ".join(f"{key}: {value(shown[key])}" for key in sorted(shown))
    return str(shown)


def place(mark: Mark | None) -> str:
    """`campaigns/fall.yaml:12`, which editors and terminals open; nothing when the place is unknown."""
    return f"{mark.file}:{mark.line}" if mark else ""
