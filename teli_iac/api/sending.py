"""The one place that sends: a request to the origin its key belongs to, and the answer read whole."""

from __future__ import annotations

import time
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias
from urllib.parse import quote, urlencode

import httpx

from teli_iac.api.bodies import measure
from teli_iac.api.connections import Connections
from teli_iac.api.key import ApiKey
from teli_iac.api.origin import DEFAULT_PORTS, ApiOrigin
from teli_iac.api.replies import read_date, read_document
from teli_iac.api.transport_errors import translate
from teli_iac.model import Reply, Request

Query: TypeAlias = tuple[tuple[str, str], ...]

LARGEST_ANSWER = 256 * 2**20
"""Bytes of an answer, unpacked, above which it is refused: a list of a million campaigns has fewer."""

_ADDRESSES = 32
"""So many are kept: every create goes to the same one, and taking it apart takes as long as its body."""


@dataclass(frozen=True, slots=True)
class Received:
    """A reply, and the `Retry-After` header as it was sent."""

    reply: Reply
    retry_after: str | None


@dataclass(frozen=True, slots=True)
class Way:
    """How each request is sent: its usual headers, httpx's time-outs, and the seconds for a whole answer."""

    headers: tuple[tuple[str, str], ...]
    time_outs: dict[str, float | None]
    answer_seconds: float


class _Progress:
    """Notes when httpcore begins to write the request itself; a proxy's CONNECT before it does not count."""

    def __init__(self, *, begun: bool) -> None:
        self.begun = begun

    def __call__(self, event: str, facts: dict[str, Any]) -> None:  # httpcore's facts are untyped
        if event.endswith(".send_request_headers.started") and facts["request"].method != b"CONNECT":
            self.begun = True


class Sender:
    """Sends to one origin. Safe to share between threads; close it in the end."""

    def __init__(
        self, connections: Connections, origin: ApiOrigin, key: ApiKey, way: Way, *, in_process: bool
    ) -> None:
        self._connections = connections
        self._way = way
        self._origin = origin
        self._key = key
        self._in_process = in_process

    def send(self, request: Request) -> Received:
        """Send once and read the answer whole. Raises NotSent or ReplyLost, and nothing else on the way."""
        outgoing = self._prepare(request)
        # An application in this process gets the request whole: there is no moment before the first byte.
        progress = _Progress(begun=self._in_process)
        outgoing.extensions["trace"] = progress
        try:
            with self._connections.lend() as connection, closing(connection.send(outgoing)) as response:
                return self._receive(response)
        except Exception as error:  # noqa: BLE001  any fault on the way is a doubt to be looked up, never a crash
            fault = translate(error, begun=progress.begun)
        raise fault  # out here, so that no traceback leads to httpx's request with the key in its headers

    def close(self) -> None:
        """Give every connection back."""
        self._connections.close()

    def _prepare(self, request: Request) -> httpx.Request:
        """Complete, with all its headers: what fails here opens no connection."""
        url = _url(self._origin, request.path, request.query)
        headers = [*self._way.headers, ("X-API-Key", self._key.secret)]
        extensions = {"timeout": self._way.time_outs}
        if request.body is None:
            return httpx.Request(request.method, url, headers=headers, extensions=extensions)
        payload = measure(request.body)
        headers += [("Content-Type", "application/json"), ("Content-Length", str(payload.length))]
        content = payload.content
        return httpx.Request(request.method, url, headers=headers, content=content, extensions=extensions)

    def _receive(self, response: httpx.Response) -> Received:
        body = self._read(response)
        document = None if body is None else read_document(response.status_code, body)
        reply = Reply(response.status_code, document, read_date(response.headers.get("Date")))
        return Received(reply, response.headers.get("Retry-After"))

    def _read(self, response: httpx.Response) -> bytes | None:
        """The body, None when it is larger than any honest one."""
        pieces: list[bytes] = []
        length = 0
        deadline = time.monotonic() + self._way.answer_seconds
        for piece in response.iter_bytes():
            length += len(piece)
            if length > LARGEST_ANSWER:
                return None
            if time.monotonic() > deadline:
                raise httpx.ReadTimeout("the answer trickles")
            pieces.append(piece)
        return b"".join(pieces)


@lru_cache(maxsize=_ADDRESSES)
def _url(origin: ApiOrigin, path: str, query: Query) -> httpx.URL:
    """The URL of a request, proven to lie on the origin that the key belongs to."""
    if not path.startswith("/") or {".", ".."} & set(path.split("/")):
        raise ValueError("a path begins with a slash and has no dot segments")
    asked = f"?{urlencode(query, quote_via=quote)}" if query else ""
    below = f"{origin.base_path}{path}{asked}".encode("ascii")
    url = httpx.URL(scheme=origin.scheme, host=origin.host, port=origin.port, raw_path=below)
    port = url.port or DEFAULT_PORTS[url.scheme]
    if (url.scheme, url.host, port) != (origin.scheme, origin.host, origin.port):
        raise ValueError("the request would leave the origin that the key belongs to")
    return url
