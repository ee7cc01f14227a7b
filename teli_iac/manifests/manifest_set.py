"""All manifests of one command, read and judged, with every problem found so far."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from teli_iac.errors import Problem
from teli_iac.kinds import campaign, project
from teli_iac.kinds.complaint import Complaint
from teli_iac.manifests.document import Document, Reading, Source
from teli_iac.manifests.envelopes import judge_source
from teli_iac.manifests.finding import STANDARD_INPUT, is_input
from teli_iac.manifests.gathering import Gathered, gather
from teli_iac.manifests.placing import file_name, in_order, problem_of_file, problems_in
from teli_iac.manifests.reading import read_yaml
from teli_iac.model import Mark, Project


@dataclass(frozen=True, slots=True)
class ManifestSet:
    """What was read. `broken` says that part of a file could not be, so that names may be missing.

    `folder` is the project folder; `project` is None when there is none, or none that is valid.
    """

    documents: tuple[Document, ...]
    problems: tuple[Problem, ...]
    folder: str
    covers_project: bool
    project: Project | None
    broken: bool


def read_manifests(  # noqa: PLR0913, PLR0917  where to look, from where, and who reads: each its own thing
    paths: Sequence[str],
    cwd: Path,
    project_file: str | None,
    environment: Mapping[str, str],
    read_input: Callable[[], bytes] = bytes,
    read: Callable[[bytes], Reading] = read_yaml,
) -> ManifestSet:
    """Find, read and judge every manifest under the paths; whatever is wrong is in `problems`.

    The Project is that of `project_file`, or the one among the paths, or teli.yaml in `cwd` or above; when
    its file is not among the paths, it gives its NumberPools and RedialPolicies too, but no Campaigns.
    `environment` fills in what the Project leaves out: TELI_ORGANIZATION_ID, TELI_TENANT_ID, TELI_USER_ID
    and TELI_API_BASE_URL. `read_input` gives what the path `-` stands for; `read` takes the bytes of every
    other file apart.
    """
    gathered = gather(paths, cwd, project_file, read_input, read)
    documents, problems = _judge(gathered)
    broken = any(reading.broken for reading in gathered.readings.values())
    problems += [problem_of_file(fault, gathered.folder) for fault in gathered.faults]
    if not problems and not any(_is_given(document, gathered) for document in documents):
        problems.append(_no_documents(gathered))
    projects = [document for document in documents if document.kind == project.KIND]
    # Whatever else is wrong may be the reason why there is no Project, and comes first.
    if not projects and not problems:
        problems.append(_no_project(gathered))
    problems += [problem for other in projects[1:] for problem in _second_project(other, projects[0])]
    parsed: Project | None = None
    if projects:
        parsed, complaints = _parse_project(projects[0], environment, str(gathered.folder))
        problems += complaints
    return ManifestSet(
        tuple(documents),
        in_order(problems),
        str(gathered.folder),
        gathered.covers_project,
        parsed,
        broken or bool(gathered.faults),
    )


def _judge(gathered: Gathered) -> tuple[list[Document], list[Problem]]:
    documents: list[Document] = []
    problems: list[Problem] = []
    for path, reading in gathered.readings.items():
        judged, complaints = judge_source(Source(file_name(path, gathered.folder), reading))
        shared_only = path == gathered.shared_only
        documents += [each for each in judged if not (shared_only and each.kind == campaign.KIND)]
        problems += complaints
    return documents, problems


def _parse_project(
    document: Document, environment: Mapping[str, str], folder: str
) -> tuple[Project | None, tuple[Problem, ...]]:
    spec = cast("project.ProjectSpec", document.sound_part("spec"))
    complaints = problems_in(document, project.check_project(spec, environment))
    if complaints or document.faulty:
        return None, complaints
    mark = document.mark()
    return project.parse_project(document.name, spec, environment, folder=folder, mark=mark), ()


def _is_given(document: Document, gathered: Gathered) -> bool:
    apart = gathered.shared_only
    return apart is None or document.source.file != file_name(apart, gathered.folder)


def _no_documents(gathered: Gathered) -> Problem:
    given = [path for path in gathered.readings if path != gathered.shared_only]
    if given and all(map(is_input, given)):
        return Problem(
            "TELI-E016",
            "There is no manifest at all on standard input",
            Mark(STANDARD_INPUT, 1, 1),
            "Look at what the command before the pipe prints: nothing is never taken as a wish to delete"
            " everything.",
        )
    mark = Mark(file_name(given[0], gathered.folder), 1, 1) if given else None
    return Problem(
        "TELI-E016",
        "There is no manifest at all under these paths",
        mark,
        "Check the paths: an empty folder is never taken as a wish to delete everything. To begin with a new"
        " project: `teli-iac init`.",
    )


def _no_project(gathered: Gathered) -> Problem:
    chosen = gathered.project_file
    return Problem(
        "TELI-E017",
        "There is no Project",
        Mark(file_name(chosen, gathered.folder), 1, 1) if chosen else None,
        'Add a document with "kind: Project", by convention in teli.yaml in the folder of the manifests.',
    )


def _second_project(document: Document, first: Document) -> Iterator[Problem]:
    complaint = Complaint(
        "TELI-E018",
        ("kind",),
        f"This is a second Project; the first is at {first.mark(('kind',))}",
        "Keep one Project, or list this file under the other's `exclude`.",
    )
    yield from problems_in(document, (complaint,))
