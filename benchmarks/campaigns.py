"""What many campaigns cost: to plan and to launch, beside reading their YAML and beside other planners."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks import octodns, terraform
from benchmarks.data import write_campaigns
from benchmarks.goals import Aim
from benchmarks.measuring import PEERS, PYTHON, TELI_IAC, Cost, Measured, Work, in_turn
from benchmarks.serving import Served, served
from benchmarks.sizes import Sizes
from benchmarks.tables import Goal, Point, Printed, Row, Table, Unit

KEY = {"TELI_API_KEY": "a-key-for-benchmarks"}
_COMPOSING = "reading and composing the YAML (`CSafeLoader`)"
_VALIDATE = "`teli-iac validate`"
_NEW = "`teli-iac plan`, all new"
_APPLY = "`teli-iac apply`, once"
_SAME = "`teli-iac plan`, nothing to do"
_ANEW = "the same, nothing remembered on the machine"
_LINES = {
    _SAME: "teli-iac plan",
    terraform.SAME: "terraform plan",
    octodns.SAME: "octodns-sync",
    _COMPOSING: "reading the YAML",
}
_PARALLELISM = 16


def measure(folder: Path, sizes: Sizes) -> Iterator[Printed]:
    """A table of planning for each size, one of growth, then one of launching over a slow connection."""
    planned: dict[int, Measured] = {}
    for count in sizes.campaigns:
        each = folder / str(count)
        each.mkdir()
        measured = _planning(each, count, sizes)
        planned[count] = measured[_SAME]
        yield _table(count, measured, largest=count == sizes.campaigns[-1])
        shutil.rmtree(each)
    yield _growth(planned, *sizes.campaigns[-2:])
    slow = folder / "slow"
    slow.mkdir()
    yield _launching(slow, sizes)


def _planning(folder: Path, count: int, sizes: Sizes) -> Mapping[str, Measured]:
    """Each state of the world has a folder and a Teli of its own; the apply between them is measured once."""
    with served(0) as teli, served(0) as other:
        new, same = folder / "new", folder / "same"
        for each, address in ((new, teli.address), (same, other.address)):
            each.mkdir()
            write_campaigns(each, count, address)
        apply = [*TELI_IAC, "apply", "--auto-approve"]
        plan = [*TELI_IAC, "plan", "--detailed-exitcode"]
        applied = in_turn({_APPLY: Work(apply, same, KEY, ours=True)}, 1, 0)
        works = {
            _COMPOSING: Work([*PYTHON, PEERS / "compose_yaml.py"], same),
            _VALIDATE: Work([*TELI_IAC, "validate"], same, ours=True),
            _NEW: Work([*TELI_IAC, "plan"], new, KEY, ours=True),
            _ANEW: Work(plan, same, KEY, before=lambda: _forget(same), ours=True),
            _SAME: Work(plan, same, KEY, ours=True),
            **octodns.works(folder, count),
            **terraform.works(folder, count),
        }
        return {**applied, **in_turn(works, sizes.times, sizes.patience * 2.4)}


def _forget(folder: Path) -> None:
    shutil.rmtree(folder / ".cache", ignore_errors=True)


def start_over(folder: Path, teli: Served) -> None:
    """As if nothing had ever been launched from the folder, nor anything been remembered on the machine."""
    for name in (".teli", ".config", ".cache"):
        shutil.rmtree(folder / name, ignore_errors=True)
    teli.forget()


def _table(count: int, measured: Mapping[str, Measured], *, largest: bool) -> Table:
    def goals(most: float) -> tuple[Goal, ...]:
        return (Goal(Aim.PLAN, Unit.RATIO, most),) if largest else ()

    def row(what: str, beside: str = _COMPOSING, most: float | None = None) -> Row:
        point = Point("campaigns", _LINES[what], count) if what in _LINES else None
        return Row(what, measured[what], beside, () if most is None else goals(most), point=point)

    again = "the same"
    return Table(
        f"{count:,} campaigns",
        [
            row(_COMPOSING, ""),
            row(_VALIDATE),
            row(_NEW),
            row(_APPLY, ""),
            row(_SAME, most=2),
            Row(again, measured[_SAME], terraform.SAME, goals(1 / 25)),
            Row(again, measured[_SAME], octodns.SAME, goals(1 / 3)),
            row(_ANEW),
            *(row(what) for each in (octodns, terraform) for what in (each.NEW, each.SAME)),
        ],
    )


def _growth(planned: Mapping[int, Measured], fewer: int, more: int) -> Table:
    """Ten times the campaigns take ten times the time, start-up and all, and so much memory each."""
    small, large = planned[fewer], planned[more]
    figures = {}
    if small.cost and large.cost:
        figures[Unit.A_CAMPAIGN] = (large.cost.peak - small.cost.peak) * 1024 / (more - fewer)
    beside = f"{_SAME}, {fewer:,} campaigns"
    goals = (Goal(Aim.GROWTH, Unit.RATIO, more / fewer * 1.05), Goal(Aim.GROWTH, Unit.A_CAMPAIGN, 60))
    return Table(
        f"From {fewer:,} to {more:,} campaigns",
        [Row(beside, small), Row(f"{_SAME}, {more:,} campaigns", large, beside, goals, figures)],
    )


def _launching(folder: Path, sizes: Sizes) -> Table:
    """Nobody launches faster than by waiting for one answer each, so many at once."""
    limit = Measured(Cost.of(sizes.launches * sizes.latency / _PARALLELISM))
    least = f"waiting for one answer each, {_PARALLELISM} at once (computed)"
    what = f"`teli-iac apply --parallelism {_PARALLELISM}`"
    with served(sizes.latency) as teli:
        write_campaigns(folder, sizes.launches, teli.address)
        command = [*TELI_IAC, "apply", "--auto-approve", "--parallelism", str(_PARALLELISM)]
        work = Work(command, folder, KEY, before=lambda: start_over(folder, teli), ours=True)
        measured = in_turn({what: work}, sizes.times, sizes.patience / 2)
    goals = (Goal(Aim.LAUNCHES, Unit.RATIO, 1.25),)
    return Table(
        f"Launching {sizes.launches:,} campaigns at {sizes.latency * 1000:,.0f} ms latency",
        [Row(least, limit), Row(what, measured[what], least, goals)],
    )
