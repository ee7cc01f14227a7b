"""Ten million people: memory must not grow with the list, and the plan must be that of the reference path."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.campaigns import KEY
from benchmarks.data import write_leads
from benchmarks.goals import Aim
from benchmarks.leads import CAT, ENGINE, PLAN, forgetful, point
from benchmarks.measuring import (
    PEERS,
    PYTHON,
    TELI_IAC,
    Command,
    Measured,
    Work,
    in_turn,
    went_wrong,
)
from benchmarks.serving import served
from benchmarks.sizes import Sizes
from benchmarks.tables import Goal, Printed, Row, Table, Unit

_FEWER = "`teli-iac plan` of {:,} people"
_HASHING = "BLAKE3 of the file, beyond starting Python"
_AGAIN = "the same plan again, beyond that of one person"
_REFERENCE = "the same by the reference path, once"
_DIFFERENT = "the plans differ"


def measure(folder: Path, sizes: Sizes) -> Iterator[Printed]:
    """One table of planning anew, one of planning again, one of the plan by both paths."""
    few, many, one = (folder / name for name in ("few", "many", "one"))
    with served(0) as teli:
        for each, count in ((few, sizes.leads[-1]), (many, sizes.many_leads), (one, 1)):
            each.mkdir()
            write_leads(each, count, teli.address)
        yield _anew(few, many, sizes)
        yield _again(many, one, sizes)
        yield _by_both(many, sizes)


def _anew(few: Path, many: Path, sizes: Sizes) -> Table:
    leads, fewer = many / "leads.csv", _FEWER.format(sizes.leads[-1])
    works = {
        CAT: Work(["cat", leads], many),
        ENGINE: Work([*PYTHON, PEERS / "engine_read.py", leads], many),
        fewer: forgetful([*TELI_IAC, "plan"], few),
        PLAN: forgetful([*TELI_IAC, "plan"], many),
    }
    measured = in_turn(works, sizes.times, sizes.patience / 2)
    linear = sizes.many_leads / sizes.leads[-1] * 1.05
    goals = (Goal(Aim.MANY_LEADS, Unit.RATIO, linear), Goal(Aim.MANY_LEADS, Unit.PEAK, 600))
    rows = [Row(what, measured[what], point=point(what, sizes.many_leads)) for what in (CAT, ENGINE, fewer)]
    last = Row(PLAN, measured[PLAN], fewer, goals, point=point(PLAN, sizes.many_leads))
    return Table(f"Planning with {sizes.many_leads:,} leads ({_size(leads)})", [*rows, last])


def _again(many: Path, one: Path, sizes: Sizes) -> Table:
    """An unchanged list costs what hashing it costs; what starting costs is taken off both."""
    plan: Command = [*TELI_IAC, "plan"]
    hash_file: Command = [*PYTHON, PEERS / "hash_file.py", many / "leads.csv"]
    works = {
        "start of the hashing": Work([*PYTHON, "-c", "import blake3"], many),
        "hashing": Work(hash_file, many),
        "plan of one": Work(plan, one, KEY, ours=True),
        "plan of many": Work(plan, many, KEY, ours=True),
    }
    found = in_turn(works, sizes.times, sizes.patience / 4)
    hashing = _beyond(found["hashing"], found["start of the hashing"])
    again = _beyond(found["plan of many"], found["plan of one"])
    goal = Goal(Aim.AGAIN, Unit.RATIO, 1.5)
    return Table(
        f"Planning with the same {sizes.many_leads:,} leads again",
        [Row(_HASHING, hashing), Row(_AGAIN, again, _HASHING, (goal,))],
    )


def _beyond(whole: Measured, start: Measured) -> Measured:
    if whole.cost is None or start.cost is None:
        return Measured(None, whole.why_not or start.why_not)
    return Measured(whole.cost.beyond(start.cost))


def _by_both(many: Path, sizes: Sizes) -> Table:
    """Once each, since the reference path takes minutes; what is compared is the plan as JSON."""
    works = {
        PLAN: forgetful([*TELI_IAC, "plan", "--write", "json=engine.json"], many),
        _REFERENCE: forgetful(
            [*PYTHON, PEERS / "base_install.py", "plan", "--write", "json=exact.json"], many
        ),
    }
    measured = in_turn(works, 1, 0)
    figures = {}
    if all(each.cost for each in measured.values()):
        same = (many / "engine.json").read_bytes() == (many / "exact.json").read_bytes()
        figures[Unit.DIFFERENT] = float(not same)
        if not same:
            went_wrong(f"{sizes.many_leads:,} leads: {_DIFFERENT}")
    goals = (Goal(Aim.MANY_LEADS, Unit.DIFFERENT, 0), Goal(Aim.MANY_LEADS, Unit.PEAK, 600))
    return Table(
        f"The plan of {sizes.many_leads:,} leads by both paths",
        [Row(PLAN, measured[PLAN]), Row(_REFERENCE, measured[_REFERENCE], PLAN, goals, figures)],
    )


def _size(path: Path) -> str:
    return f"{path.stat().st_size / 1e6:,.1f} MB of CSV"
