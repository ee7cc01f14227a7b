"""What many people cost: to read and check them, and to launch them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks.campaigns import KEY, start_over
from benchmarks.data import write_database, write_leads, write_suppression
from benchmarks.goals import Aim
from benchmarks.measuring import PEERS, PYTHON, TELI_IAC, Measured, Work, in_turn, run
from benchmarks.people import Kind
from benchmarks.serving import Served, served
from benchmarks.sizes import Sizes
from benchmarks.tables import Goal, Point, Printed, Row, Table, Unit

CAT = "`cat`"
_READING = "`csv.reader`, looking at nothing"
ENGINE = "the column engine reading the file, looking at nothing"
NAIVE = "the naive script: `csv` and `phonenumbers`"
PLAN = "`teli-iac plan`, all new"
BASE = "`teli-iac plan` without the engine"
_SOCKET = "a ready body through a bare socket"
_LEAVING_OUT = "`teli-iac plan` with a do-not-call list of as many numbers, half of them theirs"
_LEAVING_OUT_BASE = "the same without the engine"
_ASKING = "`teli-iac plan` with the same people from a query to SQLite"
_SENDING = "a ready body, sent in pieces"
_SAMPLE = "the sample's way: `csv.DictReader`, one JSON text, one POST"
_APPLY = "`teli-iac apply`, checks, ledger and look-ups included"
_AFTERWARDS = "`teli-iac plan` afterwards, nothing to do"
_LINES = {
    PLAN: "teli-iac plan",
    BASE: "teli-iac plan, base install",
    NAIVE: "naive script",
    ENGINE: "engine, reading only",
    CAT: "cat",
}
_PEAK = 400


def point(what: str, size: int) -> Point | None:
    """Where it stands in the chart, if it does."""
    return Point("leads", _LINES[what], size) if what in _LINES else None


def measure(folder: Path, sizes: Sizes) -> Iterator[Printed]:
    """Reading lists of every size, launching the longest, then lists as people keep them."""
    for count in sizes.leads:
        each = folder / str(count)
        each.mkdir()
        with served(0) as teli:
            leads = write_leads(each, count, teli.address)
            yield _reading(each, leads, count, sizes)
            if count == sizes.leads[-1]:
                # Before the launch: a copy without the ledger would not plan beside what is launched.
                yield _leaving_out(each, count, sizes)
                yield _asking(each, leads, sizes)
                yield _launching(each, leads, teli, sizes)
        shutil.rmtree(each)
    yield _messy(folder, sizes)


def forgetful(command: list[str | Path], folder: Path) -> Work:
    """Ours, with nothing remembered of earlier runs."""
    return Work(
        command, folder, KEY, before=lambda: shutil.rmtree(folder / ".cache", ignore_errors=True), ours=True
    )


def _reading(folder: Path, leads: Path, count: int, sizes: Sizes) -> Table:
    works = {
        CAT: Work(["cat", leads], folder),
        _READING: Work([*PYTHON, PEERS / "read_leads.py", leads], folder),
        ENGINE: Work([*PYTHON, PEERS / "engine_read.py", leads], folder),
        PLAN: forgetful([*TELI_IAC, "plan"], folder),
        BASE: forgetful([*PYTHON, PEERS / "base_install.py", "plan"], folder),
        NAIVE: Work([*PYTHON, PEERS / "naive_leads.py", leads], folder),
    }
    measured = in_turn(works, sizes.times, sizes.patience)
    largest = count == sizes.leads[-1]

    def row(what: str, beside: str, *goals: Goal) -> Row:
        return Row(what, measured[what], beside, goals if largest else (), point=point(what, count))

    faster = Goal(Aim.LEADS, Unit.RATIO, 1 / 20)
    return Table(
        f"Planning with {count:,} leads ({leads.stat().st_size / 1e6:,.1f} MB of CSV)",
        [
            row(_READING, ""),
            *(row(what, _READING) for what in (CAT, ENGINE, NAIVE)),
            row(PLAN, ENGINE, Goal(Aim.LEADS, Unit.RATIO, 4), Goal(Aim.LEADS, Unit.PEAK, _PEAK)),
            Row("the same", measured[PLAN], NAIVE, (faster,) if largest else ()),
            row(BASE, NAIVE, Goal(Aim.BASE, Unit.RATIO, 1 / 3), Goal(Aim.BASE, Unit.PEAK, _PEAK)),
        ],
    )


def _launching(folder: Path, leads: Path, teli: Served, sizes: Sizes) -> Table:
    body = folder / "ready.json"
    _write_body(body, leads)
    start = run(Work([*TELI_IAC, "version"], folder)).peak
    apply = [*TELI_IAC, "apply", "--auto-approve"]
    works = {
        _SOCKET: Work([*PYTHON, PEERS / "socket_send.py", body, teli.address], folder),
        _SENDING: Work([*PYTHON, PEERS / "ready_body.py", body, teli.address], folder),
        _SAMPLE: Work([*PYTHON, PEERS / "sample_way.py", leads, teli.address], folder),
        _APPLY: Work(apply, folder, KEY, before=lambda: start_over(folder, teli), ours=True),
        _AFTERWARDS: Work([*TELI_IAC, "plan", "--detailed-exitcode"], folder, KEY, ours=True),
    }
    measured = in_turn(works, sizes.times, sizes.patience / 2)
    return _launched(measured, f"{body.stat().st_size / 1e6:,.1f} MB of JSON", start, sizes.leads[-1])


def _launched(measured: Mapping[str, Measured], size: str, start: float, count: int) -> Table:
    goals = (Goal(Aim.LAUNCH, Unit.RATIO, 2), Goal(Aim.LAUNCH, Unit.PEAK, round(start + 300)))
    return Table(
        f"Launching one campaign of {count:,} people over loopback ({size})",
        [
            Row(_SENDING, measured[_SENDING]),
            *(Row(what, measured[what], _SENDING) for what in (_SOCKET, _SAMPLE)),
            Row(_APPLY, measured[_APPLY], _SENDING, goals),
            Row("the same", measured[_APPLY], _SAMPLE, (Goal(Aim.LAUNCH, Unit.RATIO, 1 / 5),)),
            Row(_AFTERWARDS, measured[_AFTERWARDS], _SAMPLE),
        ],
    )


def _leaving_out(folder: Path, count: int, sizes: Sizes) -> Table:
    """What a long do-not-call list adds to a plan: the list is read, and the leads once more."""
    listed = folder.with_name(f"{folder.name}-listed")
    listed.mkdir()
    for name in ("teli.yaml", "large.yaml", "leads.csv"):
        shutil.copy(folder / name, listed / name)
    write_suppression(listed, count)
    base: list[str | Path] = [*PYTHON, PEERS / "base_install.py", "plan"]
    works = {
        PLAN: forgetful([*TELI_IAC, "plan"], folder),
        _LEAVING_OUT: forgetful([*TELI_IAC, "plan"], listed),
        BASE: forgetful(base, folder),
        _LEAVING_OUT_BASE: forgetful(base, listed),
    }
    measured = in_turn(works, sizes.times, sizes.patience / 2)
    shutil.rmtree(listed)
    beside = {_LEAVING_OUT: PLAN, _LEAVING_OUT_BASE: BASE}
    rows = [Row(what, measured[what], beside.get(what, "")) for what in works]
    return Table(f"Leaving out a do-not-call list of {count:,} numbers", rows)


def _asking(folder: Path, leads: Path, sizes: Sizes) -> Table:
    """What it costs that people live in a database."""
    asking = folder.with_name(f"{folder.name}-asked")
    asking.mkdir()
    for name in ("teli.yaml", "large.yaml"):
        shutil.copy(folder / name, asking / name)
    write_database(asking, leads)
    works = {PLAN: forgetful([*TELI_IAC, "plan"], folder), _ASKING: forgetful([*TELI_IAC, "plan"], asking)}
    measured = in_turn(works, sizes.times, sizes.patience / 3)
    shutil.rmtree(asking)
    return Table(
        "Asking a database for the people", [Row(PLAN, measured[PLAN]), Row(_ASKING, measured[_ASKING], PLAN)]
    )


def _write_body(body: Path, leads: Path) -> None:
    """What a create of these people looks like, row by row."""
    with body.open("w", encoding="utf-8") as out, leads.open(encoding="utf-8") as rows:
        names = next(rows).strip().split(",")[:-1]
        out.write('{"campaign_id": "ready", "leads": [')
        for number, row in enumerate(rows):
            lead = dict(zip(names, row.split(","), strict=False))
            out.write(("," if number else "") + json.dumps(lead))
        out.write("]}")


def _messy(folder: Path, sizes: Sizes) -> Table:
    """Lists that the engine cannot prove clean are read the exact way; the rows are what that costs."""
    works: dict[str, Work] = {}
    for kind, how in {Kind.UNTIDY: "untidy: all callable", Kind.DIRTY: "dirty: 1 % not callable"}.items():
        each = folder / kind.name.lower()
        each.mkdir()
        leads = write_leads(each, sizes.messy_leads, "http://127.0.0.1:9", kind)
        works[f"{NAIVE}, {how}"] = Work([*PYTHON, PEERS / "naive_leads.py", leads], each)
        works[f"`teli-iac validate`, {how}"] = Work([*TELI_IAC, "validate"], each, ours=True, codes=(0, 1))
    measured = in_turn(works, sizes.times, sizes.patience / 2)
    names = [*works]
    beside = dict(zip(names[1::2], names[::2], strict=True))
    rows = [Row(what, measured[what], beside.get(what, "")) for what in names]
    return Table(f"{sizes.messy_leads:,} leads as people keep them", rows)
