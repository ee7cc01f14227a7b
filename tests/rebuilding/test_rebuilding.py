"""`ledger rebuild`: what ids, the list and the history of the manifests prove; no call on a guess."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from teli_iac import workflow
from teli_iac.author import write_first_project
from teli_iac.errors import Declined, ExitCode, LedgerError, UsageError
from teli_iac.model import Action, GuardName, Reason, Settlement
from tests.cli.running import process
from tests.ledger.repositories import git
from tests.promise.practice import Practice, Wanted, options
from tests.second_teli import SecondTeli


@pytest.fixture
def teli() -> Iterator[SecondTeli]:
    with SecondTeli() as service:
        yield service


@pytest.fixture
def practice(tmp_path: Path, teli: SecondTeli) -> Practice:
    """A project kept in git."""
    project = Practice(tmp_path / "acme", teli.url)
    git(project.folder, "init", "--quiet")
    (project.folder / ".gitignore").write_text(".teli/\nconfig/\n")
    return project


def _commit(practice: Practice, **campaigns: Wanted) -> None:
    practice.want(**campaigns)
    git(practice.folder, "add", "--all")
    git(practice.folder, "commit", "--quiet", "--allow-empty", "--message", "Edit")


def _lose(practice: Practice) -> None:
    shutil.rmtree(practice.folder / ".teli")


def _rebuild(practice: Practice, *, consent: bool = True) -> str:
    """Rebuild; what was told before it was approved."""
    told: list[str] = []

    def approve(text: str) -> bool:
        told.append(text)
        return consent

    workflow.rebuild_ledger(practice.asked(), approve)
    return told[0]


def _decided(practice: Practice) -> dict[str, tuple[Action, Reason]]:
    return {c.address.removeprefix("campaign/"): (c.action, c.reason) for c in practice.plan().plan.changes}


def _called(teli: SecondTeli) -> list[int]:
    teli.pass_time(timedelta(hours=1))
    teli.dial()
    return sorted(teli.dialled.values())


def test_a_campaign_that_was_edited_since_is_proven_by_the_commit_it_was_launched_from(
    practice: Practice, teli: SecondTeli
) -> None:
    _commit(practice, fall=Wanted((0, 1, 2)))
    practice.apply()
    _commit(practice, fall=Wanted((0, 1, 2, 3)))
    practice.apply()
    _commit(practice, fall=Wanted((0, 1, 3), names={0: "Ann-Christin"}))
    _lose(practice)

    told = _rebuild(practice)

    assert "r1p1_" in told
    assert told.count(": 3 people") == told.count(": 1 person") == 1
    assert "Not proven" not in told
    assert _decided(practice) == {"fall": (Action.REPLACE, Reason.PEOPLE_REMOVED)}
    practice.apply()
    assert set(_called(teli)) == {1}


def test_a_part_that_took_over_the_uncalled_is_proven(practice: Practice, teli: SecondTeli) -> None:
    _commit(practice, fall=Wanted((0, 1, 2)))
    practice.apply()
    (campaign,) = teli._service._campaigns.values()  # noqa: SLF001  one call of three
    campaign.called.append(campaign.waiting.pop(0))
    teli.dialled.update(campaign.called)
    _commit(practice, fall=Wanted((0, 1, 2), agent="agent_0000000000000000000000000b"))
    practice.apply()
    _lose(practice)

    told = _rebuild(practice)

    assert (told.count(": 3 people"), told.count(": 2 people")) == (1, 1)
    assert "Not proven" not in told
    assert _decided(practice) == {"fall": (Action.KEEP, Reason.RUNNING)}
    _commit(practice, fall=Wanted((0, 1, 2, 3), agent="agent_0000000000000000000000000b"))
    practice.apply()
    assert _called(teli) == [1, 1, 1, 1]


def test_each_part_of_a_split_list_is_proven_whether_or_not_an_apply_died_between_them(
    practice: Practice, teli: SecondTeli
) -> None:
    _commit(practice, fall=Wanted(tuple(range(8)), most=3))
    practice.apply(stopping=lambda: bool(teli.creates()))
    practice.apply()
    _commit(practice, fall=Wanted(tuple(range(12)), most=3))
    practice.apply()
    assert len(teli.creates()) == 5
    _lose(practice)

    told = _rebuild(practice)

    assert (told.count(": 2 people"), told.count(": 3 people")) == (3, 2)
    assert "Not proven" not in told
    assert _decided(practice) == {"fall": (Action.KEEP, Reason.RUNNING)}
    assert practice.apply().sentences == []
    assert _called(teli) == [1] * 12


def test_parts_that_took_over_the_uncalled_are_proven(practice: Practice, teli: SecondTeli) -> None:
    _commit(practice, fall=Wanted(tuple(range(5)), most=3))
    practice.apply()
    campaign, _ = teli._service._campaigns.values()  # noqa: SLF001  one call of five
    campaign.called.append(campaign.waiting.pop(0))
    teli.dialled.update(campaign.called)
    _commit(practice, fall=Wanted(tuple(range(5)), agent="agent_0000000000000000000000000b", most=3))
    practice.apply()
    assert len(teli.creates()) == 4
    _lose(practice)
    assert "Not proven" not in _rebuild(practice)
    assert _decided(practice) == {"fall": (Action.KEEP, Reason.RUNNING)}
    assert _called(teli) == [1] * 5


def test_what_was_split_by_a_limit_that_no_commit_names_is_not_proven(
    practice: Practice, teli: SecondTeli
) -> None:
    practice.want(fall=Wanted(tuple(range(5)), most=3))
    practice.apply()
    _commit(practice, fall=Wanted(tuple(range(5)), most=2))
    _lose(practice)
    assert "Not proven" in _rebuild(practice)
    assert _decided(practice)["fall"][0] is Action.BLOCKED
    practice.apply()
    assert len(teli.creates()) == 2


def test_leads_that_were_never_committed_are_looked_for_where_they_lie(
    practice: Practice, teli: SecondTeli
) -> None:
    wanted = Wanted((), settings={"leads": {"file": "fall.csv"}})
    (practice.folder / ".gitignore").write_text(".teli/\nconfig/\n*.csv\n")
    (practice.folder / "fall.csv").write_text("phone_number\n+14155550120\n+14155550121\n")
    _commit(practice, fall=wanted)
    practice.apply()
    _commit(practice, fall=Wanted((), agent="agent_b", settings={"leads": {"file": "fall.csv"}}))
    _lose(practice)

    assert "Not proven" not in _rebuild(practice)

    assert _decided(practice)["fall"][0] is Action.REPLACE
    assert len(teli.creates()) == 1


def test_a_part_that_no_commit_proves_blocks(practice: Practice, teli: SecondTeli) -> None:
    practice.want(fall=Wanted((0, 1, 2)))
    practice.apply()
    _commit(practice, fall=Wanted((0, 1)))
    _lose(practice)

    told = _rebuild(practice)

    assert "Not proven" in told
    assert teli.creates()[0] in told
    assert _decided(practice)["fall"][0] is Action.BLOCKED
    practice.apply()
    assert len(teli.creates()) == 1


def test_a_campaign_that_is_gone_from_teli_is_not_called_again(practice: Practice, teli: SecondTeli) -> None:
    _commit(practice, fall=Wanted((0, 1)))
    practice.apply()
    teli.order(teli.creates()[0], "delete")
    _lose(practice)

    told = _rebuild(practice)

    assert "campaign/fall run 1: 2 people" in told
    assert _decided(practice) == {"fall": (Action.BLOCKED, Reason.UNKNOWN_OUTCOME)}
    practice.ahead = timedelta(days=2)
    assert practice.apply().ending.exit_code is ExitCode.UNKNOWN
    assert len(teli.creates()) == 1


@pytest.mark.parametrize(("decision", "called"), [(Settlement.ABANDON, 0), (Settlement.RETRY, 2)])
def test_a_person_decides_whether_they_are_called(
    decision: Settlement, called: int, practice: Practice, teli: SecondTeli
) -> None:
    _commit(practice, fall=Wanted((0, 1)))
    _rebuild(practice)
    practice.settle("fall", decision)

    practice.apply(options(allow={GuardName.PEOPLE_AGAIN: called}) if called else None)

    assert sum(_called(teli)) == called


def test_a_revert_after_a_rebuild_calls_nobody(practice: Practice, teli: SecondTeli) -> None:
    both = {"fall": Wanted((0, 1)), "spring": Wanted((10, 11))}
    _commit(practice, **both)
    practice.apply()
    _commit(practice, fall=Wanted((0, 1)))
    practice.apply(options(allow={GuardName.LIVE_DELETES: 1}))
    _lose(practice)

    told = _rebuild(practice)

    assert "campaign/spring run 1: 2 people" in told
    _commit(practice, **both)
    assert _decided(practice)["spring"][0] is Action.KEEP
    practice.apply()
    assert len(teli.creates()) == 2


def test_a_run_whose_people_cannot_be_read_any_more_is_left(practice: Practice, teli: SecondTeli) -> None:
    lost = Wanted((), settings={"leads": {"file": "spring.csv"}})
    (practice.folder / ".gitignore").write_text(".teli/\nconfig/\n*.csv\n")
    (practice.folder / "spring.csv").write_text("phone_number\n+14155550120\n")
    _commit(practice, fall=Wanted((0, 1)), spring=lost)
    practice.apply()
    _commit(practice, fall=Wanted((0, 1)))
    practice.apply(options(allow={GuardName.LIVE_DELETES: 1}))
    (practice.folder / "spring.csv").unlink()
    _lose(practice)

    assert "campaign/spring run 1" in _rebuild(practice)

    (practice.folder / "spring.csv").write_text("phone_number\n+14155550120\n")
    _commit(practice, fall=Wanted((0, 1)), spring=lost)
    practice.apply()
    assert len(teli.creates()) == 2


def test_without_a_repository_today_s_manifests_prove_what_they_can(tmp_path: Path, teli: SecondTeli) -> None:
    practice = Practice(tmp_path / "acme", teli.url)
    practice.want(fall=Wanted((0, 1)))
    practice.apply()
    _lose(practice)

    told = _rebuild(practice)

    assert "no git repository" in told
    assert _decided(practice) == {"fall": (Action.KEEP, Reason.RUNNING)}


def test_without_approval_no_ledger_is_made(practice: Practice) -> None:
    _commit(practice, fall=Wanted((0, 1)))
    with pytest.raises(Declined):
        _rebuild(practice, consent=False)

    assert not (practice.folder / ".teli").exists()


def test_a_ledger_that_is_there_is_not_rebuilt(practice: Practice) -> None:
    _commit(practice, fall=Wanted((0, 1)))
    practice.apply()

    with pytest.raises(LedgerError, match="has a ledger"):
        _rebuild(practice)

    assert _decided(practice) == {"fall": (Action.KEEP, Reason.RUNNING)}


def test_a_ledger_is_not_rebuilt_for_a_part_of_the_project(practice: Practice) -> None:
    (practice.folder / "more").mkdir()
    _commit(practice, fall=Wanted((0, 1)))
    (practice.folder / "campaigns.yaml").rename(practice.folder / "more" / "campaigns.yaml")
    asked = replace(practice.asked(), paths=("more",))
    with pytest.raises(UsageError, match="all of its project"):
        workflow.rebuild_ledger(asked, lambda _: True)


def test_nobody_is_named(practice: Practice) -> None:
    _commit(practice, fall=Wanted((0, 1), names={0: "Ann-Christin"}))

    told = _rebuild(practice)

    assert "415555" not in told
    assert "Ann-Christin" not in told


def test_rebuilding_at_the_command_line(tmp_path: Path) -> None:
    folder = tmp_path / "acme"
    folder.mkdir()
    write_first_project(folder)
    assert process(folder, "apply", "--auto-approve").code == 0
    (folder / ".teli" / "ledger.db").unlink()
    assert process(folder, "ledger", "rebuild").code == 64

    made = process(folder, "ledger", "rebuild", "--auto-approve")

    assert (made.code, made.err) == (0, "")
    assert (
        "Proven by their digests, and recorded with their people:\n  acme_first-reminders_r1p1_" in made.out
    )
    assert process(folder, "plan", "--detailed-exitcode").code == 0
    assert process(folder, "ledger", "rebuild", "--auto-approve").code == 1
