"""Launch as the API's own sample does: every row a dict, one JSON text of all of them, one POST."""  # noqa: INP001  a script that is run, never imported

import csv
import sys
from pathlib import Path

import httpx

with Path(sys.argv[1]).open(newline="", encoding="utf-8") as file:
    leads = list(csv.DictReader(file))
body = {"campaign_id": "sample", "voice_agent_id": "agent_86f826bf8f59bacd5c10ae948a", "leads": leads}
answer = httpx.post(f"{sys.argv[2]}/v1/voice/campaigns", json=body, timeout=600, trust_env=False)
if answer.json()["contacts_count"] != len(leads):
    sys.exit(answer.text)
