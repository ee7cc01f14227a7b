"""People asked of a real database, as commands meet them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.running import process
from tests.leads.manifests import CAMPAIGN, CONNECTION, PROJECT
from tests.ledger import postgresql

QUERY = """\
  leads:
    connection: crm
    query: |
      SELECT phone AS phone_number, first_name
      FROM people
      WHERE due = '2026-12-01'
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "acme"
    folder.mkdir()
    (folder / "teli.yaml").write_text(PROJECT + CONNECTION)
    (folder / "fall.yaml").write_text(CAMPAIGN + QUERY)
    execute(folder, "CREATE TABLE people (phone TEXT, first_name TEXT, due TEXT)")
    for number, name in (("+14155550101", "Grace"), ("+14155550102", "Hedy"), ("+14155550103", "Ida")):
        execute(folder, f"INSERT INTO people VALUES ('{number}', '{name}', '2026-12-01')")  # noqa: S608  ours
    return folder


def execute(folder: Path, statement: str) -> None:
    with closing(sqlite3.connect(folder / "crm.db", isolation_level=None)) as database:
        database.execute(statement)


def change(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text()
    assert old in text
    (folder / file).write_text(text.replace(old, new))


def test_people_of_a_query_are_planned_and_called_once(project: Path) -> None:
    assert "3" in process(project, "plan").out
    applied = process(project, "apply", "--auto-approve")
    assert applied.code == 0, applied.err
    again = process(project, "plan", "--detailed-exitcode")
    assert (again.code, again.err) == (0, "")


def test_a_query_and_a_file_with_the_same_people_are_the_same_campaign(project: Path) -> None:
    assert process(project, "apply", "--auto-approve").code == 0
    (project / "people.csv").write_text(
        "first_name,phone\nIda,+14155550103\nGrace,+14155550101\nHedy,+14155550102\n"
    )
    before, _, _ = (project / "fall.yaml").read_text().partition("  leads:")
    (project / "fall.yaml").write_text(
        f"{before}  leads: {{file: people.csv, columns: {{phone_number: phone}}}}\n"
    )
    same = process(project, "plan", "--detailed-exitcode")
    assert (same.code, same.err) == (0, "")


def test_a_saved_plan_is_refused_when_the_query_gives_others(project: Path) -> None:
    saved = process(project, "plan", "--out", "approved.plan")
    assert saved.code == 0, saved.err
    execute(project, "UPDATE people SET first_name = 'Grete' WHERE first_name = 'Grace'")
    refused = process(project, "apply", "approved.plan")
    assert refused.code == 3
    assert "campaign/fall-renewals" in refused.err
    assert "people" in refused.err
    assert "Gr" not in refused.err
    execute(project, "UPDATE people SET first_name = 'Grace' WHERE first_name = 'Grete'")
    assert process(project, "apply", "approved.plan").code == 0


def test_a_saved_plan_over_a_real_postgresql_is_refused_once_a_row_has_changed(project: Path) -> None:
    place = postgresql.fresh_place(postgresql.server())
    with postgresql.connected(place) as database:
        database.execute("CREATE TABLE people (phone text, first_name text, due text)")
        database.execute("INSERT INTO people VALUES ('+14155550101', 'Grace', '2026-12-01')")
        database.execute("INSERT INTO people VALUES ('+14155550102', 'Hedy', '2026-12-01')")
    change(project, "teli.yaml", "{kind: sqlite, file: crm.db}", "{kind: postgresql, url_from: CRM_URL}")
    saved = process(project, "plan", "--out", "approved.plan", CRM_URL=place)
    assert saved.code == 0, saved.err
    with postgresql.connected(place) as database:
        database.execute("UPDATE people SET phone = '+14155550103' WHERE first_name = 'Hedy'")
    refused = process(project, "apply", "approved.plan", CRM_URL=place)
    assert refused.code == 3
    assert "campaign/fall-renewals" in refused.err
    assert "people" in refused.err
    assert "555" not in refused.err
    with postgresql.connected(place) as database:
        database.execute("UPDATE people SET phone = '+14155550102' WHERE first_name = 'Hedy'")
    assert process(project, "apply", "approved.plan", CRM_URL=place).code == 0


def test_validate_asks_no_database_and_says_so(project: Path) -> None:
    (project / "crm.db").unlink()
    done = process(project, "validate")
    assert (done.code, done.err) == (0, "")
    assert done.out == (
        "Project acme is in order: 1 campaign, 0 people.\n"
        "1 campaign has its people from a query, which was not run: `validate --online` and `plan` run it.\n"
    )
    refused = process(project, "plan")
    assert refused.code == 1
    assert "fall.yaml:9:" in refused.err
    assert "TELI-E116" in refused.err


def test_a_campaign_invents_no_connection(project: Path) -> None:
    change(project, "fall.yaml", "connection: crm", "connection: crn")
    refused = process(project, "validate")
    assert refused.code == 1
    assert 'fall.yaml:8:17: TELI-E111 The Project declares no connection called "crn"' in refused.err
    assert 'Did you mean "crm"?' in refused.err


@pytest.mark.parametrize(
    ("declared", "told"),
    [
        ("{kind: sqlite}", "TELI-E112 The connection does not say where it leads: file is missing"),
        ("{kind: sqlite, file: crm.db, url: 'sqlite:x'}", "TELI-E112 A connection of kind sqlite has no url"),
        ("{kind: postgresql, url: 'postgresql://reader:hunter2@db.example/crm'}", "TELI-E113 "),
        ("{kind: postgresql, url: 'postgresql://db.example/crm?password=hunter2'}", "TELI-E113 "),
        ("{kind: postgresql, url_from: TELI_API_KEY}", "TELI-E112 TELI_API_KEY is a setting of teli-iac"),
        (
            "{kind: postgresql, url: 'postgresql:///crm', url_from: CRM}",
            "The connection says twice",
        ),
        ("{kind: oracle, url: 'oracle://db.example/crm'}", "TELI-E03"),
    ],
)
def test_a_connection_is_declared_as_its_kind_wants_and_without_a_secret(
    declared: str, told: str, project: Path
) -> None:
    change(project, "teli.yaml", "{kind: sqlite, file: crm.db}", declared)
    refused = process(project, "validate")
    assert refused.code == 1
    assert told in refused.err
    assert "hunter2" not in refused.err


@pytest.mark.parametrize(
    ("leads", "told"),
    [
        ("{query: SELECT 1}", 'TELI-E036 spec.leads lacks "connection"'),
        ("{connection: crm}", 'TELI-E036 spec.leads lacks "query"'),
        ("{columns: {phone_number: Phone}}", 'TELI-E036 spec.leads lacks "file"'),
        (
            "{query: SELECT 1, connection: crm, file: fall.csv}",
            "TELI-E110 The people are the answer",
        ),
        ("{query: SELECT 1, connection: crm, encoding: utf-8}", "and encoding is for a file"),
        ("{file: fall.csv, connection: crm}", "TELI-E110 The people are in a file"),
    ],
)
def test_people_come_from_one_place(leads: str, told: str, project: Path) -> None:
    before, _, _ = (project / "fall.yaml").read_text().partition("  leads:")
    (project / "fall.yaml").write_text(f"{before}  leads: {leads}\n")
    (project / "fall.csv").write_text("phone_number\n+14155550101\n")
    refused = process(project, "validate")
    assert refused.code == 1
    assert told in refused.err


def test_a_plan_that_is_refused_for_rows_of_a_query_names_the_command_that_shows_them(project: Path) -> None:
    execute(project, "INSERT INTO people VALUES ('+1415555', 'Joan', '2026-12-01')")
    refused = process(project, "plan")
    assert refused.code == 4
    assert "To see each row: `teli-iac validate`, with `--online` for people of a query" in " ".join(
        refused.out.split()
    )
    assert process(project, "validate").code == 0
    shown = process(project, "validate", "--online")
    assert (shown.code, "TELI-E08" in shown.err) == (1, True), shown.err
