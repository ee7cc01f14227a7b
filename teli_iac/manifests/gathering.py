"""From paths to files that were read: the Project's folder found, its excludes applied."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from teli_iac.manifests.document import Reading
from teli_iac.manifests.finding import (
    INPUT_PATH,
    STANDARD_INPUT,
    FileFault,
    find_files,
    find_project_above,
    is_input,
    leads_out,
    plain_path,
    read_files,
    unfollowed_links,
)
from teli_iac.manifests.projects import choose_project, is_excluded
from teli_iac.manifests.reading import read_yaml


@dataclass(frozen=True, slots=True)
class Gathered:
    """The files of one command. `shared_only` is the Project's file when the paths do not include it.

    `folder` is the Project's, or the current one when there is no Project.
    """

    readings: Mapping[Path, Reading]
    faults: tuple[FileFault, ...]
    folder: Path
    project_file: Path | None
    shared_only: Path | None
    covers_project: bool


def gather(
    paths: Sequence[str],
    cwd: Path,
    project_file: str | None,
    read_input: Callable[[], bytes] = bytes,
    read: Callable[[bytes], Reading] = read_yaml,
) -> Gathered:
    """Find and read everything under the paths, and the Project's file wherever it is.

    The path `-` stands for what `read_input` gives, as if that stood in a file of `cwd`. It never covers
    the project: what it leaves out may just not have been generated this time.
    """
    found = find_files([path for path in paths if path != INPUT_PATH], cwd)
    readings, faults = read_files(found.files, read)
    if INPUT_PATH in paths:
        readings[cwd.resolve() / STANDARD_INPUT] = read_yaml(read_input())
    project = _project_file(readings, cwd, project_file)
    shared_only = project if project not in readings else None
    if shared_only:
        apart, more = read_files([shared_only], read)
        readings, faults = readings | apart, faults + more
    folder = project.parent if project else cwd.resolve()
    # What lies outside is dropped unjudged: no complaint may quote a file that is not the project's.
    outside = [path for path in readings if not (is_input(path) or path.resolve().is_relative_to(folder))]
    inside = {path: reading for path, reading in readings.items() if path not in outside}
    faults = [*found.faults, *faults, *map(leads_out, outside), *unfollowed_links(found, folder)]
    kept = _without_excluded(inside, faults, project)
    covers = INPUT_PATH not in paths and any(folder.is_relative_to(walked) for walked in found.folders)
    return Gathered(kept[0], kept[1], folder, project, shared_only, covers)


def _project_file(readings: Mapping[Path, Reading], cwd: Path, given: str | None) -> Path | None:
    if given is not None:
        return plain_path(cwd / given)
    return choose_project(readings) or find_project_above(cwd)


def _without_excluded(
    readings: Mapping[Path, Reading], faults: Sequence[FileFault], project: Path | None
) -> tuple[dict[Path, Reading], tuple[FileFault, ...]]:
    if project not in readings or project is None:
        return dict(readings), tuple(faults)
    rules = readings[project]
    return (
        {path: reading for path, reading in readings.items() if not is_excluded(path, project, rules)},
        tuple(fault for fault in faults if not is_excluded(fault.path, project, rules)),
    )
