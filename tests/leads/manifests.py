"""A project and a campaign whose people, and whom not to call, each test declares for itself."""

from __future__ import annotations

PROJECT = """\
apiVersion: teli-iac/v1
kind: Project
metadata: {name: acme}
spec:
  base_url: "sandbox:"
"""
CONNECTION = """\
  connections:
    crm: {kind: sqlite, file: crm.db}
"""
CAMPAIGN = """\
apiVersion: teli-iac/v1
kind: Campaign
metadata: {name: fall-renewals}
spec:
  voice_agent_id: agent_86f826bf8f59bacd5c10ae948a
  agent_outbound_number: "+15175550141"
"""
