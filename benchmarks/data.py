"""Projects to measure with; who is called in them is invented in people.py."""

from __future__ import annotations

import csv
import sqlite3
from contextlib import closing
from itertools import islice
from pathlib import Path

from benchmarks.people import Kind, phone_numbers, rows

_CAMPAIGNS_IN_A_FILE = 100

_PROJECT = """\
apiVersion: teli-iac/v1
kind: Project
metadata:
  name: benchmark
spec:
  organization_id: "1762896364768x389173798861431550"
  tenant_id: benchmark
  user_id: "1762896366429x599348279945132448"
  base_url: "{base_url}"
  guards: {{max_new_people: 100000000}}
"""
_CAMPAIGN = """\
---
apiVersion: teli-iac/v1
kind: Campaign
metadata:
  name: campaign-{number:06}
  labels: {{team: growth, region: west}}
spec:
  voice_agent_id: agent_86f826bf8f59bacd5c10ae948a
  agent_outbound_number: "+14155550101"
  number_pool:
    - "+14155550102"
    - "+14155550103"
  redial:
    retry_limit: 3
    call_interval_days: 1
  campaign_begin_time: "2030-12-02T09:00:00-05:00"
  campaign_end_time: "2030-12-06T20:00:00-05:00"
  leads:
    - phone_number: "{phone_number}"
      first_name: Ada
      last_name: Lovelace
      appointment: Tuesday at 9
  run: 1
  on_remove: delete
"""
_ONE_CAMPAIGN = """\
apiVersion: teli-iac/v1
kind: Campaign
metadata:
  name: large
spec:
  voice_agent_id: agent_86f826bf8f59bacd5c10ae948a
  agent_outbound_number: "+14155550101"
  leads:
    file: leads.csv
    variables: [plan, renewal_date, city]
    default_country: US
"""
_ASKED = """\
connection: crm
    query: SELECT * FROM people"""


def write_campaigns(folder: Path, count: int, base_url: str) -> None:
    """A project with `count` campaigns of one person, a hundred in a file."""
    _write_project(folder, base_url)
    documents = [
        _CAMPAIGN.format(number=number, phone_number=phone_number)
        for number, phone_number in enumerate(islice(phone_numbers(), count))
    ]
    for start in range(0, count, _CAMPAIGNS_IN_A_FILE):
        text = "".join(documents[start : start + _CAMPAIGNS_IN_A_FILE])
        (folder / f"campaigns-{start:06}.yaml").write_text(text, encoding="utf-8")


def write_suppression(folder: Path, count: int) -> None:
    """A do-not-call list of as many numbers as a project has leads, half of whom are on it."""
    listed = islice(phone_numbers(), count // 2, count // 2 + count)
    (folder / "do-not-call.txt").write_text("".join(f"{number}\n" for number in listed), encoding="utf-8")
    with (folder / "teli.yaml").open("a", encoding="utf-8") as project:
        project.write("  suppress: [{file: do-not-call.txt}]\n")


def write_database(folder: Path, leads: Path) -> None:
    """The same people in a table of SQLite, and a project that asks it for them."""
    with (
        leads.open(encoding="utf-8", newline="") as file,
        closing(sqlite3.connect(folder / "crm.db")) as database,
    ):
        header, *people = csv.reader(file)
        database.execute(f"CREATE TABLE people ({', '.join(header)})")
        marks = ", ".join("?" * len(header))
        database.executemany(f"INSERT INTO people VALUES ({marks})", people)  # noqa: S608  a table of ours
        database.commit()
    campaign = folder / "large.yaml"
    asked = campaign.read_text(encoding="utf-8").replace("file: leads.csv", _ASKED)
    campaign.write_text(asked, encoding="utf-8")
    with (folder / "teli.yaml").open("a", encoding="utf-8") as project:
        project.write("  connections:\n    crm: {kind: sqlite, file: crm.db}\n")


def write_leads(folder: Path, count: int, base_url: str, kind: Kind = Kind.CLEAN) -> Path:
    """A project with one campaign of `count` people in a CSV file of some 90 bytes a row; the file."""
    _write_project(folder, base_url)
    (folder / "large.yaml").write_text(_ONE_CAMPAIGN, encoding="utf-8")
    path = folder / "leads.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(rows(count, kind))
    return path


def _write_project(folder: Path, base_url: str) -> None:
    (folder / "teli.yaml").write_text(_PROJECT.format(base_url=base_url), encoding="utf-8")
