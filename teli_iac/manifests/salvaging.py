"""The Project when calls must be stopped: whatever of it can be read, and nothing else judged."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from teli_iac.kinds import project
from teli_iac.manifests.finding import find_project_above, plain_path
from teli_iac.manifests.manifest_set import ManifestSet, read_manifests
from teli_iac.model import Mark, Project

_HERE = (".",)


def salvage_project(
    cwd: Path, project_file: str | None, environment: Mapping[str, str], given: Mapping[str, str]
) -> Project | None:
    """The Project with `given` instead of what it says; None when nobody says how it is called.

    It is that of `project_file`, of teli.yaml in `cwd` or above, or of any manifest below `cwd`; what is
    wrong in it or in others is passed over. `given` are its `name` and fields of its spec.
    """
    file = plain_path(cwd / project_file) if project_file else find_project_above(cwd)
    found = read_manifests([str(file)] if file else _HERE, cwd, project_file, environment)
    if file and not project_file and not _projects(found):
        found = read_manifests(_HERE, cwd, None, environment)
    spec: dict[str, Any] = {}
    name, mark = "", Mark("the command line", 1, 1)
    for document in _projects(found):
        spec, name, mark = document.sound_part("spec"), document.name, document.mark()
        break
    name = given.get("name", name)
    if not name:
        return None
    merged = {**spec, **{field: value for field, value in given.items() if field != "name"}}
    return project.parse_project(
        name, cast("project.ProjectSpec", merged), environment, folder=found.folder, mark=mark
    )


def _projects(found: ManifestSet) -> list[Any]:
    return [document for document in found.documents if document.kind == project.KIND]
