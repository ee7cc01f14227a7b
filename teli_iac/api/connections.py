"""Connections to one origin, each lent to one request at a time.

Each is an httpx client with a pool of one. A pool of all would look every idle connection over, twice for
each request and with every thread waiting for it: with thirty of them twice as much work as the request.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx


class Connections:
    """At most so many, opened when there is none to spare; the one given back last is lent first.

    Safe to share between threads. The first is made at once, so that whatever is wrong with the environment
    is said before anything is sent.
    """

    def __init__(self, open_one: Callable[[], httpx.Client], *, most: int, patience: float) -> None:
        self._open_one = open_one
        self._patience = patience
        self._opened = [open_one()]
        self._idle = list(self._opened)
        self._left = threading.Semaphore(most)

    @contextmanager
    def lend(self) -> Iterator[httpx.Client]:
        """One for as long as the body lasts. Raises httpx.PoolTimeout when none is given back in time."""
        if not self._left.acquire(timeout=self._patience):
            raise httpx.PoolTimeout("all connections stay in use")
        try:
            client = self._take()
            try:
                yield client
            finally:
                self._idle.append(client)
        finally:
            self._left.release()

    def close(self) -> None:
        """Close them all, those in use as well."""
        for client in self._opened:
            client.close()

    def _take(self) -> httpx.Client:
        try:
            return self._idle.pop()
        except IndexError:  # all are lent, and there may be more
            client = self._open_one()
            self._opened.append(client)
            return client
