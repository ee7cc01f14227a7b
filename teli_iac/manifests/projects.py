"""Which document is the Project: every path is resolved below its folder, and there is exactly one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from teli_iac.kinds import project as project_kind
from teli_iac.manifests.document import Node, Reading, deepest
from teli_iac.manifests.envelopes import kind_of
from teli_iac.manifests.finding import is_input
from teli_iac.manifests.globs import matches_any


def project_roots(reading: Reading) -> list[Node]:
    """The Project documents of one file."""
    return [root for root in reading.roots if kind_of(root) == project_kind.KIND]


def choose_project(readings: Mapping[Path, Reading]) -> Path | None:
    """The first file with a Project that no other file's Project excludes."""
    files = [path for path, reading in readings.items() if project_roots(reading)]
    for path in files:
        others = (other for other in files if other != path)
        if not any(is_excluded(path, other, readings[other]) for other in others):
            return path
    return files[0] if files else None


def is_excluded(path: Path, project: Path, reading: Reading) -> bool:
    """Whether the Project in the file `project` leaves the other file out."""
    folder = project.parent
    if path == project or is_input(path) or not path.is_relative_to(folder):
        return False
    globs = [glob for root in project_roots(reading) for glob in _exclude(root)]
    return matches_any(path.relative_to(folder).as_posix(), globs)


def _exclude(root: Node) -> list[str]:
    """Read before the schema has judged, so what is no text is passed over."""
    globs = deepest(root, ("spec", "exclude")).value
    return [glob for glob in globs if isinstance(glob, str)] if isinstance(globs, list) else []
