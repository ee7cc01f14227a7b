"""The embedded Teli over HTTP on a bad network: answers fail, are cut, or tell what was true a while ago."""

from __future__ import annotations

import itertools
import socketserver
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from teli_iac.sandbox import application
from teli_iac.sandbox.store import Store

_BROKEN = b'{"error": "Internal server error", "success": false}'


class BadNetwork:
    """A WSGI application around another one. While `bad` is set, requests meet these fates in turn."""

    def __init__(self, service: Callable[..., Iterable[bytes]]) -> None:
        self.bad = False
        self._service = service
        self._turn = itertools.cycle(["fine", "500", "fine", "cut", "fine", "late", "500 but done", "fine"])
        self._lists: list[bytes] = []

    def __call__(self, environ: dict[str, Any], start: Callable[..., object]) -> Iterable[bytes]:
        fate = next(self._turn) if self.bad else "fine"
        if fate == "500":
            return _answer(start, "500 Internal Server Error", _BROKEN)
        told: list[str] = []
        dates: list[str] = []

        def started(status: str, headers: list[tuple[str, str]], *_: object) -> None:
            told.append(status)
            dates.extend(value for name, value in headers if name == "Date")

        body = b"".join(self._service(environ, started))
        if fate == "500 but done":
            return _answer(start, "500 Internal Server Error", _BROKEN)
        if environ["PATH_INFO"] == "/v1/voice/campaigns" and environ["REQUEST_METHOD"] == "GET":
            self._lists.append(body)
            body = self._lists[max(0, len(self._lists) - 3)] if fate == "late" else body
        return _answer(start, told[0], body, missing=10 if fate == "cut" else 0, dates=dates)


def _answer(
    start: Callable[..., object], status: str, body: bytes, *, missing: int = 0, dates: Iterable[str] = ()
) -> Iterable[bytes]:
    by_its_clock = [("Date", date) for date in dates]
    start(status, [("Content-Type", "application/json"), ("Content-Length", str(len(body))), *by_its_clock])
    return [body[: len(body) - missing]]


class _Server(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = False
    request_queue_size = 128

    def server_bind(self) -> None:
        """Without the look-up of the machine's name that http.server makes."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = "127.0.0.1", self.server_address[1]
        self.setup_environ()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller who hangs up is no error of ours."""


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def embedded_teli(store: Store) -> Iterator[tuple[str, BadNetwork]]:
    """The embedded Teli on a free port of loopback: its address and the network before it."""
    network = BadNetwork(application(store))
    with _Server(("127.0.0.1", 0), _Quiet) as server:
        server.set_app(network)
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", network
        finally:
            server.shutdown()
            thread.join()
