"""Whatever has become of leads and lists, campaigns can be taken off: a destroy reads nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from teli_iac.errors import ApiError, ExitCode, InvalidManifests
from teli_iac.model import GuardName, Sentence
from tests.promise.practice import Practice, Wanted, options, phone_number
from tests.second_teli import SecondTeli

LEADS, LIST = "fall.jsonl", "dnc.txt"
FALL = Wanted((0, 1, 2), most=10)
"""Its people stand in a file."""


@pytest.fixture
def teli() -> Iterator[SecondTeli]:
    with SecondTeli() as service:
        yield service


@pytest.fixture
def practice(tmp_path: Path, teli: SecondTeli) -> Practice:
    """A live campaign with a file of leads, and a project with a do-not-call list."""
    project = Practice(tmp_path / "acme", teli.url, suppress=[{"file": LIST}])
    (project.folder / LIST).write_text(f"{phone_number(50)}\n")
    project.want(fall=FALL)
    project.apply()
    return project


def _elsewhere(declared: str) -> Callable[[Practice], None]:
    """People from a warehouse that nobody reaches."""

    def change(practice: Practice) -> None:
        teli_yaml, campaigns = practice.folder / "teli.yaml", practice.folder / "campaigns.yaml"
        connections = '"spec": {"connections": {"crm": {"kind": "sqlite", "file": "crm.db"}}, '
        teli_yaml.write_text(teli_yaml.read_text().replace('"spec": {', connections))
        for file in (teli_yaml, campaigns):
            file.write_text(
                file.read_text().replace(
                    f'"file": "{declared}"', '"query": "SELECT phone", "connection": "crm"'
                )
            )

    return change


@pytest.mark.parametrize(
    "harm",
    [
        lambda practice: (practice.folder / LEADS).unlink(),
        lambda practice: (practice.folder / LEADS).write_bytes(b"\xff\xfe"),
        lambda practice: (practice.folder / LIST).unlink(),
        lambda practice: (practice.folder / LIST).write_text("415555\n"),
        _elsewhere(LEADS),
        _elsewhere(LIST),
    ],
    ids=[
        "no leads",
        "leads are bytes",
        "no list",
        "list is broken",
        "leads by query",
        "list by query",
    ],
)
def test_a_live_campaign_is_taken_off_when_its_people_cannot_be_read(
    harm: Callable[[Practice], object], practice: Practice, teli: SecondTeli
) -> None:
    harm(practice)
    destroyed = practice.destroy(options(allow={GuardName.LIVE_DELETES: 1}))
    assert (destroyed.sentences, destroyed.ending.exit_code) == ([Sentence.REMOVED], ExitCode.DONE)
    assert len(teli.log_of("delete")) == 1


def test_a_campaign_is_taken_off_as_its_manifest_says_now(practice: Practice, teli: SecondTeli) -> None:
    practice.want(fall=Wanted((0, 1, 2), most=10, settings={"on_remove": "retain"}))
    (practice.folder / LEADS).unlink()
    practice.destroy(options(allow={GuardName.LIVE_DELETES: 1}))
    assert not teli.log_of("delete")


def test_a_destroy_does_not_ask_for_agents(practice: Practice) -> None:
    campaigns = practice.folder / "campaigns.yaml"
    agent = f'"voice_agent_id": "{FALL.agent}"'
    assert agent in campaigns.read_text()
    campaigns.write_text(campaigns.read_text().replace(agent, '"agent": {"name": "nobody knows it"}'))
    with pytest.raises(ApiError):
        practice.plan()
    assert practice.destroy(options(allow={GuardName.LIVE_DELETES: 1})).sentences == [Sentence.REMOVED]


def test_a_manifest_that_cannot_be_read_still_stops_it(practice: Practice, teli: SecondTeli) -> None:
    """It says how its campaign leaves; `halt`, `pause` and `end` need no manifest."""
    campaigns = practice.folder / "campaigns.yaml"
    campaigns.write_text(campaigns.read_text().replace('"run": 1', '"run": "often"'))
    with pytest.raises(InvalidManifests):
        practice.destroy(options(allow={GuardName.LIVE_DELETES: 1}))
    assert not teli.log_of("delete")
