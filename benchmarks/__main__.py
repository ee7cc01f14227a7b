"""`python -m benchmarks [--short] [--json FILE] [--only NAME]`: print tables and goals, and keep them.

`python -m benchmarks --profile NAME` tells where the time of one command goes instead.
"""

from __future__ import annotations

import argparse
import compileall
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import campaigns, leads, ledger, many, start_up
from benchmarks.goals import goals_markdown
from benchmarks.machine import machine, moment, others_share, quietness
from benchmarks.measuring import PEERS, Failed, went_wrong, wrong_of_ours
from benchmarks.profiling import PROFILES, profile
from benchmarks.programs import programs, version_of_ours
from benchmarks.results import ONCE, SMALL, WHOLE, Results, save
from benchmarks.sizes import FULL, SHORT, Sizes
from benchmarks.tables import Printed

_PACKAGE = Path(__file__).parents[1] / "teli_iac"


def _hostile(folder: Path, sizes: Sizes) -> Iterable[Printed]:
    from benchmarks import hostile  # noqa: PLC0415  only who measures it needs what the tests need

    return hostile.measure(folder, sizes)


def _comparison(folder: Path, sizes: Sizes) -> Iterable[Printed]:
    from benchmarks import comparison  # noqa: PLC0415  as above

    return comparison.measure(folder, sizes)


# A new measure is a module with `measure`, named here; its goals are an Aim in goals.py.
_MEASURES: Mapping[str, Callable[[Path, Sizes], Iterable[Printed]]] = {
    "start-up": start_up.measure,
    "campaigns": campaigns.measure,
    "leads": leads.measure,
    "many": many.measure,
    "ledger": ledger.measure,
    "hostile": _hostile,
    "comparison": _comparison,
}


def main() -> None:
    """Measure what was asked for; each table is printed and kept at once, in case the run is broken off."""
    asked = _arguments()
    for folder in (_PACKAGE, PEERS):
        compileall.compile_dir(folder, quiet=2)
    for name in asked.profile or ():
        print(profile(name, _sizes(asked)), flush=True)
    if asked.profile:
        return
    tables: list[Printed] = []
    interrupted = _measure_all(asked, tables)
    print(f"\n### Goals{' (these sizes are not theirs)' if asked.short else ''}\n\n{goals_markdown(tables)}")
    for wrong in wrong_of_ours():
        print(f"WENT WRONG: {wrong}")
    sys.exit(130 if interrupted else bool(wrong_of_ours()))


def _measure_all(asked: argparse.Namespace, tables: list[Printed]) -> bool:
    """Whether it was broken off."""
    since, place, found, version = moment(), machine(), programs(), version_of_ours()
    how = SMALL if asked.short else ONCE if asked.once else WHOLE
    print(" · ".join(f"{name} {value}" for name, value in {**place, **found}.items()))
    print(quietness(None))
    try:
        for table in _tables(asked.only or [*_MEASURES], _sizes(asked)):
            tables.append(table)
            print(f"\n{table.markdown()}", end="", flush=True)
            if asked.json:
                quiet = quietness(others_share(since, moment()))
                day = f"{datetime.now(UTC):%Y-%m-%d}"
                save(Results(version, day, how, place, found, quiet, tables), asked.json)
    except KeyboardInterrupt:
        print("\nBroken off.")
        return True
    print(f"\n{quietness(others_share(since, moment()))}")
    return False


def _sizes(asked: argparse.Namespace) -> Sizes:
    sizes = SHORT if asked.short else FULL
    return replace(sizes, times=1, quick=1) if asked.once else sizes


def _tables(names: Iterable[str], sizes: Sizes) -> Iterable[Printed]:
    """Those of each measure; one that fails does not keep the others from being measured."""
    for name in names:
        with TemporaryDirectory(prefix="teli-iac-benchmark-") as folder:
            try:
                yield from _MEASURES[name](Path(folder), sizes)
            except (Failed, OSError) as failed:
                went_wrong(f"{name}: {failed}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="small sizes: do the benchmarks work?")
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep the tables, as Markdown too")
    parser.add_argument("--once", action="store_true", help="no second round: for a first look at full sizes")
    parser.add_argument("--only", action="append", choices=_MEASURES, help="leave the others out; repeatable")
    parser.add_argument(
        "--profile", action="append", choices=PROFILES, help="tell where time goes instead; repeatable"
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
