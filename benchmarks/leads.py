"""What many people cost: to read and check them, and to launch them."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.data import write_leads
from benchmarks.measuring import PEERS, PYTHON, TELI_IAC, cost
from benchmarks.serving import served
from benchmarks.sizes import Sizes
from benchmarks.tables import Row, Table

_KEY = {"TELI_API_KEY": "a-key-for-benchmarks"}
_READING = "`csv.reader`, looking at nothing"
_NAIVE = "`csv` + `phonenumbers`, as anybody would"
_SENDING = "a ready body, sent in pieces"
_SAMPLE = "the sample's way: `csv.DictReader`, one JSON text, one POST"


def measure(folder: Path, sizes: Sizes) -> list[Table]:
    """Reading, then launching."""
    with served(0) as address:
        leads = write_leads(folder, sizes.leads, address)
        return [_reading(folder, leads, sizes), _launching(folder, leads, address, sizes)]


def _reading(folder: Path, leads: Path, sizes: Sizes) -> Table:
    return Table(
        f"Reading {sizes.leads:,} leads ({leads.stat().st_size / 1e6:,.1f} MB of CSV)",
        [
            Row(_READING, cost([*PYTHON, PEERS / "read_leads.py", leads], folder)),
            Row(_NAIVE, cost([*PYTHON, PEERS / "naive_leads.py", leads], folder), _READING),
            Row("`teli-iac validate`", cost([*TELI_IAC, "validate"], folder), _NAIVE),
            Row("`teli-iac plan`, all new", cost([*TELI_IAC, "plan"], folder, variables=_KEY), _NAIVE),
        ],
    )


def _launching(folder: Path, leads: Path, address: str, sizes: Sizes) -> Table:
    body = folder / "ready.json"
    _write_body(body, leads)
    apply = cost([*TELI_IAC, "apply", "--auto-approve"], folder, variables=_KEY)
    again = cost([*TELI_IAC, "plan", "--detailed-exitcode"], folder, variables=_KEY)
    size = f"{body.stat().st_size / 1e6:,.1f} MB of JSON"
    return Table(
        f"Launching one campaign of {sizes.leads:,} people over loopback ({size})",
        [
            Row(_SENDING, cost([*PYTHON, PEERS / "ready_body.py", body, address], folder)),
            Row(_SAMPLE, cost([*PYTHON, PEERS / "sample_way.py", leads, address], folder), _SENDING),
            Row("`teli-iac apply`, checks, ledger and look-ups included", apply, _SAMPLE),
            Row("`teli-iac plan` afterwards, nothing to do", again, _SAMPLE),
        ],
    )


def _write_body(body: Path, leads: Path) -> None:
    """What a create of these people looks like, row by row, so that this process stays small."""
    with body.open("w", encoding="utf-8") as out, leads.open(encoding="utf-8") as rows:
        names = next(rows).strip().split(",")[:-1]
        out.write('{"campaign_id": "ready", "leads": [')
        for number, row in enumerate(rows):
            lead = dict(zip(names, row.split(","), strict=False))
            out.write(("," if number else "") + json.dumps(lead))
        out.write("]}")
