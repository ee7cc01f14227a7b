"""The second Teli over HTTP, with a log of what it received and a script of what goes wrong."""

from __future__ import annotations

import contextlib
import socket
import socketserver
import sys
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from tests.second_teli.asked import Asked, Received
from tests.second_teli.faults import Fault, Reply, plain_reply, spoilt_reply
from tests.second_teli.service import Quirks, Service


class SecondTeli:
    """A Teli on a free port of loopback, for as long as the `with` lasts.

    `faults` tells what becomes of the n-th request (from 1) of a kind: list, create, get, delete, pause,
    resume, end, analytics or failed-numbers; it may be changed at any time. Lists come in another order each
    time, drawn from `seed`; a new campaign is missing from so many lists and reads; `odd_statuses` writes
    "Active"; the fields of `omit` are left out; a create of more than `most_leads` is refused. The clock
    stands still until it is moved.
    """

    def __init__(  # noqa: PLR0913  each way of being awkward is its own
        self,
        *,
        seed: int = 0,
        late_in_lists: int = 0,
        late_in_reads: int = 0,
        odd_statuses: bool = False,
        omit: frozenset[str] = frozenset(),
        most_leads: int | None = None,
        faults: Mapping[tuple[str, int], Fault] | None = None,
        clock: datetime | None = None,
    ) -> None:
        self.faults = dict(faults or {})
        self.log: list[Received] = []
        self.refuse_keys = False
        self.miscount = 0
        quirks = Quirks(seed, late_in_lists, late_in_reads, odd_statuses, omit, most_leads)
        self._service = Service(quirks, clock or datetime.now(UTC))
        self._seen: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._server = _Server(self)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def now(self) -> datetime:
        return self._service.clock

    @property
    def dialled(self) -> Counter[str]:
        """How often each number was called."""
        return self._service.dialled

    def pass_time(self, passage: timedelta) -> None:
        """Move the clock on; nobody is called by that alone."""
        self._service.clock += passage

    def dial(self) -> None:
        """Call whoever is due."""
        with self._lock:
            self._service.dial()

    def order(self, campaign_id: str, order: str) -> None:
        """Somebody pauses, resumes, ends or deletes a campaign in the dashboard."""
        with self._lock:
            self._service.answer(order, campaign_id, {}, b"")

    def answer(self, kind: str, query: Mapping[str, str], body: bytes = b"") -> tuple[int, dict[str, Any]]:
        """What the service says, unspoilt and unlogged, to a question without a campaign's id."""
        with self._lock:
            return self._service.answer(kind, "", query, body)

    def creates(self) -> list[str]:
        """The ids of all creates whose bodies arrived, in their order, carried out or not."""
        arrived = (seen for seen in self.log if seen.fault is not Fault.CUT_BEFORE_READING)
        return [seen.campaign_id for seen in arrived if seen.kind == "create"]

    def log_of(self, kind: str) -> list[Received]:
        """Every request of one kind, those whose bodies never arrived included."""
        return [received for received in self.log if received.kind == kind]

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.hang_up()
        self._server.server_close()

    def next_fault(self, kind: str) -> Fault | None:
        """What the script says about the request that has just come."""
        with self._lock:
            self._seen[kind] += 1
            return self.faults.get((kind, self._seen[kind]))

    def respond(self, asked: Asked, fault: Fault | None) -> Reply:
        """Do it, or not, and say what the script wants said."""
        with self._lock:
            self.log.append(asked.received(fault))
            done = fault is None or fault.done
            key = None if self.refuse_keys else asked.key
            asked = Asked(asked.method, asked.target, key, asked.body)
            status, document = asked.done_by(self._service) if done else (200, {})
            if asked.kind == "analytics" and self.miscount:
                document = {**document, "not_called": document["not_called"] + self.miscount}
        if fault is None:
            return plain_reply(status, document)
        return spoilt_reply(fault, status, document, asked.target)


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    request_queue_size = 128

    def __init__(self, teli: SecondTeli) -> None:
        self.teli = teli
        self._connections: set[Any] = set()
        super().__init__(("127.0.0.1", 0), _Conversation)

    def server_bind(self) -> None:
        """Without the look-up of the machine's name that http.server makes."""
        socketserver.TCPServer.server_bind(self)

    def process_request(self, request: Any, client_address: Any) -> None:
        self._connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._connections.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller who hangs up is no error of ours."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    def hang_up(self) -> None:
        """End every connection that is kept alive, so that its thread ends."""
        for connection in list(self._connections):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


class _Conversation(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"

    def do_any(self) -> None:
        asked = Asked(self.command, self.path, self.headers.get("X-API-Key"))
        fault = self.server.teli.next_fault(asked.kind)
        if fault is not Fault.CUT_BEFORE_READING:
            asked = Asked(asked.method, asked.target, asked.key, self._body())
        reply = self._as_bytes(self.server.teli.respond(asked, fault))
        if fault is None or not fault.cut:
            self.wfile.write(reply)
            return
        if fault is Fault.CUT_WITHIN_REPLY:
            self.wfile.write(reply[:-5])
        self.close_connection = True

    do_GET = do_POST = do_DELETE = do_PUT = do_PATCH = do_any  # noqa: N815  http.server's names

    def _body(self) -> bytes:
        """The whole body. Half a body is no request: the caller is gone."""
        if "chunked" in self.headers.get("Transfer-Encoding", ""):
            return b"".join(self._chunks())
        return self._exactly(int(self.headers.get("Content-Length") or 0))

    def _chunks(self) -> Iterator[bytes]:
        while size := int(self._line(), 16):
            yield self._exactly(size)
            self._line()
        while self._line():
            pass

    def _line(self) -> bytes:
        line = self.rfile.readline()
        if not line:
            raise ConnectionAbortedError
        return line.partition(b";")[0].strip()

    def _exactly(self, size: int) -> bytes:
        body = self.rfile.read(size)
        if len(body) < size:
            raise ConnectionAbortedError
        return body

    def _as_bytes(self, reply: Reply) -> bytes:
        """The whole answer, to be sent at once: in two pieces it would wait for an acknowledgement."""
        headers = (
            *reply.headers,
            ("Content-Length", str(len(reply.body))),
            ("Date", format_datetime(self.server.teli.now, usegmt=True)),
        )
        head = f"HTTP/1.1 {reply.status} {HTTPStatus(reply.status).phrase}\r\n"
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers)
        return (head + lines + "\r\n").encode("latin1") + reply.body

    def log_message(self, *_: object) -> None:
        """Say nothing; SecondTeli.log has it."""
