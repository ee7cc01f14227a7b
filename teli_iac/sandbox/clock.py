"""The sandbox's own clock, which is the machine's moved ahead, and the calls that are due by it."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from teli_iac.errors import ClockRunsForward
from teli_iac.sandbox.dialling import DialReport, place_calls
from teli_iac.sandbox.store import Connection, Store, open_store
from teli_iac.sandbox.times import LATEST, later

_MICROSECOND = timedelta(microseconds=1)


def now(store: Path | Store) -> datetime:
    """The sandbox's present, aware and in UTC."""
    opened = open_store(store)
    with opened.reading() as connection:
        return present(connection, opened)


def present(connection: Connection, store: Store) -> datetime:
    """The sandbox's present, inside a transaction."""
    (ahead,) = connection.execute("SELECT ahead_microseconds FROM clock").fetchone()
    return later(store.wall_clock(), ahead * _MICROSECOND)


def dial(store: Path | Store, limit: int | None = None) -> DialReport:
    """Place the calls that are due now, at most `limit` of them; repeats due at once are placed too."""
    opened = open_store(store)
    if not opened.exists():
        return DialReport({}, ())
    with opened.writing() as connection:
        instant = present(connection, opened)
        return place_calls(connection, instant, instant, limit)


def move_clock(store: Path | Store, delta: timedelta) -> DialReport:
    """Let `delta` pass, and dial everything that comes due on the way.

    Raises ClockRunsForward for a negative duration or one that leaves the calendar.
    """
    if delta < timedelta(0):
        raise ClockRunsForward(
            "the sandbox's clock cannot go back", "Move it forward, or run `teli-iac sandbox reset`."
        )
    opened = open_store(store)
    with opened.writing() as connection:
        since = present(connection, opened)
        if LATEST - since < delta:
            raise ClockRunsForward("no calendar reaches that far", "Move the sandbox's clock by less.")
        connection.execute(
            "UPDATE clock SET ahead_microseconds = ahead_microseconds + ?", (delta // _MICROSECOND,)
        )
        return place_calls(connection, since, since + delta, limit=None)
