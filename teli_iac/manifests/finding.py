"""Which files are meant: everything `.yaml` or `.yml` under the given paths, and nothing that is a trap."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from teli_iac.manifests.document import Fault, Reading
from teli_iac.manifests.reading import MAX_BYTES, read_yaml

PROJECT_FILE = "teli.yaml"
STANDARD_INPUT = "<stdin>"
"""How people see what came by standard input; no manifest file can be called so."""

INPUT_PATH = "-"
"""The path that asks for it."""

_SUFFIXES = frozenset({".yaml", ".yml"})


@dataclass(frozen=True, slots=True)
class FileFault:
    """A problem with a file as such, before it is known how the file is called below the project folder."""

    path: Path
    fault: Fault


@dataclass(slots=True)
class Found:
    """What lies under the paths: manifest files, folders that were walked, links to folders, and faults.

    Every path is absolute, its folder free of links; a file's own name may still be a link.
    """

    files: list[Path] = field(default_factory=list)
    folders: list[Path] = field(default_factory=list)
    walked: set[Path] = field(default_factory=set)
    linked_folders: list[Path] = field(default_factory=list)
    faults: list[FileFault] = field(default_factory=list)


def find_files(paths: Sequence[str], cwd: Path) -> Found:
    """List the files under the paths, each once, sorted, but none in folders whose name begins with a dot."""
    found = Found()
    for given in paths:
        path = cwd / given
        if not given or not os.path.lexists(path):
            found.faults.append(
                _fault(path, "TELI-E010", "There is no such file or folder", "Check the path.")
            )
        elif os.path.isdir(path):  # noqa: PTH112  Path.is_dir raises where a folder may not be entered
            found.folders.append(path.resolve())
            _walk(path.resolve(), found)
        elif path.suffix.lower() in _SUFFIXES:
            found.files.append(plain_path(path))
        else:
            next_step = "Give a folder, or a file that ends in .yaml or .yml."
            found.faults.append(_fault(path, "TELI-E019", "This is not a manifest file", next_step))
    found.files = sorted(set(found.files))
    return found


def is_input(path: Path) -> bool:
    """Whether this stands for standard input."""
    return path.name == STANDARD_INPUT


def find_project_above(cwd: Path) -> Path | None:
    """The nearest teli.yaml in the folder or above it."""
    folder = cwd.resolve()
    for candidate in (folder, *folder.parents):
        if os.path.isfile(candidate / PROJECT_FILE):  # noqa: PTH113  as above
            return candidate / PROJECT_FILE
    return None


def read_files(
    files: Sequence[Path], read: Callable[[bytes], Reading] = read_yaml
) -> tuple[dict[Path, Reading], list[FileFault]]:
    """Read every file once; a second name of one file is a fault: its campaigns would count twice."""
    readings: dict[Path, Reading] = {}
    faults: list[FileFault] = []
    names: dict[tuple[int, int], Path] = {}
    for path in files:
        try:
            status = path.stat()
            first = names.setdefault((status.st_dev, status.st_ino), path)
            if first is path:
                readings[path] = _read(path, status, read)
            else:
                faults.append(_same_file(path, first))
        except OSError as error:
            faults.append(_unreadable(path, error))
    return readings, faults


def unfollowed_links(found: Found, folder: Path) -> Iterator[FileFault]:
    """Links to folders that were not walked under their own name: campaigns would silently be missing."""
    for link in found.linked_folders:
        target = link.resolve()
        if target in found.walked:
            continue
        if target.is_relative_to(folder):
            next_step = "Name the folder that it leads to among the paths, or list the link under `exclude`."
            yield _fault(link, "TELI-E054", "This link leads to a folder that is not read", next_step)
        else:
            yield leads_out(link)


def leads_out(path: Path) -> FileFault:
    """The complaint about a file or link outside the project folder."""
    next_step = "Put it into the project folder; manifests are read from there only."
    return _fault(
        path, "TELI-E013", "This is outside the project folder, or a link that leads out of it", next_step
    )


def plain_path(path: Path) -> Path:
    """The absolute path with links in its folder resolved, but not one in its own name."""
    return path.parent.resolve() / path.name


def _walk(folder: Path, found: Found) -> None:
    # A list of folders to do, not recursion: a tree may be deeper than Python's stack.
    ahead = [folder]
    while ahead:
        here = ahead.pop()
        if here in found.walked:
            continue
        found.walked.add(here)
        try:
            entries = sorted(os.scandir(here), key=lambda entry: entry.name)
        except OSError as error:
            found.faults.append(_unreadable(here, error))
            continue
        for entry in entries:
            if os.path.isdir(entry.path):  # noqa: PTH112  as above, and for links in a circle
                if entry.name.startswith("."):
                    continue
                (found.linked_folders if entry.is_symlink() else ahead).append(here / entry.name)
            elif Path(entry.name).suffix.lower() in _SUFFIXES:
                found.files.append(here / entry.name)


def _read(path: Path, status: os.stat_result, read: Callable[[bytes], Reading]) -> Reading:
    if not stat.S_ISREG(status.st_mode):
        fault = Fault(
            "TELI-E012", "This is not an ordinary file", "Manifests are ordinary files, no pipes or devices."
        )
        return Reading("", (), (fault,), frozenset(), (), broken=True)
    with path.open("rb") as opened:
        return read(opened.read(MAX_BYTES + 1))


def _same_file(path: Path, first: Path) -> FileFault:
    next_step = "Remove one of the two names, or list one under the Project's `exclude`."
    return _fault(
        path, "TELI-E014", f'This is the same file as "{first.name}", under another name', next_step
    )


def _unreadable(path: Path, error: OSError) -> FileFault:
    said = error.strerror or "unknown reason"
    return _fault(
        path, "TELI-E011", f"This cannot be read: {said.lower()}", "Check its permissions and links."
    )


def _fault(path: Path, code: str, message: str, next_step: str) -> FileFault:
    return FileFault(path, Fault(code, message, next_step))
