"""`ledger export` and `import`: a ledger moves whole, and is never written in two places."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from teli_iac import workflow
from teli_iac.author import write_first_project
from teli_iac.errors import (
    AlreadyThere,
    Declined,
    ExportUnusable,
    LedgerError,
    LedgerMoved,
    TeliIacError,
    UsageError,
)
from teli_iac.model import Settlement
from tests.cli.running import at_terminal, process
from tests.ledger.repositories import clone, make_bare
from tests.ledger.sites import files
from tests.promise.practice import Practice, Wanted, phone_number
from tests.second_teli import SecondTeli


@pytest.fixture
def applied(practice: Practice) -> Practice:
    """Two campaigns are launched, and one of them is edited since, so that a plan has something to do."""
    practice.apply()
    practice.want(fall=Wanted((0, 1, 2, 3), names={0: "Ann-Christin"}), spring=Wanted((10, 11)))
    return practice


def _export(practice: Practice, name: str, retire_to: str | None = None, *, consent: bool = True) -> Path:
    file = practice.folder.parent / name
    workflow.export_ledger(practice.asked(), file, retire_to, lambda _: consent)
    return file


def _import(practice: Practice, file: Path, *, restoring: bool = False) -> str:
    return workflow.import_ledger(practice.asked(), file, restoring=restoring)


def _lies_at(practice: Practice, place: str) -> None:
    path = practice.folder / "teli.yaml"
    project = json.loads(path.read_text())
    project["spec"]["ledger"] = place
    path.write_text(json.dumps(project))


def _volume(practice: Practice) -> str:
    volume = practice.folder.parent / "volume"
    volume.mkdir(exist_ok=True)
    return volume.as_uri()


def test_after_a_move_the_same_plan_comes_out_and_nobody_is_called_twice(
    applied: Practice, teli: SecondTeli
) -> None:
    before = applied.plan().plan.digest
    volume = _volume(applied)
    file = _export(applied, "acme.jsonl", volume)
    _lies_at(applied, volume)
    _import(applied, file)

    assert applied.plan().plan.digest == before
    applied.apply()
    teli.pass_time(timedelta(hours=1))
    teli.dial()
    assert sorted(teli.dialled.values()) == [1] * 6


def test_a_copy_of_a_ledger_changes_nothing_about_it(applied: Practice) -> None:
    before = files(applied.folder)
    _export(applied, "backup.jsonl")

    assert files(applied.folder) == before


def test_the_file_is_for_its_user_alone_and_names_nobody(applied: Practice) -> None:
    file = _export(applied, "backup.jsonl")

    assert file.stat().st_mode & 0o077 == 0
    assert not any(phone_number(person) in file.read_text(encoding="utf-8") for person in range(12))
    assert "Ann-Christin" not in file.read_text(encoding="utf-8")


@pytest.mark.parametrize("use", ["plan", "apply", "destroy", "settle"])
def test_a_ledger_that_moved_away_is_used_no_more(use: str, applied: Practice, teli: SecondTeli) -> None:
    volume = _volume(applied)
    _export(applied, "acme.jsonl", volume)
    sent = len(teli.creates())
    uses: dict[str, Callable[[], object]] = {
        "plan": applied.plan,
        "apply": applied.apply,
        "destroy": applied.destroy,
        "settle": lambda: applied.settle("fall", Settlement.ABANDON),
    }

    with pytest.raises(LedgerMoved, match="volume") as moved:
        uses[use]()

    assert "ledger import" in moved.value.next_step
    assert len(teli.creates()) == sent


def test_a_ledger_that_moved_away_can_still_be_read_and_exported_again(applied: Practice) -> None:
    volume = _volume(applied)
    first = _export(applied, "acme.jsonl", volume)
    again = _export(applied, "again.jsonl", volume)

    assert first.read_bytes() == again.read_bytes()
    assert workflow.check_ledger(applied.asked()).events > 0
    with pytest.raises(LedgerMoved, match="cannot go to"):
        _export(applied, "other.jsonl", f"{volume}/elsewhere")


def test_without_approval_the_ledger_stays(applied: Practice) -> None:
    with pytest.raises(Declined):
        _export(applied, "acme.jsonl", _volume(applied), consent=False)

    assert not (applied.folder.parent / "acme.jsonl").exists()
    applied.plan()


def test_a_moved_ledger_arrives_only_where_it_was_sent(applied: Practice) -> None:
    file = _export(applied, "acme.jsonl", _volume(applied))
    elsewhere = applied.folder.parent / "elsewhere"
    elsewhere.mkdir()
    _lies_at(applied, elsewhere.as_uri())

    with pytest.raises(ExportUnusable, match="was sent to"):
        _import(applied, file)

    assert list(elsewhere.iterdir()) == []


def test_a_copy_is_no_move(applied: Practice) -> None:
    file = _export(applied, "backup.jsonl")
    _lies_at(applied, _volume(applied))

    with pytest.raises(ExportUnusable, match="may still be in use") as copy:
        _import(applied, file)

    assert "--retire-to" in copy.value.next_step


def test_a_lost_ledger_is_restored_from_its_last_copy(applied: Practice) -> None:
    before = applied.plan().plan.digest
    file = _export(applied, "backup.jsonl")
    shutil.rmtree(applied.folder / ".teli")
    _import(applied, file, restoring=True)

    assert applied.plan().plan.digest == before


def test_nothing_is_imported_over_a_ledger(applied: Practice) -> None:
    file = _export(applied, "backup.jsonl")
    before = files(applied.folder)

    with pytest.raises(LedgerError, match="two are never made one"):
        _import(applied, file, restoring=True)

    assert files(applied.folder) == before


def test_of_two_clones_that_import_one_move_the_second_finds_the_ledger(
    applied: Practice, tmp_path: Path
) -> None:
    bare = make_bare(tmp_path / "remote.git")
    file = _export(applied, "acme.jsonl", "git")
    clones = [clone(bare, tmp_path / name) for name in ("first", "second")]
    for each in clones:
        shutil.copy(applied.folder / "teli.yaml", each)
        shutil.copy(applied.folder / "campaigns.yaml", each)
    practices = []
    for each in clones:
        practice = object.__new__(Practice)
        practice.__dict__.update(applied.__dict__, folder=each)
        _lies_at(practice, "git")
        practices.append(practice)
    _import(practices[0], file)

    with pytest.raises(LedgerError, match="has a ledger already"):
        _import(practices[1], file)
    assert practices[1].plan().plan.digest == practices[0].plan().plan.digest


@pytest.mark.parametrize(
    ("place", "error"),
    [("local", UsageError), ("nowhere", TeliIacError), ("git?tag=x", TeliIacError)],
)
def test_a_ledger_is_not_closed_for_a_place_that_is_none(
    place: str, error: type[TeliIacError], applied: Practice
) -> None:
    with pytest.raises(error):
        _export(applied, "acme.jsonl", place)

    applied.plan()


def test_a_ledger_is_not_closed_where_its_file_cannot_be_written(applied: Practice) -> None:
    (applied.folder.parent / "acme.jsonl").write_text("mine")

    with pytest.raises(AlreadyThere):
        _export(applied, "acme.jsonl", _volume(applied))
    with pytest.raises(UsageError, match="no folder"):
        _export(applied, "missing/acme.jsonl", _volume(applied))

    applied.plan()


def test_a_password_in_a_place_is_not_remembered(applied: Practice) -> None:
    file = _export(applied, "acme.jsonl", "postgresql://ann:secret@db.example/iac?password=secret&host=h")

    assert '"place":"postgresql://db.example/iac?host=h"' in file.read_text(encoding="utf-8")
    assert "secret" not in file.read_text(encoding="utf-8")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The first project, applied to the embedded Teli."""
    folder = tmp_path / "acme"
    folder.mkdir()
    write_first_project(folder)
    assert process(folder, "apply", "--auto-approve").code == 0
    return folder


def test_moving_at_the_command_line(project: Path, tmp_path: Path) -> None:
    volume = tmp_path / "volume"
    volume.mkdir()
    unasked = process(project, "ledger", "export", "a.jsonl", "--retire-to", volume.as_uri())
    assert (unasked.code, unasked.out) == (64, "")
    screen = at_terminal(project, "ledger", "export", "a.jsonl", "--retire-to", volume.as_uri())
    screen.wait_for("Enter a value:")
    assert "closed here for good" in screen.shown
    screen.type("yes\n")
    assert screen.end() == 0
    closed = process(project, "plan")
    assert (closed.code, closed.err[:16]) == (1, "Error TELI-E136:")
    manifest = project / "teli.yaml"
    manifest.write_text(manifest.read_text().replace("spec:\n", f"spec:\n  ledger: {volume.as_uri()}\n", 1))
    brought = process(project, "ledger", "import", "a.jsonl")
    assert (brought.code, brought.err) == (0, "")
    assert "came to file://" in brought.out
    assert process(project, "plan", "--detailed-exitcode").code == 0
    assert process(project, "ledger", "verify").code == 0
    assert "The ledger was brought to file://" in process(project, "ledger", "log").out.replace(
        "\n      ", " "
    )


def test_a_file_that_is_none_is_refused_at_the_command_line(project: Path) -> None:
    shutil.rmtree(project / ".teli" / "nothing", ignore_errors=True)
    (project / ".teli" / "ledger.db").unlink()
    refused = process(project, "ledger", "import", "teli.yaml")
    assert (refused.code, refused.err[:16]) == (1, "Error TELI-E137:")
    missing = process(project, "ledger", "import", "missing.jsonl")
    assert (missing.code, missing.err[:16]) == (1, "Error TELI-E137:")
