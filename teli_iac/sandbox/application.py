"""The whole service as one WSGI application: routes, keys, bodies and the clock's `Date`, over bottle."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from teli_iac.errors import SandboxUnusable
from teli_iac.sandbox.answers import Answer, Call, Refused, bare_failure, detail, failure
from teli_iac.sandbox.clock import now
from teli_iac.sandbox.logs import log_request
from teli_iac.sandbox.operations import ROUTES, Route
from teli_iac.sandbox.store import Store, open_store
from teli_iac.sandbox.times import http_date

if TYPE_CHECKING:
    from _typeshed import OptExcInfo
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


def application(store: Path | Store | None) -> WSGIApplication:
    """The service over a store's file, or in memory for None. Safe to call from several threads.

    Raises SandboxUnusable at once when the file is not the sandbox's or cannot be read.
    """
    opened = open_store(store)
    opened.check()
    routes = _routes(opened)

    def service(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], failed: OptExcInfo | None = None, /) -> object:
            return start_response(status, [*headers, ("Date", _date(opened))], failed)

        answer: Iterable[bytes] = routes(environ, start)
        return answer

    return service


def _routes(store: Store) -> Any:
    """The routing table as a bottle application."""
    import bottle  # type: ignore[import-untyped]  # noqa: PLC0415  who only dials does not pay for the routes

    routes = bottle.Bottle()
    routes.default_error_handler = _framework_error
    routes.add_hook("before_request", partial(_write_down, store))
    for route in ROUTES:
        routes.route(route.pattern, route.method, partial(_answer, store, route))
    return routes


def _write_down(store: Store) -> None:
    import bottle  # noqa: PLC0415  loaded by now

    environ = bottle.request.environ
    try:
        log_request(store, environ["REQUEST_METHOD"], environ["PATH_INFO"])
    except SandboxUnusable as unusable:
        raise _response(_broken(unusable, "Internal server error")) from unusable


def _answer(store: Store, route: Route, **path: str) -> Any:
    import bottle  # noqa: PLC0415  loaded by now

    return _response(_carry_out(store, route, bottle.request.environ, path))


def _carry_out(store: Store, route: Route, environ: WSGIEnvironment, path: dict[str, str]) -> Answer:
    if not environ.get("HTTP_X_API_KEY", "").strip():
        return bare_failure(401, "API key is required")
    query = dict(parse_qsl(environ.get("QUERY_STRING", ""), keep_blank_values=True))
    try:
        return route.operation(store, Call(path, query, _body(environ)))
    except Refused as refused:
        return refused.answer
    except SandboxUnusable as unusable:
        return _broken(unusable, route.failure)


def _body(environ: WSGIEnvironment) -> bytes:
    """The whole body. Without a length it is what the server, which has joined the chunks, gives out."""
    length = environ.get("CONTENT_LENGTH", "")
    if length.isdecimal():
        body: bytes = environ["wsgi.input"].read(int(length))
        return body
    if "HTTP_TRANSFER_ENCODING" in environ:
        chunked: bytes = environ["wsgi.input"].read()
        return chunked
    return b""


def _broken(unusable: SandboxUnusable, error: str) -> Answer:
    """What a service says whose database is away; what is wrong with it is told besides."""
    told = failure(500, error)
    return Answer(500, {**told.document, "detail": f"{unusable.message}. {unusable.next_step}"})


def _framework_error(error: Any) -> str:
    """The body for an unknown path, a method that it does not have, or a bug of ours."""
    import bottle  # noqa: PLC0415  loaded by now

    bottle.response.content_type = "application/json"
    return json.dumps(detail(error.status_code, error.status_line.partition(" ")[2]).document)


def _response(answer: Answer) -> Any:
    import bottle  # noqa: PLC0415  loaded by now

    body = json.dumps(answer.document)
    return bottle.HTTPResponse(body, answer.status, {"Content-Type": "application/json"})


def _date(store: Store) -> str:
    try:
        return http_date(now(store))
    except SandboxUnusable:
        return http_date(store.wall_clock())
