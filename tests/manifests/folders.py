"""Project folders for tests, in plain text."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from teli_iac.errors import InvalidManifests
from teli_iac.manifests import ManifestSet, lead_references, parse_manifests, read_manifests
from teli_iac.model import Desired, Fingerprint, Leads, RefusedRows

PROJECT = """apiVersion: teli-iac/v1
kind: Project
metadata: {name: acme}
spec: {base_url: "sandbox:"}
"""
CAMPAIGN = """apiVersion: teli-iac/v1
kind: Campaign
metadata: {name: fall-renewals, labels: {team: growth}}
spec:
  voice_agent_id: agent_86f826bf8f59bacd5c10ae948a
  agent_outbound_number: "+15175550141"
  number_pool: us-east
  redial: gentle
  campaign_begin_time: 2026-12-01T09:00:00-05:00
  leads: [{phone_number: "+14155550199", first_name: Ada}]
"""
SHARED = """apiVersion: teli-iac/v1
kind: NumberPool
metadata: {name: us-east}
spec: {numbers: ["+14155550101", "+14155550102"]}
---
apiVersion: teli-iac/v1
kind: RedialPolicy
metadata: {name: gentle}
spec: {retry_limit: 3, call_interval_days: 1}
"""


def plain_campaign(name: str) -> str:
    """A campaign that refers to nothing."""
    lines = CAMPAIGN.replace("fall-renewals", name).splitlines(keepends=True)
    return "".join(line for line in lines if "number_pool" not in line and "redial" not in line)


def write(folder: Path, files: Mapping[str, str]) -> Path:
    """Write files below a folder, making the folders they need."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def read(
    folder: Path, *paths: str, project: str | None = None, environment: Mapping[str, str] | None = None
) -> ManifestSet:
    """Read the paths (by default all) from inside the folder."""
    return read_manifests(paths or (".",), folder, project, environment or {})


def parse(manifests: ManifestSet) -> Desired:
    """What is wanted, of nobody: people are never loaded here."""
    nobody = Leads((), Fingerprint(0, 0), RefusedRows({}, ()), "none")
    return parse_manifests(manifests, {each.campaign: nobody for each in lead_references(manifests)}, ())


def refusals(manifests: ManifestSet) -> list[str]:
    """`file:line:column: CODE message` of every problem."""
    try:
        parse(manifests)
    except InvalidManifests as error:
        return [str(problem) for problem in error.problems]
    return []
