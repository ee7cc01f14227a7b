"""`doctor` and `validate --online` at the command line."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest

from teli_iac import workflow
from teli_iac.api import parse_origin
from teli_iac.author import write_first_project
from teli_iac.diagnosing import compare_clocks, try_writes
from teli_iac.ledger import Lease, LocalLedger
from teli_iac.model import Account, Finding, LedgerKey, Severity
from teli_iac.settings import account_of
from teli_iac.worlds import existing_key, read_project
from tests.cli.running import process
from tests.promise.practice import Practice, Wanted
from tests.second_teli import SecondTeli


@pytest.fixture
def teli() -> Iterator[SecondTeli]:
    with SecondTeli() as service:
        yield service


@pytest.fixture
def practice(tmp_path: Path, teli: SecondTeli) -> Practice:
    project = Practice(tmp_path / "acme", teli.url)
    project.want(fall=Wanted((0, 1)))
    return project


def _diagnosed(practice: Practice) -> dict[str, Finding]:
    return {finding.about: finding for finding in workflow.diagnose(practice.asked())}


def _errors(practice: Practice) -> list[str]:
    return [f.code for f in workflow.diagnose(practice.asked()) if f.severity is Severity.ERROR]


def test_a_new_project_is_well_and_doctor_leaves_no_trace(tmp_path: Path) -> None:
    write_first_project(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    done = process(tmp_path, "doctor")
    assert (done.code, done.err) == (0, "")
    assert done.out.endswith("\nAll is well.\n")
    assert [path for path in sorted(tmp_path.rglob("*")) if "__pycache__" not in str(path)] == before


def test_machines_read_the_same(tmp_path: Path) -> None:
    write_first_project(tmp_path)
    document = json.loads(process(tmp_path, "doctor", "--format", "json").out)
    assert (document["errors"], document["warnings"]) == (0, 0)
    assert {finding["severity"] for finding in document["findings"]} == {"fine"}


def test_an_applied_project_is_well_but_for_what_the_service_does_not_tell(
    practice: Practice, teli: SecondTeli
) -> None:
    practice.apply()
    before, version = len(teli.log), workflow.show_ledger(practice.asked(), None).version
    diagnosed = _diagnosed(practice)
    assert diagnosed["ledger writes"].severity is Severity.FINE
    assert diagnosed["key"].severity is Severity.FINE
    assert (diagnosed["Teli"].code, diagnosed["Teli"].severity) == ("TELI-E206", Severity.WARNING)
    assert {seen.method for seen in teli.log[before:]} == {"GET"}
    assert workflow.show_ledger(practice.asked(), None).version == version


def test_manifests_out_of_order_are_told_first_and_the_rest_as_far_as_it_goes(practice: Practice) -> None:
    practice.apply()
    (practice.folder / "broken.yaml").write_text("kind: Campain\n")
    diagnosed = _diagnosed(practice)
    assert diagnosed["manifests"].code == "TELI-E220"
    assert diagnosed["ledger"].severity is Severity.FINE
    assert diagnosed["Teli"].code == "TELI-E227"


def test_no_project_at_all_is_an_error(tmp_path: Path) -> None:
    done = process(tmp_path, "doctor")
    assert (done.code, "TELI-E220" in done.out) == (1, True)


def test_a_missing_ledger_is_an_error_that_says_how_to_make_one(practice: Practice) -> None:
    assert _diagnosed(practice)["ledger"].code == "TELI-E222"


def test_another_key_than_the_ledgers_is_an_error(practice: Practice) -> None:
    practice.apply()
    asked = practice.asked()
    other = {**asked.environment, "TELI_LEDGER_KEY": "another long enough text"}
    codes = [f.code for f in workflow.diagnose(replace(asked, environment=other))]
    assert "TELI-E223" in codes


def test_a_ledger_in_use_is_a_warning(practice: Practice) -> None:
    practice.apply()
    ledger = LocalLedger(practice.folder)
    lease = ledger.acquire("ann@build-7", datetime.now(UTC), timedelta(minutes=1))
    found = [f for f in workflow.diagnose(practice.asked()) if f.code == "TELI-E225"]
    assert [finding.severity for finding in found] == [Severity.WARNING]
    assert "ann@build-7" in found[0].message
    ledger.release(lease)


def test_the_lease_is_free_again_afterwards(practice: Practice) -> None:
    practice.apply()
    _diagnosed(practice)
    assert practice.apply().ending.exit_code == 0


def test_a_service_that_cannot_be_reached_is_an_error(tmp_path: Path) -> None:
    practice = Practice(tmp_path / "acme", "http://127.0.0.1:9")
    practice.want(fall=Wanted((0,)))
    assert "TELI-E221" in _errors(practice)


def test_a_missing_key_is_an_error(tmp_path: Path) -> None:
    folder = tmp_path / "acme"
    Practice(folder, "http://127.0.0.1:9")
    done = process(folder, "doctor")
    assert (done.code, "TELI-E221" in done.out, "TELI_API_KEY" in done.out) == (1, True, True)


def test_a_package_that_an_address_needs_and_that_is_not_there_is_an_error(
    tmp_path: Path,
) -> None:
    practice = Practice(tmp_path / "acme", "http://127.0.0.1:9", ledger="postgresql://127.0.0.1:9/none")
    practice.want(fall=Wanted((0,)))
    assert {"TELI-E223", "TELI-E226"} & set(_errors(practice))


def test_validate_online_warns_of_an_agent_that_the_embedded_teli_does_not_have(tmp_path: Path) -> None:
    write_first_project(tmp_path)
    assert process(tmp_path, "validate", "--online").err == ""
    file = tmp_path / "campaigns" / "first-reminders.yaml"
    file.write_text(file.read_text().replace("agent_86f8", "agent_86f9"))
    done = process(tmp_path, "validate", "--online")
    assert done.code == 0
    assert "TELI-E200 Teli has no agent agent_86f9" in " ".join(done.err.split())
    assert process(tmp_path, "validate").err == ""
    planned = process(tmp_path, "plan")
    assert (planned.code, "Found before the launch:" in planned.err) == (0, True)
    assert process(tmp_path, "plan", "--no-preflight").err == ""


def test_an_agent_whose_name_nobody_has_is_an_error_at_its_place(tmp_path: Path) -> None:
    write_first_project(tmp_path)
    file = tmp_path / "campaigns" / "first-reminders.yaml"
    named = "agent: {name: Nobody at all}"
    file.write_text(file.read_text().replace("voice_agent_id: agent_86f826bf8f59bacd5c10ae948a", named))
    done = process(tmp_path, "doctor")
    said = " ".join(done.out.split())
    assert (done.code, "TELI-E207 Teli has no voice agent called" in said) == (1, True)
    assert "first-reminders.yaml:" in said


def _refusing(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:  # noqa: ARG001  WSGI
    start_response("403 Forbidden", [("Content-Type", "application/json")])
    return [b'{"error": "Invalid API key", "success": false}']


def test_a_key_that_teli_refuses_is_an_error_of_the_key(tmp_path: Path) -> None:
    with make_server("127.0.0.1", 0, _refusing, handler_class=_Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        practice = Practice(tmp_path / "acme", f"http://127.0.0.1:{server.server_port}")
        practice.want(fall=Wanted((0,)))
        try:
            assert _diagnosed(practice)["key"].code == "TELI-E228"
        finally:
            server.shutdown()
            thread.join()


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.mark.parametrize(
    ("seconds", "code", "way"),
    [
        (119, "", "seconds from"),
        (-119, "", "seconds from"),
        (121, "TELI-E229", "behind"),
        (-400, "TELI-E229", "ahead of"),
    ],
)
def test_clocks_more_than_two_minutes_apart_are_an_error(seconds: int, code: str, way: str) -> None:
    found = compare_clocks(seconds)
    assert (found.code, way in found.message) == (code, True)


class _Careless(LocalLedger):
    """A ledger that lets everybody in, as a store without working conditions does."""

    def acquire(self, holder: str, now: datetime, duration: timedelta) -> Lease:
        return Lease(1, holder, now + duration)

    def release(self, lease: Lease) -> None:
        """Nothing was held."""


def test_a_ledger_that_lets_two_writers_in_is_not_safe(practice: Practice) -> None:
    practice.apply()
    version = LocalLedger(practice.folder).load(*_account_and_key(practice)).version
    (found,) = try_writes(_Careless(practice.folder), version, practice.asked())
    assert (found.code, found.severity) == ("TELI-E224", Severity.ERROR)
    (well,) = try_writes(LocalLedger(practice.folder), version, practice.asked())
    assert (well.code, well.severity) == ("", Severity.FINE)


def _account_and_key(practice: Practice) -> tuple[Account, LedgerKey]:
    project = read_project(practice.asked())
    return account_of(project, parse_origin(project.base_url)), existing_key(practice.asked())
