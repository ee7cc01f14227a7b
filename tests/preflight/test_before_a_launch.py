"""What is found stands in the way of a launch where people can be called, and is said everywhere."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from teli_iac import workflow
from teli_iac.api import ApiKey, connect, parse_origin
from teli_iac.errors import ExitCode, NotReady
from teli_iac.model import LedgerKey, Recorded, Severity
from teli_iac.proposal import PlanResult, get_approval, propose
from teli_iac.sandbox import application
from teli_iac.settings import account_of
from teli_iac.worlds import Worlds, open_worlds
from tests.promise.practice import Practice, Wanted, options
from tests.second_teli import SecondTeli

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

LONG = 10.0
REAL = parse_origin("https://api.teli.ai")
THERE, NOT_THERE = "+14155550199", "+13125550142"


@pytest.fixture
def practice(tmp_path: Path) -> Practice:
    return Practice(tmp_path / "acme", "sandbox:")


@contextmanager
def _real(practice: Practice, teli: WSGIApplication | None = None) -> Iterator[Worlds]:
    """The worlds of the project as if the embedded Teli were the real one, at a terminal."""
    workflow.create_ledger(practice.asked())
    with (
        connect(REAL, ApiKey("sk-test"), application=teli or application(None)) as api,
        open_worlds(replace(practice.asked(), interactive=True), 1) as worlds,
    ):
        yield replace(worlds, origin=REAL, api=api, account=account_of(worlds.desired.project, REAL))


def _propose(worlds: Worlds) -> PlanResult:
    nobody = Recorded(0, LedgerKey(bytes(32)))
    return propose(worlds, worlds.desired, nobody, lambda _: {}, replace(options(), preflight=True))


def _launching(number: str) -> Wanted:
    return Wanted((0, 1), settings={"agent_outbound_number": number}, names={0: "Ada", 1: "Bea"})


def test_where_nobody_is_called_a_finding_only_warns(practice: Practice) -> None:
    practice.want(fall=_launching(NOT_THERE))
    result = practice.plan(replace(options(), preflight=True))
    assert [(f.code, f.severity) for f in result.findings] == [("TELI-E202", Severity.WARNING)]
    assert result.exit_code(detailed=False) is ExitCode.DONE


def test_nothing_is_asked_for_what_launches_nothing(tmp_path: Path) -> None:
    with SecondTeli() as teli:
        practice = Practice(tmp_path / "acme", teli.url)
        practice.want(fall=Wanted((0,)))
        practice.apply()
        before = len(teli.log)
        practice.plan(replace(options(), preflight=True))
        assert {seen.kind for seen in teli.log[before:]} == {"list"}


def test_each_list_is_asked_for_once_however_many_campaigns_are_launched(tmp_path: Path) -> None:
    with SecondTeli() as teli:
        practice = Practice(tmp_path / "acme", teli.url)
        practice.want(fall=Wanted((0,)), spring=Wanted((1,)), winter=Wanted((2,)))
        result = practice.plan(replace(options(), preflight=True))
        asked = sorted(seen.path for seen in teli.log if seen.kind != "list")
    assert asked == ["/v1/agents", "/v1/voice/phone-numbers"]
    assert [finding.code for finding in result.findings] == ["TELI-E206", "TELI-E206"]


def test_agents_are_asked_for_beside_the_list_when_something_was_never_launched(practice: Practice) -> None:
    embedded, asked = application(None), threading.Event()

    def teli(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/v1/agents":
            asked.set()
        elif environ["PATH_INFO"] == "/v1/voice/campaigns":
            assert asked.wait(LONG)
        return embedded(environ, start_response)

    practice.want(fall=_launching(THERE))
    with _real(practice, teli) as worlds:
        assert _propose(worlds).findings == ()


def test_where_people_are_called_an_error_ends_the_apply_before_anything_is_sent(practice: Practice) -> None:
    practice.want(fall=_launching(NOT_THERE))
    with _real(practice) as worlds:
        result = _propose(worlds)
        assert result.is_unready
        assert result.exit_code(detailed=False) is ExitCode.REFUSED
        with pytest.raises(NotReady) as refused:
            get_approval(result, lambda _: True, worlds)
    assert refused.value.exit_code is ExitCode.REFUSED


def test_what_is_there_stands_in_nobodys_way(practice: Practice) -> None:
    practice.want(fall=_launching(THERE))
    with _real(practice) as worlds:
        result = _propose(worlds)
        assert result.findings == ()
        get_approval(result, lambda _: True, worlds)
