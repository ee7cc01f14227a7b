"""The manifests of a git revision beside those of the working tree, without Teli, ledger or key.

The revision is laid out in a folder of its own and read like any other: nothing of it is executed, no
setting of the repository runs over it, and what leads out of its project folder is not opened.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from teli_iac.comparison import Side, compare_sides
from teli_iac.errors import InvalidManifests, Problem, UsageError
from teli_iac.kinds import campaign
from teli_iac.leads import Lists, load_leads, remembering_ways
from teli_iac.manifests import ManifestSet, lead_references, lists_of_project, parse_manifests, read_manifests
from teli_iac.manifests.finding import INPUT_PATH
from teli_iac.model import Desired, Mark
from teli_iac.model.comparison import Comparison
from teli_iac.revisions import find_revision, laid_out
from teli_iac.settings import Invocation, cache_folder

_NOT_BEGUN = frozenset({"TELI-E016", "TELI-E017"})
_ENDINGS = (".yaml", ".yml", ".csv", ".jsonl", ".parquet", ".txt", ".gz", ".zst")
"""What may be a manifest or hold leads; nothing else of a revision is laid out."""


def compare_with_revision(asked: Invocation, text: str) -> Comparison:
    """What the working tree changes since the revision `text`. InvalidManifests with the problems of both.

    A path that only one of them has holds campaigns that came or went; one that neither has is an error,
    a UsageError like a revision that is not there.
    """
    if INPUT_PATH in asked.paths:
        raise UsageError(
            "`diff` compares files with a revision of theirs, and standard input has none.",
            "Name files or folders. What is generated is compared with Teli by `teli-iac plan -`.",
        )
    revision = find_revision(asked.cwd, text)
    here = tuple(path for path in asked.paths if os.path.lexists(asked.cwd / path))
    manifests = _manifests(replace(asked, paths=here))
    root = Path(manifests.folder)
    # Long lists of people are read again where they lie, so both sides are compared while both are there.
    with laid_out(root, revision, _is_read) as folder:
        before, earlier = _read_revision(asked, text, root, folder)
        after, problems = _wanted(manifests, asked)
        if earlier or problems:
            raise InvalidManifests((*_placed(text, earlier), *problems))
        sides = Side.of(_marked(text, before)), Side.of(after)
        return compare_sides(*sides, asked=text, revision=revision.name, now=asked.waiting.now())


def _read_revision(
    asked: Invocation, text: str, root: Path, folder: Path
) -> tuple[Desired | None, tuple[Problem, ...]]:
    """What was wanted then, and what is wrong with it; nothing where the project had not begun."""
    below = {path: _below(root, asked.cwd / path) for path in asked.paths}
    there = tuple(str(folder / path) for path in below.values() if os.path.lexists(folder / path))
    for path in asked.paths:
        if not (os.path.lexists(asked.cwd / path) or str(folder / below[path]) in there):
            raise UsageError(f"There is no {path}, neither here nor in {text}.", "Check the path.")
    project_file = _below(root, asked.cwd / asked.project_file) if asked.project_file else None
    manifests = _manifests(replace(asked, cwd=folder, paths=there, project_file=project_file))
    if not Path(manifests.folder).is_relative_to(folder.resolve()):
        return None, ()  # the only teli.yaml above it is somebody else's
    return _wanted(manifests, asked, elsewhere=str(root))


def _manifests(asked: Invocation) -> ManifestSet:
    return read_manifests(asked.paths, asked.cwd, asked.project_file, asked.environment)


def _wanted(
    manifests: ManifestSet, asked: Invocation, elsewhere: str | None = None
) -> tuple[Desired | None, tuple[Problem, ...]]:
    """What is wanted and what is wrong; no campaign at all is no fault here, and no Project then neither.

    A do-not-call list that is not in git leaves the same people out of both sides: it is taken from
    `elsewhere`. None is too old for a comparison.
    """
    campaigns = [document for document in manifests.documents if document.kind == campaign.KIND]
    if manifests.problems and not campaigns and {each.code for each in manifests.problems} <= _NOT_BEGUN:
        project = manifests.project
        if project is None:
            return None, ()
        declared = lists_of_project(manifests)
        return Desired(project, {}, manifests.covers_project, suppress=declared), ()
    ways = remembering_ways(cache_folder(asked.environment), asked.release)
    lists = Lists(manifests.folder, ways, elsewhere)
    leads, problems = load_leads(lead_references(manifests), manifests.folder, ways, lists=lists)
    try:
        return parse_manifests(manifests, leads, problems), ()
    except InvalidManifests as invalid:
        return None, invalid.problems


def _below(root: Path, path: Path) -> str:
    """A path as it is from the project's folder. UsageError when it is not below it."""
    below = Path(os.path.relpath(path.parent.resolve() / path.name, root.resolve()))
    if ".." in below.parts:
        raise UsageError(
            f"{path} is not below the project's folder.", "Name files and folders of the project."
        )
    return below.as_posix()


def _is_read(name: str) -> bool:
    return name.lower().endswith(_ENDINGS)


def _placed(text: str, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems of a revision, each at `REV:file:line:column`."""
    return tuple(
        replace(problem, mark=_mark(text, problem.mark)) if problem.mark else problem for problem in problems
    )


def _marked(text: str, desired: Desired | None) -> Desired | None:
    if desired is None:
        return None
    campaigns = {name: replace(each, mark=_mark(text, each.mark)) for name, each in desired.campaigns.items()}
    imports = {name: replace(each, mark=_mark(text, each.mark)) for name, each in desired.imports.items()}
    return replace(desired, campaigns=campaigns, imports=imports)


def _mark(text: str, mark: Mark) -> Mark:
    return replace(mark, file=f"{text}:{mark.file}")
