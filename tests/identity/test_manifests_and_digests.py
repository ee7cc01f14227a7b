"""From real manifests and lead files to digests: what is sent matters, how it is written down does not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.identity.parts import digests

ROOT = Path(__file__).parent.parent.parent
PROJECT = """apiVersion: teli-iac/v1
kind: Project
metadata: {name: acme}
spec: {base_url: "sandbox:"}
"""
POOL = """apiVersion: teli-iac/v1
kind: NumberPool
metadata: {name: us-east}
spec:
  numbers: ["+14155550111", "+14155550112"]
"""
REDIAL = """apiVersion: teli-iac/v1
kind: RedialPolicy
metadata: {name: gentle}
spec: {retry_limit: 3, call_interval_days: 1}
"""
CAMPAIGN = """apiVersion: teli-iac/v1
kind: Campaign
metadata: {name: fall-renewals, labels: {team: growth}}
spec:
  voice_agent_id: agent_86f826bf8f59bacd5c10ae948a
  agent_outbound_number: "+15175550141"
  number_pool: us-east
  redial: gentle
  campaign_begin_time: "2026-12-01T09:00:00-05:00"
  leads:
    file: leads/fall.csv
    columns: {phone_number: Phone, first_name: First Name}
    variables: [plan, renewal_date]
"""
SURVEY = """apiVersion: teli-iac/v1
kind: Campaign
metadata: {name: survey}
spec:
  voice_agent_id: agent_86f826bf8f59bacd5c10ae948a
  agent_outbound_number: "+15175550141"
  leads:
    - {phone_number: "+14155550103", first_name: Zoë, visits: 7, order: {b: 1.5, a: [true, null]}}
    - {phone_number: "+14155550104"}
"""
ROWS = "+14155550101,Ada,gold,2026-12-24\n+14155550102,Grace,,2026-12-31\n"
LEADS = f"Phone,First Name,plan,renewal_date\n{ROWS}"
AS_IT_IS = {
    "teli.yaml": PROJECT,
    "shared.yaml": f"{POOL}---\n{REDIAL}",
    "fall.yaml": CAMPAIGN,
    "survey.yml": SURVEY,
    "leads/fall.csv": LEADS,
}
WRITTEN_OTHERWISE = {
    "everything in one file, last things first": {
        "teli.yaml": f"{SURVEY}---\n{CAMPAIGN}---\n{REDIAL}---\n{POOL}---\n{PROJECT}",
        "leads/fall.csv": LEADS,
    },
    "other names and folders": {
        "z/teli.yaml": PROJECT.replace("spec:", "spec: # here\n "),
        **{f"z/{name}": text for name, text in AS_IT_IS.items() if name != "teli.yaml"},
    },
    "keys the other way round": {
        **AS_IT_IS,
        "fall.yaml": """spec:
  leads:
    default_country: US
    variables: [renewal_date, plan]
    columns: {first_name: First Name, phone_number: Phone}
    file: ./leads/fall.csv
  campaign_begin_time: "2026-12-01T15:00:00+01:00"
  redial: {call_interval_days: 1, retry_limit: 3}
  number_pool: ["+14155550111", "+14155550112"]
  agent_outbound_number: "+15175550141"
  voice_agent_id: agent_86f826bf8f59bacd5c10ae948a
  on_remove: retain
  desired_status: paused
  run: 2
metadata: {labels: {team: sales}, name: fall-renewals}
kind: Campaign
apiVersion: teli-iac/v1
""",
        "survey.yml": SURVEY.replace(
            "first_name: Zoë, visits: 7, order: {b: 1.5, a: [true, null]}",
            "order: {a: [true, null], b: 1.5}, last_name: '', visits: 7, first_name: Zoë",
        ),
    },
    "leads in other columns, rows and line ends": {
        **AS_IT_IS,
        "leads/fall.csv": (
            "secret,plan,Phone,renewal_date,First Name\r\n"
            'x,,"+1 (415) 555-0102",2026-12-31,Grace\r\n'
            'y,"gold",+1-415-555-0101,2026-12-24,"Ada"\r\n\r\n'
        ),
    },
    "leads as lines of JSON": {
        **AS_IT_IS,
        "fall.yaml": CAMPAIGN.replace("fall.csv", "fall.jsonl"),
        "leads/fall.jsonl": (
            '{"plan": null, "First Name": "Grace", "Phone": "+14155550102", "renewal_date": "2026-12-31"}\n'
            '{"renewal_date": "2026-12-24", "plan": "gold", "Phone": "+14155550101",'
            ' "First Name": "\\u0041da"}\n'
        ),
    },
}
SENT_OTHERWISE = {
    "the agent": ("fall.yaml", "ae948a", "ae948b"),
    "the caller id": ("fall.yaml", "+15175550141", "+15175550142"),
    "the order of the pool": (
        "shared.yaml",
        '"+14155550111", "+14155550112"',
        '"+14155550112", "+14155550111"',
    ),
    "a number of the pool": ("shared.yaml", "+14155550112", "+14155550113"),
    "the retries": ("shared.yaml", "retry_limit: 3", "retry_limit: 2"),
    "no redial": ("fall.yaml", "  redial: gentle\n", ""),
    "the beginning": ("fall.yaml", "09:00:00-05:00", "09:00:00-06:00"),
    "an end": ("fall.yaml", "  leads:", '  campaign_end_time: "2026-12-09T00:00:00Z"\n  leads:'),
    "a variable less": ("fall.yaml", "[plan, renewal_date]", "[plan]"),
    "a field by another name": ("fall.yaml", "first_name: First Name", "last_name: First Name"),
    "a name": ("leads/fall.csv", "Ada", "Eva"),
    "a number": ("leads/fall.csv", "+14155550101", "+14155550105"),
    "a person more": ("leads/fall.csv", ROWS, f"{ROWS}+14155550105,,,\n"),
    "a person less": ("leads/fall.csv", "+14155550102,Grace,,2026-12-31\n", ""),
}


def lay_out(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return folder / "z" if "z/teli.yaml" in files else folder


@pytest.mark.parametrize("files", WRITTEN_OTHERWISE.values(), ids=list(WRITTEN_OTHERWISE))
def test_how_manifests_and_leads_are_written_down_does_not_move_a_digest(
    tmp_path: Path, files: dict[str, str]
) -> None:
    expected = digests(lay_out(tmp_path / "as-it-is", AS_IT_IS))
    assert digests(lay_out(tmp_path / "otherwise", files)) == expected


@pytest.mark.parametrize(("file", "old", "new"), SENT_OTHERWISE.values(), ids=list(SENT_OTHERWISE))
def test_any_change_of_what_a_manifest_sends_moves_its_digest_and_no_other(
    tmp_path: Path, file: str, old: str, new: str
) -> None:
    before = digests(lay_out(tmp_path / "before", AS_IT_IS))
    assert old in AS_IT_IS[file]
    after = digests(lay_out(tmp_path / "after", {**AS_IT_IS, file: AS_IT_IS[file].replace(old, new)}))
    assert after["fall-renewals"] != before["fall-renewals"]
    assert after["survey"] == before["survey"]


def test_hash_seed_locale_and_time_zone_do_not_move_a_digest(tmp_path: Path) -> None:
    lay_out(tmp_path, AS_IT_IS)
    surroundings = [
        {"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "UTC"},
        {"PYTHONHASHSEED": "4242", "LC_ALL": "tr_TR.UTF-8", "TZ": "Pacific/Kiritimati"},
        {"PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8", "TZ": "America/St_Johns", "PYTHONUTF8": "1"},
        {"PYTHONHASHSEED": "7", "LC_ALL": "POSIX", "TZ": "Asia/Kathmandu", "PYTHONUTF8": "0"},
    ]
    found = [digests_elsewhere(tmp_path, each) for each in surroundings]
    assert found == [digests(tmp_path)] * len(surroundings)


def digests_elsewhere(folder: Path, environment: dict[str, str]) -> object:
    """The same digests, worked out by a process of its own in these surroundings."""
    code = (
        "import json, pathlib, sys; from tests.identity.parts import digests;"
        " print(json.dumps(digests(pathlib.Path(sys.argv[1]))))"
    )
    answer = subprocess.run(  # noqa: S603  our own interpreter, our own words
        [sys.executable, "-c", code, str(folder)],
        env={**os.environ, **environment},
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    return json.loads(answer.stdout)
