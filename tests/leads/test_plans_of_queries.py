"""Wherever people live, the same people are the same plan."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from teli_iac.model import ConnectionKind
from tests.cli.running import process
from tests.leads import spark_server
from tests.leads.connections import SITES, Site
from tests.leads.manifests import CAMPAIGN, PROJECT

COLUMNS = ("phone_number", "first_name")
PEOPLE = (
    ("+14155550101", "Ada"),
    ("+1 (415) 555-0102", "Ben"),
    ("+14155550103", 'Chloé "Chlo"'),
    ("+14155550104", ""),
)
BEGIN = '  campaign_begin_time: "2099-12-01T09:00:00-05:00"\n'
WHERE = {
    ConnectionKind.SQLITE: "file: crm.db",
    ConnectionKind.POSTGRESQL: "url_from: CRM",
    ConnectionKind.DUCKDB: "folder: exports",
    ConnectionKind.SQLALCHEMY: "url_from: CRM",
    ConnectionKind.SPARK: "remote_from: CRM",
}


@pytest.mark.parametrize("kind", [*SITES], ids=str)
def test_people_of_a_query_are_the_very_plan_of_a_file_with_them(
    kind: ConnectionKind, tmp_path: Path
) -> None:
    by_query, by_file = tmp_path / "query", tmp_path / "file"
    by_query.mkdir()
    by_file.mkdir()
    site = SITES[kind](by_query, COLUMNS, PEOPLE)
    (by_query / "teli.yaml").write_text(
        f"{PROJECT}  connections:\n    crm: {{kind: {kind.value}, {WHERE[kind]}}}\n"
    )
    query = f'"SELECT first_name, phone_number FROM {_table(site)}"'  # noqa: S608  a table of ours
    (by_query / "fall.yaml").write_text(f"{CAMPAIGN}{BEGIN}  leads: {{connection: crm, query: {query}}}\n")
    (by_file / "teli.yaml").write_text(PROJECT)
    (by_file / "fall.yaml").write_text(f"{CAMPAIGN}{BEGIN}  leads: {{file: people.jsonl}}\n")
    (by_file / "people.jsonl").write_text(_as_lines())
    expected, found = _plan(by_file), _plan(by_query, CRM=_address(site))
    assert found["plan_digest"] == expected["plan_digest"]
    assert _launch(found) == _launch(expected)
    assert found["people"]["new"] == len(PEOPLE)


@pytest.mark.parametrize("kind", [*SITES], ids=str)
def test_people_and_a_do_not_call_list_by_query_are_the_very_plan_of_files_with_both(
    kind: ConnectionKind, tmp_path: Path
) -> None:
    by_query, by_file = tmp_path / "query", tmp_path / "file"
    by_query.mkdir()
    by_file.mkdir()
    site = SITES[kind](by_query, COLUMNS, PEOPLE)
    table = _table(site)
    listed = f"SELECT phone_number FROM {table} WHERE first_name IN ('Ada', 'Ben')"  # noqa: S608  ours
    (by_query / "teli.yaml").write_text(
        f"{PROJECT}  connections:\n    crm: {{kind: {kind.value}, {WHERE[kind]}}}\n"
        f'  suppress: [{{connection: crm, query: "{listed}"}}, {{file: dnc.txt}}]\n'
    )
    query = f'"SELECT first_name, phone_number FROM {table}"'  # noqa: S608  ours
    (by_query / "fall.yaml").write_text(f"{CAMPAIGN}{BEGIN}  leads: {{connection: crm, query: {query}}}\n")
    (by_query / "dnc.txt").write_text("+14155550104\n")
    (by_file / "teli.yaml").write_text(f"{PROJECT}  suppress: [{{file: dnc.txt}}]\n")
    (by_file / "fall.yaml").write_text(f"{CAMPAIGN}{BEGIN}  leads: {{file: people.jsonl}}\n")
    (by_file / "dnc.txt").write_text("+14155550101\n+14155550102\n+14155550104\n")
    (by_file / "people.jsonl").write_text(_as_lines())
    expected, found = _plan(by_file), _plan(by_query, CRM=_address(site))
    assert found["plan_digest"] == expected["plan_digest"]
    assert _launch(found) == _launch(expected)
    assert found["people"] == expected["people"]
    assert (found["people"]["new"], _launch(found)["suppressed"]) == (1, 3)


def _as_lines() -> str:
    rows = [json.dumps(dict(zip(COLUMNS, person, strict=True))) for person in reversed(PEOPLE)]
    return "\n".join(rows) + "\n"


def _plan(folder: Path, **environment: str) -> dict[str, Any]:
    done = process(folder, "plan", "--format", "json", **environment)
    assert done.code == 0, done.err
    plan: dict[str, Any] = json.loads(done.out)
    return plan


def _launch(plan: dict[str, Any]) -> dict[str, Any]:
    """The one change without the places in manifests, which differ."""
    (change,) = plan["changes"]
    fields = [{**field, "origin": None} for field in change["fields"]]
    return {**change, "fields": fields, "origin": None}


def _table(site: Site) -> str:
    is_spark = site.connection.kind is ConnectionKind.SPARK
    return f"{spark_server.schema_of(site.folder)}.people" if is_spark else "people"


def _address(site: Site) -> str:
    return site.connection.settings.get("url") or site.connection.settings.get("remote") or ""
