"""An HTTP server between a ledger and its object store that makes one request go wrong."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

FOR_EVER = "for ever"


class Proxy(ThreadingHTTPServer):
    """Passes everything on to the server at `upstream`, until the n-th request meets its fate.

    Then `strike` is called, `before` the request reaches the server or `after`, and there is no answer. With
    `for ever` it reaches the server, and no other request does any more.
    """

    daemon_threads = True
    block_on_close = False

    def __init__(self, upstream: str, number: int, fate: str, strike: Callable[[], None]) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        parts = urlsplit(upstream)
        self.upstream = parts.netloc
        self.endpoint = f"http://127.0.0.1:{self.server_port}{parts.path}"
        self.doomed = number
        self.fate = fate
        self.strike = strike
        self.gate = threading.Lock()
        self.requests: list[str] = []

    def is_first(self) -> bool:
        """Whether this is the n-th request itself, and none after it."""
        return len(self.requests) == self.doomed

    def meets_its_fate(self, request: str) -> bool:
        with self.gate:
            self.requests.append(request)
            count = len(self.requests)
            return count == self.doomed or (self.fate == FOR_EVER and 0 < self.doomed < count)


class _Conversation(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Proxy

    def do_GET(self) -> None:
        self._meet()

    def do_PUT(self) -> None:
        self._meet()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  theirs
        pass

    def _meet(self) -> None:
        content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        doomed = self.server.meets_its_fate(f"{self.command} {self.path}")
        if not doomed:
            self._answer(*self._passed_on(content))
            return
        if self.server.fate == "after" or (self.server.fate == FOR_EVER and self.server.is_first()):
            self._passed_on(content)
        self.server.strike()
        self.close_connection = True

    def _passed_on(self, content: bytes) -> tuple[http.client.HTTPResponse, bytes]:
        connection = http.client.HTTPConnection(self.server.upstream)
        try:
            # The header Host goes as it came, since it is signed.
            connection.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
            for name, value in self.headers.items():
                connection.putheader(name, value)
            connection.endheaders(content)
            answer = connection.getresponse()
            return answer, answer.read()
        finally:
            connection.close()

    def _answer(self, answer: http.client.HTTPResponse, content: bytes) -> None:
        self.send_response_only(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in {"connection", "content-length", "keep-alive", "transfer-encoding"}:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@contextmanager
def between(
    upstream: str, number: int, fate: str, strike: Callable[[], None] = lambda: None
) -> Iterator[Proxy]:
    """A proxy to the server, with this fate for the n-th request."""
    proxy = Proxy(upstream, number, fate, strike)
    serving = threading.Thread(target=proxy.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    serving.start()
    try:
        yield proxy
    finally:
        proxy.shutdown()
        serving.join()
        proxy.server_close()
