"""Durations as manifests write them: `30s`, `10m`, `2h`, `1d`."""

from __future__ import annotations

from datetime import timedelta

_UNITS = {
    "s": timedelta(seconds=1),
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
}


def parse_duration(text: str) -> timedelta:
    """The duration of a text that the schema accepted."""
    return int(text[:-1]) * _UNITS[text[-1]]
