"""Problems with their places, in the order in which a person reads."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from teli_iac.errors import Problem
from teli_iac.kinds.complaint import Complaint
from teli_iac.manifests.characters import printable
from teli_iac.manifests.document import Document, Fault, deepest
from teli_iac.manifests.excerpts import problems_at
from teli_iac.manifests.finding import STANDARD_INPUT, FileFault, is_input
from teli_iac.model import Mark


def file_name(path: Path, folder: Path) -> str:
    """A file as people see it: below the project folder, with `/`, and harmless to print."""
    if is_input(path):
        return STANDARD_INPUT
    below = Path(os.path.relpath(path, folder)).as_posix()
    return printable(below)


def problem_of_file(fault: FileFault, folder: Path) -> Problem:
    """A problem with a file as a whole stands at its first character."""
    told = fault.fault
    return Problem(told.code, told.message, Mark(file_name(fault.path, folder), 1, 1), told.next_step)


def problems_in(document: Document, complaints: Iterable[Complaint]) -> tuple[Problem, ...]:
    """What is wrong in one document, each at the value its path leads to."""
    faults = [_fault(document, complaint) for complaint in complaints]
    return problems_at(document.source, faults) if faults else ()


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """By file, line and column; what has no place comes first."""
    return tuple(sorted(problems, key=_place))


def _fault(document: Document, complaint: Complaint) -> Fault:
    node = deepest(document.root, complaint.path)
    return Fault(complaint.code, complaint.message, complaint.next_step, node.line, node.column)


def _place(problem: Problem) -> tuple[str, int, int, str, str]:
    mark = problem.mark
    return (mark.file, mark.line, mark.column, problem.code, problem.message) if mark else ("", 0, 0, "", "")
