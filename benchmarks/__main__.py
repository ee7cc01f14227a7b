"""`python -m benchmarks [--short] [--json FILE] [--only NAME]`: print the tables, and keep them as JSON."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import campaigns, leads, start_up
from benchmarks.sizes import FULL, SHORT, Sizes
from benchmarks.tables import Printed, Table, machine


def _hostile(folder: Path, sizes: Sizes) -> list[Table]:
    from benchmarks import hostile  # noqa: PLC0415  what this program holds counts in the peaks of the others

    return hostile.measure(folder, sizes)


def _comparison(folder: Path, sizes: Sizes) -> Sequence[Printed]:
    from benchmarks import comparison  # noqa: PLC0415  as above

    return comparison.measure(folder, sizes)


_MEASURES: dict[str, Callable[[Path, Sizes], Sequence[Printed]]] = {
    "start-up": start_up.measure,
    "campaigns": campaigns.measure,
    "leads": leads.measure,
    "hostile": _hostile,
    "comparison": _comparison,
}


def main() -> None:
    """Measure what was asked for; each measure prints its tables as soon as it has them."""
    asked = _arguments()
    tables = []
    print(" · ".join(f"{name} {value}" for name, value in machine().items()))
    for name in asked.only or _MEASURES:
        with TemporaryDirectory(prefix="teli-iac-benchmark-") as folder:
            for table in _MEASURES[name](Path(folder), SHORT if asked.short else FULL):
                tables.append(table)
                print(f"\n{table.markdown()}", end="", flush=True)
    if asked.json:
        asked.json.parent.mkdir(parents=True, exist_ok=True)
        kept = {"machine": machine(), "tables": [table.values() for table in tables]}
        asked.json.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="small sizes: do the benchmarks work?")
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep the tables as JSON")
    parser.add_argument("--only", action="append", choices=_MEASURES, help="leave the others out; repeatable")
    return parser.parse_args()


if __name__ == "__main__":
    main()
