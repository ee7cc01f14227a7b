from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from teli_iac.api import connect, parse_origin
from teli_iac.errors import ReplyLost
from teli_iac.model import Request
from tests.api.clients import CREATE, KEY, LIST

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


class _Echo:
    """Answers with what it was asked, and counts whom it served at once."""

    def __init__(self, parties: int = 1) -> None:
        self.together = threading.Barrier(parties)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        self.together.wait(10)
        start_response("200 OK", [("Content-Type", "application/json")])
        asked = {
            "path": environ["PATH_INFO"],
            "query": environ["QUERY_STRING"],
            "key": environ["HTTP_X_API_KEY"],
            "body": environ["wsgi.input"].read().decode(),
        }
        return [json.dumps(asked).encode()]


def test_the_sandbox_is_asked_like_any_server() -> None:
    with connect(parse_origin("sandbox:"), KEY, application=_Echo()) as client:
        assert client.read(LIST).document == {
            "path": "/v1/voice/campaigns",
            "query": "organization_id=o%201%26x&is_admin=true",
            "key": KEY.secret,
            "body": "",
        }
        created = client.write(CREATE).document
    assert created is not None
    assert created["body"] == '{"leads":[]}'


def test_several_threads_are_served_at_once() -> None:
    with (
        connect(parse_origin("sandbox:"), KEY, application=_Echo(parties=4)) as client,
        ThreadPoolExecutor(4) as threads,
    ):
        paths = [f"/v1/voice/campaigns/{number}" for number in range(20)]
        replies = list(threads.map(lambda path: client.read(Request("GET", path)), paths))
    assert [reply.document["path"] for reply in replies if reply.document] == paths


def test_an_application_that_crashes_leaves_a_doubt_even_when_it_could_not_connect() -> None:
    def crash(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:  # noqa: ARG001  WSGI's shape
        import httpx  # noqa: PLC0415  stands for a service that itself calls another

        raise httpx.ConnectError("its database is away")

    with connect(parse_origin("sandbox:"), KEY, application=crash) as client, pytest.raises(ReplyLost):
        client.write(CREATE)


def test_no_proxy_comes_between_us_and_the_sandbox(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    with connect(parse_origin("sandbox:"), KEY, application=_Echo()) as client:
        assert client.read(LIST).status == 200


def test_who_only_names_an_address_does_not_pay_for_http() -> None:
    code = (
        "import sys; from teli_iac.api import parse_origin, ApiKey, connect;"
        "parse_origin('https://api.teli.ai'); ApiKey('k');"
        "print(sorted({'httpx', 'httpcore', 'h11', 'certifi'} & set(sys.modules)))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603  our own code
    assert told.stdout.strip() == "[]"
