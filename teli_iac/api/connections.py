"""Connections to one origin, each lent to one request at a time.

Each is a pool of httpx with one in it. A pool of all would look every idle connection over, twice for
each request and with every thread waiting for it: with thirty of them twice as much work as the request.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx


@dataclass(frozen=True, slots=True)
class Connection:
    """What sends a request, once, following no redirect, its answer still to be read; and what closes it."""

    send: Callable[[httpx.Request], httpx.Response]
    close: Callable[[], None]


class Connections:
    """At most so many, opened when there is none to spare; the one given back last is lent first.

    Safe to share between threads. The first is made at once, so that whatever is wrong with the environment
    is said before anything is sent.
    """

    def __init__(self, open_one: Callable[[], Connection], *, most: int, patience: float) -> None:
        self._open_one = open_one
        self._patience = patience
        self._opened = [open_one()]
        self._idle = list(self._opened)
        self._left = threading.Semaphore(most)
        self._closed = False

    @contextmanager
    def lend(self) -> Iterator[Connection]:
        """One for as long as the body lasts. Raises httpx.PoolTimeout when none is given back in time."""
        if self._closed:
            raise RuntimeError("all connections are closed")  # httpx would open them again
        if not self._left.acquire(timeout=self._patience):
            raise httpx.PoolTimeout("all connections stay in use")
        try:
            connection = self._take()
            try:
                yield connection
            finally:
                self._idle.append(connection)
        finally:
            self._left.release()

    def close(self) -> None:
        """Close them all, those in use as well, and lend none any more."""
        self._closed = True
        for connection in self._opened:
            connection.close()

    def _take(self) -> Connection:
        try:
            return self._idle.pop()
        except IndexError:  # all are lent, and there may be more
            connection = self._open_one()
            self._opened.append(connection)
            return connection
