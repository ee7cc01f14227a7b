"""Calling windows laid out on one axis of time: what the timeline and the load of pools are drawn from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from teli_iac.model import DEFAULT_WINDOW, CallingWindow, Plan, Turn
from teli_iac.render.words import instant

TURNS = {
    Turn.OPENS: "opening",
    Turn.GOES_ON: "going on",
    Turn.PAUSED: "paused",
    Turn.CLOSES: "closing when applied",
}
_LOOK_BACK = timedelta(days=1)
_LONGEST = timedelta(days=90)
_SHORTEST = timedelta(hours=6)
_STEPS = tuple(timedelta(hours=hours) for hours in (1, 2, 6, 12, 24, 48, 72, 96, 168, 336, 720))
_MOST_TICKS = 6
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Row:
    """One window of one campaign, its times resolved: what has no begin begins now."""

    address: str
    window: CallingWindow
    begin: datetime
    end: datetime

    @property
    def calls(self) -> bool:
        """Whether it calls once the plan is applied."""
        return self.window.turn in {Turn.OPENS, Turn.GOES_ON}


@dataclass(frozen=True, slots=True)
class Axis:
    """A span of time and the place of every moment in it, in per cent."""

    begin: datetime
    end: datetime
    now: datetime

    def at(self, moment: datetime) -> float:
        """Where a moment stands, 0 to 100; what lies outside stands at the edge."""
        share = (moment - self.begin) / (self.end - self.begin)
        return round(100 * min(1.0, max(0.0, share)), 3)

    def ticks(self) -> Iterator[datetime]:
        """A few round times within the span."""
        span = self.end - self.begin
        step = next((each for each in _STEPS if span / each <= _MOST_TICKS), _STEPS[-1])
        midnight = self.begin.replace(hour=0, minute=0, second=0, microsecond=0)
        moment = midnight
        while moment <= self.end:
            if moment >= self.begin:
                yield moment
            moment += step


def rows_of(plan: Plan) -> tuple[Row, ...]:
    """Every window of the plan, those that open first, then by time."""
    rows = (_row(change.address, window, plan.now) for change in plan.changes for window in change.windows)
    order = [Turn.OPENS, Turn.CLOSES, Turn.PAUSED, Turn.GOES_ON]
    return tuple(sorted(rows, key=lambda row: (order.index(row.window.turn), row.begin, row.address)))


def _row(address: str, window: CallingWindow, now: datetime) -> Row:
    opens = window.turn is Turn.OPENS
    begin = max(window.begin or now, now) if opens else window.begin or now
    end = window.end or begin + DEFAULT_WINDOW
    return Row(address, window, begin.astimezone(UTC), max(begin, end).astimezone(UTC))


def axis_of(rows: Sequence[Row], now: datetime) -> Axis:
    """A span that holds the windows: a day back at most, and ninety days at most."""
    at = now.astimezone(UTC)
    begin = max(min((row.begin for row in rows), default=at), at - _LOOK_BACK)
    begin = min(begin, at) if begin - at < _LONGEST else begin
    latest = max((row.end for row in rows), default=at)
    return Axis(begin, max(min(latest, begin + _LONGEST), begin + _SHORTEST), at)


def when(window: CallingWindow) -> str:
    """The window in words."""
    begin = instant(window.begin) if window.begin else "soon after it is applied"
    end = instant(window.end) if window.end else "7 days later"
    return f"{begin} to {end}"


def day(moment: datetime) -> str:
    """`1 Dec`."""
    return f"{moment.day} {_MONTHS[moment.month - 1]}"
