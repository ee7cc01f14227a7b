"""What many people cost: to read and check them, to plan with them again, and to launch them."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from benchmarks.data import write_leads
from benchmarks.measuring import PEERS, PYTHON, TELI_IAC, Cost, cost
from benchmarks.serving import served
from benchmarks.sizes import Sizes
from benchmarks.tables import Goal, Row, Table

_KEY = {"TELI_API_KEY": "a-key-for-benchmarks"}
_READING = "`csv.reader`, looking at nothing"
_ENGINE = "the column engine reading the file, looking at nothing"
_NAIVE = "`csv` + `phonenumbers`, as anybody would"
_SENDING = "a ready body, sent in pieces"
_SAMPLE = "the sample's way: `csv.DictReader`, one JSON text, one POST"
_HASHING = "BLAKE3 of the file, beyond starting Python"
_FEWER = "`teli-iac plan` of {:,} people"


def measure(folder: Path, sizes: Sizes) -> list[Table]:
    """Reading, then launching, then ten times as many, then what the ledger keeps of them."""
    few = folder / "few"
    few.mkdir()
    with served(0) as address:
        leads = write_leads(few, sizes.leads, address)
        plan = _forgetful([*TELI_IAC, "plan"], few)
        return [
            _reading(few, leads, plan, sizes),
            _launching(few, leads, address, sizes),
            _many(folder, plan, sizes),
            _ledger(folder, sizes),
        ]


def _forgetful(command: Sequence[str | Path], folder: Path) -> Cost:
    """What it costs when nothing is remembered of earlier runs."""
    shutil.rmtree(folder / ".cache", ignore_errors=True)
    return cost(command, folder, variables=_KEY)


def _reading(folder: Path, leads: Path, plan: Cost, sizes: Sizes) -> Table:
    base = _forgetful([*PYTHON, PEERS / "base_install.py", "plan"], folder)
    return Table(
        f"Reading {sizes.leads:,} leads ({leads.stat().st_size / 1e6:,.1f} MB of CSV)",
        [
            Row(_READING, cost([*PYTHON, PEERS / "read_leads.py", leads], folder)),
            Row(_ENGINE, cost([*PYTHON, PEERS / "engine_read.py", leads], folder), _READING),
            Row(_NAIVE, cost([*PYTHON, PEERS / "naive_leads.py", leads], folder), _READING),
            Row("`teli-iac plan`, all new", plan, _ENGINE, goal=Goal(ratio=4, peak=400)),
            Row("the same", plan, _NAIVE, goal=Goal(ratio=1 / 20)),
            Row("`teli-iac plan` without the engine", base, _NAIVE, goal=Goal(ratio=1 / 3, peak=400)),
        ],
    )


def _launching(folder: Path, leads: Path, address: str, sizes: Sizes) -> Table:
    body = folder / "ready.json"
    _write_body(body, leads)
    start = cost([*TELI_IAC, "version"], folder).peak
    apply = _forgetful([*TELI_IAC, "apply", "--auto-approve"], folder)
    again = cost([*TELI_IAC, "plan", "--detailed-exitcode"], folder, variables=_KEY)
    size = f"{body.stat().st_size / 1e6:,.1f} MB of JSON"
    what = "`teli-iac apply`, checks, ledger and look-ups included"
    return Table(
        f"Launching one campaign of {sizes.leads:,} people over loopback ({size})",
        [
            Row(_SENDING, cost([*PYTHON, PEERS / "ready_body.py", body, address], folder)),
            Row(_SAMPLE, cost([*PYTHON, PEERS / "sample_way.py", leads, address], folder), _SENDING),
            Row(what, apply, _SENDING, goal=Goal(ratio=2, peak=start + 300)),
            Row("the same", apply, _SAMPLE, goal=Goal(ratio=1 / 5)),
            Row("`teli-iac plan` afterwards, nothing to do", again, _SAMPLE),
        ],
    )


def _many(folder: Path, fewer: Cost, sizes: Sizes) -> Table:
    """Memory must not grow with the list; an unchanged one costs what hashing it costs."""
    many, one = folder / "many", folder / "one"
    for each in (many, one):
        each.mkdir()
    with served(0) as address:
        write_leads(one, 1, address)
        leads = write_leads(many, sizes.many_leads, address)
        first = cost([*TELI_IAC, "plan"], many, variables=_KEY)
        again = _beyond(_planning(many), _planning(one))
    growth = sizes.many_leads / sizes.leads
    python = cost([*PYTHON, "-c", "import blake3"], folder, times=3)
    hashing = _beyond(cost([*PYTHON, PEERS / "hash_file.py", leads], folder, times=3), python)
    beside = _FEWER.format(sizes.leads)
    return Table(
        f"Planning with {sizes.many_leads:,} leads ({leads.stat().st_size / 1e6:,.1f} MB of CSV)",
        [
            Row(beside, fewer),
            Row("`teli-iac plan`, all new", first, beside, goal=Goal(ratio=growth * 1.05, peak=600)),
            Row(_HASHING, hashing),
            Row("the same plan again, beyond that of one person", again, _HASHING, goal=Goal(ratio=1.5)),
        ],
    )


def _planning(folder: Path) -> Cost:
    return cost([*TELI_IAC, "plan"], folder, variables=_KEY, times=3)


def _beyond(whole: Cost, start: Cost) -> Cost:
    return Cost(max(whole.seconds - start.seconds, 0), whole.peak)


def _ledger(folder: Path, sizes: Sizes) -> Table:
    place = folder / "people"
    place.mkdir()
    command = [*PYTHON, str(PEERS / "ledger_people.py"), str(sizes.leads)]
    told = subprocess.run(command, cwd=place, capture_output=True, text=True, check=True)  # noqa: S603  our own
    seconds, megabytes = map(float, told.stdout.split())
    what = f"load them, leave them out of as many others, append the rest ({megabytes:.1f} MB kept)"
    return Table(
        f"The ledger and {sizes.leads:,} people",
        [Row(what, Cost(seconds, 0), goal=Goal(seconds=1))],
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
