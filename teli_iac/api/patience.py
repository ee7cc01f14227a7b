"""The one line to the API that all threads share: until when nobody sends, and how many repeats are left."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from teli_iac.api.replies import read_retry_after
from teli_iac.api.retry import Stock, wait_of_all
from teli_iac.api.waiting import Waiting
from teli_iac.errors import TransportFault
from teli_iac.model import Request

if TYPE_CHECKING:
    from teli_iac.api.sending import Received, Sender


class PatientSender:
    """When one request is told to come back later, all wait: the server does not know our threads apart."""

    def __init__(self, sender: Sender, waiting: Waiting, repeats: float) -> None:
        self._sender = sender
        self._waiting = waiting
        self._gate = threading.Lock()
        self._closed_until: datetime | None = None
        self._stock = Stock(repeats, repeats)

    def send(self, request: Request) -> Received:
        """As Sender.send, at once; how it ended is taken in."""
        try:
            received = self._sender.send(request)
        except TransportFault as fault:
            self._learn(fault, None)
            raise
        self._learn(received.reply.status, self.named_wait(received))
        return received

    def wait(self) -> None:
        """Let the time pass that the server asked for, longer when it asks for more meanwhile."""
        waited_until: datetime | None = None
        while (until := self._closed_until) is not None and until != waited_until:
            seconds = (until - self._waiting.now()).total_seconds()
            if seconds > 0:
                self._waiting.sleep(seconds)
            waited_until = until
        with self._gate:
            if self._closed_until == waited_until:
                self._closed_until = None

    def allows_repeat(self) -> bool:
        """Whether there is one in stock."""
        return self._stock.has_one()

    def named_wait(self, received: Received) -> float | None:
        """The seconds that the server asked for, if it did."""
        return read_retry_after(received.retry_after, self._waiting.now())

    def close(self) -> None:
        """Give every connection back."""
        self._sender.close()

    def _learn(self, outcome: int | TransportFault, named_wait: float | None) -> None:
        seconds = wait_of_all(outcome, named_wait)
        with self._gate:
            self._stock = self._stock.after(outcome)
            if seconds:
                until = self._waiting.now() + timedelta(seconds=seconds)
                self._closed_until = max(until, self._closed_until or until)
