"""The embedded Teli over HTTP, in the place of the real one, where creates and their answers can get lost."""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import TYPE_CHECKING
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from teli_iac.sandbox import application, dial, move_clock

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_CAMPAIGNS = "/v1/voice/campaigns"


class Loses(Enum):
    """What gets lost of a create."""

    NOTHING = "nothing"
    THE_ANSWER = "it is carried out, not shown for now, and not answered"
    ALL = "it never arrives"


@dataclass
class Served:
    """`hidden` are campaigns that it keeps and does not show."""

    store: Path
    address: str = ""
    loses: Loses = Loses.NOTHING
    hidden: set[str] = field(default_factory=set)

    def call(self, limit: int | None = None) -> None:
        """Call whoever is due."""
        dial(self.store, limit)

    def pass_time(self, passage: timedelta) -> None:
        """Let time pass, with the calls that come due in it."""
        move_clock(self.store, passage)


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *_: object) -> None:  # noqa: A002  its parent's name
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[Served]:
    """Serve one on a free port of loopback; its file lies in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    teli = Served(folder / "sandbox.db")
    server = make_server("127.0.0.1", 0, _with_faults(teli), server_class=_Server, handler_class=_Quiet)
    teli.address = f"http://127.0.0.1:{server.server_port}"
    serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    serving.start()
    try:
        yield teli
    finally:
        server.shutdown()
        serving.join()
        server.server_close()


def _with_faults(teli: Served) -> WSGIApplication:
    service = application(teli.store)

    def answer(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
        if method == "POST" and path == _CAMPAIGNS and teli.loses is not Loses.NOTHING:
            return _lost(teli, service, environ, start)
        if any(path.startswith(f"{_CAMPAIGNS}/{each}") for each in teli.hidden):
            environ = {**environ, "PATH_INFO": f"{_CAMPAIGNS}/no-such-campaign"}
        if path == _CAMPAIGNS and teli.hidden:
            return _without(teli.hidden, service, environ, start)
        return service(environ, start)

    return answer


def _lost(
    teli: Served, service: WSGIApplication, environ: WSGIEnvironment, start: StartResponse
) -> list[bytes]:
    """A gateway gives up on a create, which was carried out or was not."""
    body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
    if teli.loses is Loses.THE_ANSWER:
        teli.hidden.add(json.loads(body)["campaign_id"])
        list(service({**environ, "wsgi.input": io.BytesIO(body)}, lambda *_: lambda _: None))
    start("502 Bad Gateway", [("Content-Type", "text/html")])
    return [b"<!doctype html><title>Bad gateway</title>"]


def _without(
    hidden: set[str], service: WSGIApplication, environ: WSGIEnvironment, start: StartResponse
) -> list[bytes]:
    heads: list[tuple[str, list[tuple[str, str]]]] = []

    def keep(status: str, headers: list[tuple[str, str]], _: object = None, /) -> Callable[[bytes], object]:
        heads.append((status, headers))
        return lambda _: None

    document = json.loads(b"".join(service(environ, keep)))
    document["campaigns"] = [each for each in document["campaigns"] if each["campaign_id"] not in hidden]
    body = json.dumps({**document, "count": len(document["campaigns"])}).encode()
    status, headers = heads[0]
    start(status, [(name, value) for name, value in headers if name.lower() != "content-length"])
    return [body]
