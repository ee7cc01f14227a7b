"""Reads one hostile manifest as the command line does, and writes down what a person is told."""

from __future__ import annotations

from pathlib import Path

from teli_iac.errors import InvalidManifests, Problem
from teli_iac.manifests import lead_references, parse_manifests, read_manifests
from teli_iac.model import Fingerprint, Leads, RefusedRows

PROJECT = b"""apiVersion: teli-iac/v1
kind: Project
metadata: {name: acme}
spec: {base_url: "sandbox:"}
"""


def complaints(paths: list[str], folder: Path, environment: dict[str, str] | None = None) -> list[Problem]:
    """Every problem of the manifests, none when they are in order; people are never loaded."""
    manifests = read_manifests(paths, folder, None, environment or {})
    nobody = Leads((), Fingerprint(0, 0), RefusedRows({}, ()), "none")
    leads = {reference.campaign: nobody for reference in lead_references(manifests)}
    try:
        parse_manifests(manifests, leads, ())
    except InvalidManifests as error:
        return list(error.problems)
    return []


def told(problem: Problem) -> str:
    """`file:line:column: CODE message`, the excerpt, the next step."""
    excerpt = [f"    {line}" for line in problem.excerpt]
    return "\n".join([str(problem), *excerpt, f"  {problem.next_step}", ""])


def lay_out(case: Path, folder: Path) -> None:
    """Put the case into an empty project folder, with a Project unless it brings its own."""
    data = case.read_bytes()
    (folder / case.name).write_bytes(data)
    if b"kind: Project" not in data:
        (folder / "teli.yaml").write_bytes(PROJECT)
