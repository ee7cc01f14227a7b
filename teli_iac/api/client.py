"""Clients for one API: one that only reads, for plans, and one that also writes, for applies."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import TYPE_CHECKING, Self

from teli_iac.api.key import ApiKey
from teli_iac.api.origin import ApiOrigin
from teli_iac.api.patience import PatientSender
from teli_iac.api.refusals import REFUSALS, refused, unreachable
from teli_iac.api.retry import MOST_REPEATS, wait_before_repeat
from teli_iac.api.time_outs import TimeOuts
from teli_iac.api.waiting import Waiting
from teli_iac.errors import TransportFault
from teli_iac.model import Reply, Request

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

    from teli_iac.api.sending import Received, Sender


def connect(  # noqa: PLR0913  whose API, which key, over what, how long, by whose clock: each its own thing
    origin: ApiOrigin,
    key: ApiKey,
    *,
    environment_proxies: bool = True,
    application: WSGIApplication | None = None,
    connections: int = 8,
    time_outs: TimeOuts = TimeOuts(),  # noqa: B008  a frozen value
    waiting: Waiting = Waiting(),  # noqa: B008  a frozen value
) -> WritingClient:
    """A client for one API with up to `connections` pooled connections; no byte is sent yet.

    `application` answers in this process instead of the network (`sandbox:`). The environment's proxies and
    SSL_CERT_FILE are honoured, proxies never for loopback. Raises NotConfigured when they cannot be used.
    """
    _leave_out_what_httpx_prints_with()
    from teli_iac.api.opening import open_sender  # noqa: PLC0415  httpx is paid for only by who connects

    if origin.text == "sandbox:" and application is None:
        raise ValueError("sandbox: is answered by an application in this process")
    sender = open_sender(
        origin,
        key,
        environment_proxies=environment_proxies,
        application=application,
        connections=connections,
        time_outs=time_outs,
    )
    return WritingClient(sender, origin, waiting, time_outs.repeats)


def _leave_out_what_httpx_prints_with() -> None:
    """Let httpx do without a program of its own: where `rich` is there, it is half of what httpx costs."""
    # None is how Python says that a module is not there.
    sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]


class ReadingClient:
    """Asks and never changes anything: it has no way to write. Safe to share between threads."""

    def __init__(self, sender: PatientSender, origin: ApiOrigin, waiting: Waiting) -> None:
        self._sender = sender
        self._origin = origin
        self._waiting = waiting

    def read(self, request: Request) -> Reply:
        """Send a GET, again where that may help, and give the last answer, whatever its status.

        Raises ApiUnreachable when no answer came at all, ApiRefused on 401 and 403, ValueError when the
        request is no GET.
        """
        if request.method != "GET":
            raise ValueError("only a GET reads")
        outcome, tries = self._attempt(request), 1
        while (seconds := self._wait_before_repeat(outcome, tries)) is not None:
            if isinstance(outcome, TransportFault) or self._sender.named_wait(outcome) is None:
                self._waiting.sleep(seconds)  # one that the server named is waited for by everybody
            outcome, tries = self._attempt(request), tries + 1
        if isinstance(outcome, TransportFault):
            raise unreachable(self._origin, outcome)
        if outcome.reply.status in REFUSALS:
            raise refused(self._origin, outcome.reply.status)
        return outcome.reply

    def _attempt(self, request: Request) -> Received | TransportFault:
        self._sender.wait()
        try:
            return self._sender.send(request)
        except TransportFault as fault:
            return fault

    def _wait_before_repeat(self, outcome: Received | TransportFault, tries: int) -> float | None:
        if not self._sender.allows_repeat():
            return None
        jitter = self._waiting.jitter()
        if isinstance(outcome, TransportFault):
            return wait_before_repeat(outcome, tries, retry_after=None, jitter=jitter)
        named = self._sender.named_wait(outcome)
        return wait_before_repeat(outcome.reply.status, tries, retry_after=named, jitter=jitter)


class WritingClient:
    """Reads like ReadingClient and writes, each write once. A context manager that closes its connections."""

    def __init__(
        self, sender: Sender, origin: ApiOrigin, waiting: Waiting, repeats: float = MOST_REPEATS
    ) -> None:
        self._sender = PatientSender(sender, waiting, repeats)
        self._reading = ReadingClient(self._sender, origin, waiting)

    def read(self, request: Request) -> Reply:
        """As ReadingClient.read."""
        return self._reading.read(request)

    def write(self, request: Request) -> Reply:
        """Send a POST or DELETE once and give its answer, whatever its status.

        One with a body leaves at once: a create has little time from its intent (semantics §6), so that
        `wait_until_welcome` is asked before. Raises NotSent when no byte of it left, ReplyLost when that is
        in doubt; ValueError for a GET.
        """
        if request.method == "GET":
            raise ValueError("a GET does not write")
        if request.body is None:
            self._sender.wait()
        return self._sender.send(request).reply

    def wait_until_welcome(self) -> None:
        """Let the time pass for which the API asked to be left alone, if it did."""
        self._sender.wait()

    def reading(self) -> ReadingClient:
        """The half that cannot write, over the same connections."""
        return self._reading

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        error_type: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._sender.close()
