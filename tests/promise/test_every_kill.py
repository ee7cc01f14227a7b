"""kill -9 at every request and at every write of the ledger of an apply, and six applies at once.

The steps are counted in a run that lives, so that none is left out. Every run tries the local ledger;
`make soak` tries every backend, and an apply that replaces a live campaign as well.
"""

from __future__ import annotations

import signal
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from teli_iac.errors import ExitCode
from teli_iac.model import OnError
from tests.effort import SOAK
from tests.ledger.sites import SITES, Site
from tests.promise.executioner import Executioner
from tests.promise.practice import Practice, Wanted, options, phone_number
from tests.promise.processes import start
from tests.second_teli import SecondTeli

FALL, SPRING = (0, 1, 2), (10, 11)
EVERYBODY = dict.fromkeys(map(phone_number, (*FALL, *SPRING)), 1)
SCHEMES = sorted(SITES) if SOAK else ["local"]
APPLIERS = 6


@dataclass(frozen=True)
class Scenario:
    """An apply: what was applied before, how many requests and writes it takes, and the limit of a part."""

    name: str
    before: Callable[[Practice], object]
    requests: int
    writes: int
    most: int | None = None


def _nothing(_: Practice) -> None:
    return


def _spring_with_another_agent(practice: Practice) -> None:
    practice.want(spring=Wanted(SPRING, agent="agent_other"))
    practice.apply()


LAUNCH = Scenario("two are launched", _nothing, requests=9, writes=9)
REPLACE = Scenario("one is replaced", _spring_with_another_agent, requests=27, writes=14)
PARTS = Scenario("one is launched in two parts", _nothing, requests=11, writes=11, most=2)
REPLACE_PARTS = Scenario("parts replace one", _spring_with_another_agent, requests=33, writes=20, most=1)
SCENARIOS = [LAUNCH, PARTS, REPLACE, REPLACE_PARTS] if SOAK else [LAUNCH, PARTS]
REQUESTS = [(scenario, number) for scenario in SCENARIOS for number in range(1, scenario.requests + 1)]
WRITES = [(scenario, number) for scenario in SCENARIOS for number in range(1, scenario.writes + 1)]


def _told(value: object) -> str:
    return value.name if isinstance(value, Scenario) else str(value)


def _prepared(scenario: Scenario, site: Site, teli: SecondTeli) -> Practice:
    practice = Practice(site.folder, teli.url, ledger=site.place, drain="0s")
    scenario.before(practice)
    practice.want(fall=Wanted(FALL, most=scenario.most), spring=Wanted(SPRING, most=scenario.most))
    return practice


def _picked_up(practice: Practice, teli: SecondTeli) -> None:
    """The dead runner's lease ends by itself; then everybody is called, and nobody twice."""
    practice.ahead = timedelta(seconds=61)
    practice.apply(options(on_error=OnError.CONTINUE))
    teli.pass_time(timedelta(minutes=20))
    practice.apply(options(on_error=OnError.CONTINUE))
    practice.apply(options(on_error=OnError.CONTINUE))
    teli.pass_time(timedelta(minutes=30))
    teli.dial()
    assert teli.dialled == EVERYBODY


@pytest.mark.parametrize("scenario", SCENARIOS, ids=_told)
def test_every_request_and_every_write_is_counted(scenario: Scenario, tmp_path: Path) -> None:
    with SecondTeli() as teli:
        practice = _prepared(scenario, SITES["local"](tmp_path), teli)
        before = len(teli.log)
        process = start(practice.folder, "tests.promise.mortal", "local", "after", "0")
        told, _ = process.communicate()
        assert process.returncode == ExitCode.DONE
        assert (len(teli.log) - before, int(told.split()[-1])) == (scenario.requests, scenario.writes)


@pytest.mark.parametrize("done", [False, True], ids=["before it is done", "after it is done"])
@pytest.mark.parametrize(("scenario", "number"), REQUESTS, ids=_told)
def test_an_apply_that_is_killed_at_any_request_is_picked_up_without_a_second_call(
    scenario: Scenario,
    number: int,
    done: bool,  # noqa: FBT001  a case
    tmp_path: Path,
) -> None:
    with Executioner(number, done=done) as teli:
        practice = _prepared(scenario, SITES["local"](tmp_path), teli)
        teli.kill_an_apply(practice.folder)
        _picked_up(practice, teli)


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize(("scenario", "number"), WRITES, ids=_told)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_an_apply_that_is_killed_at_any_write_is_picked_up_without_a_second_call(
    scheme: str, scenario: Scenario, number: int, when: str, tmp_path: Path
) -> None:
    with SecondTeli() as teli:
        practice = _prepared(scenario, SITES[scheme](tmp_path), teli)
        process = start(practice.folder, "tests.promise.mortal", scheme, when, str(number))
        process.communicate()
        assert process.returncode == -signal.SIGKILL
        _picked_up(practice, teli)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_of_six_applies_at_once_each_create_is_sent_by_one(scheme: str, tmp_path: Path) -> None:
    with SecondTeli() as teli:
        site = SITES[scheme](tmp_path)
        practice = _prepared(LAUNCH, site, teli)
        folders = [site.clone(number) for number in range(APPLIERS)]
        for folder in folders:
            _prepared(LAUNCH, Site(site.place, folder, site.clone, site.snapshot, site.kept), teli)
        processes = [start(folder) for folder in folders]
        for process in processes:
            process.communicate()
        codes = {process.returncode for process in processes}
        assert codes <= {ExitCode.DONE, ExitCode.LOCKED, ExitCode.ERROR}
        assert ExitCode.DONE in codes
        assert len(teli.creates()) == len(set(teli.creates()))
        _picked_up(practice, teli)
