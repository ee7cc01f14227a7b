"""Clients and requests as the tests want them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from teli_iac.api import ApiKey, TimeOuts, Waiting, WritingClient, connect, parse_origin
from teli_iac.model import Request
from tests.api.servers import Conversation, Server

KEY = ApiKey("sk-test-0123456789")
NOW = datetime(2026, 12, 1, 14, 0, tzinfo=UTC)
IMPATIENT = TimeOuts(connect=2.0, read=0.2, write=2.0, pool=0.2)

LIST = Request("GET", "/v1/voice/campaigns", query=(("organization_id", "o 1&x"), ("is_admin", "true")))
END = Request("POST", "/v1/voice/campaigns/acme_x/end")
DELETE = Request("DELETE", "/v1/voice/campaigns/acme_x")


@dataclass(frozen=True)
class Pieces:
    """A body of given pieces, to be encoded as often as wanted."""

    pieces: tuple[bytes, ...]

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.pieces)


CREATE = Request("POST", "/v1/voice/campaigns", body=Pieces((b'{"leads":', b"[]}")))


@dataclass
class Naps:
    """Keeps the waits instead of waiting."""

    seconds: list[float] = field(default_factory=list)

    def waiting(self, jitter: float = 0.0) -> Waiting:
        return Waiting(sleep=self.seconds.append, jitter=lambda: jitter, now=lambda: NOW)


def client_of(url: str, *, time_outs: TimeOuts | None = None, naps: Naps | None = None) -> WritingClient:
    waiting = (naps or Naps()).waiting()
    return connect(parse_origin(url), KEY, time_outs=time_outs or TimeOuts(), waiting=waiting)


@contextmanager
def connected(
    *conversations: Conversation, below: str = "", time_outs: TimeOuts | None = None, naps: Naps | None = None
) -> Iterator[tuple[Server, WritingClient]]:
    """A server that follows the conversations, and a client of it."""
    with (
        Server(*conversations) as server,
        client_of(server.url + below, time_outs=time_outs, naps=naps) as client,
    ):
        yield server, client
