"""What the slowest hostile file costs, beside a sound project: bad input must not need seconds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

from benchmarks.measuring import Cost, Measured
from benchmarks.sizes import Sizes
from benchmarks.tables import Row, Table
from tests.leads import hostile as leads
from tests.manifests import hostile as manifests

_SOUND = "reading the manifests of examples/campaigns"
_ROOT = Path(__file__).parents[1]
_MANIFESTS = sorted((_ROOT / "tests" / "cases" / "hostile_manifests").glob("*.yaml"))


def measure(_folder: Path, _sizes: Sizes) -> list[Table]:
    """One table, in seconds of the processor and within this process, so without the start."""
    examples = _ROOT / "examples" / "campaigns"
    rows = [
        Row(_SOUND, Measured(_cost(lambda _: manifests.complaints(["."], examples)))),
        _slowest("manifests", {case.stem: _reading(case) for case in _MANIFESTS}),
        _slowest("leads files", {name: _loading(name) for name in leads.names()}),
    ]
    return [Table("The slowest of all hostile files", rows)]


def _slowest(what: str, works: dict[str, Callable[[Path], object]]) -> Row:
    costs = {name: _cost(work) for name, work in works.items()}
    name = max(costs, key=lambda each: costs[each].seconds)
    return Row(f"the slowest of {len(costs)} hostile {what}: `{name}`", Measured(costs[name]), _SOUND)


def _reading(case: Path) -> Callable[[Path], object]:
    def read(folder: Path) -> object:
        manifests.lay_out(case, folder)
        return manifests.complaints(["."], folder)

    return read


def _loading(name: str) -> Callable[[Path], object]:
    return lambda folder: leads.complaint(name, folder)


def _cost(work: Callable[[Path], object]) -> Cost:
    with TemporaryDirectory() as folder:
        (Path(folder) / "project").mkdir()
        since = process_time()
        work(Path(folder) / "project")
        return Cost.of(process_time() - since)
