"""A project in a real git repository, edited by replacing words in its files."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.cli.running import environment
from tests.manifests.folders import PROJECT, SHARED, write

CAMPAIGN = """apiVersion: teli-iac/v1
kind: Campaign
metadata: {name: fall}
spec:
  voice_agent_id: agent_1
  agent_outbound_number: "+15175550141"
  number_pool: us-east
  redial: gentle
  campaign_begin_time: "2030-12-01T09:00:00-05:00"
  leads: {file: leads/fall.csv, variables: [plan]}
  run: 1
"""
LEADS = "phone_number,plan\n+14155550120,gold\n+14155550121,gold\n+14155550122,gold\n"
FILES = {"teli.yaml": f"{PROJECT}---\n{SHARED}", "fall.yaml": CAMPAIGN, "leads/fall.csv": LEADS}


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(  # noqa: S603  git with our own words
        ["git", "-c", "user.name=Ada", "-c", "user.email=ada@example.com", *arguments],  # noqa: S607
        cwd=folder,
        env=environment(folder),
        check=True,
        capture_output=True,
    )


def repository(folder: Path) -> Path:
    """A repository whose first commit has the project."""
    write(folder, FILES)
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=begin")
    return folder


def edit(folder: Path, name: str, before: str, after: str) -> None:
    """Replace the one place where the text stands."""
    text = (folder / name).read_text(encoding="utf-8")
    assert text.count(before) == 1
    (folder / name).write_text(text.replace(before, after), encoding="utf-8")
