"""The embedded Teli over HTTP, in a process of its own."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from teli_iac.errors import AddressRefused
from teli_iac.sandbox import application, serve
from tests.sandbox.asking import CAMPAIGNS, Asker, creating

_SERVER = """
import sys
from pathlib import Path
from teli_iac.sandbox import serve
serve(Path(sys.argv[1]), sys.argv[2], 0, lambda sentence: print(sentence, flush=True))
"""


@contextmanager
def _served(path: Path, host: str) -> Iterator[str]:
    """The address of a server that is interrupted at the end, and must then end cleanly and silently."""
    with subprocess.Popen(  # noqa: S603  our own code
        [sys.executable, "-c", _SERVER, str(path), host],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        try:
            assert server.stdout is not None
            yield next(word for word in server.stdout.readline().split() if word.startswith("http://"))
        finally:
            server.send_signal(signal.SIGINT)
            assert server.communicate(timeout=20) == ("", "")
        assert server.returncode == 0


def _send(request: urllib.request.Request) -> dict[str, object]:
    request.add_header("X-API-Key", "any key")
    with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310  a loopback address
        document: dict[str, object] = json.load(answer)
        return document


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_it_answers_over_http_on_loopback_and_ends_cleanly(tmp_path: Path, host: str) -> None:
    path = tmp_path / "sandbox.db"
    with _served(path, host) as url:
        chunks = iter([creating("vc 1", "+14155550101")])
        created = _send(urllib.request.Request(url + CAMPAIGNS, data=chunks, method="POST"))  # noqa: S310  loopback
        assert created["contacts_count"] == 1
        read = _send(urllib.request.Request(f"{url}{CAMPAIGNS}/vc%201"))  # noqa: S310  loopback
        assert read["status"] == "active"
    assert Asker(application(path)).read("vc 1").status == 200


@pytest.mark.parametrize(
    "host",
    ["0.0.0.0", "192.0.2.1", "::", "example.com", "", "127.0.0.1.example.com"],  # noqa: S104  refused
)
def test_it_listens_nowhere_but_on_loopback(host: str) -> None:
    told: list[str] = []
    with pytest.raises(AddressRefused):
        serve(None, host, 0, told.append)
    assert told == []


def test_a_port_that_is_taken_is_refused() -> None:
    told: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(AddressRefused):
        serve(None, "127.0.0.1", taken.getsockname()[1], told.append)
    assert told == []


def test_who_only_dials_does_not_pay_for_a_server() -> None:
    code = "import sys, teli_iac.sandbox; print(sorted({'bottle', 'waitress', 'httpx'} & set(sys.modules)))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603  our own code
    assert told.stdout.strip() == "[]"
