"""Do-not-call lists by query, as commands meet them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import process
from tests.comparison.repository import git
from tests.leads.manifests import CAMPAIGN, CONNECTION, PROJECT
from tests.leads.test_queries_by_command import change, execute

LISTS = "  suppress: [{query: SELECT phone FROM dnc, connection: crm, column: phone}]\n"
LEADS = "  leads: {file: fall.csv}\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "acme"
    folder.mkdir()
    (folder / "teli.yaml").write_text(PROJECT + CONNECTION + LISTS)
    (folder / "fall.yaml").write_text(CAMPAIGN + LEADS)
    (folder / "fall.csv").write_text("phone_number\n+14155550101\n+14155550102\n+14155550103\n")
    execute(folder, "CREATE TABLE dnc (phone TEXT)")
    execute(folder, "INSERT INTO dnc VALUES ('+14155550102')")
    return folder


def test_validate_runs_no_query_and_says_so(project: Path) -> None:
    (project / "crm.db").unlink()
    done = process(project, "validate")
    assert (done.code, done.err) == (0, "")
    assert done.out == (
        "Project acme is in order: 1 campaign, 3 people.\n"
        "1 campaign has a do-not-call list from a query, which was not run, and may call fewer people:"
        " `validate --online` and `plan` run it.\n"
    )
    refused = process(project, "plan")
    assert refused.code == 1
    assert "teli.yaml:8:22: TELI-E116" in refused.err


def test_validate_online_runs_it(project: Path) -> None:
    done = process(project, "validate", "--online")
    assert done.code == 0, done.err
    assert "2 people. 1 person is left out, on a do-not-call list.\n" in done.out
    assert "not run" not in done.out


def test_diff_runs_none_and_says_that_it_did_not_look(project: Path) -> None:
    git(project, "init", "--quiet")
    git(project, "add", "teli.yaml", "fall.yaml", "fall.csv")
    git(project, "commit", "--quiet", "-m", "first")
    (project / "crm.db").unlink()
    assert "No differences" in process(project, "diff", "HEAD").out
    (project / "fall.csv").write_text("phone_number\n+14155550101\n")
    told = " ".join(process(project, "diff", "HEAD").out.split())
    assert "2 removed; whom a do-not-call list by query leaves out was not looked at" in told
    change(project, "teli.yaml", "SELECT phone FROM dnc", "SELECT phone FROM others")
    told = " ".join(process(project, "diff", "HEAD").out.split())
    assert "no database was asked" in told
    assert "FROM" not in told


@pytest.mark.parametrize("file", ["teli.yaml", "fall.yaml"])
@pytest.mark.parametrize(
    ("declared", "told"),
    [
        ("{query: SELECT 1, connection: crn}", 'TELI-E111 The Project declares no connection called "crn"'),
        ("{query: SELECT 1}", 'TELI-E036 spec.suppress[0] lacks "connection"'),
        ("{connection: crm}", 'TELI-E036 spec.suppress[0] lacks "query"'),
        ("{column: phone}", 'TELI-E036 spec.suppress[0] lacks "file"'),
        ("{query: SELECT 1, connection: crm, file: dnc.txt}", "TELI-E110 The list is the answer to a query"),
        ("{query: SELECT 1, connection: crm, encoding: utf-8}", "and encoding is for a file"),
        ("{file: dnc.txt, connection: crm}", "TELI-E110 The list is in a file"),
        ("{query: SELECT 1, connection: crm, max_age: 31d}", "TELI-E124 An answer is as old as"),
        ("{query: SELECT '+14155550101', connection: crm, max_age: 31d}", "TELI-E124 An answer is as old as"),
    ],
)
def test_a_list_comes_from_one_place_that_answers(file: str, declared: str, told: str, project: Path) -> None:
    (project / "teli.yaml").write_text(PROJECT + CONNECTION)
    (project / file).write_text((project / file).read_text() + f"  suppress: [{declared}]\n")
    (project / "dnc.txt").write_text("+14155550102\n")
    for command in ("validate", "plan"):
        refused = process(project, command)
        assert refused.code == 1
        assert told in refused.err
        assert "415555" not in refused.err


def test_a_list_with_a_day_of_its_own_grows_old(project: Path) -> None:
    change(project, "teli.yaml", "column: phone", 'column: phone, max_age: 31d, as_of: "2024-11-20"')
    for command in (["plan"], ["validate", "--online"], ["validate"]):
        refused = process(project, *command)
        assert refused.code == 1
        assert "teli.yaml:8:22: TELI-E121 the list asked of crm is " in refused.err
    (project / "crm.db").unlink()
    assert "TELI-E121" in process(project, "validate").err, "its day stands in the manifest"
