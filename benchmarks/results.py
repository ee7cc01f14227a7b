"""What a run found, as a file: written while it runs, read by the docs, and kept per release.

`python -m benchmarks.results FILE` keeps one in benchmarks/results/ as that of the present version.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.goals import goals_markdown
from benchmarks.tables import Printed, Scores, Table

WHOLE = "Full sizes, in several rounds"
ONCE = "Full sizes, in one round"
SMALL = "Small sizes, in one round"

KEPT = Path(__file__).with_name("results")


@dataclass(frozen=True, slots=True)
class Results:
    """A run of one version on one day and one machine.

    `how` tells the sizes and rounds, `quiet` what else that machine did meanwhile.
    """

    version: str
    day: str
    how: str
    machine: Mapping[str, str]
    programs: Mapping[str, str]
    quiet: str
    tables: Sequence[Printed]

    def markdown(self) -> str:
        """All of it for people: where, the goals, then every table."""
        tables = "\n".join(table.markdown() for table in self.tables)
        goals = f"## Goals\n\n{goals_markdown(self.tables)}"
        head = f"# teli-iac {self.version}, measured on {self.day}\n\n{self.place()}"
        return f"{head}\n\n{goals}\n## Tables\n\n{tables}"

    def place(self) -> str:
        """The machine, and the programs that were there, as a paragraph."""
        facts = {**self.machine, **self.programs}
        return (
            f"{' · '.join(f'{name} {value}' for name, value in facts.items())}.\n\n{self.how}; {self.quiet}."
        )

    def written(self) -> str:
        """As JSON."""
        values = {
            "version": self.version,
            "day": self.day,
            "how": self.how,
            "machine": dict(self.machine),
            "programs": dict(self.programs),
            "quiet": self.quiet,
            "tables": [table.values() for table in self.tables],
        }
        return json.dumps(values, indent=1, ensure_ascii=False) + "\n"


def read_results(path: Path) -> Results:
    """Those that were written there."""
    values: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    tables = [(Scores if "lines" in each else Table).read(each) for each in values.pop("tables")]
    return Results(**values, tables=tables)


def save(results: Results, path: Path) -> None:
    """The file, and the same for people beside it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(results.written(), encoding="utf-8")
    path.with_suffix(".md").write_text(results.markdown(), encoding="utf-8")


def newest() -> Results:
    """Those of the latest release that has some."""
    by_version = {tuple(map(int, path.stem.split("."))): path for path in KEPT.glob("*.json")}
    return read_results(by_version[max(by_version)])


def main() -> None:
    """Keep the results of a whole run for its release."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, help="what `make bench` wrote")
    results = read_results(parser.parse_args().file)
    if results.how == SMALL:
        parser.error("small sizes say only that measuring works, and are not kept")
    save(results, KEPT / f"{results.version}.json")


if __name__ == "__main__":
    main()
