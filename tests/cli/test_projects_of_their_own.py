"""`init`, `ledger init` and `sandbox`: from an empty folder to people who were dialled."""

import re
from pathlib import Path

import pytest

from tests.cli.running import process


def test_an_empty_folder_becomes_a_project_whose_people_are_called(tmp_path: Path) -> None:
    written = process(tmp_path, "init")
    assert (written.code, written.err) == (0, "")
    assert written.out.startswith("Written:\n  teli.yaml\n")
    assert re.findall(r"teli-iac (\w+)", written.out) == ["validate", "plan", "apply"]
    assert process(tmp_path, "validate").code == 0
    assert process(tmp_path, "plan", "--detailed-exitcode").code == 2
    assert process(tmp_path, "apply", "--auto-approve").code == 0
    assert process(tmp_path, "sandbox", "dial").out == "0 calls made.\n"
    before = process(tmp_path, "sandbox", "clock").out
    after = process(tmp_path, "sandbox", "clock", "+4d").out
    assert before < after
    assert process(tmp_path, "plan", "--detailed-exitcode").code == 0


def test_resetting_the_sandbox_calls_nobody_again(project: Path) -> None:
    process(project, "apply", "--auto-approve")
    assert process(project, "sandbox", "clock", "+4d").code == 0
    assert process(project, "sandbox", "reset").code == 0
    again = process(project, "plan", "--format", "json")
    assert '"new": 0' in again.out


def test_init_makes_the_ledger_of_an_existing_project_once(project: Path) -> None:
    first = process(project, "init")
    assert (first.code, first.err) == (0, "")
    assert (project / ".teli").is_dir()
    again = process(project, "ledger", "init")
    assert again.code in {0, 1}
    assert process(project, "apply", "--auto-approve").code == 0


def test_init_in_a_folder_of_a_project_makes_no_second_project(project: Path) -> None:
    assert process(project / "campaigns", "init").code == 0
    assert not (project / "campaigns" / "teli.yaml").exists()


def test_init_lists_what_is_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "leads").mkdir()
    (tmp_path / "leads" / "first.csv").write_text("Phone\n")
    refused = process(tmp_path, "init")
    assert (refused.code, refused.out) == (1, "")
    assert "leads/first.csv" in refused.err
    assert not (tmp_path / "teli.yaml").exists()


@pytest.mark.parametrize("command", ["dial", "clock", "reset"])
def test_the_sandbox_of_no_project_is_not_used_as_if_there_were_one(tmp_path: Path, command: str) -> None:
    refused = process(tmp_path, "sandbox", command)
    assert (refused.code, refused.out) == (1, "")
    assert "There is no project here." in refused.err
    assert "teli-iac init" in refused.err


def test_the_sandbox_is_used_from_any_folder_of_the_project(project: Path) -> None:
    (project / "empty").mkdir()
    assert process(project / "empty", "sandbox", "dial").out == "0 calls made.\n"


def test_the_sandbox_says_in_words_why_its_file_cannot_be_used(project: Path) -> None:
    (project / ".teli").mkdir(exist_ok=True)
    file = project / ".teli" / "sandbox.db"
    file.write_text("Dear diary, " * 1000)
    refused = process(project, "sandbox", "clock")
    assert refused.code == 1
    assert "cannot be used: it is damaged, or was not written by the sandbox" in refused.err
    file.unlink()
    file.mkdir()
    assert (
        "cannot be used: you may not open it or write in its folder"
        in process(project, "sandbox", "clock").err
    )
    assert "is a directory" in process(project, "sandbox", "reset").err.lower()
