"""The file between runs, threads, processes and other people's files."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from teli_iac.errors import SandboxUnusable
from teli_iac.sandbox import application, dial, dial_log, move_clock, now, request_log, reset
from tests.sandbox.asking import CAMPAIGNS, NOON, Asker, open_teli
from tests.strangers import common_folder, without_rights

ANN = "+14155550101"


def test_a_restart_keeps_campaigns_calls_and_the_clock(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "sandbox.db"
    store, teli = open_teli(path)
    teli.create("x", ANN)
    move_clock(store, NOON - NOON.replace(hour=0))
    again, asker = open_teli(path)
    assert asker.read("x").document["status"] == "completed"
    assert len(dial_log(again)) == 1
    assert now(again) == now(store) != NOON


def test_reading_makes_no_file(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "sandbox.db"
    store, teli = open_teli(path)
    assert teli.listed() == []
    assert teli.read("x").status == 404
    assert (dial_log(store), request_log(store), dial(store).calls, now(store)) == ((), (), 0, NOON)
    assert list(tmp_path.iterdir()) == []


@contextmanager
def _read_only(folder: Path) -> Iterator[None]:
    """The folder as somebody finds it who may not write there."""
    folder.chmod(0o555)
    try:
        with without_rights():
            yield
    finally:
        folder.chmod(0o755)


def test_a_read_only_folder_is_read_and_a_write_to_it_is_refused() -> None:
    with common_folder() as folder:
        path = folder / "sandbox.db"
        open_teli(path)[1].create("x", ANN)
        path.chmod(0o444)
        with _read_only(folder):
            store, teli = open_teli(path)
            assert teli.read("x").document["status"] == "active"
            told = teli.create("y", ANN)
            assert told.status == 500
            assert "sandbox reset" in told.document["detail"]
            with pytest.raises(SandboxUnusable):
                dial(store)
        assert teli.listed()[0]["campaign_id"] == "x"


def _foreign_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE addresses (name TEXT)")


def _later_release(path: Path) -> None:
    open_teli(path)[1].create("x", ANN)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 2")


def _text(path: Path) -> None:
    path.write_text("Dear diary, " * 1000, encoding="utf-8")


@pytest.mark.parametrize("make", [_foreign_database, _later_release, _text])
def test_a_file_that_is_not_this_sandboxs_is_refused_and_left_as_it_is(tmp_path: Path, make: object) -> None:
    path = tmp_path / "sandbox.db"
    assert callable(make)
    make(path)
    before = path.read_bytes()
    for use in (application, now, dial, dial_log, request_log):
        with pytest.raises(SandboxUnusable):
            use(path)
    assert path.read_bytes() == before
    reset(path)
    assert Asker(application(path)).create("x", ANN).status == 200


def test_a_service_whose_file_is_spoilt_meanwhile_says_so_in_json(tmp_path: Path) -> None:
    path = tmp_path / "sandbox.db"
    _, teli = open_teli(path)
    teli.create("x", ANN)
    _text(path)
    listed = teli.ask("GET", CAMPAIGNS, query={"organization_id": "acme"})
    assert (listed.status, listed.document["error"]) == (500, "Failed to list voice campaigns")
    assert teli.create("y", ANN).status == 500


@pytest.mark.parametrize("in_memory", [True, False], ids=["in memory", "in a file"])
def test_threads_at_once_lose_nothing(tmp_path: Path, *, in_memory: bool) -> None:
    store, teli = open_teli(None if in_memory else tmp_path / "sandbox.db")

    def use(number: int) -> int:
        teli.create(f"x{number}", ANN)
        dial(store, limit=1)
        return teli.read(f"x{number}").status

    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(use, range(40))) == {200}
    dial(store)
    assert len(teli.listed()) == len(dial_log(store)) == 40
    assert len(request_log(store)) == 81


_RACER = """
import sys
from pathlib import Path
from teli_iac.sandbox import application, dial
from tests.sandbox.asking import Asker
store = Path(sys.argv[1])
teli = Asker(application(store))
for number in range(20):
    assert teli.create(f"{sys.argv[2]}{number}", "+14155550101").status == 200
    dial(store)
"""


def test_two_processes_at_once_lose_nothing_and_call_nobody_twice(tmp_path: Path) -> None:
    path = tmp_path / "sandbox.db"
    racers = [
        subprocess.Popen([sys.executable, "-c", _RACER, str(path), name])  # noqa: S603  our own code
        for name in ("a", "b")
    ]
    assert [racer.wait(60) for racer in racers] == [0, 0]
    assert len({call.campaign_id for call in dial_log(path)}) == len(dial_log(path)) == 40


def test_every_request_is_written_down_without_query_or_body(tmp_path: Path) -> None:
    store, teli = open_teli(tmp_path / "sandbox.db")
    teli.create("vc 1", ANN)
    teli.ask("GET", CAMPAIGNS, query={"organization_id": "secret"})
    Asker(teli.application, key="").delete("vc%201")
    teli.ask("PATCH", "/nothing")
    assert [(entry.method, entry.path, entry.at) for entry in request_log(store)] == [
        ("POST", CAMPAIGNS, NOON),
        ("GET", CAMPAIGNS, NOON),
        ("DELETE", f"{CAMPAIGNS}/vc 1", NOON),
        ("PATCH", "/nothing", NOON),
    ]
