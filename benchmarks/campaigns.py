"""What many campaigns cost: to plan and to launch, beside reading their YAML and beside other planners."""

from __future__ import annotations

from pathlib import Path

from benchmarks import octodns, terraform
from benchmarks.data import write_campaigns
from benchmarks.measuring import PEERS, PYTHON, TELI_IAC, Cost, cost
from benchmarks.serving import served
from benchmarks.sizes import Sizes
from benchmarks.tables import Row, Table

_KEY = {"TELI_API_KEY": "a-key-for-benchmarks"}
_COMPOSING = "reading and composing the YAML (`CSafeLoader`)"
_PARALLELISM = 16


def measure(folder: Path, sizes: Sizes) -> list[Table]:
    """A table of planning for each size, then one of launching over a slow connection."""
    tables = []
    for count in sizes.campaigns:
        each = folder / str(count)
        each.mkdir()
        tables.append(_planning(each, count))
    slow = folder / "slow"
    slow.mkdir()
    return [*tables, _launching(slow, sizes)]


def _planning(folder: Path, count: int) -> Table:
    with served(0) as address:
        ours = folder / "ours"
        ours.mkdir()
        write_campaigns(ours, count, address)
        rows = [
            Row(_COMPOSING, cost([*PYTHON, PEERS / "compose_yaml.py"], ours)),
            Row("`teli-iac validate`", cost([*TELI_IAC, "validate"], ours), _COMPOSING),
            Row("`teli-iac plan`, all new", cost([*TELI_IAC, "plan"], ours, variables=_KEY), _COMPOSING),
            Row("`teli-iac apply`", cost([*TELI_IAC, "apply", "--auto-approve"], ours, variables=_KEY)),
            Row(
                "`teli-iac plan`, nothing to do",
                cost([*TELI_IAC, "plan", "--detailed-exitcode"], ours, variables=_KEY),
                _COMPOSING,
            ),
        ]
    peers = [*terraform.rows(folder, count, _COMPOSING), *octodns.rows(folder, count, _COMPOSING)]
    return Table(f"{count:,} campaigns", [*rows, *peers])


def _launching(folder: Path, sizes: Sizes) -> Table:
    """Nobody launches faster than by waiting for one answer each, so many at once."""
    limit = sizes.launches * sizes.latency / _PARALLELISM
    least = f"waiting for one answer each, {_PARALLELISM} at once (computed)"
    with served(sizes.latency) as address:
        write_campaigns(folder, sizes.launches, address)
        command = [*TELI_IAC, "apply", "--auto-approve", "--parallelism", str(_PARALLELISM)]
        return Table(
            f"Launching {sizes.launches:,} campaigns at {sizes.latency * 1000:,.0f} ms latency",
            [
                Row(least, Cost(limit, 0)),
                Row(
                    f"`teli-iac apply --parallelism {_PARALLELISM}`",
                    cost(command, folder, variables=_KEY),
                    least,
                ),
            ],
        )
